"""The rule of the road: whoever meets somebody keeps to the right."""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.geometry import Pose
from gangseo_navigation.pursuit import path_at

ONCOMING_M, ONCOMING_MPS, ASIDE_M = 9.0, 0.3, 1.6


def lean_m(path: NDArray[np.float64], progress_m: float, pose: Pose, people: NDArray[np.float64], by_m: float) -> float:
    """How far to the left of its path a robot should keep: ``-by_m`` when somebody comes towards it, else 0.

    Args:
        path: rows x, y, arc length, direction.
        progress_m: arc length the robot has reached.
        pose: the robot.
        people: moving things, rows x, y, vx, vy, radius.
        by_m: metres to step aside.
    """
    _, _, heading = path_at(path, progress_m + 1.0)
    c, s = math.cos(heading), math.sin(heading)
    along = c * (people[:, 0] - pose.x) + s * (people[:, 1] - pose.y)
    across = c * (people[:, 1] - pose.y) - s * (people[:, 0] - pose.x)
    speed = c * people[:, 2] + s * people[:, 3]
    coming = (along > 0.3) & (along < ONCOMING_M) & (np.abs(across) < ASIDE_M) & (speed < -ONCOMING_MPS)
    return -by_m if coming.any() else 0.0
