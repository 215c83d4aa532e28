"""Where the cells of a grid lie in the world."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """Geometry of a grid: ``rows`` x ``cols`` square cells, row 0 at the lowest y, no rotation."""

    rows: int
    cols: int
    resolution: float
    origin_x: float = 0.0
    origin_y: float = 0.0

    @property
    def width_m(self) -> float:
        """Extent along x."""
        return self.cols * self.resolution

    @property
    def height_m(self) -> float:
        """Extent along y."""
        return self.rows * self.resolution

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the cell that holds a point; may lie outside."""
        return (
            math.floor((y - self.origin_y) / self.resolution),
            math.floor((x - self.origin_x) / self.resolution),
        )

    def center(self, row: float, col: float) -> tuple[float, float]:
        """The x and y of a cell's centre."""
        return (
            self.origin_x + (col + 0.5) * self.resolution,
            self.origin_y + (row + 0.5) * self.resolution,
        )

    def contains(self, row: int, col: int) -> bool:
        """Whether such a cell exists."""
        return 0 <= row < self.rows and 0 <= col < self.cols
