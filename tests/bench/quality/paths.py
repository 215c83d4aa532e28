"""How good planned paths are: length against the optimum, time, smoothness, clearance, success."""

import math
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path as File

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from gangseo_navigation.clearance import clearance_of, steps
from gangseo_navigation.grid import Frame
from gangseo_navigation.ground import read_ground
from gangseo_navigation.planner import Path, PlanError, Planner, PlannerLimits
from gangseo_sim.generate import generate
from quality.optimum import Optimum

ROOT = File(__file__).resolve().parents[3]
GRID_MAPS = ROOT.parent / "shared" / "data" / "routing" / "benchmarks" / "dev" / "mapf" / "maps"
WORLDS = ROOT / "sim" / "worlds"
PUBLIC = (
    "empty-32-32", "random-32-32-10", "random-64-64-10", "room-32-32-4", "maze-32-32-4", "den312d",
    "warehouse-10-20-10-2-1",
)  # fmt: skip
CELL_M, FINE = 1.0, 5
"""A cell of a public map is taken as one metre and cut into 5 × 5, so that a body of 0.66 m fits through one cell."""
BODY_INSCRIBED_M = 0.33
Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Ground to plan on: clearance field (0 in closed cells), its grid, limits, pairs of start and goal in metres."""

    name: str
    field: NDArray[np.uint8]
    frame: Frame
    limits: PlannerLimits
    pairs: list[tuple[Point, Point]]


@dataclass(frozen=True)
class PathQuality:
    """What one plan was like; ``over`` is its length over the bound less one, None where no bound was computed."""

    took_ms: float
    path: Path | None
    possible: bool
    over: float | None
    turn_deg_per_m: float
    curvature_p95: float
    clearance_min_m: float
    clearance_mean_m: float


def read_grid_map(file: File) -> NDArray[np.bool_]:
    """A map of the moving-AI kind, south up; True is closed."""
    rows = file.read_text(encoding="ascii").split("map\n", 1)[1].split()
    return np.array([[cell not in ".G" for cell in row] for row in rows], np.bool_)[::-1]


def public_places(count: int, seed: int) -> list[Place]:
    """The public maps that are here; says loudly which are not."""
    places = []
    for name in PUBLIC:
        file = GRID_MAPS / f"{name}.map"
        if not file.is_file():
            sys.stderr.write(f"SKIPPED: the public map {file} is not here, its figures are left out\n")
            continue
        blocked = np.kron(np.pad(read_grid_map(file), 1, constant_values=True), np.ones((FINE, FINE), np.bool_))
        resolution = CELL_M / FINE
        frame = Frame(*blocked.shape, resolution)
        places.append(_place(name, clearance_of(blocked, resolution), frame, PlannerLimits(), count, seed))
    return places


def our_places(count: int, seed: int) -> list[Place]:
    """The worlds of the project, as the robots plan on them."""
    places = []
    for world in sorted(WORLDS.glob("*.yaml")):
        with tempfile.TemporaryDirectory() as folder:
            generate(world, File(folder))
            ground = read_ground(*(File(folder) / f"{n}.yaml" for n in ("map", "keepout", "speed")), BODY_INSCRIBED_M)
        places.append(_place(world.stem, ground.plan, ground.frame, PlannerLimits(), count, seed))
    return places


def _place(
    name: str, field: NDArray[np.uint8], frame: Frame, limits: PlannerLimits, count: int, seed: int
) -> Place:  # fmt: skip
    """Pairs at random on free ground, joined or not."""
    random = np.random.default_rng(seed)
    free = np.argwhere(field >= steps(limits.clearance_m))
    chosen = free[random.integers(len(free), size=(count, 2))]
    pairs = [(frame.center(*map(int, a)), frame.center(*map(int, b))) for a, b in chosen]
    return Place(name, field, frame, limits, pairs)


def judge_paths(place: Place, bounded: int) -> tuple[list[PathQuality], int]:
    """Plans all pairs of a place, the first ``bounded`` against the optimum; also how many corners that has."""
    planner = Planner(place.field.copy(), place.frame, place.limits)
    frame = place.frame
    free = place.field >= steps(place.limits.clearance_m)
    cells = [(frame.cell(*a), frame.cell(*b)) for a, b in place.pairs[:bounded]]
    ends = np.array(sorted({end for pair in cells for end in pair}), np.int64).reshape(-1, 2)
    optimum = Optimum(free, ends) if bounded else None
    planner.plan(*place.pairs[0])
    found = []
    for k, (start, goal) in enumerate(place.pairs):
        begin = time.thread_time()
        try:
            path = planner.plan(start, goal)
        except PlanError:
            path = None
        took_ms = (time.thread_time() - begin) * 1000.0
        best = optimum.cells(*cells[k]) * frame.resolution if optimum is not None and k < bounded else None
        found.append(_quality(place, path, took_ms, best))
    return found, 0 if optimum is None else optimum.nodes


def _quality(place: Place, path: Path | None, took_ms: float, best_m: float | None) -> PathQuality:
    possible = path is not None or best_m is None or math.isfinite(best_m)
    if path is None or path.length_m < 1.0:
        return PathQuality(took_ms, path, possible, None, math.nan, math.nan, math.nan, math.nan)
    turn, curvature = smoothness(path.points)
    room = _clearance(place, path.points)
    over = None if best_m is None else path.length_m / best_m - 1.0
    return PathQuality(took_ms, path, possible, over, turn, curvature, float(room.min()), float(room.mean()))


def smoothness(points: NDArray[np.float64], every_m: float = 0.5) -> tuple[float, float]:
    """Heading change in degrees per metre, and the 95th percentile of curvature in 1/m, of points ``every_m`` apart."""
    s = np.concatenate(((0.0,), np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    even = np.linspace(0.0, s[-1], max(3, round(s[-1] / every_m) + 1))
    x, y = np.interp(even, s, points[:, 0]), np.interp(even, s, points[:, 1])
    headings = np.unwrap(np.arctan2(np.diff(y), np.diff(x)))
    turns = np.abs(np.diff(headings))
    spacing = even[1] - even[0]
    return float(np.degrees(turns.sum()) / s[-1]), float(np.percentile(turns / spacing, 95))


def _clearance(place: Place, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distance of each point from the nearest closed cell's square."""
    frame, half = place.frame, place.frame.resolution / 2.0
    closed = np.argwhere(place.field == 0)
    centers = (closed[:, ::-1] + 0.5) * frame.resolution + (frame.origin_x, frame.origin_y)
    _, near = cKDTree(centers).query(points, k=8)
    away = np.maximum(np.abs(points[:, None, :] - centers[near]) - half, 0.0)
    return np.asarray(np.hypot(away[..., 0], away[..., 1]).min(axis=1))
