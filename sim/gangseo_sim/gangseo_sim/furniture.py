"""Everything solid that stands still, as prisms and cylinders."""

import math
from dataclasses import dataclass
from itertools import pairwise

from gangseo_sim.lane_graph import serving_point
from gangseo_sim.world_spec import Point, SpotSpec, WorldSpec

FURNITURE_M = {"bench": (1.8, 0.6, 0.5), "table": (1.6, 1.2, 0.75)}
"""Width along the lane, depth, height."""


@dataclass(frozen=True)
class Box:
    """An upright box: middle on the ground, yaw in radians, size x, y, z."""

    name: str
    x: float
    y: float
    yaw: float
    size: tuple[float, float, float]
    look: str


@dataclass(frozen=True)
class Cylinder:
    """An upright cylinder."""

    name: str
    x: float
    y: float
    radius: float
    height: float
    look: str


@dataclass(frozen=True)
class Prism:
    """An extruded outline in map coordinates."""

    name: str
    outline: tuple[Point, ...]
    height: float
    look: str


Solid = Box | Cylinder | Prism


def furniture_box(spec: WorldSpec, spot: SpotSpec) -> Box:
    """The bench or table of a spot, facing the robot's place."""
    x, y = serving_point(spec, spot)
    yaw = math.atan2(y - spot.at[1], x - spot.at[0]) - math.pi / 2
    return Box(spot.id, *spot.at, round(yaw, 6), FURNITURE_M[spot.furniture], spot.furniture)


def furniture_outline(spec: WorldSpec, spot: SpotSpec) -> tuple[Point, ...]:
    """Corners of a spot's furniture."""
    return box_outline(furniture_box(spec, spot))


def box_outline(box: Box) -> tuple[Point, ...]:
    """Corners of a box, counter-clockwise."""
    c, s = math.cos(box.yaw), math.sin(box.yaw)
    hx, hy = box.size[0] / 2, box.size[1] / 2
    corners = ((hx, hy), (-hx, hy), (-hx, -hy), (hx, -hy))
    return tuple((round(box.x + c * a - s * b, 4), round(box.y + s * a + c * b, 4)) for a, b in corners)


def solids(spec: WorldSpec) -> list[Solid]:
    """All solids in the order of the file; names are unique."""
    found: list[Solid] = [furniture_box(spec, spot) for spot in spec.spots]
    found += [Prism(b.id, b.outline, b.height, b.kind) for b in spec.buildings]
    for wall in spec.walls:
        found += [
            _wall_box(f"{wall.id}_{k + 1}", a, b, wall.thickness, wall.height)
            for k, (a, b) in enumerate(pairwise(wall.points))
        ]
    for group in spec.rounds:
        found += [
            Cylinder(f"{group.id}_{k + 1:03d}", *at, group.radius, group.height, group.kind)
            for k, at in enumerate(group.at)
        ]
    return found


def _wall_box(name: str, a: Point, b: Point, thickness: float, height: float) -> Box:
    yaw = math.atan2(b[1] - a[1], b[0] - a[0])
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return Box(name, *middle, round(yaw, 6), (math.dist(a, b) + thickness, thickness, height), "wall")
