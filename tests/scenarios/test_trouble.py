"""Things that go wrong on the way: people, obstacles, empty batteries, stops, lost sensors, a robot carried away."""

import math

import pytest

from gangseo_backend.fleet.public import CommandCreate, CommandKind
from gangseo_sim.engine.drive import CUT_MPS2, SLOW_DOWN_MPS2
from gangseo_sim.engine.state import RobotState
from lockstep.city import LockstepCity
from scenarios.conftest import assert_well, finish

ALONE = {"robots": 1, "people": 0}
CYCLE_S = 0.05


def robot(park: LockstepCity) -> RobotState:
    return park.engine.robot("robot_01")


def on_the_way(park: LockstepCity, spot: str = "bench_24", speed_mps: float = 1.3) -> RobotState:
    """A robot called to a spot and now at speed."""
    park.call(spot)
    assert park.until(lambda: robot(park).speed_mps > speed_mps, 120.0), park.record()
    return robot(park)


def ahead(state: RobotState, distance_m: float, right_m: float = 0.0) -> tuple[float, float]:
    c, s = math.cos(state.theta), math.sin(state.theta)
    return state.x + c * distance_m + s * right_m, state.y + s * distance_m - c * right_m


def stopped_after(park: LockstepCity, limit_s: float = 10.0) -> tuple[float, float]:
    """Metres and seconds until the robot stands."""
    begin, begin_s = robot(park), park.now_s
    assert park.until(lambda: abs(robot(park).speed_mps) < 0.01, limit_s)
    return math.hypot(robot(park).x - begin.x, robot(park).y - begin.y), park.now_s - begin_s


@pytest.mark.slow
def test_person_who_steps_in_front_and_stays_a_while_is_waited_for_or_passed(open_city):
    park = open_city(**ALONE)
    state = on_the_way(park)
    park.engine.place_obstacle("somebody", *ahead(state, 3.2), 0.25)
    park.live(8.0)
    park.engine.remove_obstacle("somebody")
    finish(park)
    assert_well(park, served=1)


@pytest.mark.slow
def test_path_blocked_from_rim_to_rim_is_driven_around(open_city):
    park = open_city(**ALONE)
    state = on_the_way(park)
    for number in range(-5, 6):
        park.engine.place_obstacle(f"crate_{number}", *ahead(state, 6.0, 0.9 * number), 0.45)
    finish(park, 600.0)
    assert_well(park, served=1)


@pytest.mark.slow
def test_robot_with_little_charge_gets_no_call_and_drives_to_its_charger(open_city):
    park = open_city(robots=2, people=0, starts={"robot_01": (105.9, 55.3, 0.0)})
    park.engine.set_robot("robot_01", state_of_charge=0.2)
    park.live(3.0)
    park.call("bench_24")
    assert park.until(lambda: robot(park).charging, 300.0), park.robots["robot_01"].brain.executor.describe()
    finish(park)
    record = assert_well(park, served=1)
    assert record.calls[0].robot_id == "robot_02"


@pytest.mark.slow
def test_emergency_stop_at_speed_stops_within_the_limits_and_the_order_goes_on(open_city):
    park = open_city(**ALONE)
    state = on_the_way(park)
    fleet = park.fleet.backend.fleet
    fleet.command(
        "robot_01", CommandCreate(command_id="stop-0001", kind=CommandKind.EMERGENCY_STOP, reason="test"), actor="t"
    )
    way_m, _ = stopped_after(park)
    heard_s = 0.15
    assert way_m <= state.speed_mps * heard_s + (state.speed_mps + 0.8 * heard_s) ** 2 / (2 * CUT_MPS2) + 0.05
    park.live(5.0)
    assert abs(robot(park).speed_mps) < 0.01
    assert fleet.robot("robot_01").emergency_stop == "REMOTE"
    release = CommandCreate(command_id="release-0001", kind=CommandKind.RELEASE_EMERGENCY_STOP, reason="test")
    fleet.command("robot_01", release, actor="t")
    finish(park)
    assert_well(park, served=1)


@pytest.mark.slow
@pytest.mark.parametrize(("sensor", "noticed_s"), [("lidar", 0.5), ("gnss", 2.0), ("odometry", 0.5)])
def test_robot_stops_when_a_sensor_falls_silent_and_goes_on_when_it_is_back(open_city, sensor, noticed_s):
    park = open_city(**ALONE)
    state = on_the_way(park)
    setattr(park.robots["robot_01"].body.failing, sensor, True)
    way_m, after_s = stopped_after(park)
    assert after_s <= noticed_s + 1.8 / SLOW_DOWN_MPS2 + 3 * CYCLE_S
    assert way_m <= 1.8 * (noticed_s + 3 * CYCLE_S) + 1.8**2 / (2 * SLOW_DOWN_MPS2), state
    park.live(5.0)
    assert abs(robot(park).speed_mps) < 0.01
    setattr(park.robots["robot_01"].body.failing, sensor, False)
    finish(park)
    assert_well(park, served=1)


@pytest.mark.slow
def test_robot_that_is_carried_away_stops_says_so_and_finds_its_way_back(open_city):
    park = open_city(**ALONE)
    on_the_way(park)
    park.engine.set_robot("robot_01", pose=(105.9, 55.3, math.pi / 2))
    begin = robot(park)
    park.live(0.8)
    assert math.hypot(robot(park).x - begin.x, robot(park).y - begin.y) < 0.3, "it drove without knowing where it was"
    said = park.until(lambda: park.robots["robot_01"].brain.executor.waiting.key == "waiting.localization", 1.5)
    assert said, park.robots["robot_01"].brain.executor.describe()
    finish(park)
    assert_well(park, served=1)
