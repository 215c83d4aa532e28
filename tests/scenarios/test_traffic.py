"""Signals, narrow paths and full days."""

import math

import pytest

from gangseo_protocol.polygon import inside
from gangseo_sim.engine.state import Signal
from lockstep.city import LockstepCity
from lockstep.residents import poisson
from scenarios.conftest import assert_well, finish

FULL = {"plastic": 0.95, "paper": 0.3, "can": 0.3, "other": 0.3}


def robot(park: LockstepCity, name: str = "robot_01"):
    return park.engine.robot(name)


@pytest.mark.slow
@pytest.mark.parametrize("late_s", [0.0, 25.0])
def test_full_bin_goes_over_the_crosswalk_to_the_depot_and_home_by_green_only(open_city, late_s):
    park = open_city(robots=1, people=0)
    park.live(5.0 + late_s)
    park.engine.set_robot("robot_01", fills=FULL)
    crosswalk = park.site.crosswalks[0]
    on_road: list[Signal] = []

    def home_again() -> bool:
        state = robot(park)
        if inside(crosswalk.vertices, state.x, state.y):
            on_road.append(park.engine.signals()[0].signal)
        return max(state.fills) == 0.0 and state.charging

    assert park.until(home_again, 600.0), park.robots["robot_01"].brain.executor.describe()
    record = assert_well(park)
    assert record.missions["unload finished"] == 1
    assert len(on_road) > 2 * 10.0 / 1.8 / 0.05, "the crosswalk was not crossed twice"
    assert Signal.RED not in on_road


@pytest.mark.slow
def test_two_robots_meet_on_a_narrow_path_and_both_arrive(open_city):
    starts = {"robot_01": (159.6, 54.9, 1.2), "robot_02": (171.0, 89.2, -1.7)}
    park = open_city(robots=2, people=0, starts=starts)
    for name in starts:
        park.engine.set_robot(name, state_of_charge=0.9)
    park.fleet.link.cut("robot_02")
    park.live(16.0)
    park.call("bench_17")
    assert park.until(lambda: park.robots["robot_01"].brain.book.active, 10.0)
    park.fleet.link.connect("robot_02")
    park.live(1.0)
    park.call("bench_23")
    finish(park)
    record = assert_well(park, served=2)
    assert {call.robot_id for call in record.calls} == {"robot_01", "robot_02"}
    assert max(record.arrivals_s) < 150.0


@pytest.mark.slow
def test_some_hours_of_the_pilots_day_with_people_about(open_city):
    park = open_city(robots=2, seed=11)
    park.run(poisson(park.fleet.spots, calls=5, per_hour=40.0, seed=11), limit_s=1500.0)
    record = assert_well(park, served=5)
    assert max(record.arrivals_s) < 240.0


@pytest.mark.slow
def test_slipping_wheels_do_not_mislead_the_robot(open_city):
    park = open_city(robots=1, people=0, slip=8.0)
    park.call("bench_24")
    finish(park)
    assert_well(park, served=1)
    state = robot(park)
    believed = park.robots["robot_01"].pilot.localization.pose
    assert believed is not None
    assert math.hypot(believed.x - state.x, believed.y - state.y) < 0.15
    assert math.hypot(state.odom_x, state.odom_y) > 10.0
