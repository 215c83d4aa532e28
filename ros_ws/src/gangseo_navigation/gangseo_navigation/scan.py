"""One turn of a lidar, and what its points mean for the robot's body."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.geometry import Pose


@dataclass(frozen=True, slots=True)
class Scan:
    """Beams of one turn, taken from ``sensor`` (pose in the map frame). Ranges beyond ``range_max`` hit nothing."""

    stamp_s: float
    sensor: Pose
    angle_min: float
    angle_step: float
    ranges: NDArray[np.float32]
    range_min: float
    range_max: float


@dataclass(frozen=True, slots=True)
class Body:
    """A rectangle round base_link, and the circles that cover it. Metres."""

    length_m: float = 0.90
    width_m: float = 0.66

    @property
    def inscribed_m(self) -> float:
        """Radius of the largest circle inside."""
        return min(self.length_m, self.width_m) / 2.0

    @property
    def circumscribed_m(self) -> float:
        """Radius of the smallest circle around."""
        return math.hypot(self.length_m, self.width_m) / 2.0

    @property
    def circles(self) -> tuple[NDArray[np.float64], float]:
        """Offsets along x of three circles that cover the body, and their radius."""
        third = self.length_m / 3.0
        return np.array([-third, 0.0, third]), math.hypot(third / 2.0, self.width_m / 2.0)


def hits(scan: Scan) -> NDArray[np.float64]:
    """Points (x, y) in the map frame where beams ended."""
    ranges = scan.ranges
    good = np.flatnonzero(np.isfinite(ranges) & (ranges >= scan.range_min) & (ranges <= scan.range_max))
    angles = scan.sensor.theta + scan.angle_min + scan.angle_step * good
    reach = ranges[good].astype(np.float64)
    return np.column_stack((scan.sensor.x + reach * np.cos(angles), scan.sensor.y + reach * np.sin(angles)))
