"""A delivery in the little park: its orders, what people say, and how to look at it."""

import pytest

from gangseo_protocol.actions import HandOver, LoadGoods, ReturnGoods
from unit.robot.little_park import make_order

WAY = ["charger_1", "w1", "w2", "spot_12"]
GOODS = {"delivery_id": "d-1", "compartment": 2}
LOAD = (LoadGoods(**GOODS, mass_kg=4.0, duration_s=60.0), "load")
HAND = (HandOver(**GOODS, duration_s=90.0), "hand")
BACK = (ReturnGoods(**GOODS, duration_s=60.0), "back")


def trip(order_id="order-1", **actions):
    """Through the park with actions at w1 (the shop) and at the bench (the recipient)."""
    return make_order(WAY, order_id=order_id, actions={"w1": [], "spot_12": [], **actions})


def at(node, *actions, order_id):
    return make_order([node], order_id=order_id, actions={node: list(actions)})


def result(world, action_id):
    world.tick(2)
    return next(a.action_result for a in world.state.action_states if a.action_id == action_id)


def say(world, word, action_id=None, delivery="d-1"):
    """What somebody says; how the robot answers."""
    action_id = action_id or f"{word}-{world.new_id()}"
    world.instant(word, action_id, **({"deliveryId": delivery} if delivery else {}))
    state = next(s for s in world.state.instant_action_states if s.action_id == action_id)
    return state.action_status.value, state.action_result or ""


def goods(world):
    return {load.load_id: (load.load_position, load.weight) for load in world.state.loads if load.load_type == "goods"}


def lid_told(world, number=2):
    told = [i for i in world.state.information if i.info_type == "compartment"]
    return {r.reference_key: r.reference_value for r in told[number - 1].info_references}


class People:
    """Shop and recipient of one delivery; what they say comes at least once, as on the wire."""

    def __init__(self, world):
        self.world = world

    def act(self):
        world, waiting = self.world, self.world.waiting
        if waiting == "waiting.goods" and world.lids[2]:
            world.goods[2] = 4.0
            self._say("closeCompartment", "loaded")
        elif waiting == "waiting.recipient":
            self._say("openCompartment", "open")
        elif waiting == "waiting.goods_taken" and world.lids[2]:
            world.goods[2] = 0.0
            self._say("closeCompartment", "taken")

    def _say(self, word, action_id):
        for _ in range(2):
            assert say(self.world, word, action_id) == ("FINISHED", "")


def ends_well(world, crashes):
    assert world.phase == "FINISHED"
    assert (result(world, "load"), result(world, "hand")) == ("loaded", "handed_over")
    assert not any(world.lids.values())
    assert not goods(world)
    assert world.x == pytest.approx(12.0)
    assert {name: count for name, count in world.done.items() if name in {"open 1", "open 3", "open 4"}} == {}
    assert world.done["open 2"] == world.done["close 2"]
    assert world.done["open 2"] <= 2 + crashes
