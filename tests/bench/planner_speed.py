"""Global planner on 300 x 200 m at 10 cm and on public grid maps: time, and length against the shortest way.

The shortest way is measured with the same clearance of 0.45 m by A* over all cells in 32 directions, pulled taut.
Run as a script with a folder to get pictures of the paths.
"""

import sys
import time
from pathlib import Path as File
from typing import Any

import numpy as np

TESTS = File(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from gangseo_navigation.clearance import STEP_M, clearance_of, steps  # noqa: E402
from gangseo_navigation.grid import Frame  # noqa: E402
from gangseo_navigation.planner import Path, PlanError, Planner, PlannerLimits  # noqa: E402
from unit.navigation.park_map import park, reference_cells  # noqa: E402

GRID_MAPS = TESTS.parents[1] / "shared" / "data" / "routing" / "benchmarks" / "dev" / "mapf" / "maps"
Point = tuple[float, float]


def _pairs(planner: Planner, count: int, seed: int) -> list[tuple[Point, Point]]:
    random = np.random.default_rng(seed)
    frame = planner.frame

    def spot() -> Point:
        while True:
            x, y = random.uniform(0, frame.width_m), random.uniform(0, frame.height_m)
            if planner.is_free(x, y):
                return frame.center(*frame.cell(x, y))

    return [(spot(), spot()) for _ in range(count)]


def _times(planner: Planner, pairs: list[tuple[Point, Point]]) -> tuple[list[float], list[Path | None]]:
    took, paths = [], []
    for start, goal in pairs:
        begin = time.thread_time()
        try:
            paths.append(planner.plan(start, goal))
        except PlanError:
            paths.append(None)
        took.append((time.thread_time() - begin) * 1000.0)
    return took, paths


def _excess(planner: Planner, pairs: list[tuple[Point, Point]], paths: list[Path | None]) -> list[float]:
    """Per cent each path is longer than the shortest way."""
    need, res = steps(planner.limits.clearance_m), planner.frame.resolution
    over = []
    for (start, goal), path in zip(pairs, paths, strict=True):
        if path is not None:
            cells = [planner.frame.cell(*p) for p in (start, goal)]
            over.append(
                100.0 * (path.length_m / (reference_cells(planner.field, *cells, need, res / STEP_M) * res) - 1.0)
            )
    return over


def picture(
    folder: File, name: str, blocked: "np.ndarray[Any, Any]", resolution: float, paths: list[Path | None]
) -> None:
    """Draws map and paths."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    height, width = blocked.shape
    figure, axes = plt.subplots(figsize=(15, 15 * height / width))
    axes.imshow(
        blocked, origin="lower", extent=(0, width * resolution, 0, height * resolution), cmap="Greys", alpha=0.6
    )
    for path in paths:
        if path is not None:
            axes.plot(path.points[:, 0], path.points[:, 1], linewidth=1.2)
    figure.tight_layout()
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / f"{name}.png", dpi=90)
    plt.close(figure)


def _park(folder: File | None) -> list[dict[str, Any]]:
    took: list[float] = []
    over: list[float] = []
    for seed in (1, 2, 3):
        blocked = park(seed)
        planner = Planner(clearance_of(blocked, 0.1), Frame(*blocked.shape, 0.1), PlannerLimits())
        pairs = _pairs(planner, 100, seed)
        _times(planner, pairs[:3])
        times, paths = _times(planner, pairs)
        took += times
        over += _excess(planner, pairs[:8], paths[:8])
        if folder is not None:
            picture(folder, f"planner_park_{seed}", blocked, 0.1, paths[:25])
    middle, slow, worst = np.percentile(took, [50, 95, 100])
    place = f"300 x 200 m at 10 cm, {len(took)} pairs"
    return [
        {"name": f"Plan a path, {place}: p50", "value": float(middle), "unit": "ms", "target": "", "anchor": ""},
        {"name": "the same: p95", "value": float(slow), "unit": "ms", "target": "<= 50 ms", "anchor": ""},
        {"name": "the same: slowest", "value": float(worst), "unit": "ms", "target": "", "anchor": ""},
        {"name": f"Length over the shortest way, mean of {len(over)}", "value": float(np.mean(over)), "unit": "%",
         "target": "<= 2 %", "anchor": "A* in 32 directions, pulled taut: 0 %"},
        {"name": "the same: worst", "value": float(np.max(over)), "unit": "%", "target": "<= 2 %", "anchor": ""},
    ]  # fmt: skip


def _grid_map(file: File) -> "np.ndarray[Any, Any]":
    rows = file.read_text(encoding="ascii").split("map\n", 1)[1].split()
    return np.array([[cell not in ".G" for cell in row] for row in rows], np.bool_)[::-1]


def _public(name: str, folder: File | None) -> list[dict[str, Any]]:
    """A public grid map, one cell one metre, at 0.2 m."""
    file = GRID_MAPS / f"{name}.map"
    if not file.is_file():
        print(f"skipped: {file} is not here", file=sys.stderr)  # noqa: T201
        return []
    blocked = np.kron(_grid_map(file), np.ones((5, 5), np.bool_))
    planner = Planner(clearance_of(blocked, 0.2), Frame(*blocked.shape, 0.2), PlannerLimits(comfort_m=0.45))
    pairs = _pairs(planner, 60, 7)
    _times(planner, pairs[:3])
    took, paths = _times(planner, pairs)
    over = _excess(planner, pairs[:12], paths[:12])
    if folder is not None:
        picture(folder, f"planner_{name}", blocked, 0.2, paths[:25])
    size = f"{blocked.shape[1] * 0.2:.0f} x {blocked.shape[0] * 0.2:.0f} m at 20 cm"
    return [
        {"name": f"{name}, {size}: p95", "value": float(np.percentile(took, 95)), "unit": "ms",
         "target": "", "anchor": ""},
        {"name": f"{name}: length over the shortest way, mean", "value": float(np.mean(over)), "unit": "%",
         "target": "<= 2 %", "anchor": ""},
        {"name": f"{name}: worst of {len(over)}", "value": float(np.max(over)), "unit": "%",
         "target": "", "anchor": ""},
    ]  # fmt: skip


def run(folder: File | None = None) -> list[dict[str, Any]]:
    """Measures; pictures go to ``folder``. Times are of the processor, so that a busy machine does not count."""
    figures = _park(folder)
    for name in ("Boston_0_256", "den312d", "warehouse-10-20-10-2-1"):
        figures += _public(name, folder)
    return figures


if __name__ == "__main__":
    for figure in run(File(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(f"{figure['name']}: {figure['value']:.3g} {figure['unit']}  {figure['target']}")  # noqa: T201
