"""Rounds the corners of a path somebody gave."""

from itertools import pairwise

import numpy as np

from gangseo_navigation.clearance import STEP_M
from gangseo_navigation.memory import LivePlanner
from gangseo_navigation.refine import Line, round_corners
from gangseo_navigation.sight import sees


def smooth(live: LivePlanner, points: Line) -> tuple[Line, bool]:
    """Rounds the corners of a path; also whether all of it is free."""
    frame, field = live.planner.frame, live.planner.field
    line = np.column_stack(
        (
            (points[:, 1] - frame.origin_y) / frame.resolution - 0.5,
            (points[:, 0] - frame.origin_x) / frame.resolution - 0.5,
        )
    )
    per_cell = frame.resolution / STEP_M
    line = round_corners(field, line, 1, 40, 0.2 / frame.resolution, 40)
    free = all(sees(field, a[0], a[1], b[0], b[1], 1, per_cell) for a, b in pairwise(line))
    metric = np.column_stack(
        (frame.origin_x + (line[:, 1] + 0.5) * frame.resolution, frame.origin_y + (line[:, 0] + 0.5) * frame.resolution)
    )
    return metric, free
