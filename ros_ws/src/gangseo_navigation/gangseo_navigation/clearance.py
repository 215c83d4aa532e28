"""Distance from every cell to the nearest obstacle, in bytes, and Nav2's costs made from it.

A byte counts steps of 2 cm up to 5.1 m, rounded down, measured from a cell's centre to the obstacle cell's edge.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

STEP_M = 0.02
FURTHEST_M = 255 * STEP_M

FREE_SPACE, INSCRIBED, LETHAL, NO_INFORMATION = 0, 253, 254, 255
"""Costs as in nav2_costmap_2d/cost_values.hpp."""


def steps(distance_m: float) -> int:
    """A required distance as a byte, rounded up."""
    return min(255, max(0, math.ceil(distance_m / STEP_M - 1e-9)))


def clearance_of(blocked: NDArray[np.bool_], resolution: float) -> NDArray[np.uint8]:
    """Clearance of every cell; 0 in blocked ones."""
    if not blocked.any():
        return np.full(blocked.shape, 255, np.uint8)
    cells = cv2.distanceTransform((~blocked).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    distance = np.maximum((cells - 0.5) * np.float32(resolution / STEP_M), 0.0)
    return np.asarray(np.minimum(distance, 255.0), np.uint8)


def cost_table(inscribed_m: float, inflation_m: float, scaling: float) -> NDArray[np.uint8]:
    """Cost for each clearance byte: 254 lethal, 253 inscribed, then ``252 exp(-scaling (d - inscribed))``.

    The formula is that of nav2_costmap_2d's inflation layer.
    """
    distance = np.arange(256) * STEP_M
    costs = (252.0 * np.exp(-scaling * (distance - inscribed_m))).astype(np.uint8)
    costs = np.where(distance > inflation_m, FREE_SPACE, costs)
    costs = np.where(distance < inscribed_m, INSCRIBED, costs)
    costs[0] = LETHAL
    return costs.astype(np.uint8)


def occupancy_of(costs: NDArray[np.uint8]) -> NDArray[np.int8]:
    """Costs as nav_msgs/OccupancyGrid shows them (0..100, -1 unknown), by Nav2's translation."""
    table = np.zeros(256, np.int8)
    table[1:253] = 1 + (97 * (np.arange(1, 253) - 1)) // 251
    table[INSCRIBED], table[LETHAL], table[NO_INFORMATION] = 99, 100, -1
    return np.asarray(table[costs], np.int8)
