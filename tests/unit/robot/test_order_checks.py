"""Orders that make no sense here are refused with the place that is wrong."""

import pytest

from gangseo_protocol import info
from gangseo_protocol.actions import Say, WaitForResident, to_action
from gangseo_protocol.vda5050 import Action, ActionParameter, BlockingType, NodePosition
from gangseo_robot.order_checks import check_order
from unit.robot.little_park import little_park, make_order, serving

CAN_DO = {"say", "openBins", "closeBins", "waitForResident"}
SITE = little_park()


def faults(order):
    return check_order(order, SITE, CAN_DO)


def test_a_good_order_passes():
    nodes = ["charger_1", "w1", "w2", "spot_12"]
    assert faults(make_order(nodes, released=2, actions={"spot_12": serving("a")})) == ()


def change_node(order, index, **changes):
    nodes = list(order.nodes)
    nodes[index] = nodes[index].model_copy(update=changes)
    return order.model_copy(update={"nodes": tuple(nodes)})


GOOD = make_order(["charger_1", "w1", "w2"])
ON_MARS = NodePosition(x=0, y=0, map_id="mars")
TWICE = make_order(["charger_1"], actions={"charger_1": serving("a") * 2})
ON_EDGE = GOOD.model_copy(
    update={
        "edges": (GOOD.edges[0].model_copy(update={"actions": (to_action(Say(text_key="a"), "x"),)}), GOOD.edges[1])
    }
)


@pytest.mark.parametrize(
    ("order", "error_type", "reference"),
    [
        (make_order(["charger_1", "moon"]), info.UNKNOWN_NODE, ("nodeId", "moon")),
        (make_order(["charger_1", "w2"]), info.UNKNOWN_EDGE, ("edgeId", "charger_1-w2")),
        (change_node(GOOD, 1, node_position=ON_MARS), info.UNKNOWN_MAP_ID, ("mapId", "mars")),
        (change_node(GOOD, 1, sequence_id=8), info.VALIDATION_FAILURE, ("orderId", "order-1")),
        (GOOD.model_copy(update={"edges": ()}), info.VALIDATION_FAILURE, ("orderId", "order-1")),
        (make_order(["charger_1", "w1"], first_sequence=1), info.VALIDATION_FAILURE, ("orderId", "order-1")),
        (change_node(GOOD, 0, released=False), info.VALIDATION_FAILURE, ("orderId", "order-1")),
        (change_node(GOOD, 1, released=False), info.VALIDATION_FAILURE, ("orderId", "order-1")),
        (TWICE, info.VALIDATION_FAILURE, ("orderId", "order-1")),
        (ON_EDGE, info.UNKNOWN_ACTION, ("edgeId", "charger_1-w1")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(order, error_type, reference):
    found = faults(order)
    assert error_type in {fault.error_type for fault in found}
    assert any(reference in fault.references for fault in found)
    for fault in found:
        assert fault.to_wire().error_description


@pytest.mark.parametrize(
    "action",
    [
        Action(action_type="dance", action_id="x", blocking_type=BlockingType.HARD),
        Action(action_type="say", action_id="x", blocking_type=BlockingType.HARD),
        Action(
            action_type="waitForResident",
            action_id="x",
            blocking_type=BlockingType.HARD,
            action_parameters=(ActionParameter(key="durationS", value="long"),),
        ),
    ],
)
def test_actions_the_robot_cannot_do_are_refused(action):
    (fault,) = faults(change_node(GOOD, 1, actions=(action,)))
    assert fault.error_type == info.UNKNOWN_ACTION
    assert ("actionId", "x") in fault.references
    assert action.action_type in fault.values["action"]


def test_an_action_of_another_role_is_refused():
    order = change_node(GOOD, 1, actions=(to_action(WaitForResident(), "x"),))
    assert check_order(order, SITE, {"say"})[0].error_type == info.UNKNOWN_ACTION
