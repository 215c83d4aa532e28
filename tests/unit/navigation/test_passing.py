"""Passing people: to the right of who comes, foreseen instead of walled in, and never nearer than standing."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangseo_navigation.follower import DriveLimits, PathFollower, View
from gangseo_navigation.geometry import STOP, Pose, Twist
from gangseo_navigation.grid import Frame
from gangseo_navigation.keep_right import lean_m
from gangseo_navigation.pursuit import beside_path, curvature_towards
from gangseo_navigation.scan import Body
from unit.navigation.yard import Disc, Yard, walled

HERE = Pose(0.0, 0.0, 0.0)
STRAIGHT = np.array([(x, 0.0, x, 0.0) for x in np.linspace(0.0, 20.0, 41)])


@pytest.mark.parametrize(
    ("person", "leans"),
    [
        ((5.0, 0.3, -1.2, 0.0, 0.25), True),
        ((5.0, 0.3, 1.2, 0.0, 0.25), False),
        ((5.0, 0.0, 0.0, 1.2, 0.25), False),
        ((-3.0, 0.0, -1.2, 0.0, 0.25), False),
        ((5.0, 2.5, -1.2, 0.0, 0.25), False),
        ((12.0, 0.0, -1.2, 0.0, 0.25), False),
    ],
)
def test_robot_leans_right_of_who_comes_towards_it_and_of_nobody_else(person: tuple, leans: bool) -> None:
    assert lean_m(STRAIGHT, 0.0, HERE, np.array([person]), 0.5) == (-0.5 if leans else 0.0)


def test_nobody_is_no_reason_to_lean() -> None:
    assert lean_m(STRAIGHT, 0.0, HERE, np.empty((0, 5)), 0.5) == 0.0


@given(st.floats(0.0, 20.0), st.floats(-1.8, 1.8))
def test_the_line_beside_a_path_is_beside_it_and_ends_where_the_path_ends(s: float, left: float) -> None:
    x, y, _ = beside_path(STRAIGHT, s, left)
    assert x == pytest.approx(s, abs=1e-6)
    assert y == pytest.approx(left * min(1.0, (20.0 - s) / 2.0), abs=1e-6)


@given(st.floats(-0.9, 0.9), st.floats(0.5, 2.0))
def test_an_arc_of_the_pursued_curvature_passes_the_point_aimed_at(left: float, reach: float) -> None:
    k = curvature_towards(STRAIGHT, 0.0, reach, left, 0.0, 0.0, 0.0)
    if abs(k) < 1e-9:
        return
    center = 1.0 / k
    assert math.hypot(reach, left - center) == pytest.approx(abs(center), rel=1e-6)


def follower_and_view(person: tuple[float, ...]) -> tuple[PathFollower, View]:
    frame = Frame(120, 120, 0.1, -6.0, -6.0)
    return PathFollower(DriveLimits(), Body()), View(np.full((120, 120), 255, np.uint8), frame, np.array([person]))


def test_a_robot_may_back_away_from_who_walks_up_to_it_but_not_go_on() -> None:
    follower, view = follower_and_view((0.9, 0.0, -0.5, 0.0, 0.25))
    assert follower.safe(HERE, STOP, view, Twist(-0.3, 0.0))
    assert not follower.safe(HERE, STOP, view, Twist(0.3, 0.0))


def test_a_robot_beside_somebody_who_walks_along_may_go_on_but_not_turn_into_them() -> None:
    follower, view = follower_and_view((0.2, 0.62, 0.5, 0.0, 0.25))
    assert follower.safe(HERE, STOP, view, Twist(0.4, 0.0))
    assert not follower.safe(HERE, STOP, view, Twist(0.4, 0.9))


def test_walking_people_leave_the_local_map_and_standing_ones_stay() -> None:
    yard = Yard(walled(20.0, 12.0), Pose(4.0, 6.0, 0.0), [Disc(8.0, 7.5, 0.25), Disc(7.0, 3.0, 0.25, 0.0, 0.8)])
    for _ in range(30):
        yard.cycle()
    surroundings = yard.pilot.surroundings
    (walker,) = surroundings.people.moving(yard.now_s)
    assert walker[:2] == pytest.approx((yard.discs[1].x, yard.discs[1].y), abs=0.3)
    view = surroundings.view(yard.now_s)
    standing = view.field[view.frame.cell(8.0 - 0.25, 7.5)]
    walking = view.field[view.frame.cell(yard.discs[1].x, yard.discs[1].y)]
    assert standing < 10
    assert walking > 10


def test_a_walker_who_comes_is_passed_on_the_right_without_a_stop() -> None:
    yard = Yard(walled(30.0, 5.0), Pose(2.0, 2.5, 0.0), [Disc(26.0, 2.5, 0.25, -1.2, 0.0)], noise=1.0)
    sides: list[float] = []

    def watch() -> None:
        if abs(yard.discs[0].x - yard.pose.x) < 0.3:
            sides.append(yard.discs[0].y - yard.pose.y)

    outcome = yard.run(yard.pilot.journey([Pose(27.0, 2.5, 0.0)]), 40.0, watch)
    assert outcome is not None
    assert outcome.succeeded
    assert sides
    assert min(sides) > 0.6
    speeds = np.array([row[3] for row in yard.trail if 6.0 < row[0] < 24.0])
    assert speeds.min() > 0.3
