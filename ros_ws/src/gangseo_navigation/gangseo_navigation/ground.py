"""The fixed ground: static map, keep-out and speed masks, and the clearance fields made of them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.clearance import clearance_of, steps
from gangseo_navigation.grid import Frame
from gangseo_navigation.map_file import OCCUPIED, UNKNOWN, MapFile, read_map, same_place

KEEP_OUT_FROM = 65
FULL_SPEED_MPS = 2.0
"""What 100 per cent in the speed mask means."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Fields over one map.

    ``plan``: clearance for path planning, keep-out zones count as obstacles. ``drive``: for the controller; there only
    the robot's middle must stay out of a keep-out zone, so that a robot at its edge is never stuck. ``wall``: clearance
    to mapped obstacles alone, to tell them from others.
    """

    occupancy: MapFile
    plan: NDArray[np.uint8]
    drive: NDArray[np.uint8]
    wall: NDArray[np.uint8]
    speed_percent: NDArray[np.uint8] | None

    @property
    def frame(self) -> Frame:
        """Geometry of the map."""
        return self.occupancy.frame

    def inside_wall(self, x: float, y: float) -> bool:
        """Whether a point lies in a mapped obstacle."""
        row, col = self.frame.cell(x, y)
        return self.frame.contains(row, col) and not self.wall[row, col]

    def speed_limit(self, x: float, y: float) -> float:
        """Limit of the speed mask in m/s; infinite where there is none."""
        row, col = self.frame.cell(x, y)
        if self.speed_percent is None or not self.frame.contains(row, col):
            return float("inf")
        percent = int(self.speed_percent[row, col])
        return FULL_SPEED_MPS * percent / 100.0 if percent else float("inf")


def read_ground(map_yaml: Path, keepout_yaml: Path | None, speed_yaml: Path | None, body_inscribed_m: float) -> Ground:
    """Reads map and masks.

    Raises:
        MapFileError: a file is absent, malformed, or a mask does not fit the map.
    """
    occupancy = read_map(map_yaml)
    keepout = same_place(read_map(keepout_yaml), occupancy, str(keepout_yaml)) if keepout_yaml else None
    speed = same_place(read_map(speed_yaml), occupancy, str(speed_yaml)) if speed_yaml else None
    return lay_ground(occupancy, keepout, speed, body_inscribed_m)


def lay_ground(occupancy: MapFile, keepout: MapFile | None, speed: MapFile | None, body_inscribed_m: float) -> Ground:
    """Makes the fields. Unknown cells count as obstacles."""
    resolution = occupancy.frame.resolution
    blocked = (occupancy.cells >= OCCUPIED) | (occupancy.cells == UNKNOWN)
    wall = clearance_of(blocked, resolution)
    plan = drive = wall
    if keepout is not None:
        closed = clearance_of(keepout.cells >= KEEP_OUT_FROM, resolution)
        plan = np.minimum(wall, closed)
        widened = np.where(closed > 0, np.minimum(255, closed.astype(np.int16) + steps(body_inscribed_m + 0.1)), 0)
        drive = np.minimum(wall, widened.astype(np.uint8))
    percent = None if speed is None else np.clip(speed.cells, 0, 100).astype(np.uint8)
    return Ground(occupancy, plan, drive, wall, percent)
