"""Assisted teleop: somebody steers, the robot refuses to hit things or to be too fast, and silence stops it."""

import numpy as np
import pytest

from gangseo_navigation.geometry import Pose, Twist
from gangseo_navigation.maneuvers import ByHand
from unit.navigation.yard import Disc, Yard, block, walled

CYCLE_S = 0.05


def by_hand(yard: Yard, allowance_s: float = 0.0) -> ByHand:
    move = ByHand(yard.pilot.follower, allowance_s)
    yard.pilot.task = move
    return move


def press(yard: Yard, move: ByHand, twist: Twist, seconds: float) -> None:
    for _ in range(round(seconds / CYCLE_S)):
        move.steer(twist)
        yard.cycle()


def test_the_robot_does_what_the_person_wants_within_its_limits() -> None:
    yard = Yard(walled(30.0, 10.0), Pose(3.0, 5.0, 0.0))
    move = by_hand(yard)
    press(yard, move, Twist(0.6, 0.0), 3.0)
    assert yard.twist == Twist(pytest.approx(0.6), pytest.approx(0.0))
    press(yard, move, Twist(9.0, 9.0), 1.0)
    assert yard.twist.v <= yard.pilot.limits.drive.speed
    assert yard.twist.w <= yard.pilot.limits.drive.turn
    press(yard, move, Twist(-0.4, 0.0), 3.0)
    assert yard.twist.v == pytest.approx(-0.4)


def test_silence_commands_the_wheels_to_stand_at_once_within_its_time() -> None:
    yard = Yard(walled(30.0, 10.0), Pose(3.0, 5.0, 0.0))
    move = by_hand(yard)
    press(yard, move, Twist(1.0, 0.3), 3.0)
    assert yard.twist.v > 0.9
    silent_s = 0.0
    while yard.twist.v or yard.twist.w:
        yard.cycle()
        silent_s += CYCLE_S
    assert silent_s <= ByHand.DEAD_S + CYCLE_S + 1e-9
    press(yard, move, Twist(0.5, 0.0), 1.0)
    assert yard.twist.v > 0.4, "it goes on when somebody speaks again"


def test_speed_limits_hold_for_people_too() -> None:
    yard = Yard(walled(30.0, 10.0), Pose(3.0, 5.0, 0.0))
    yard.pilot.speed_limit = 0.4
    press(yard, by_hand(yard), Twist(1.5, 0.0), 4.0)
    speeds = np.abs(np.array(yard.trail)[:, 3])
    assert 0.35 < speeds.max() <= 0.4 + 1e-9


@pytest.mark.parametrize("v", [1.5, -1.0])
def test_a_wall_is_neither_hit_forwards_nor_backwards(v: float) -> None:
    yard = Yard(walled(12.0, 8.0), Pose(6.0, 4.0, 0.0), noise=1.0)
    press(yard, by_hand(yard), Twist(v, 0.0), 15.0)
    assert yard.closest_m > 0.0
    assert abs(yard.twist.v) < 0.05
    assert yard.gap() < 0.4, "it came near, as was wanted"


def test_a_person_who_steps_in_front_is_not_driven_into() -> None:
    yard = Yard(walled(20.0, 10.0), Pose(3.0, 5.0, 0.0), noise=1.0)
    yard.discs.append(Disc(9.0, 2.0, 0.25, vy=1.0))
    move = by_hand(yard)
    for _ in range(160):
        if yard.discs[0].y > 5.0:
            yard.discs[0].vy = 0.0
        move.steer(Twist(1.0, 0.0))
        yard.cycle()
    assert yard.closest_m > 0.0


def test_turning_in_a_narrow_place_does_not_touch_its_walls() -> None:
    blocked = walled(12.0, 8.0)
    block(blocked, 0.0, 0.0, 12.0, 3.4)
    block(blocked, 0.0, 4.6, 12.0, 8.0)
    yard = Yard(blocked, Pose(6.0, 4.0, 0.0))
    press(yard, by_hand(yard), Twist(0.0, 0.8), 6.0)
    assert yard.closest_m > 0.0


def test_the_time_allowed_ends_it() -> None:
    yard = Yard(walled(20.0, 10.0), Pose(3.0, 5.0, 0.0))
    move = by_hand(yard, allowance_s=1.0)
    outcome = None
    for _ in range(60):
        move.steer(Twist(0.5, 0.0))
        outcome = yard.cycle() or outcome
    assert outcome is not None
    assert outcome.code == 731
    assert yard.twist.v == 0.0
