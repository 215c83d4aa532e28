"""Global planner: short, drivable paths over a large map in some milliseconds."""

import math
from dataclasses import dataclass
from enum import IntEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.clearance import STEP_M, steps
from gangseo_navigation.coarse import choose, empty_graph, join_all, refresh
from gangseo_navigation.grid import Frame
from gangseo_navigation.refine import length_of, round_corners, tauten
from gangseo_navigation.search import any_angle, cell_by_cell
from gangseo_navigation.sight import sees

Window = tuple[int, int, int, int]


class PlanFault(IntEnum):
    """Why there is no path; values are ComputePathToPose's error codes."""

    UNKNOWN = 200
    INVALID_PLANNER = 201
    TF_ERROR = 202
    START_OUTSIDE_MAP = 203
    GOAL_OUTSIDE_MAP = 204
    START_OCCUPIED = 205
    GOAL_OCCUPIED = 206
    TIMEOUT = 207
    NO_VALID_PATH = 208


class PlanError(Exception):
    """No path, with Nav2's code and a sentence for people."""

    def __init__(self, fault: PlanFault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class PlannerLimits:
    """What a path must keep. Metres.

    ``clearance_m`` is kept everywhere, ``comfort_m`` where there is room; ways with less than comfort count
    ``narrow`` times their length. A start inside the clearance is left within ``escape_m``.
    """

    clearance_m: float = 0.45
    comfort_m: float = 0.75
    narrow: float = 1.02
    block_m: float = 0.5
    spacing_m: float = 0.2
    escape_m: float = 1.0


@dataclass(frozen=True, slots=True)
class Path:
    """Points (x, y) in metres, evenly spaced, shape (n, 2)."""

    points: NDArray[np.float64]
    length_m: float


class Planner:
    """Plans on a clearance field; ``changed`` tells it which part of the field is new."""

    def __init__(self, field: NDArray[np.uint8], frame: Frame, limits: PlannerLimits) -> None:
        self.field, self.frame, self.limits = field, frame, limits
        self._need, self._comfort = max(1, steps(limits.clearance_m)), max(1, steps(limits.comfort_m))
        self._per_cell = frame.resolution / STEP_M
        self._graph = empty_graph((frame.rows, frame.cols), max(1, round(limits.block_m / frame.resolution)))
        self.changed((0, 0, frame.rows, frame.cols))

    def changed(self, window: Window) -> None:
        """Takes over a changed part of the field (row0, col0, row1, col1, end excluded)."""
        refresh(self._graph, self.field, window, self._need, self._comfort, self._per_cell)

    def plan(self, start: tuple[float, float], goal: tuple[float, float]) -> Path:
        """The path from start to goal, both (x, y).

        Raises:
            PlanError: there is none, or a point is not on free ground.
        """
        first, begin = self._start_cell(start)
        end = self._goal_cell(goal)
        line = self._line(begin, end)
        need, comfort = self._need, self._comfort
        line = tauten(self.field, line, need, comfort, float(self._graph.factor), self._per_cell)
        rounded = max(need, comfort - steps(0.15))
        line = round_corners(self.field, line, need, rounded, self.limits.spacing_m / self.frame.resolution, 60)
        if first is not None:
            line = np.vstack((np.array([first]), line))
        return self._metric(line)

    def turning_points(self, start: tuple[float, float], goal: tuple[float, float]) -> Path:
        """The shortest path as a string would lie, without rounded corners."""
        _, begin = self._start_cell(start)
        line = self._line(begin, self._goal_cell(goal))
        return self._metric(
            tauten(self.field, line, self._need, self._comfort, float(self._graph.factor), self._per_cell)
        )

    def is_free(self, x: float, y: float) -> bool:
        """Whether the robot's centre may be here."""
        row, col = self.frame.cell(x, y)
        return self.frame.contains(row, col) and bool(self.field[row, col] >= self._need)

    def nearest_free(self, x: float, y: float, within_m: float) -> tuple[float, float] | None:
        """Centre of the nearest free cell, if there is one so near."""
        found = self._nearest(*self.frame.cell(x, y), within_m)
        return None if found is None else self.frame.center(*found)

    def _metric(self, line: NDArray[np.float64]) -> Path:
        res, frame = self.frame.resolution, self.frame
        points = np.empty_like(line)
        points[:, 0] = frame.origin_x + (line[:, 1] + 0.5) * res
        points[:, 1] = frame.origin_y + (line[:, 0] + 0.5) * res
        return Path(points, float(length_of(line)) * res)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        frame = self.frame
        return (y - frame.origin_y) / frame.resolution - 0.5, (x - frame.origin_x) / frame.resolution - 0.5

    def _start_cell(self, start: tuple[float, float]) -> tuple[tuple[float, float] | None, tuple[float, float]]:
        cell = self.frame.cell(*start)
        if not self.frame.contains(*cell):
            raise PlanError(PlanFault.START_OUTSIDE_MAP, f"start ({start[0]:.2f}, {start[1]:.2f}) lies outside the map")
        exact = self._point(*start)
        if self.field[cell] >= self._need:
            return None, exact
        way_out = self._nearest(*cell, self.limits.escape_m)
        if way_out is None:
            raise PlanError(
                PlanFault.START_OCCUPIED,
                f"no free ground within {self.limits.escape_m} m of the start ({start[0]:.2f}, {start[1]:.2f})",
            )
        return exact, (float(way_out[0]), float(way_out[1]))

    def _goal_cell(self, goal: tuple[float, float]) -> tuple[float, float]:
        if not all(math.isfinite(v) for v in goal) or not self.frame.contains(*self.frame.cell(*goal)):
            raise PlanError(PlanFault.GOAL_OUTSIDE_MAP, f"goal ({goal[0]:.2f}, {goal[1]:.2f}) lies outside the map")
        if self.field[self.frame.cell(*goal)] < self._need:
            raise PlanError(
                PlanFault.GOAL_OCCUPIED,
                f"goal ({goal[0]:.2f}, {goal[1]:.2f}) is within {self.limits.clearance_m} m of a wall or closed zone",
            )
        return self._point(*goal)

    def _nearest(self, row: int, col: int, within_m: float) -> tuple[int, int] | None:
        reach = math.ceil(within_m / self.frame.resolution)
        r0, c0 = max(0, row - reach), max(0, col - reach)
        free = np.argwhere(self.field[r0 : row + reach + 1, c0 : col + reach + 1] >= self._need)
        if not free.size:
            return None
        away = np.hypot(free[:, 0] + r0 - row, free[:, 1] + c0 - col)
        best = int(np.argmin(away))
        if away[best] > reach:
            return None
        return int(free[best, 0]) + r0, int(free[best, 1]) + c0

    def _line(self, begin: tuple[float, float], end: tuple[float, float]) -> NDArray[np.float64]:
        ends = np.array([begin, end])
        if sees(self.field, *begin, *end, self._comfort, self._per_cell):
            return ends
        nodes = self._search(begin, end)
        if nodes is not None:
            rows, cols = self._graph.rep_row.ravel()[nodes], self._graph.rep_col.ravel()[nodes]
            line = np.column_stack((rows, cols)).astype(np.float64)
        else:
            line = self._fine(begin, end)
        if line.shape[0] < 2:
            return ends
        line[0], line[-1] = begin, end
        return line

    def _search(self, begin: tuple[float, float], end: tuple[float, float]) -> NDArray[np.int64] | None:
        """Coarse search with start and goal standing for their own blocks meanwhile."""
        graph, f = self._graph, self._graph.factor
        blocks = [(math.floor(r + 0.5) // f, math.floor(c + 0.5) // f) for r, c in (begin, end)]
        if blocks[0] == blocks[1]:
            return None
        for (row, col), (r, c) in zip(blocks, (begin, end), strict=True):
            graph.rep_row[row, col], graph.rep_col[row, col] = math.floor(r + 0.5), math.floor(c + 0.5)
        for block in blocks:
            self._join_around(*block)
        width = graph.joined.shape[1]
        nodes = any_angle(
            self.field, graph.rep_row.ravel(), graph.rep_col.ravel(), graph.joined, graph.roomy,
            blocks[0][0] * width + blocks[0][1], blocks[1][0] * width + blocks[1][1],
            self._need, self._comfort, self.limits.narrow, self._per_cell,
        )  # fmt: skip
        for row, col in blocks:
            choose(self.field, graph.rep_row, graph.rep_col, f, self._need, row, col, row + 1, col + 1)
        for block in blocks:
            self._join_around(*block)
        return nodes if nodes.size else None

    def _join_around(self, row: int, col: int) -> None:
        graph, (rows, cols) = self._graph, self._graph.joined.shape
        join_all(self.field, graph.rep_row, graph.rep_col, graph.joined, graph.roomy, self._need, self._comfort,
                 self._per_cell, max(0, row - 1), max(0, col - 1), min(rows, row + 2), min(cols, col + 2))  # fmt: skip

    def _fine(self, begin: tuple[float, float], end: tuple[float, float]) -> NDArray[np.float64]:
        """Search cell by cell; first makes sure that the two places are joined at all."""
        cells = [(math.floor(r + 0.5), math.floor(c + 0.5)) for r, c in (begin, end)]
        _, island = cv2.connectedComponents((self.field >= self._need).astype(np.uint8), connectivity=8)
        if island[cells[0]] != island[cells[1]]:
            raise PlanError(PlanFault.NO_VALID_PATH, "there is no way to the goal that is wide enough")
        width = self.frame.cols
        start, goal = (row * width + col for row, col in cells)
        nodes = cell_by_cell(self.field, start, goal, self._need)
        return np.column_stack((nodes // width, nodes % width)).astype(np.float64)
