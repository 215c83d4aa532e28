"""Last word before the wheels: the exact rectangle of the body against the points of the latest scan."""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled
from gangseo_navigation.geometry import Pose, Twist
from gangseo_navigation.rollout import toward
from gangseo_navigation.scan import Body

MARGIN_M = 0.04
NO_NEARER_M = -1e-6
"""What rounding may take off a gap that stays as it is."""


@compiled
def outside(dx: float, dy: float, c: float, s: float, half_length: float, half_width: float) -> float:
    """Distance of a point from a rectangle's outline, negative inside; ``d``: from its middle, ``c, s``: heading."""
    along, across = abs(c * dx + s * dy) - half_length, abs(c * dy - s * dx) - half_width
    return math.hypot(max(along, 0.0), max(across, 0.0)) + min(max(along, across), 0.0)


@compiled
def stops_clear(
    points: NDArray[np.float64], x: float, y: float, theta: float, v: float, w: float, braking: float,
    turn_braking: float, half_length: float, half_width: float, margin: float,
) -> bool:  # fmt: skip
    """Whether braking from (v, w), after 0.1 s at this speed, ends before the body is within the margin of any point.

    To points within the margin already it may not come nearer: the robot may always move away from them.
    """
    dt, t = 0.05, 0.0
    reach = math.hypot(half_length, half_width) + margin
    start_c, start_s = math.cos(theta), math.sin(theta)
    px, py, heading = x, y, theta
    while True:
        if t >= 0.1:
            v = toward(v, 0.0, braking * dt, braking * dt)
            w = toward(w, 0.0, turn_braking * dt, turn_braking * dt)
        heading += w * dt
        px += v * math.cos(heading) * dt
        py += v * math.sin(heading) * dt
        t += dt
        c, s = math.cos(heading), math.sin(heading)
        for i in range(points.shape[0]):
            dx, dy = points[i, 0] - px, points[i, 1] - py
            if abs(dx) > reach or abs(dy) > reach:
                continue
            gap = outside(dx, dy, c, s, half_length, half_width)
            if gap < margin and gap < NO_NEARER_M + outside(
                points[i, 0] - x, points[i, 1] - y, start_c, start_s, half_length, half_width
            ):
                return False
        if t >= 0.1 and abs(v) < 1e-3 and abs(w) < 1e-3:
            return True


def may_go(
    points: NDArray[np.float64], pose: Pose, twist: Twist, body: Body, braking: float, turn_braking: float
) -> bool:
    """Whether the body can still stop in front of everything when it moves like ``twist`` now."""
    return bool(
        stops_clear(points, pose.x, pose.y, pose.theta, twist.v, twist.w, braking, turn_braking,
                    body.length_m / 2.0, body.width_m / 2.0, MARGIN_M)
    )  # fmt: skip
