"""One robot with several roles: their steps go together or are refused, and the factsheet tells all of it."""

import pytest

from gangseo_protocol.actions import NODE_ACTIONS, STREAMS
from gangseo_robot.factsheet import make_factsheet
from gangseo_robot.guards import Limits
from gangseo_robot.role import Role, RoleError
from gangseo_robot.steps import dock_step
from gangseo_service.roles import ROLES, combine
from unit.robot.little_park import NOW, ROBOT


def test_the_city_robot_knows_recycling_and_delivery():
    role = combine(("recycling", "delivery"))
    assert {"openBins", "waitForResident", "unload", "loadGoods", "handOver", "returnGoods"} <= role.steps.keys()
    assert [load_set.set_name for load_set in role.load_sets] == ["RECYCLABLES", "GOODS"]


def test_all_roles_go_together_and_do_only_what_the_protocol_has():
    assert combine(tuple(ROLES)).steps.keys() <= NODE_ACTIONS.keys()


def test_a_role_named_twice_is_one():
    assert combine(("delivery", "delivery")) == combine(("delivery",))


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (("recycling", "cooking"), "roles cooking: give some of recycling, delivery, patrol"),
        ((), "roles are empty: give some of recycling, delivery, patrol"),
    ],
)
def test_unknown_or_no_roles_are_refused(names, says):
    with pytest.raises(RoleError, match=says):
        combine(names)


@pytest.mark.parametrize(("action_type", "owner"), [("unload", "role recycling"), ("dock", "every robot")])
def test_two_that_claim_the_same_action_are_refused(action_type, owner):
    greedy = {**ROLES, "greedy": Role({action_type: dock_step})}
    with pytest.raises(RoleError, match=f"action {action_type} is claimed by {owner} and by role greedy"):
        combine(("recycling", "greedy"), greedy)


def told(*names):
    return make_factsheet(ROBOT, Limits(), combine(names), 0, NOW)


def test_the_factsheet_tells_actions_with_parameters_and_results():
    actions = {
        action.action_type: action for action in told("recycling", "delivery").protocol_features.mobile_robot_actions
    }
    load = actions["loadGoods"]
    assert [(p.key, p.value_data_type, p.is_optional) for p in load.action_parameters] == [
        ("deliveryId", "STRING", False), ("compartment", "INTEGER", False), ("durationS", "NUMBER", True),
        ("massKg", "NUMBER", False),
    ]  # fmt: skip
    assert load.action_result == "loaded, not_loaded"
    assert actions["dock"].action_parameters[0].key == "stationId"
    assert actions["openBins"].action_parameters is None
    for word in ("openCompartment", "closeCompartment"):
        assert actions[word].action_scopes == ("INSTANT",)
        assert [p.key for p in actions[word].action_parameters] == ["deliveryId"]


def test_the_factsheet_tells_where_loads_lie_and_how_much_they_weigh():
    factsheet = told("recycling", "delivery")
    places = ("compartment_1", "compartment_2", "compartment_3", "compartment_4")
    assert factsheet.load_specification.load_positions == (*STREAMS, *places)
    assert factsheet.load_specification.load_sets[1].load_positions == places
    assert factsheet.type_specification.maximum_load_mass == 4 * 6.0 + 4 * 60.0


def test_a_robot_without_delivery_tells_of_no_compartments():
    factsheet = told("recycling")
    actions = {action.action_type for action in factsheet.protocol_features.mobile_robot_actions}
    assert not actions & {"loadGoods", "openCompartment", "closeCompartment"}
    assert factsheet.load_specification.load_positions == STREAMS
