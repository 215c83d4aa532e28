"""Where the shapes of an SDF file lie, seen from above."""

import math
import xml.etree.ElementTree as ET
from typing import NamedTuple


class Placed(NamedTuple):
    """An upright pose: metres and the turn about z."""

    x: float
    y: float
    z: float
    yaw: float


def placed(element: ET.Element) -> Placed:
    """An element's own pose; none is the origin."""
    numbers = [float(part) for part in element.findtext("pose", "0 0 0 0 0 0").split()]
    return Placed(numbers[0], numbers[1], numbers[2], numbers[5])


def compose(a: Placed, b: Placed) -> Placed:
    """``b`` as seen from where ``a`` is seen."""
    x, y = moved(a, (b.x, b.y))
    return Placed(x, y, a.z + b.z, a.yaw + b.yaw)


def moved(pose: Placed, point: tuple[float, float]) -> tuple[float, float]:
    """A point of a body as seen from where the body's pose is."""
    c, s = math.cos(pose.yaw), math.sin(pose.yaw)
    return pose.x + c * point[0] - s * point[1], pose.y + s * point[0] + c * point[1]


def corners_of(box: ET.Element, pose: Placed) -> list[tuple[float, float]]:
    """Corners of a box, counter-clockwise."""
    sx, sy, _ = (float(part) for part in box.findtext("size", "0 0 0").split())
    return [moved(pose, (a / 2, b / 2)) for a, b in ((sx, sy), (-sx, sy), (-sx, -sy), (sx, -sy))]


def points_of(polyline: ET.Element, pose: Placed) -> list[tuple[float, float]]:
    """Corners of an extruded outline."""
    points = ([float(part) for part in (point.text or "").split()] for point in polyline.iterfind("point"))
    return [moved(pose, (x, y)) for x, y in points]
