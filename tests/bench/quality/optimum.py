"""A lower bound of path lengths on a grid: the exact any-angle optimum over the union of the cells one may be in.

The shortest way through a region of whole cells turns only at convex corners of what is closed. So Dijkstra over all
such corners that see each other is exact; a path whose every point lies in an open cell cannot be shorter. Sight
is decided in whole numbers (half cells), so that nothing hangs on rounding.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from gangseo_navigation.compiled import compiled

Open = NDArray[np.bool_]
Points = NDArray[np.int64]
"""(row, column) in half cells: cell corners are even, centres odd."""


@compiled
def open_at(free: Open, row: int, col: int) -> bool:
    """Whether a cell exists and is open."""
    return 0 <= row < free.shape[0] and 0 <= col < free.shape[1] and bool(free[row, col])


@compiled
def _straight(free: Open, line: int, low: int, high: int, upright: int) -> bool:
    """Sight along a row or column of half cells; on a border between cells one open side is enough."""
    sides = (line // 2 - 1 + line % 2, line // 2)
    for k in range(low // 2, (high + 1) // 2):
        if upright:
            passes = open_at(free, k, sides[0]) or open_at(free, k, sides[1])
        else:
            passes = open_at(free, sides[0], k) or open_at(free, sides[1], k)
        if not passes:
            return False
    return True


@compiled
def in_sight(free: Open, r0: int, c0: int, r1: int, c1: int) -> bool:
    """Whether the straight line between two points (half cells) passes the inside of open cells only."""
    if r0 > r1:
        r0, c0, r1, c1 = r1, c1, r0, c0
    if r0 == r1:
        return _straight(free, r0, min(c0, c1), max(c0, c1), 0)
    if c0 == c1:
        return _straight(free, c0, r0, r1, 1)
    dr, dc = r1 - r0, c1 - c0
    for row in range(r0 // 2, (r1 + 1) // 2):
        top, bottom = max(r0, 2 * row), min(r1, 2 * row + 2)
        # columns of the line at both ends of this row of cells, times dr
        a, b = c0 * dr + dc * (top - r0), c0 * dr + dc * (bottom - r0)
        low, high = min(a, b), max(a, b)
        for col in range(low // (2 * dr), (high + 2 * dr - 1) // (2 * dr)):
            if not open_at(free, row, col):
                return False
    return True


def corners(free: Open) -> Points:
    """Corners of cells round which exactly one is closed: where a taut way can turn."""
    padded = np.pad(~free, 1, constant_values=True).astype(np.int64)
    closed = padded[:-1, :-1] + padded[:-1, 1:] + padded[1:, :-1] + padded[1:, 1:]
    return np.argwhere(closed == 1) * 2


@compiled
def _sights(free: Open, points: Points, first: int) -> tuple[Points, NDArray[np.float64]]:
    """Pairs (i, j < i, i >= first) that see each other and their distances in cells."""
    size = 1024
    pairs, lengths = np.empty((size, 2), np.int64), np.empty(size)
    count = 0
    for i in range(first, points.shape[0]):
        for j in range(i):
            if in_sight(free, points[i, 0], points[i, 1], points[j, 0], points[j, 1]):
                if count == size:
                    more, longer = np.empty((2 * size, 2), np.int64), np.empty(2 * size)
                    more[:size], longer[:size] = pairs, lengths
                    pairs, lengths, size = more, longer, 2 * size
                pairs[count, 0], pairs[count, 1] = i, j
                lengths[count] = np.hypot(points[i, 0] - points[j, 0], points[i, 1] - points[j, 1]) / 2.0
                count += 1
    return pairs[:count], lengths[:count]


class Optimum:
    """Shortest ways on one map; ``free`` are the cells one may be in, ``ends`` all starts and goals (row, column)."""

    def __init__(self, free: Open, ends: NDArray[np.int64]) -> None:
        self._ends = {(int(r), int(c)): k for k, (r, c) in enumerate(ends)}
        turns = corners(free)
        self.nodes = len(turns) + len(ends)
        self._first = len(turns)
        pairs, lengths = _sights(free, np.vstack((turns, ends * 2 + 1)), 1)
        self._graph = csr_array((lengths, (pairs[:, 0], pairs[:, 1])), shape=(self.nodes, self.nodes))

    def cells(self, start: tuple[int, int], goal: tuple[int, int]) -> float:
        """Length in cells from centre to centre; infinite where there is no way."""
        begin, end = self._first + self._ends[start], self._first + self._ends[goal]
        return float(dijkstra(self._graph, directed=False, indices=begin)[end])
