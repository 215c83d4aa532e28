"""Any-angle search on the coarse graph: Lazy Theta* (Nash, Koenig, Tovey, AAAI 2010), and plain A* on fine cells.

A line with less than the comfortable clearance costs a little more (``narrow``), so of two ways of about one length the
wider one is taken.
"""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.coarse import STEPS
from gangseo_navigation.compiled import compiled
from gangseo_navigation.heap import drop_first, push
from gangseo_navigation.sight import Field, narrowest

INFINITY = 1e18
Nodes = NDArray[np.int32]


@compiled
def line_cost(
    field: Field, r0: float, c0: float, r1: float, c1: float, need: int, comfort: int, narrow: float, per_cell: float
) -> float:
    """Cost of a straight line; infinite where it is not free."""
    room = narrowest(field, r0, c0, r1, c1, need, comfort, per_cell)
    if room < need:
        return INFINITY
    length = math.hypot(r1 - r0, c1 - c0)
    return length if room >= comfort else length * narrow


@compiled
def settle(
    node: int, field: Field, rep_row: Nodes, rep_col: Nodes, joined: NDArray[np.uint8], roomy: NDArray[np.uint8],
    cost: NDArray[np.float64], parent: NDArray[np.int64], closed: NDArray[np.uint8], need: int, comfort: int,
    narrow: float, per_cell: float,
) -> None:  # fmt: skip
    """Makes the assumed line from a node's parent true, or takes the best closed neighbour instead."""
    up = parent[node]
    if up == node:
        return
    r, c = rep_row[node], rep_col[node]
    direct = cost[up] + line_cost(field, rep_row[up], rep_col[up], r, c, need, comfort, narrow, per_cell)
    if direct <= cost[node] + 1e-9:
        return
    best, best_parent = direct, up
    rows, cols = joined.shape
    row, col = node // cols, node % cols
    for k in range(8):
        r2, c2 = row + STEPS[k, 0], col + STEPS[k, 1]
        if r2 < 0 or c2 < 0 or r2 >= rows or c2 >= cols:
            continue
        other, back = r2 * cols + c2, (k + 4) % 8
        if not closed[other] or not joined[r2, c2] >> back & 1:
            continue
        length = math.hypot(rep_row[other] - r, rep_col[other] - c)
        through = cost[other] + (length if roomy[r2, c2] >> back & 1 else length * narrow)
        if through < best:
            best, best_parent = through, other
    cost[node], parent[node] = best, best_parent


@compiled
def any_angle(
    field: Field, rep_row: Nodes, rep_col: Nodes, joined: NDArray[np.uint8], roomy: NDArray[np.uint8],
    start: int, goal: int, need: int, comfort: int, narrow: float, per_cell: float,
) -> NDArray[np.int64]:  # fmt: skip
    """Nodes of the best way from start to goal, turning points only; empty when there is none."""
    rows, cols = joined.shape
    total = rows * cols
    cost = np.full(total, INFINITY)
    parent = np.full(total, -1, np.int64)
    closed = np.zeros(total, np.uint8)
    keys, items = np.empty(total * 8 + 8), np.empty(total * 8 + 8, np.int64)
    goal_row, goal_col = rep_row[goal], rep_col[goal]
    cost[start], parent[start] = 0.0, start
    size = push(keys, items, 0, 0.0, start)
    while size > 0:
        node = items[0]
        size = drop_first(keys, items, size)
        if closed[node]:
            continue
        settle(node, field, rep_row, rep_col, joined, roomy, cost, parent, closed, need, comfort, narrow, per_cell)
        closed[node] = 1
        if node == goal:
            return trace(parent, goal)
        up = parent[node]
        row, col = node // cols, node % cols
        for k in range(8):
            if not joined[row, col] >> k & 1:
                continue
            other = (row + STEPS[k, 0]) * cols + col + STEPS[k, 1]
            if closed[other]:
                continue
            r, c = rep_row[other], rep_col[other]
            assumed = cost[up] + math.hypot(rep_row[up] - r, rep_col[up] - c)
            if assumed < cost[other] - 1e-9:
                cost[other], parent[other] = assumed, up
                size = push(keys, items, size, assumed + math.hypot(goal_row - r, goal_col - c), other)
    return np.empty(0, np.int64)


@compiled
def trace(parent: NDArray[np.int64], goal: int) -> NDArray[np.int64]:
    """The chain of parents, start first."""
    count, node = 1, goal
    while parent[node] != node:
        node = parent[node]
        count += 1
    chain = np.empty(count, np.int64)
    node = goal
    for i in range(count - 1, -1, -1):
        chain[i] = node
        node = parent[node]
    return chain


@compiled
def cell_by_cell(field: Field, start: int, goal: int, need: int) -> NDArray[np.int64]:
    """A* over the fine cells, eight neighbours: complete where the coarse graph loses a crooked narrow way."""
    rows, cols = field.shape
    total = rows * cols
    cost = np.full(total, np.float32(1e18), np.float32)
    parent = np.full(total, -1, np.int64)
    closed = np.zeros(total, np.uint8)
    keys, items = np.empty(total * 4 + 8), np.empty(total * 4 + 8, np.int64)
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
            return trace(parent, goal)
        row, col = node // cols, node % cols
        for k in range(8):
            r, c = row + STEPS[k, 0], col + STEPS[k, 1]
            if r < 0 or c < 0 or r >= rows or c >= cols or field[r, c] < need:
                continue
            other = r * cols + c
            reached = cost[node] + math.hypot(STEPS[k, 0], STEPS[k, 1])
            if not closed[other] and reached < cost[other] - 1e-4 and size < keys.size:
                cost[other], parent[other] = reached, node
                size = push(keys, items, size, reached + math.hypot(goal_row - r, goal_col - c), other)
    return np.empty(0, np.int64)
