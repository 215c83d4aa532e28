"""Closed-loop driving in a small world: limits held, nothing touched, every goal ends."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangseo_navigation.geometry import Pose, wrap_angle
from gangseo_navigation.journey import DriveFault
from gangseo_navigation.maneuvers import BACK_UP, DOCK, Approach, Spin, Straight, Undock
from gangseo_navigation.planner import PlanFault
from gangseo_navigation.task import DONE
from unit.navigation.yard import Disc, Yard, block, walled


def assert_within_limits(yard: Yard) -> None:
    trail = np.array(yard.trail)
    v, w = trail[:, 3], trail[:, 4]
    assert np.abs(v).max() <= 1.8 + 1e-9
    assert np.abs(w).max() <= 1.2 + 1e-9
    faster = np.diff(np.abs(v))
    assert faster.max(initial=0.0) <= 0.8 * 0.05 + 1e-6
    assert faster.min(initial=0.0) >= -1.5 * 0.05 - 1e-6
    assert np.abs(np.diff(w)).max(initial=0.0) <= 2.5 * 0.05 + 1e-6


def test_robot_arrives_with_position_and_heading() -> None:
    yard = Yard(walled(20.0, 12.0), Pose(3.0, 3.0, 0.0), noise=1.0)
    outcome = yard.run(yard.pilot.journey([Pose(16.0, 9.0, 1.57)]), 40.0)
    assert outcome is not None
    assert outcome.succeeded
    assert math.hypot(yard.pose.x - 16.0, yard.pose.y - 9.0) < 0.25
    assert abs(wrap_angle(yard.pose.theta - 1.57)) < 0.25
    assert_within_limits(yard)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_is_touched_among_scattered_things(seed: int) -> None:
    drive_among(seed, boxes=6, unmapped=4)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.integers(0, 12), st.integers(0, 8))
def test_nothing_is_ever_touched_and_limits_hold(seed: int, boxes: int, unmapped: int) -> None:
    drive_among(seed, boxes, unmapped)


def drive_among(seed: int, boxes: int, unmapped: int) -> None:
    random = np.random.default_rng(seed)
    blocked = walled(20.0, 14.0)
    for _ in range(boxes):
        x, y = random.uniform(4, 15), random.uniform(0, 12)
        block(blocked, x, y, x + random.uniform(0.2, 2.0), y + random.uniform(0.2, 2.0))
    discs = [Disc(random.uniform(5, 16), random.uniform(1, 13), random.uniform(0.1, 0.4)) for _ in range(unmapped)]
    yard = Yard(blocked, Pose(2.0, 7.0, random.uniform(-3, 3)), discs, noise=1.0, seed=seed)
    outcome = yard.run(yard.pilot.journey([Pose(18.0, random.uniform(2, 12), 0.0)]), 120.0)
    assert outcome is not None, "a goal must always end"
    assert yard.closest_m > 0.0
    assert_within_limits(yard)


def test_unmapped_wall_with_a_way_round_is_gone_round() -> None:
    yard = Yard(walled(24.0, 14.0), Pose(3.0, 7.0, 0.0), [Disc(12.0, 5.0 + 0.5 * i, 0.3) for i in range(9)])
    outcome = yard.run(yard.pilot.journey([Pose(21.0, 7.0, 0.0)]), 90.0)
    assert outcome is not None
    assert outcome.succeeded
    assert yard.closest_m > 0.0


def test_blocked_way_fails_in_bounded_time() -> None:
    yard = Yard(walled(24.0, 8.0), Pose(3.0, 4.0, 0.0), [Disc(12.0, 0.3 + 0.45 * i, 0.3) for i in range(18)])
    outcome = yard.run(yard.pilot.journey([Pose(21.0, 4.0, 0.0)]), 60.0)
    assert outcome is not None
    assert outcome.code in (208, 105)
    assert yard.closest_m > 0.0


def test_blocked_way_that_opens_again_is_driven() -> None:
    yard = Yard(walled(24.0, 8.0), Pose(3.0, 4.0, 0.0), [Disc(12.0, 0.3 + 0.45 * i, 0.3) for i in range(18)])

    def open_up() -> None:
        if yard.now_s > 15.0:
            yard.discs.clear()

    outcome = yard.run(yard.pilot.journey([Pose(21.0, 4.0, 0.0)]), 60.0, open_up)
    assert outcome is not None
    assert outcome.succeeded


@pytest.mark.parametrize("vy", [-1.2, 1.2])
def test_people_who_cross_are_not_driven_into(vy: float) -> None:
    people = [Disc(7.0 + 2.0 * i, 7.0 - math.copysign(4.0 + 2.0 * i, vy), 0.25, 0.0, vy) for i in range(5)]
    yard = Yard(walled(24.0, 14.0), Pose(2.0, 7.0, 0.0), people, noise=1.0)
    fastest = []

    def watch() -> None:
        if yard.gap() < 0.05:
            fastest.append(abs(yard.twist.v))

    outcome = yard.run(yard.pilot.journey([Pose(21.0, 7.0, 0.0)]), 60.0, watch)
    assert outcome is not None
    assert outcome.succeeded
    assert max(fastest, default=0.0) <= 0.3


def test_poses_on_the_way_are_passed_without_a_stop() -> None:
    yard = Yard(walled(30.0, 14.0), Pose(3.0, 7.0, 0.0))
    journey = yard.pilot.journey([Pose(10.0, 8.0, 2.0), Pose(18.0, 6.0, -2.0), Pose(26.0, 7.0, 0.0)])
    left: list[int] = []
    outcome = yard.run(journey, 60.0, lambda: left.append(journey.goals_remaining))
    assert outcome is not None
    assert outcome.succeeded
    assert sorted(set(left), reverse=True) == [3, 2, 1]
    trail = np.array(yard.trail)
    between = trail[(trail[:, 0] > 5.0) & (trail[:, 0] < 24.0)]
    assert between[:, 3].min() > 0.5


def test_newer_goal_takes_over_without_a_stop() -> None:
    yard = Yard(walled(30.0, 14.0), Pose(3.0, 7.0, 0.0))
    yard.run(yard.pilot.journey([Pose(26.0, 7.0, 0.0)]), 5.0)
    slowest = []
    outcome = yard.run(yard.pilot.journey([Pose(26.0, 10.0, 0.0)]), 4.0, lambda: slowest.append(yard.twist.v))
    assert outcome is None
    assert min(slowest) > 1.0


def test_silent_lidar_stops_the_robot_and_the_goal_goes_on_later() -> None:
    yard = Yard(walled(30.0, 10.0), Pose(3.0, 5.0, 0.0))
    yard.run(yard.pilot.journey([Pose(26.0, 5.0, 0.0)]), 4.0)
    journey = yard.pilot.task
    assert journey is not None
    yard.lidar_on = False
    yard.run(journey, 4.0)
    assert yard.twist.v == 0.0
    assert yard.pilot.trouble == "the lidar is silent"
    yard.lidar_on = True
    outcome = yard.run(journey, 40.0)
    assert outcome is not None
    assert outcome.succeeded


def test_sensors_lost_for_long_fail_the_goal() -> None:
    yard = Yard(walled(30.0, 10.0), Pose(3.0, 5.0, 0.0))
    yard.fixes_on = False
    outcome = yard.run(yard.pilot.journey([Pose(26.0, 5.0, 0.0)]), 40.0)
    assert outcome is not None
    assert outcome.code == 102
    assert "position fix" in outcome.message


def test_emergency_stop_holds_the_goal() -> None:
    yard = Yard(walled(30.0, 10.0), Pose(3.0, 5.0, 0.0))
    journey = yard.pilot.journey([Pose(26.0, 5.0, 0.0)])
    yard.run(journey, 4.0)
    yard.pilot.emergency_stop = True
    assert yard.run(journey, 60.0) is None
    assert yard.twist.v == 0.0
    yard.pilot.emergency_stop = False
    outcome = yard.run(journey, 40.0)
    assert outcome is not None
    assert outcome.succeeded


def test_speed_limit_is_kept() -> None:
    yard = Yard(walled(30.0, 10.0), Pose(3.0, 5.0, 0.0))
    yard.pilot.speed_limit = 0.6
    yard.run(yard.pilot.journey([Pose(26.0, 5.0, 0.0)]), 10.0)
    assert 0.5 < np.array(yard.trail)[:, 3].max() <= 0.6 + 1e-9


def test_keep_out_zone_is_not_entered() -> None:
    blocked = walled(24.0, 14.0)
    closed = np.zeros_like(blocked)
    block(closed, 8.0, 4.0, 14.0, 14.0)
    yard = Yard(blocked, Pose(3.0, 8.0, 0.0), keepout=closed, noise=1.0)
    outcome = yard.run(yard.pilot.journey([Pose(20.0, 8.0, 0.0)]), 60.0)
    assert outcome is not None
    assert outcome.succeeded
    for x, y, *_ in yard.trail:
        assert not closed[int(y / 0.1), int(x / 0.1)]


def station() -> tuple[Yard, Pose]:
    blocked = walled(14.0, 10.0)
    block(blocked, 6.5, 1.0, 7.5, 1.5)
    return Yard(blocked, Pose(7.0, 3.5, -1.4), noise=1.0), Pose(7.0, 2.15, -math.pi / 2.0)


def test_docking_is_exact_to_centimetres_and_undocking_backs_out() -> None:
    yard, goal = station()
    outcome = yard.run(Approach(yard.pilot.follower, goal, 30.0), 40.0)
    assert outcome is not None
    assert outcome.succeeded
    assert yard.pose.distance_to(goal) < 0.05
    assert abs(wrap_angle(yard.pose.theta - goal.theta)) < math.radians(3.0)
    assert yard.closest_m > 0.0
    docked = yard.pose
    outcome = yard.run(Undock(yard.pilot.follower, -1.0, 0.3, 30.0, DOCK), 40.0)
    assert outcome is not None
    assert outcome.succeeded
    assert yard.pose.distance_to(docked) == pytest.approx(1.0, abs=0.08)


def test_journey_can_begin_in_a_station() -> None:
    yard, goal = station()
    yard.run(Approach(yard.pilot.follower, goal, 30.0), 40.0)
    outcome = yard.run(yard.pilot.journey([Pose(11.0, 7.0, 0.0)]), 60.0)
    assert outcome is not None
    assert outcome.succeeded
    assert yard.closest_m > 0.0


def test_spin_and_back_up_do_what_they_say() -> None:
    yard = Yard(walled(10.0, 10.0), Pose(5.0, 5.0, 0.0))
    outcome = yard.run(Spin(yard.pilot.follower, 1.57, 10.0), 15.0)
    assert outcome is not None
    assert outcome.succeeded
    assert yard.pose.theta == pytest.approx(1.57, abs=0.05)
    outcome = yard.run(Straight(yard.pilot.follower, -1.0, 0.2, 20.0, BACK_UP), 25.0)
    assert outcome is not None
    assert outcome.succeeded
    assert yard.pose.y == pytest.approx(4.0, abs=0.05)


def test_back_up_refuses_to_hit_what_stands_behind() -> None:
    yard = Yard(walled(10.0, 10.0), Pose(2.0, 5.0, 0.0))
    outcome = yard.run(Straight(yard.pilot.follower, -3.0, 0.2, 60.0, BACK_UP), 60.0)
    assert outcome is not None
    assert outcome.code == 714
    assert yard.closest_m > 0.0


def test_a_robot_put_elsewhere_by_hand_finds_itself_again() -> None:
    yard = Yard(walled(20.0, 12.0), Pose(3.0, 3.0, 0.0), noise=1.0)
    yard.pose = Pose(12.0, 8.0, 2.0)
    for _ in range(60):
        yard.cycle()
    assert yard.pilot.localization.pose is not None
    assert yard.pilot.localization.pose.distance_to(yard.pose) < 0.1


def test_time_that_goes_back_and_numbers_that_are_none_do_no_harm() -> None:
    yard = Yard(walled(20.0, 12.0), Pose(3.0, 6.0, 0.0), [Disc(6.0, 6.0, 0.3)])
    yard.now_s = 500.0
    for _ in range(20):
        yard.cycle()
    yard.pilot.localization.fix(yard.now_s, Pose(math.nan, 0.0, 0.0), np.eye(3))
    yard.pilot.localization.drive(yard.now_s, Pose(0.0, math.inf, 0.0))
    yard.discs.clear()
    yard.now_s = 0.0
    for _ in range(4):
        yard.cycle()
    outcome = yard.run(yard.pilot.journey([Pose(12.0, 6.0, 0.0)]), 30.0)
    assert outcome is not None
    assert outcome.succeeded
    assert max(abs(y - 6.0) for _, y, *_ in yard.trail) < 0.3


@pytest.mark.parametrize("seed", range(3))
def test_a_robot_along_a_barrier_gives_up_soon(seed: int) -> None:
    barrier = [Disc(17.5, 0.4 + 0.45 * i, 0.3) for i in range(30)]
    yard = Yard(walled(24.0, 14.0), Pose(14.0, 9.0, 0.0), barrier, noise=1.0, seed=seed)
    outcome = yard.run(yard.pilot.journey([Pose(21.5, 9.0, 0.0)]), 30.0)
    assert outcome is not None
    assert outcome.code in {DriveFault.FAILED_TO_MAKE_PROGRESS, PlanFault.NO_VALID_PATH}


def test_what_the_robot_left_behind_is_known_when_it_comes_back() -> None:
    yard = Yard(walled(40.0, 14.0), Pose(5.0, 7.0, 0.0), discs=[Disc(8.0, 10.0, 0.4)])
    assert yard.run(yard.pilot.journey([Pose(25.0, 7.0, 0.0)]), 40.0) == DONE
    yard.discs.append(Disc(9.5, 9.0, 1.0))
    assert yard.run(yard.pilot.journey([Pose(13.0, 7.0, math.pi)]), 60.0) == DONE
    rows, cols = yard.pilot.remembered().T
    assert ((cols < 84) & (rows > 95)).any(), "hidden now, and forgotten on the way"


def test_what_is_hidden_behind_another_thing_is_still_remembered() -> None:
    yard = Yard(walled(30.0, 14.0), Pose(5.0, 7.0, 0.0), discs=[Disc(9.0, 7.0, 0.4)])
    for _ in range(60):
        yard.cycle()
    seen = len(yard.pilot.remembered())
    assert seen > 3
    yard.discs.append(Disc(7.0, 7.0, 0.8))
    for _ in range(round(12.0 / 0.05)):
        yard.cycle()
    rows = yard.pilot.remembered()[:, 1]
    assert (rows > 84).any(), "the one behind is forgotten"
    yard.discs.clear()
    for _ in range(60):
        yard.cycle()
    assert not len(yard.pilot.remembered())
