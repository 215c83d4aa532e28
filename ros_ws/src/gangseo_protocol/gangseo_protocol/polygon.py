"""Polygons of a site: what lies inside, how far outside, what meets an edge. Metres. Pure."""

import math
from collections.abc import Sequence
from itertools import pairwise

from gangseo_protocol.site import Point


def inside(polygon: Sequence[Point], x: float, y: float) -> bool:
    """Whether a point lies in a simple polygon (even–odd rule)."""
    odd = False
    previous_x, previous_y = polygon[-1]
    for corner_x, corner_y in polygon:
        if (corner_y > y) != (previous_y > y):
            cut = (previous_x - corner_x) * (y - corner_y) / (previous_y - corner_y) + corner_x
            odd ^= x < cut
        previous_x, previous_y = corner_x, corner_y
    return odd


def outside_m(polygon: Sequence[Point], x: float, y: float) -> float:
    """Metres from a point to a simple polygon; 0 inside."""
    if inside(polygon, x, y):
        return 0.0
    return min(off_segment_m((x, y), a, b) for a, b in pairwise([*polygon, polygon[0]]))


def off_segment_m(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from a straight segment."""
    way_x, way_y = end[0] - start[0], end[1] - start[1]
    length_2 = way_x * way_x + way_y * way_y
    along = ((point[0] - start[0]) * way_x + (point[1] - start[1]) * way_y) / length_2 if length_2 else 0.0
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - start[0] - along * way_x, point[1] - start[1] - along * way_y)


def segment_meets(polygon: Sequence[Point], start: Point, end: Point) -> bool:
    """Whether a straight segment touches a polygon."""
    if inside(polygon, *start) or inside(polygon, *end):
        return True
    return any(_segments_cross(start, end, a, b) for a, b in pairwise([*polygon, polygon[0]]))


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _segments_cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0
