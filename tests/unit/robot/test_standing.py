"""What makes the robot stand, and what it says then: contact, place, senses, battery, a way that is blocked."""

import pytest

from gangseo_robot.departure import is_aligned
from gangseo_robot.senses import Pose
from unit.robot.little_park import TO_BENCH, bench_order, charging, little_park, make_order


def test_contact_holds_until_it_has_ended_for_two_seconds(world):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    world.touching = ("person_3",)
    world.tick(10)
    assert world.held
    assert world.waiting == "waiting.collision"
    assert world.state.safety_state.field_violation
    world.touching = ()
    world.tick(15)
    assert world.held
    world.until(lambda: world.phase == "FINISHED")


def test_outside_the_geofence_the_robot_stands(world):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    world.y = 50.0
    world.tick(5)
    assert world.waiting == "waiting.geofence"
    assert "outsideGeofence" in world.errors()
    assert world.task is None


def test_silent_sensors_stop_the_robot(world):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    world.tick(5, pose_stale=True)
    assert world.waiting == "waiting.localization"
    assert "sensorLost" in world.errors()
    world.until(lambda: world.phase == "FINISHED")


@pytest.mark.parametrize(
    ("sense", "says"),
    [("position", "waiting.localization"), ("lidar", "waiting.sensor"), ("odometry", "waiting.sensor")],
)
def test_a_robot_says_what_navigation_lacks_and_goes_on_when_it_is_there(world, sense, says):
    world.order(bench_order())
    world.until(lambda: world.x > 4.5)
    world.missing = sense
    world.tick(3)
    assert world.waiting == says
    error = next(e for e in world.state.errors if e.error_type == "sensorLost")
    assert ("sensor", sense) in [(r.reference_key, r.reference_value) for r in error.error_references]
    world.missing = ""
    world.until(lambda: world.phase == "FINISHED")
    assert "sensorLost" not in world.errors()


def test_robot_that_is_carried_away_stands_says_so_and_starts_over_from_there(world):
    world.order(bench_order())
    world.until(lambda: 4.0 < world.x < 7.0)
    drives = len([entry for entry in world.log if entry[0] == "drive"])
    world.x += 3.0
    world.tick()
    assert world.waiting == "waiting.localization"
    assert "poseJumped" in world.errors()
    assert world.task is None
    world.until(lambda: world.phase == "FINISHED")
    assert len([entry for entry in world.log if entry[0] == "drive"]) == drives + 1
    world.tick(110)
    assert "poseJumped" not in world.errors()


def test_docked_robot_that_was_turned_does_not_back_into_the_wall(world):
    site = little_park()
    charger = next(s for s in site.stations if s.station_id == "charger_1")
    assert is_aligned(charger, Pose(charger.x, charger.y, charger.theta + 0.4))
    assert not is_aligned(charger, Pose(charger.x, charger.y, charger.theta + 0.8))


def test_low_battery_is_told_and_critical_stops_at_the_next_node(world):
    world.order(bench_order())
    world.until(lambda: world.x > 4.5)
    world.charge = 0.2
    world.tick(5)
    assert "batteryLow" in world.errors()
    world.charge = 0.08
    world.until(lambda: world.waiting == "waiting.battery_critical")
    assert world.x == pytest.approx(8.0)
    assert "batteryCritical" in world.errors()


def test_critical_battery_does_not_stop_the_way_to_the_charger(world):
    world.order(bench_order())
    world.until(lambda: world.phase == "FINISHED")
    world.charge = 0.05
    back = [*reversed(TO_BENCH)]
    world.order(make_order(back, order_id="home", actions={"charger_1": charging("h")}))
    world.until(lambda: world.phase == "FINISHED")
    assert world.charging
    world.tick(5)
    assert world.waiting == "waiting.charging"


def test_a_blocked_way_is_retried_then_given_up_with_references(world):
    world.order(bench_order())
    world.until(lambda: world.x > 4.5)
    world.blocked = True
    world.task = None
    world.brain.executor.halt()
    world.tick(2)
    assert world.waiting == "waiting.retrying_path"
    assert "pathBlocked" in world.errors()
    world.until(lambda: world.phase == "FAILED", 60)
    error = next(e for e in world.state.errors if e.error_type == "pathBlocked")
    assert error.error_level == "CRITICAL"
    assert ("orderId", "order-1") in [(r.reference_key, r.reference_value) for r in error.error_references]
    assert world.state.node_states
    world.blocked = False
    world.order(make_order(["w1", "w2"], order_id="order-2"))
    world.until(lambda: world.phase == "FINISHED")
    assert "pathBlocked" not in world.errors()


def test_a_way_that_fails_twice_is_urgent(world):
    """The fleet acts from URGENT on: it must not have to wait for the last attempt."""
    world.order(bench_order())
    world.until(lambda: world.x > 4.5)
    world.blocked = True
    world.task = None
    world.brain.executor.halt()
    levels = []

    def urgent():
        levels.extend(e.error_level for e in world.state.errors if e.error_type == "pathBlocked")
        return "URGENT" in levels

    world.until(urgent, 30)
    assert levels[0] == "WARNING"
    assert world.phase != "FAILED"


def test_a_way_freed_in_time_is_driven(world):
    world.blocked = True
    world.order(bench_order())
    world.until(lambda: world.waiting == "waiting.retrying_path")
    world.blocked = False
    world.until(lambda: world.phase == "FINISHED")
    assert "pathBlocked" not in world.errors()


def test_navigation_that_comes_back_is_used_again(world):
    world.ready = False
    world.order(bench_order())
    world.until(lambda: world.waiting == "waiting.navigation")
    world.tick(600)
    assert "navigationLost" in world.errors()
    assert world.phase == "ACTIVE"
    world.ready = True
    world.until(lambda: world.phase == "FINISHED")


def test_a_robot_nobody_drives_says_so_even_without_an_order(world):
    world.ready = False
    world.tick(70)
    assert "navigationLost" not in world.errors()
    world.tick(20)
    assert "navigationLost" in world.errors()
    world.ready = True
    world.tick(2)
    assert "navigationLost" not in world.errors()
