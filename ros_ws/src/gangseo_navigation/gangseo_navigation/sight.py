"""Free lines through a clearance field. Points are (row, column) in cells, cell centres at whole numbers."""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled

Field = NDArray[np.uint8]


@compiled
def clearance_at(field: Field, row: float, col: float) -> int:
    """Clearance byte at a point; 0 outside the field."""
    r, c = math.floor(row + 0.5), math.floor(col + 0.5)
    if r < 0 or c < 0 or r >= field.shape[0] or c >= field.shape[1]:
        return 0
    return int(field[r, c])


@compiled
def narrowest(field: Field, r0: float, c0: float, r1: float, c1: float, need: int, enough: int, per_cell: float) -> int:
    """Smallest clearance along a line, cut off at ``enough``; 0 as soon as it is below ``need``.

    Jumps as far as the clearance allows (sphere tracing), so open ground costs little.
    """
    length = math.hypot(r1 - r0, c1 - c0)
    if length < 1e-9:
        here = clearance_at(field, r0, c0)
        return min(here, enough) if here >= need else 0
    dr, dc = (r1 - r0) / length, (c1 - c0) / length
    least = enough
    t = 0.0
    while True:
        here = clearance_at(field, r0 + dr * t, c0 + dc * t)
        if here < need:
            return 0
        least = min(least, here)
        if t >= length:
            return least
        t = min(length, t + max(0.5, (here - least) / per_cell - 0.75))


@compiled
def sees(field: Field, r0: float, c0: float, r1: float, c1: float, need: int, per_cell: float) -> bool:
    """Whether the straight line keeps the needed clearance (at least 1)."""
    return narrowest(field, r0, c0, r1, c1, need, need, per_cell) >= need
