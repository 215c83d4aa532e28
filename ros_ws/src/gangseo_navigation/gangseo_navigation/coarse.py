"""A coarse graph over a fine clearance field, so that long searches stay small.

Each block of ``factor`` x ``factor`` cells is stood for by its cell of most clearance. Two neighbouring blocks are
joined when the straight line between these cells is free in the fine field: nothing is ever joined through an obstacle.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled
from gangseo_navigation.sight import Field, narrowest

STEPS = np.array([(0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1)], np.int64)
"""Neighbour k; its opposite is (k + 4) % 8."""


@dataclass(frozen=True, slots=True)
class CoarseGraph:
    """Representative cell of each block (-1: none) and two bit sets of the neighbours it reaches."""

    factor: int
    rep_row: NDArray[np.int32]
    rep_col: NDArray[np.int32]
    joined: NDArray[np.uint8]
    roomy: NDArray[np.uint8]


def empty_graph(shape: tuple[int, int], factor: int) -> CoarseGraph:
    """Arrays for a field of this shape, nothing joined yet."""
    blocks = (-(-shape[0] // factor), -(-shape[1] // factor))
    return CoarseGraph(
        factor,
        np.full(blocks, -1, np.int32),
        np.full(blocks, -1, np.int32),
        np.zeros(blocks, np.uint8),
        np.zeros(blocks, np.uint8),
    )


def refresh(
    graph: CoarseGraph, field: Field, window: tuple[int, int, int, int], need: int, comfort: int, per_cell: float
) -> None:
    """Rebuilds the blocks that touch a window (row0, col0, row1, col1 in cells, end excluded)."""
    f, (rows, cols) = graph.factor, graph.joined.shape
    r0, c0 = max(0, window[0] // f), max(0, window[1] // f)
    r1, c1 = min(rows, -(-window[2] // f)), min(cols, -(-window[3] // f))
    choose(field, graph.rep_row, graph.rep_col, f, need, r0, c0, r1, c1)
    join_all(field, graph.rep_row, graph.rep_col, graph.joined, graph.roomy, need, comfort, per_cell,
             max(0, r0 - 1), max(0, c0 - 1), min(rows, r1 + 1), min(cols, c1 + 1))  # fmt: skip


@compiled
def choose(
    field: Field, rep_row: NDArray[np.int32], rep_col: NDArray[np.int32], factor: int, need: int,
    r0: int, c0: int, r1: int, c1: int,
) -> None:  # fmt: skip
    """Picks the representatives of the blocks in a window: most clearance up to 0.8 m, then nearest to the middle."""
    middle = (factor - 1) / 2.0
    for block_row in range(r0, r1):
        for block_col in range(c0, c1):
            best, best_row, best_col = -1e9, -1, -1
            for i in range(factor):
                row = block_row * factor + i
                if row >= field.shape[0]:
                    break
                for j in range(factor):
                    col = block_col * factor + j
                    if col >= field.shape[1]:
                        break
                    here = min(int(field[row, col]), 40)
                    if here < need:
                        continue
                    score = here - 0.1 * ((i - middle) ** 2 + (j - middle) ** 2)
                    if score > best:
                        best, best_row, best_col = score, row, col
            rep_row[block_row, block_col] = best_row
            rep_col[block_row, block_col] = best_col


@compiled
def join_all(
    field: Field, rep_row: NDArray[np.int32], rep_col: NDArray[np.int32], joined: NDArray[np.uint8],
    roomy: NDArray[np.uint8], need: int, comfort: int, per_cell: float, r0: int, c0: int, r1: int, c1: int,
) -> None:  # fmt: skip
    """Computes the neighbour bits of the blocks in a window."""
    rows, cols = rep_row.shape
    for row in range(r0, r1):
        for col in range(c0, c1):
            bits, wide = 0, 0
            if rep_row[row, col] >= 0:
                for k in range(8):
                    r, c = row + STEPS[k, 0], col + STEPS[k, 1]
                    if r < 0 or c < 0 or r >= rows or c >= cols or rep_row[r, c] < 0:
                        continue
                    room = narrowest(
                        field,
                        rep_row[row, col],
                        rep_col[row, col],
                        rep_row[r, c],
                        rep_col[r, c],
                        need,
                        comfort,
                        per_cell,
                    )
                    if room >= need:
                        bits |= 1 << k
                    if room >= comfort:
                        wide |= 1 << k
            joined[row, col] = bits
            roomy[row, col] = wide
