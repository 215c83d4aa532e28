"""Generated park-like maps, and exact references for path lengths on them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled
from gangseo_navigation.heap import drop_first, push
from gangseo_navigation.sight import sees

MOVES = np.array([(r, c) for r in range(-3, 4) for c in range(-3, 4) if np.gcd(r, c) == 1], np.int64)
"""All 32 directions of up to three cells: within 1.3 % of any angle, before the string is pulled."""


def park(seed: int = 1, rows: int = 2000, cols: int = 3000, density: float = 1.0) -> NDArray[np.bool_]:
    """Buildings, ponds, hedges and trees on free ground; 3000 x 2000 cells of 0.1 m by default."""
    random = np.random.default_rng(seed)
    image = np.zeros((rows, cols), np.uint8)
    image[:3] = image[-3:] = 1
    image[:, :3] = image[:, -3:] = 1
    share = density * rows * cols / 6e6

    def place() -> tuple[float, float]:
        return random.uniform(0, cols), random.uniform(0, rows)

    for _ in range(round(25 * share)):
        corners = cv2.boxPoints((place(), tuple(random.uniform(60, 300, 2)), random.uniform(0, 90)))
        cv2.fillPoly(image, [corners.astype(np.int32)], 1)
    for _ in range(round(3 * share)):
        x, y = place()
        axes = (int(random.uniform(100, 300)), int(random.uniform(60, 200)))
        cv2.ellipse(image, (int(x), int(y)), axes, random.uniform(0, 180), 0, 360, 1, -1)
    for _ in range(round(40 * share)):
        x, y = place()
        length, angle = random.uniform(80, 400), random.uniform(0, np.pi)
        end = (int(x + length * np.cos(angle)), int(y + length * np.sin(angle)))
        cv2.line(image, (int(x), int(y)), end, 1, 6)
    for _ in range(round(900 * share)):
        x, y = place()
        cv2.circle(image, (int(x), int(y)), int(random.uniform(2, 6)), 1, -1)
    return image.astype(np.bool_)


@compiled
def _search(field: NDArray[np.uint8], start: int, goal: int, need: int, per_cell: float) -> NDArray[np.int64]:
    rows, cols = field.shape
    cost = np.full(rows * cols, np.float32(1e18), np.float32)
    parent = np.full(rows * cols, -1, np.int32)
    closed = np.zeros(rows * cols, np.uint8)
    keys, items = np.empty(rows * cols * 4), np.empty(rows * cols * 4, np.int64)
    goal_row, goal_col = goal // cols, goal % cols
    cost[start], parent[start] = 0.0, start
    size = push(keys, items, 0, 0.0, start)
    while size > 0:
        node = items[0]
        size = drop_first(keys, items, size)
        if closed[node]:
            continue
        closed[node] = 1
        if node == goal:
            break
        row, col = node // cols, node % cols
        for k in range(MOVES.shape[0]):
            r, c = row + MOVES[k, 0], col + MOVES[k, 1]
            if r < 0 or c < 0 or r >= rows or c >= cols or field[r, c] < need:
                continue
            other = r * cols + c
            reached = cost[node] + np.hypot(MOVES[k, 0], MOVES[k, 1])
            if closed[other] or reached >= cost[other] - 1e-4 or not sees(field, row, col, r, c, need, per_cell):
                continue
            cost[other], parent[other] = reached, node
            size = push(keys, items, size, reached + np.hypot(goal_row - r, goal_col - c), other)
    chain = [goal]
    while parent[chain[-1]] != chain[-1] and parent[chain[-1]] >= 0:
        chain.append(parent[chain[-1]])
    return np.array(chain[::-1], np.int64)


@compiled
def _string(field: NDArray[np.uint8], points: NDArray[np.float64], need: int, per_cell: float) -> float:
    """Length of the shortest chain of points of a path that see each other: the path pulled taut."""
    n = points.shape[0]
    best = np.full(n, 1e18)
    best[0] = 0.0
    for j in range(1, n):
        for i in range(j - 1, -1, -1):
            reached = best[i] + np.hypot(points[j, 0] - points[i, 0], points[j, 1] - points[i, 1])
            if reached < best[j] and sees(
                field, points[i, 0], points[i, 1], points[j, 0], points[j, 1], need, per_cell
            ):
                best[j] = reached
    return float(best[n - 1])


def reference_cells(
    field: NDArray[np.uint8], start: tuple[int, int], goal: tuple[int, int], need: int, per_cell: float
) -> float:
    """Length in cells of the shortest way with the needed clearance: A* in 32 directions, pulled taut."""
    cols = field.shape[1]
    chain = _search(field, start[0] * cols + start[1], goal[0] * cols + goal[1], need, per_cell)
    return _string(field, np.column_stack((chain // cols, chain % cols)).astype(np.float64), need, per_cell)
