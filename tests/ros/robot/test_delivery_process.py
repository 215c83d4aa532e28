"""Goods in the real robot process: loaded, driven and handed over through real services, with the process killed."""

import pytest

from gangseo_protocol.actions import HandOver, LoadGoods
from ros.robot.fleet_double import action_status, await_that, finished, kill_hard, waiting_key
from unit.robot.little_park import make_order

pytestmark = [pytest.mark.ros, pytest.mark.slow]
GOODS = {"delivery_id": "d-1", "compartment": 2}


def loads(state):
    return {load.load_id: load.weight for load in state.loads if load.load_type == "goods"}


def lids(rig):
    """What was asked of the lids, repeats left out."""
    asked = [(entry["number"], entry["open"]) for entry in rig.asked("set_compartment")]
    return [entry for number, entry in enumerate(asked) if number == 0 or asked[number - 1] != entry]


def test_goods_are_loaded_and_handed_over_though_the_process_is_killed(rig):
    fleet = rig.fleet
    fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and s.last_node_id == "charger_1", what="robot ready")
    shop, recipient = [(LoadGoods(**GOODS, mass_kg=4.0), "load")], [(HandOver(**GOODS), "hand")]
    order = make_order(["charger_1", "w1", "w2", "spot_12"], actions={"w1": shop, "spot_12": recipient})
    fleet.order(order)
    fleet.seen(lambda s: waiting_key(s) == "waiting.goods", 40, "waiting at the shop")
    fleet.instant("closeCompartment", "wrong", deliveryId="d-2")
    fleet.seen(lambda s: action_status(s, "wrong") == "FAILED", what="a word about other goods is refused")
    kill_hard(rig.robot)
    rig.world(goods=[0.0, 4.2, 0.0, 0.0])
    fleet.instant("closeCompartment", "loaded", deliveryId="d-1")
    fleet.forget()
    robot = rig.start_robot()
    fleet.seen(lambda s: action_status(s, "load") == "FINISHED", 40, "loaded")
    assert loads(fleet.state) == {"d-1": 4.2}
    fleet.seen(lambda s: waiting_key(s) == "waiting.recipient", 40, "at the recipient's")
    assert lids(rig) == [(2, True), (2, False)]
    fleet.instant("openCompartment", "open", deliveryId="d-1")
    fleet.seen(lambda s: action_status(s, "open") == "FINISHED", what="the word is taken")
    kill_hard(robot)
    fleet.forget()
    rig.start_robot()
    fleet.seen(lambda s: waiting_key(s) == "waiting.goods_taken", what="open again, or still")
    await_that(lambda: lids(rig)[-1] == (2, True), 5, "open lid")
    rig.world(goods=[0.0, 0.0, 0.0, 0.0])
    state = fleet.seen(finished("order-1"), 40, "handed over")
    assert {a.action_id: a.action_result for a in state.action_states} == {"load": "loaded", "hand": "handed_over"}
    assert lids(rig) == [(2, True), (2, False), (2, True), (2, False)]
    assert loads(state) == {}
