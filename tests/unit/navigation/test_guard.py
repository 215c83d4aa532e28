"""The last word before the wheels: nothing is touched, and the robot can always get away."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gangseo_navigation.geometry import Pose, Twist
from gangseo_navigation.guard import MARGIN_M, may_go, outside
from gangseo_navigation.scan import Body

BODY = Body()
PLACE = st.floats(-1.0, 1.0)
HERE = Pose(0.0, 0.0, 0.0)


def gap(pose: Pose, x: float, y: float) -> float:
    return float(outside(x - pose.x, y - pose.y, math.cos(pose.theta), math.sin(pose.theta), 0.45, 0.33))


@settings(deadline=None)
@given(PLACE, PLACE, st.floats(-1.0, 1.8), st.floats(-1.2, 1.2))
def test_robot_that_may_go_and_brakes_then_comes_no_nearer_than_the_margin_or_than_it_was(
    x: float, y: float, v: float, w: float
) -> None:
    if not may_go(np.array([(x, y)]), HERE, Twist(v, w), BODY, 1.5, 2.5):
        return
    pose, before = HERE, gap(HERE, x, y)
    for cycle in range(60):
        if cycle >= 2:
            v = math.copysign(max(0.0, abs(v) - 0.075), v)
            w = math.copysign(max(0.0, abs(w) - 0.125), w)
        theta = pose.theta + w * 0.05
        pose = Pose(pose.x + v * math.cos(theta) * 0.05, pose.y + v * math.sin(theta) * 0.05, theta)
        assert gap(pose, x, y) >= min(MARGIN_M, before) - 1e-5


def test_creeping_towards_what_is_within_the_margin_never_ends_in_a_touch() -> None:
    pose, wall = HERE, np.array([(0.48, 0.0)])
    for _ in range(200):
        for twist in (Twist(0.05, 0.0), Twist(0.02, 0.3), Twist(0.02, -0.3)):
            if may_go(wall, pose, twist, BODY, 1.5, 2.5):
                pose = pose.compose(Pose(twist.v * 0.05, 0.0, twist.w * 0.05))
    assert gap(pose, 0.48, 0.0) >= 0.029


@settings(deadline=None)
@given(st.floats(0.43, 0.489), st.floats(-0.3, 0.3))
def test_robot_may_always_back_away(x: float, y: float) -> None:
    assert may_go(np.array([(x, y)]), HERE, Twist(-0.2, 0.0), BODY, 1.5, 2.5)
    assert not may_go(np.array([(x, y)]), HERE, Twist(0.2, 0.0), BODY, 1.5, 2.5)
