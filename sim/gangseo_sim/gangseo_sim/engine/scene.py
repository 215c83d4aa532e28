"""How the still world looks: upright shapes with heights and colours, and the colours of the ground, from world.sdf."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gangseo_sim.engine.plan_shapes import Placed, compose, corners_of, placed, points_of
from gangseo_sim.engine.world import Floats, parse_world

GROUND_M = 0.2
"""Side of one square of ground that has one colour."""
_FLAT_M = 0.01

Colours = NDArray[np.uint8]


@dataclass(frozen=True)
class Scene:
    """Walls [x1, y1, x2, y2, from z, to z], posts [x, y, r, from z, to z], balls [x, y, z, r] with RGB of each.

    ``ground`` is rows of RGB from y 0 upwards, one for each ``GROUND_M``.
    """

    walls: Floats
    wall_colours: Colours
    posts: Floats
    post_colours: Colours
    balls: Floats
    ball_colours: Colours
    ground: Colours
    sky: tuple[int, int, int]


class _Gathering:
    def __init__(self) -> None:
        self.walls: list[tuple[float, ...]] = []
        self.posts: list[tuple[float, ...]] = []
        self.balls: list[tuple[float, ...]] = []
        self.colours: dict[str, list[tuple[int, int, int]]] = {"walls": [], "posts": [], "balls": []}
        self.paints: list[tuple[float, list[tuple[float, float]], tuple[int, int, int]]] = []

    def add(self, visual: ET.Element, base: Placed) -> None:
        geometry = visual.find("geometry")
        if geometry is None:
            return
        at, colour = compose(base, placed(visual)), _colour(visual)
        box, cylinder, ball, outline = (geometry.find(kind) for kind in ("box", "cylinder", "sphere", "polyline"))
        if ball is not None:
            self.balls.append((at.x, at.y, at.z, float(ball.findtext("radius", "0"))))
            self.colours["balls"].append(colour)
        elif cylinder is not None:
            height = float(cylinder.findtext("length", "0"))
            radius = float(cylinder.findtext("radius", "0"))
            self.posts.append((at.x, at.y, radius, at.z - height / 2, at.z + height / 2))
            self.colours["posts"].append(colour)
        elif box is not None:
            height = float(box.findtext("size", "0 0 0").split()[2])
            self._walls(corners_of(box, at), at.z - height / 2, at.z + height / 2, colour)
        elif outline is not None:
            height = float(outline.findtext("height", "0"))
            if height < _FLAT_M:
                self.paints.append((at.z, points_of(outline, at), colour))
            else:
                self._walls(points_of(outline, at), at.z, at.z + height, colour)

    def _walls(
        self, ring: list[tuple[float, float]], low_m: float, high_m: float, colour: tuple[int, int, int]
    ) -> None:
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
            self.walls.append((*a, *b, low_m, high_m))
            self.colours["walls"].append(colour)


def read_scene(folder: Path) -> Scene:
    """Reads world.sdf.

    Raises:
        WorldReadError: it is absent or not what the generator writes.
    """
    root = parse_world(folder)
    found = _Gathering()
    ground_rgb, size = (120, 120, 110), (1.0, 1.0)
    for model in root.iterfind("./world/model"):
        base = placed(model)
        for visual in model.iterfind("./link/visual"):
            plane = visual.find("geometry/plane")
            if plane is not None:
                ground_rgb = _colour(visual)
                width, depth = (float(part) for part in plane.findtext("size", "1 1").split())
                size = (width, depth)
            found.add(visual, base)
    background = root.findtext("./world/scene/background", "0.66 0.8 0.92")
    return Scene(
        np.array(found.walls, dtype=np.float64).reshape(-1, 6),
        np.array(found.colours["walls"], dtype=np.uint8).reshape(-1, 3),
        np.array(found.posts, dtype=np.float64).reshape(-1, 5),
        np.array(found.colours["posts"], dtype=np.uint8).reshape(-1, 3),
        np.array(found.balls, dtype=np.float64).reshape(-1, 4),
        np.array(found.colours["balls"], dtype=np.uint8).reshape(-1, 3),
        _paint(size, ground_rgb, found),
        _rgb(background),
    )


def _paint(size: tuple[float, float], rgb: tuple[int, int, int], found: _Gathering) -> Colours:
    ground = np.empty((round(size[1] / GROUND_M), round(size[0] / GROUND_M), 3), dtype=np.uint8)
    ground[:] = rgb
    for _, ring, colour in sorted(found.paints, key=lambda paint: paint[0]):
        corners = np.round(np.array(ring) / GROUND_M).astype(np.int32)
        cv2.fillPoly(ground, [corners], colour)
    return ground


def _colour(visual: ET.Element) -> tuple[int, int, int]:
    return _rgb(visual.findtext("material/diffuse", "0.5 0.5 0.5"))


def _rgb(text: str) -> tuple[int, int, int]:
    red, green, blue = (round(255 * float(part)) for part in text.split()[:3])
    return red, green, blue
