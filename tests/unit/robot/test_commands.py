"""Instant actions that a crash cut off: carried out at the next start as they were asked, whatever they were."""

from gangseo_protocol.vda5050 import ActionParameter, ActionStatus
from gangseo_robot.journal import InstantProgress
from unit.robot.delivering import HAND
from unit.robot.little_park import make_order

WAY = ["charger_1", "w1", "w2"]


def cut_off(world, action_type, **parameters):
    """An instant action that was taken when the process died."""
    values = tuple(ActionParameter(key=key, value=value) for key, value in parameters.items())
    world.brain._journal.save_instant_action(InstantProgress("i-1", action_type, ActionStatus.RUNNING, "", values))
    world.crash()
    world.tick(2)


def test_a_cancel_of_another_order_does_not_become_one_of_the_held_order(world):
    world.order(make_order(WAY))
    world.until(lambda: world.x > 2.0)
    cut_off(world, "cancelOrder", orderId="order-9")
    assert world.phase == "ACTIVE"
    assert world.instant_state("i-1") == "FINISHED"


def test_a_cancel_of_the_held_order_is_carried_out(world):
    world.order(make_order(WAY))
    world.until(lambda: world.x > 2.0)
    cut_off(world, "cancelOrder", orderId="order-1")
    assert world.phase == "CANCELED"


def test_what_the_robot_no_longer_knows_fails_and_keeps_no_robot_from_starting(world):
    cut_off(world, "openRoof")
    assert world.instant_state("i-1") == "FAILED"
    assert world.waiting == "waiting.charging"


def test_an_order_whose_last_action_fails_has_failed(world):
    world.order(make_order(WAY[:2], actions={"w1": [HAND]}))
    world.until(lambda: world.phase == "FAILED")
    assert world.waiting == "waiting.order_failed"
    world.instant("cancelOrder", "c-1", orderId="order-1")
    world.tick(3)
    assert (world.phase, world.instant_state("c-1")) == ("CANCELED", "FINISHED")
