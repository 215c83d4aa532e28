"""Obstacles the lidar sees near the robot: a rolling window of cells, cleared by rays that pass."""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled
from gangseo_navigation.grid import Frame
from gangseo_navigation.scan import Scan

NEVER_S = -1e9
MOST = 15.0


class ObstacleWindow:
    """Cells of the map's grid around the robot, each with a score: a hit adds one (up to 15), a ray through takes 3.

    ``decay_s``: cells not hit again for so long are forgotten. ``settled``: score from which a thing stands still.
    """

    def __init__(self, frame: Frame, size_m: float = 12.0, decay_s: float = 8.0, settled: float = 10.0) -> None:
        self.map_frame = frame
        self.cells = round(size_m / frame.resolution)
        self.decay_s, self.settled = decay_s, settled
        self.row = self.col = 0
        self._seen_at_s = NEVER_S
        self._last = np.full((self.cells, self.cells), NEVER_S)
        self._score = np.zeros((self.cells, self.cells))

    @property
    def frame(self) -> Frame:
        """Where the window lies now."""
        res = self.map_frame.resolution
        return Frame(
            self.cells,
            self.cells,
            res,
            self.map_frame.origin_x + self.col * res,
            self.map_frame.origin_y + self.row * res,
        )

    def see(self, scan: Scan) -> None:
        """Moves the window to the sensor, marks what rays hit and clears what they passed.

        When time went back (a simulation began anew) all is forgotten.
        """
        if scan.stamp_s < self._seen_at_s - 1.0:
            self._last.fill(NEVER_S)
            self.clear()
        self._seen_at_s = scan.stamp_s
        self._follow(scan.sensor.x, scan.sensor.y)
        frame = self.frame
        mark_and_clear(
            self._last, self._score, scan.ranges, scan.angle_min + scan.sensor.theta, scan.angle_step,
            (scan.sensor.x - frame.origin_x) / frame.resolution, (scan.sensor.y - frame.origin_y) / frame.resolution,
            scan.range_min, scan.range_max, frame.resolution, scan.stamp_s,
        )  # fmt: skip

    def occupied(self, now_s: float) -> NDArray[np.bool_]:
        """Cells with something in them."""
        return (self._score > 0.0) & (self._last >= now_s - self.decay_s)

    def standing(self, now_s: float, keep_s: float) -> NDArray[np.bool_]:
        """Cells where something has stood for a while, hit in the last ``keep_s`` and not seen through since.

        What is hidden behind another thing is still there: only a ray that passes takes it away before.
        """
        return (self._score >= self.settled) & (self._last >= now_s - keep_s)

    def recall(self, cells: NDArray[np.int64], seen_s: NDArray[np.float64]) -> None:
        """Takes back cells (rows and columns in the map) that stood when the window left them.

        Only where it has hit nothing since they came into it again; what was seen before time went back is gone.
        """
        rows, cols = cells[:, 0] - self.row, cells[:, 1] - self.col
        inside = (rows >= 0) & (rows < self.cells) & (cols >= 0) & (cols < self.cells)
        rows, cols, seen_s = rows[inside], cols[inside], seen_s[inside]
        new = (self._last[rows, cols] == NEVER_S) & (seen_s <= self._seen_at_s)
        rows, cols = rows[new], cols[new]
        self._last[rows, cols], self._score[rows, cols] = seen_s[new], MOST

    def clear(self, keep: NDArray[np.bool_] | None = None) -> None:
        """Forgets everything but the cells in ``keep``."""
        self._score[... if keep is None else ~keep] = 0.0

    def _follow(self, x: float, y: float) -> None:
        row, col = self.map_frame.cell(x, y)
        row, col = row - self.cells // 2, col - self.cells // 2
        down, right = row - self.row, col - self.col
        slack = self.cells // 12
        if abs(down) <= slack and abs(right) <= slack:
            return
        self.row, self.col = row, col
        for layer, nothing in ((self._last, NEVER_S), (self._score, 0.0)):
            old = layer.copy()
            layer.fill(nothing)
            if abs(down) < self.cells and abs(right) < self.cells:
                r, c, n = max(0, -down), max(0, -right), self.cells
                kept = old[max(0, down) : n - r, max(0, right) : n - c]
                layer[r : n - max(0, down), c : n - max(0, right)] = kept


@compiled
def mark_and_clear(
    last: NDArray[np.float64], score: NDArray[np.float64], ranges: NDArray[np.float32], angle: float, step: float,
    x: float, y: float, range_min: float, range_max: float, resolution: float, now: float,
) -> None:  # fmt: skip
    """Marks the ends of all rays, then clears along them up to 1.5 cells before the end. ``x``, ``y`` in cells.

    A cell beside one that is hit in this scan is not cleared: rays that graze a surface pass through its cells too.
    """
    n = last.shape[0]
    for i in range(ranges.size):
        reach = ranges[i]
        if math.isnan(reach) or reach < range_min or reach > range_max:
            continue
        col = math.floor(x + math.cos(angle + i * step) * reach / resolution)
        row = math.floor(y + math.sin(angle + i * step) * reach / resolution)
        if 0 <= row < n and 0 <= col < n and last[row, col] < now:
            score[row, col] = min(MOST, score[row, col] + 1.0)
            last[row, col] = now
    for i in range(ranges.size):
        reach = ranges[i]
        if math.isnan(reach) or reach < range_min:
            continue
        dx, dy = math.cos(angle + i * step), math.sin(angle + i * step)
        open_cells = min(reach, range_max) / resolution - (1.5 if reach <= range_max else 0.0)
        before = -1
        t = 0.0
        while t < open_cells:
            col, row = math.floor(x + dx * t), math.floor(y + dy * t)
            if row < 0 or col < 0 or row >= n or col >= n:
                break
            if score[row, col] > 0.0 and row * n + col != before and not hit_beside(last, row, col, now):
                score[row, col] = max(0.0, score[row, col] - 3.0)
            before = row * n + col
            t += 0.7


@compiled
def hit_beside(last: NDArray[np.float64], row: int, col: int, now: float) -> bool:
    """Whether the cell or one of its eight neighbours was hit at ``now``."""
    n = last.shape[0]
    for r in range(max(0, row - 1), min(n, row + 2)):
        for c in range(max(0, col - 1), min(n, col + 2)):
            if last[r, c] >= now:
                return True
    return False
