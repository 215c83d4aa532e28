"""Where robots meet people: a square with pillars, a path between walls, and the project's own park."""

import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.geometry import Pose
from gangseo_navigation.grid import Frame
from gangseo_navigation.ground import Ground, lay_ground, read_ground
from gangseo_navigation.map_file import MapFile
from gangseo_protocol.site import Site
from gangseo_sim.engine.world import PeopleLayout, World, read_world
from gangseo_sim.generate import generate
from quality.paths import BODY_INSCRIBED_M, WORLDS

RESOLUTION_M = 0.1
Segment = tuple[float, float, float, float]


@dataclass(frozen=True)
class Scene:
    """A world with the map robots have of it, the area people share in m², and the way a robot drives to and fro."""

    name: str
    world: World
    ground: Ground
    area_m2: float
    legs: tuple[tuple[Pose, Pose], ...]


def square() -> Scene:
    """24 × 18 m with walls round and four pillars; people stroll everywhere, the robot crosses it lengthwise."""
    width, height = 24.0, 18.0
    walls = _box(0.0, 0.0, width, height)
    for x, y in ((8.0, 6.0), (16.0, 6.0), (8.0, 12.0), (16.0, 12.0)):
        walls += _box(x - 0.3, y - 0.3, x + 0.3, y + 0.3)
    area = ((0.6, 0.6), (width - 0.6, 0.6), (width - 0.6, height - 0.6), (0.6, height - 0.6))
    people = PeopleLayout(0, (), (), (area,))
    ways = ((1.5, 9.0, 22.5, 9.0), (1.5, 3.0, 22.5, 15.0), (1.5, 15.0, 22.5, 3.0), (4.0, 1.5, 20.0, 16.5))
    return _scene("square", walls, people, width, height, _there_and_back(ways))


def path(width_m: float, length_m: float = 36.0) -> Scene:
    """A straight path between walls; people walk it both ways and keep right, the robot drives it end to end."""
    walls = _box(0.0, 0.0, length_m, width_m)
    middle = width_m / 2.0
    people = PeopleLayout(0, ((1.0, middle), (length_m - 1.0, middle)), ((0, 1, width_m),), ())
    ways = ((1.2, middle, length_m - 1.2, middle),)
    return _scene(f"path of {width_m:g} m", walls, people, length_m, width_m, _there_and_back(ways))


def park(legs: int, seed: int) -> Scene:
    """The park as it is generated, with people on its paths; legs lead on from node to node of its route graph."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(WORLDS / "magok_hanui.yaml", folder)
        world = read_world(folder)
        ground = read_ground(*(folder / f"{n}.yaml" for n in ("map", "keepout", "speed")), BODY_INSCRIBED_M)
        site = Site.model_validate_json((folder / "site.json").read_text(encoding="utf-8"))
    nodes = {node.node_id: node for node in site.nodes if node.kind in ("waypoint", "spot") and node.y > 42.0}
    order = np.random.default_rng(seed).permutation(sorted(nodes))
    stops = [Pose(nodes[n].x, nodes[n].y, 0.0) for n in order[: legs + 1]]
    area = sum(e[2] * np.hypot(*np.subtract(world.people.nodes[e[0]], world.people.nodes[e[1]])) for e in
               world.people.edges)  # fmt: skip
    return Scene("park", world, ground, float(area), tuple(pairwise(stops)))


def _there_and_back(ways: tuple[Segment, ...]) -> tuple[tuple[Pose, Pose], ...]:
    legs = []
    for x0, y0, x1, y1 in ways:
        theta = float(np.arctan2(y1 - y0, x1 - x0))
        legs.append((Pose(x0, y0, theta), Pose(x1, y1, theta)))
        legs.append((Pose(x1, y1, theta + np.pi), Pose(x0, y0, theta + np.pi)))
    return tuple(legs)


def _box(x0: float, y0: float, x1: float, y1: float) -> list[Segment]:
    return [(x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0)]


def _scene(
    name: str, walls: list[Segment], people: PeopleLayout, width: float, height: float,
    legs: tuple[tuple[Pose, Pose], ...],
) -> Scene:  # fmt: skip
    count = len(walls)
    world = World(
        name, np.array(walls), np.arange(count, dtype=np.int64), np.empty((0, 3)), np.empty(0, np.int64),
        tuple(f"wall_{k}" for k in range(count)), people, (), (), {},
    )  # fmt: skip
    return Scene(name, world, _mapped(walls, width, height), width * height, legs)


def _mapped(walls: list[Segment], width: float, height: float) -> Ground:
    """The walls in a grid with two cells of margin."""
    margin = 2
    rows, cols = round(height / RESOLUTION_M) + 2 * margin, round(width / RESOLUTION_M) + 2 * margin
    blocked: NDArray[np.bool_] = np.ones((rows, cols), np.bool_)
    blocked[margin:-margin, margin:-margin] = False
    for x0, y0, x1, y1 in walls[4:]:
        c0, c1 = sorted(round(x / RESOLUTION_M) + margin for x in (x0, x1))
        r0, r1 = sorted(round(y / RESOLUTION_M) + margin for y in (y0, y1))
        blocked[r0 : max(r1, r0 + 1), c0 : max(c1, c0 + 1)] = True
    frame = Frame(rows, cols, RESOLUTION_M, -margin * RESOLUTION_M, -margin * RESOLUTION_M)
    return lay_ground(MapFile(frame, np.where(blocked, 100, 0).astype(np.int8)), None, None, BODY_INSCRIBED_M)
