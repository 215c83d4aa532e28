"""The still world, read from a generated folder: solids of world.sdf, places of site.json."""

import json
import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from gangseo_protocol.site import Crosswalk, Site, Station

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LIDAR_HEIGHT_M = 0.35
PEOPLE_TAG = "{urn:gangseo:sim}people"


class WorldReadError(ValueError):
    """A generated world folder cannot be used."""


@dataclass(frozen=True)
class PeopleLayout:
    """Where people walk: nodes [x, y], edges [a, b, width], areas as polygons."""

    count: int
    nodes: tuple[tuple[float, float], ...]
    edges: tuple[tuple[int, int, float], ...]
    areas: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True)
class World:
    """Segments [x1, y1, x2, y2] and circles [x, y, r] with the number of the body they belong to."""

    world_id: str
    segments: Floats
    segment_bodies: Ints
    circles: Floats
    circle_bodies: Ints
    body_names: tuple[str, ...]
    people: PeopleLayout
    stations: tuple[Station, ...]
    crosswalks: tuple[Crosswalk, ...]
    homes: dict[str, tuple[float, float, float]]


def read_world(folder: Path) -> World:
    """Reads world.sdf and site.json.

    Raises:
        WorldReadError: a file is absent or not what the generator writes.
    """
    root = _parse(folder / "world.sdf")
    site = _site(folder / "site.json")
    names: list[str] = []
    segments: list[tuple[float, ...]] = []
    circles: list[tuple[float, ...]] = []
    segment_bodies: list[int] = []
    circle_bodies: list[int] = []
    for model in root.iterfind("./world/model"):
        found_segments, found_circles = _shapes(model)
        if found_segments or found_circles:
            segment_bodies += [len(names)] * len(found_segments)
            circle_bodies += [len(names)] * len(found_circles)
            segments += found_segments
            circles += found_circles
            names.append(model.get("name", "wall"))
    stations = {station.station_id: station for station in site.stations}
    return World(
        site.site_id,
        np.array(segments, dtype=np.float64).reshape(-1, 4),
        np.array(segment_bodies, dtype=np.int64),
        np.array(circles, dtype=np.float64).reshape(-1, 3),
        np.array(circle_bodies, dtype=np.int64),
        tuple(names),
        _people(root),
        site.stations,
        site.crosswalks,
        {r.robot_id: (s.x, s.y, s.theta) for r in site.robots for s in (stations[r.charger_id],)},
    )


def _parse(file: Path) -> ET.Element:
    try:
        return ET.parse(file).getroot()  # noqa: S314  (written by our own generator)
    except (OSError, ET.ParseError) as error:
        raise WorldReadError(f"{file}: cannot be read ({error}); run python -m gangseo_sim.generate first") from error


def _site(file: Path) -> Site:
    try:
        return Site.model_validate_json(file.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise WorldReadError(f"{file}: cannot be read ({error}); run python -m gangseo_sim.generate first") from error


def _people(root: ET.Element) -> PeopleLayout:
    text = root.findtext(f"./world/{PEOPLE_TAG}")
    if text is None:
        return PeopleLayout(0, (), (), ())
    layout: dict[str, Any] = json.loads(text)
    return PeopleLayout(
        layout["count"],
        tuple((x, y) for x, y in layout["nodes"]),
        tuple((a, b, width) for a, b, width in layout["edges"]),
        tuple(tuple((x, y) for x, y in area) for area in layout["areas"]),
    )


def _shapes(model: ET.Element) -> tuple[list[tuple[float, ...]], list[tuple[float, ...]]]:
    """Plan of one model's collisions as far as they cross the lidar's height."""
    segments: list[tuple[float, ...]] = []
    circles: list[tuple[float, ...]] = []
    base = _pose(model)
    for collision in model.iterfind("./link/collision"):
        geometry = collision.find("geometry")
        if geometry is None:
            continue
        x, y, z, yaw = _compose(base, _pose(collision))
        cylinder, box, polyline = geometry.find("cylinder"), geometry.find("box"), geometry.find("polyline")
        if cylinder is not None and _crosses(z, float(cylinder.findtext("length", "0"))):
            circles.append((x, y, float(cylinder.findtext("radius", "0"))))
        elif box is not None:
            sx, sy, sz = (float(part) for part in box.findtext("size", "0 0 0").split())
            if _crosses(z, sz):
                corners = ((sx, sy), (-sx, sy), (-sx, -sy), (sx, -sy))
                segments += _ring([_moved((x, y, yaw), (a / 2, b / 2)) for a, b in corners])
        elif polyline is not None and z <= LIDAR_HEIGHT_M <= z + float(polyline.findtext("height", "0")):
            points = [tuple(float(part) for part in (p.text or "").split()) for p in polyline.iterfind("point")]
            segments += _ring([_moved((x, y, yaw), (a, b)) for a, b in points])
    return segments, circles


def _crosses(middle_m: float, height_m: float) -> bool:
    return abs(LIDAR_HEIGHT_M - middle_m) <= height_m / 2


def _pose(element: ET.Element) -> tuple[float, float, float, float]:
    numbers = [float(part) for part in element.findtext("pose", "0 0 0 0 0 0").split()]
    return numbers[0], numbers[1], numbers[2], numbers[5]


def _compose(
    a: tuple[float, float, float, float], b: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    x, y = _moved((a[0], a[1], a[3]), (b[0], b[1]))
    return x, y, a[2] + b[2], a[3] + b[3]


def _moved(pose: tuple[float, float, float], point: tuple[float, float]) -> tuple[float, float]:
    c, s = math.cos(pose[2]), math.sin(pose[2])
    return pose[0] + c * point[0] - s * point[1], pose[1] + s * point[0] + c * point[1]


def _ring(corners: list[tuple[float, float]]) -> Iterator[tuple[float, ...]]:
    for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
        yield (*a, *b)
