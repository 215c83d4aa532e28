"""What the fleet asks for at once: pause, cancel, factsheet and emergency stop, each once by its id."""

import pytest

from gangseo_protocol.vda5050 import ActionStatus
from gangseo_robot.journal import InstantProgress
from unit.robot.little_park import TO_BENCH, bench_order, make_order, serving


def test_pause_stops_and_resume_goes_on_with_the_countdown(world):
    world.order(make_order(TO_BENCH, actions={"spot_12": serving("a", 10.0)}))
    world.until(lambda: world.x > 5.0)
    world.instant("startPause", "p-1")
    world.tick(5)
    stood = world.x
    world.tick(50)
    assert world.x == stood
    assert world.state.paused
    assert world.waiting == "waiting.paused"
    world.instant("stopPause", "p-2")
    world.until(lambda: world.open)
    world.tick(40)
    world.instant("startPause", "p-3")
    world.tick(300)
    assert world.open
    world.instant("stopPause", "p-4")
    began = world.now_s
    world.until(lambda: world.phase == "FINISHED")
    assert 4.0 < world.now_s - began < 8.0
    assert world.done["open"] == 1


def test_cancel_ends_stops_and_closes_the_bins(world):
    world.order(make_order(TO_BENCH, actions={"spot_12": serving("a", 60.0)}))
    world.until(lambda: world.open)
    world.instant("cancelOrder", "c-1")
    world.tick(10)
    assert world.phase == "CANCELED"
    assert world.instant_state("c-1") == "FINISHED"
    assert not world.open
    assert not world.state.node_states
    world.order(make_order(["spot_12", "w2"], order_id="order-2"))
    world.until(lambda: world.phase == "FINISHED")


def test_cancel_with_nothing_to_cancel_fails_with_its_error(world):
    world.instant("cancelOrder", "c-1")
    assert world.instant_state("c-1") == "FAILED"
    assert "NO_ORDER_TO_CANCEL" in world.errors()


def test_a_cancel_that_overtakes_its_order_still_cancels_it(world):
    world.instant("cancelOrder", "c-1", orderId="order-1")
    assert world.instant_state("c-1") == "FINISHED"
    world.order(bench_order())
    world.tick(20)
    assert world.phase == "NONE"
    assert "OUTDATED_ORDER_UPDATE" in world.errors()


def test_a_cancel_of_another_order_leaves_the_held_one(world):
    world.order(bench_order())
    world.instant("cancelOrder", "c-1", orderId="order-9")
    world.until(lambda: world.phase == "FINISHED")


def test_instant_actions_are_done_once_by_their_id(world):
    world.instant("startPause", "p-1")
    world.instant("stopPause", "p-2")
    world.instant("startPause", "p-1")
    world.tick()
    assert not world.state.paused
    world.crash()
    world.instant("startPause", "p-1")
    world.tick()
    assert not world.state.paused


def test_unknown_instant_actions_fail_with_a_reason(world):
    world.instant("dance", "d-1")
    assert world.instant_state("d-1") == "FAILED"


def test_the_factsheet_is_sent_on_request(world):
    world.sent.clear()
    world.instant("factsheetRequest", "f-1")
    assert "factsheet" in [name for name, _ in world.sent]


@pytest.mark.parametrize("kind", ["REMOTE", "MANUAL"])
def test_emergency_stop_cuts_the_drive_until_released(world, kind):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    if kind == "REMOTE":
        world.instant("emergencyStop", "e-1")
    else:
        world.button = True
        world.tick()
    assert world.held
    stood = world.x
    world.tick(30)
    assert world.x == stood
    assert world.state.safety_state.active_emergency_stop == kind
    assert "emergencyStop" in world.errors()
    if kind == "REMOTE":
        world.crash()
        world.tick(5)
        assert world.held
        world.instant("releaseEmergencyStop", "e-2")
    else:
        world.button = False
    world.until(lambda: world.phase == "FINISHED")
    assert world.done["open"] == 1


def test_a_stop_released_before_the_next_tick_leaves_the_drive_free(world):
    world.instant("emergencyStop", "e-1")
    assert world.held
    world.instant("releaseEmergencyStop", "e-2")
    world.tick()
    assert not world.held


def test_a_stop_cut_off_by_a_crash_is_carried_out_at_the_next_start(world):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    half_done = InstantProgress("e-1", "emergencyStop", ActionStatus.RUNNING)
    world.brain._journal.save_instant_action(half_done)
    world.crash()
    world.tick(2)
    assert world.held
    assert world.instant_state("e-1") == "FINISHED"
