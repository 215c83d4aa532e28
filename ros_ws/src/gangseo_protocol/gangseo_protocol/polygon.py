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
    """Whether a straight segment passes through the inside of a simple polygon, also from corner to corner."""
    way_x, way_y = end[0] - start[0], end[1] - start[1]
    cuts = {0.0, 1.0}
    for (x, y), (next_x, next_y) in pairwise([*polygon, polygon[0]]):
        edge_x, edge_y = next_x - x, next_y - y
        across = way_x * edge_y - way_y * edge_x
        along = ((x - start[0]) * edge_y - (y - start[1]) * edge_x) / across if across else 0.0
        if 0.0 < along < 1.0:
            cuts.add(along)
    middles = ((before + after) / 2 for before, after in pairwise(sorted(cuts)))
    looks = (0.0, 1.0, *middles)
    return any(inside(polygon, start[0] + look * way_x, start[1] + look * way_y) for look in looks)
