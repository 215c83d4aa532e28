"""A journal that cannot be written: nothing new is begun, what was begun is ended, and stops still come."""

import pytest

from gangseo_robot.senses import SignalColor
from unit.robot.little_park import LINE, TO_BENCH, bench_order, make_order


def test_a_robot_that_cannot_save_stops_at_the_next_node_and_goes_on_when_it_can(world):
    world.order(bench_order())
    world.until(lambda: world.x > 5.0)
    world.disk(writable=False)
    world.instant("stateRequest", "s-1")
    world.until(lambda: world.waiting == "waiting.journal")
    world.tick(20)
    assert world.x == pytest.approx(8.0)
    (error,) = [e for e in world.state.errors if e.error_type == "journalFailed"]
    assert error.error_level == "CRITICAL"
    assert "readonly" in error.error_description
    assert {t.translation_key for t in error.error_hint_translations} == {"ko", "en"}
    world.disk(writable=True)
    world.until(lambda: world.phase == "FINISHED")
    assert "journalFailed" not in world.errors()
    assert world.done["open"] == 1


@pytest.mark.parametrize(("far_side", "stands_at"), [(24.0, 24.0), (20.0, 28.0)])
def test_a_robot_that_must_stop_at_the_next_node_leaves_the_road_first(world, far_side, stands_at):
    """A node in the middle of the carriageway is passed, not stopped at."""
    order = make_order([*LINE, "w4"])
    nodes = [
        node.model_copy(update={"node_position": node.node_position.model_copy(update={"x": far_side})})
        if node.sequence_id == 10
        else node
        for node in order.nodes
    ]
    world.order(order.model_copy(update={"nodes": tuple(nodes)}))
    while world.x < 18.0:
        world.signal(SignalColor.GREEN, 30.0)
        world.tick()
    world.disk(writable=False)
    world.instant("stateRequest", "s-1")
    world.until(lambda: world.waiting == "waiting.journal")
    assert world.x == pytest.approx(stands_at)


def test_a_service_begun_is_ended_though_nothing_can_be_saved(world):
    world.order(bench_order())
    world.until(lambda: world.open)
    world.disk(writable=False)
    world.until(lambda: world.phase == "FINISHED")
    assert not world.open
    assert "journalFailed" in world.errors()
    back = make_order([*reversed(TO_BENCH)], order_id="home")
    world.order(back)
    world.tick(50)
    assert world.x == pytest.approx(12.0)
    assert world.waiting == "waiting.journal"
    world.disk(writable=True)
    world.until(lambda: world.phase == "FINISHED")
    assert world.state.last_node_id == "charger_1"


def test_a_service_is_not_begun_when_nothing_can_be_saved(world):
    world.order(bench_order())
    world.until(lambda: world.x > 9.0)
    world.disk(writable=False)
    world.tick(100)
    assert world.x == pytest.approx(12.0)
    assert not world.done["said recycling.offer"]


def test_a_stop_comes_though_nothing_can_be_saved_and_is_remembered_later(world):
    world.disk(writable=False)
    world.instant("emergencyStop", "e-1")
    assert world.held
    world.tick(2)
    assert {"journalFailed", "emergencyStop"} <= world.errors()
    world.disk(writable=True)
    world.tick(15)
    world.crash()
    world.tick(2)
    assert world.state.safety_state.active_emergency_stop == "REMOTE"
    assert world.instant_state("e-1") == "FINISHED"


def test_an_idle_robot_finds_out_that_nothing_can_be_saved(world):
    world.disk(writable=False)
    world.tick(105)
    assert "journalFailed" in world.errors()
    world.disk(writable=True)
    world.tick(15)
    assert "journalFailed" not in world.errors()
