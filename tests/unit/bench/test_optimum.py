"""The bound of path lengths: exact on known maps, never above a way that a grid search finds."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quality.optimum import Optimum, in_sight
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra


def optimum(free: np.ndarray, start: tuple[int, int], goal: tuple[int, int]) -> float:
    return Optimum(free, np.array((start, goal))).cells(start, goal)


@pytest.mark.slow
def test_way_round_one_closed_cell_touches_its_corner() -> None:
    free = np.ones((5, 5), np.bool_)
    free[1:, 2] = False
    around = math.hypot(1.5, 1.5) * 2 + 1.0
    assert optimum(free, (2, 0), (2, 4)) == pytest.approx(around)


def test_no_way_is_infinite_and_no_sight_between_two_closed_cells() -> None:
    free = np.ones((4, 5), np.bool_)
    free[:, 2] = False
    assert optimum(free, (0, 0), (0, 4)) == math.inf
    assert not in_sight(free, 4, 2, 4, 8)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.35))
def test_bound_is_between_the_straight_line_and_the_way_along_cells(seed: int, closed: float) -> None:
    random = np.random.default_rng(seed)
    free = random.uniform(size=(12, 15)) > closed
    free[0, 0] = free[11, 14] = True
    found = optimum(free, (0, 0), (11, 14))
    number = np.arange(free.size).reshape(free.shape)
    pairs = []
    for r, c in np.argwhere(free):
        for dr, dc in ((0, 1), (1, 0), (1, 1), (1, -1)):
            if r + dr < 12 and 0 <= c + dc < 15 and free[r + dr, c + dc] and free[r + dr, c] and free[r, c + dc]:
                pairs.append((number[r, c], number[r + dr, c + dc], math.hypot(dr, dc)))
    rows, cols, lengths = (np.array(values) for values in zip(*pairs, strict=True))
    along = dijkstra(csr_array((lengths, (rows, cols)), shape=(free.size, free.size)), directed=False, indices=0)
    assert found >= math.hypot(11, 14) - 1e-9
    assert found <= along[-1] + 1e-9
