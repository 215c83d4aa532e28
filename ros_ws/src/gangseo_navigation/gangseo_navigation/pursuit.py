"""Pure pursuit of a path or of a line beside it, as rollouts simulate it."""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled

Numbers = NDArray[np.float64]
FADE_M = 2.0


@compiled
def path_at(path: Numbers, s: float) -> tuple[float, float, float]:
    """Point and direction at arc length ``s``; path rows: x, y, s, direction."""
    n = path.shape[0]
    i = min(max(int(np.searchsorted(path[:, 2], s)), 1), n - 1)
    span = path[i, 2] - path[i - 1, 2]
    share = 0.0 if span < 1e-9 else min(1.0, max(0.0, (s - path[i - 1, 2]) / span))
    return (
        path[i - 1, 0] + share * (path[i, 0] - path[i - 1, 0]),
        path[i - 1, 1] + share * (path[i, 1] - path[i - 1, 1]),
        path[i, 3],
    )


@compiled
def beside_path(path: Numbers, s: float, left_m: float) -> tuple[float, float, float]:
    """As ``path_at``, ``left_m`` to the left of the path; towards the path's end this fades away."""
    x, y, heading = path_at(path, s)
    aside = left_m * min(1.0, max(0.0, (path[-1, 2] - s) / FADE_M))
    return x - aside * math.sin(heading), y + aside * math.cos(heading), heading


@compiled
def curvature_towards(path: Numbers, s: float, reach: float, left_m: float, x: float, y: float, theta: float) -> float:
    """Curvature of the arc from a pose to the point ``reach`` ahead on the line beside the path."""
    aim_x, aim_y, _ = beside_path(path, s + reach, left_m)
    gap = max(math.hypot(aim_x - x, aim_y - y), 0.2)
    return 2.0 * math.sin(math.atan2(aim_y - y, aim_x - x) - theta) / gap
