"""Poses on a plane: metres, radians, counter-clockwise."""

import math
from dataclasses import dataclass


def wrap_angle(angle: float) -> float:
    """The same direction in (-pi, pi]."""
    return math.atan2(math.sin(angle), math.cos(angle))


@dataclass(frozen=True, slots=True)
class Pose:
    """A position and heading; also a transform between two frames."""

    x: float
    y: float
    theta: float

    def compose(self, other: "Pose") -> "Pose":
        """``other``, given in this pose's frame, in the frame this pose is given in."""
        c, s = math.cos(self.theta), math.sin(self.theta)
        return Pose(
            self.x + c * other.x - s * other.y,
            self.y + s * other.x + c * other.y,
            wrap_angle(self.theta + other.theta),
        )

    def inverse(self) -> "Pose":
        """The transform the other way round."""
        c, s = math.cos(self.theta), math.sin(self.theta)
        return Pose(-c * self.x - s * self.y, s * self.x - c * self.y, wrap_angle(-self.theta))

    def is_finite(self) -> bool:
        """Whether all three numbers are numbers."""
        return math.isfinite(self.x) and math.isfinite(self.y) and math.isfinite(self.theta)

    def distance_to(self, other: "Pose") -> float:
        """Metres between the two positions."""
        return math.hypot(other.x - self.x, other.y - self.y)


@dataclass(frozen=True, slots=True)
class Twist:
    """Forward speed in m/s and turn rate in rad/s."""

    v: float
    w: float


STOP = Twist(0.0, 0.0)
