"""The still world, read from a generated folder: solids of world.sdf, places of site.json."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from gangseo_protocol.site import Crosswalk, Site, Station
from gangseo_sim.engine.plan_shapes import compose, corners_of, placed, points_of

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
    root = parse_world(folder)
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


def parse_world(folder: Path) -> ET.Element:
    """The root of world.sdf.

    Raises:
        WorldReadError: it cannot be read.
    """
    file = folder / "world.sdf"
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
    base = placed(model)
    for collision in model.iterfind("./link/collision"):
        geometry = collision.find("geometry")
        if geometry is None:
            continue
        at = compose(base, placed(collision))
        cylinder, box, polyline = geometry.find("cylinder"), geometry.find("box"), geometry.find("polyline")
        if cylinder is not None and _crosses(at.z, float(cylinder.findtext("length", "0"))):
            circles.append((at.x, at.y, float(cylinder.findtext("radius", "0"))))
        elif box is not None:
            if _crosses(at.z, float(box.findtext("size", "0 0 0").split()[2])):
                segments += _ring(corners_of(box, at))
        elif polyline is not None and at.z <= LIDAR_HEIGHT_M <= at.z + float(polyline.findtext("height", "0")):
            segments += _ring(points_of(polyline, at))
    return segments, circles


def _crosses(middle_m: float, height_m: float) -> bool:
    return abs(LIDAR_HEIGHT_M - middle_m) <= height_m / 2


def _ring(corners: list[tuple[float, float]]) -> Iterator[tuple[float, ...]]:
    for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
        yield (*a, *b)
