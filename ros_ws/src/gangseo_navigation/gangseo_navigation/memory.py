"""Obstacles the lidar saw standing, remembered for planning, and the planner that knows them."""

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.clearance import FURTHEST_M, clearance_of
from gangseo_navigation.grid import Frame
from gangseo_navigation.planner import Path, Planner, PlannerLimits

Cells = NDArray[np.int64]
"""Rows and columns in the map, shape (n, 2)."""


class ObstacleMemory:
    """Cells seen standing: what is in view now replaces what was there before; the rest fades after ``keep_s``."""

    def __init__(self, keep_s: float = 90.0) -> None:
        self.keep_s = keep_s
        self._cells: Cells = np.empty((0, 2), np.int64)
        self._seen_s: NDArray[np.float64] = np.empty(0)

    @property
    def cells(self) -> Cells:
        """What is remembered."""
        return self._cells

    @property
    def seen_s(self) -> NDArray[np.float64]:
        """When each cell was last in view, shape (n,)."""
        return self._seen_s

    def look(self, now_s: float, row: int, col: int, standing: NDArray[np.bool_]) -> None:
        """Takes the cells standing in a window whose first cell is (row, col).

        When time went back (a simulation began anew) all that was seen later is forgotten.
        """
        height, width = standing.shape
        inside = (
            (self._cells[:, 0] >= row) & (self._cells[:, 0] < row + height)
            & (self._cells[:, 1] >= col) & (self._cells[:, 1] < col + width)
        )  # fmt: skip
        age_s = now_s - self._seen_s
        kept = ~inside & (age_s >= 0.0) & (age_s <= self.keep_s)
        new = np.argwhere(standing) + np.array((row, col))
        self._cells = np.vstack((self._cells[kept], new))
        self._seen_s = np.concatenate((self._seen_s[kept], np.full(len(new), now_s)))

    def forget(self) -> None:
        """Empties the memory."""
        self._cells, self._seen_s = np.empty((0, 2), np.int64), np.empty(0)


class LivePlanner:
    """A planner over fixed ground plus remembered obstacles."""

    def __init__(self, fixed: NDArray[np.uint8], frame: Frame, limits: PlannerLimits) -> None:
        self._fixed = fixed
        self.planner = Planner(fixed.copy(), frame, limits)
        self._cells: Cells = np.empty((0, 2), np.int64)

    def update(self, cells: Cells) -> None:
        """Puts other obstacles into the field; only the part that changes is computed again."""
        frame = self.planner.frame
        inside = (cells[:, 0] >= 0) & (cells[:, 0] < frame.rows) & (cells[:, 1] >= 0) & (cells[:, 1] < frame.cols)
        cells = cells[inside]
        changed = np.setxor1d(cells @ (frame.cols, 1), self._cells @ (frame.cols, 1))
        self._cells = cells
        if not changed.size:
            return
        rows, cols = changed // frame.cols, changed % frame.cols
        pad = round(FURTHEST_M / frame.resolution) + 1
        r0, c0 = max(0, rows.min() - pad), max(0, cols.min() - pad)
        r1, c1 = min(frame.rows, rows.max() + pad + 1), min(frame.cols, cols.max() + pad + 1)
        near = cells[
            (cells[:, 0] >= r0 - pad) & (cells[:, 0] < r1 + pad) & (cells[:, 1] >= c0 - pad) & (cells[:, 1] < c1 + pad)
        ]
        blocked = np.zeros((r1 - r0 + 2 * pad, c1 - c0 + 2 * pad), np.bool_)
        blocked[near[:, 0] - r0 + pad, near[:, 1] - c0 + pad] = True
        clear = clearance_of(blocked, frame.resolution)[pad:-pad, pad:-pad]
        self.planner.field[r0:r1, c0:c1] = np.minimum(self._fixed[r0:r1, c0:c1], clear)
        self.planner.changed((int(r0), int(c0), int(r1), int(c1)))

    def plan(self, start: tuple[float, float], goal: tuple[float, float]) -> Path:
        """As ``Planner.plan``."""
        return self.planner.plan(start, goal)
