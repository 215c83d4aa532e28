"""Makes a found path short and easy to drive, never giving up clearance it had (up to the comfortable one)."""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled
from gangseo_navigation.sight import Field, clearance_at, narrowest, sees

Line = NDArray[np.float64]
"""Points (row, column) in cells, shape (n, 2)."""


@compiled
def length_of(line: Line) -> float:
    """Length of a polyline in its own unit."""
    total = 0.0
    for i in range(1, line.shape[0]):
        total += math.hypot(line[i, 0] - line[i - 1, 0], line[i, 1] - line[i - 1, 1])
    return total


@compiled
def resample(line: Line, spacing: float) -> Line:
    """Points at about equal spacing, every vertex kept."""
    count = 1
    for i in range(1, line.shape[0]):
        step = math.hypot(line[i, 0] - line[i - 1, 0], line[i, 1] - line[i - 1, 1])
        count += max(1, math.ceil(step / spacing))
    points = np.empty((count, 2))
    points[0] = line[0]
    at = 1
    for i in range(1, line.shape[0]):
        step = math.hypot(line[i, 0] - line[i - 1, 0], line[i, 1] - line[i - 1, 1])
        parts = max(1, math.ceil(step / spacing))
        for k in range(1, parts + 1):
            points[at] = line[i - 1] + (line[i] - line[i - 1]) * (k / parts)
            at += 1
    return points


@compiled
def shortcut(field: Field, line: Line, need: int, comfort: int, per_cell: float) -> Line:
    """Leaves out points between two that see each other with no less clearance than the way between had."""
    n = line.shape[0]
    room = np.empty(n, np.int64)
    for i in range(1, n):
        room[i] = narrowest(field, line[i - 1, 0], line[i - 1, 1], line[i, 0], line[i, 1], need, comfort, per_cell)
    kept = np.empty(n, np.int64)
    kept[0] = 0
    count, anchor = 1, 0
    while anchor < n - 1:
        best, misses, level = anchor + 1, 0, room[anchor + 1]
        for j in range(anchor + 2, n):
            level = min(level, room[j])
            if sees(field, line[anchor, 0], line[anchor, 1], line[j, 0], line[j, 1], max(level, need), per_cell):
                best, misses = j, 0
            else:
                misses += 1
                if misses > 12:
                    break
        kept[count] = best
        count += 1
        anchor = best
    return line[kept[:count]]


@compiled
def pull(field: Field, line: Line, need: int, comfort: int, per_cell: float) -> Line:
    """Slides every vertex towards the straight line between its neighbours as far as both stay in sight."""
    for i in range(1, line.shape[0] - 1):
        a, b, c = line[i - 1], line[i].copy(), line[i + 1]
        span = (c[0] - a[0]) ** 2 + (c[1] - a[1]) ** 2
        along = 0.5 if span < 1e-9 else ((b[0] - a[0]) * (c[0] - a[0]) + (b[1] - a[1]) * (c[1] - a[1])) / span
        along = min(1.0, max(0.0, along))
        target_row, target_col = a[0] + along * (c[0] - a[0]), a[1] + along * (c[1] - a[1])
        level = max(need, min(
            narrowest(field, a[0], a[1], b[0], b[1], need, comfort, per_cell),
            narrowest(field, b[0], b[1], c[0], c[1], need, comfort, per_cell),
        ))  # fmt: skip
        low, high = 0.0, 1.0
        for _ in range(6):
            share = 0.5 * (low + high) if low > 0.0 or high < 1.0 else 1.0
            row, col = b[0] + share * (target_row - b[0]), b[1] + share * (target_col - b[1])
            if sees(field, a[0], a[1], row, col, level, per_cell) and sees(
                field, row, col, c[0], c[1], level, per_cell
            ):
                low = share
                if share >= 1.0:
                    break
            else:
                high = share
        line[i, 0] = b[0] + low * (target_row - b[0])
        line[i, 1] = b[1] + low * (target_col - b[1])
    return line


@compiled
def tauten(field: Field, line: Line, need: int, comfort: int, spacing: float, per_cell: float) -> Line:
    """The path pulled straight like a string, its turning points only."""
    for turn in range(3):
        line = shortcut(field, resample(line, spacing), need, comfort, per_cell)
        if line.shape[0] <= 2:
            break
        for _ in range(3):
            line = pull(field, line, need, comfort, per_cell)
        spacing = max(2.0, spacing * 0.6) if turn == 0 else spacing
    return shortcut(field, line, need, comfort, per_cell)


@compiled
def round_corners(field: Field, line: Line, need: int, comfort: int, spacing: float, rounds: int) -> Line:
    """Evenly spaced points, corners rounded; no point goes below the clearance it had (up to comfort)."""
    points = resample(line, spacing)
    n = points.shape[0]
    level = np.empty(n, np.int64)
    for i in range(n):
        level[i] = max(need, min(comfort, clearance_at(field, points[i, 0], points[i, 1])))
    for _ in range(rounds):
        for i in range(1, n - 1):
            row = points[i, 0] + 0.35 * (points[i - 1, 0] + points[i + 1, 0] - 2.0 * points[i, 0])
            col = points[i, 1] + 0.35 * (points[i - 1, 1] + points[i + 1, 1] - 2.0 * points[i, 1])
            if clearance_at(field, row, col) >= level[i]:
                points[i, 0] = row
                points[i, 1] = col
    return points
