"""Quality of the navigation: planned paths against the optimum, and driving among people and past other robots.

Paths: public grid maps and the project's worlds; length over the any-angle optimum in the union of the cells that keep
the needed clearance (exact visibility graph, thus a lower bound for paths whose points lie in such cells). Times are of
the processor. Driving: the real pilot at 20 Hz in lockstep with the embedded engine; people walk by ORCA. All is
repeatable by seed. Anchors are what Nav2's authors publish; other maps, other machines: an order of size, no race.
"""

import math
import sys
from pathlib import Path as File
from typing import Any

import numpy as np

FOLDER = File(__file__).resolve().parent
sys.path[:0] = [str(FOLDER), str(FOLDER.parent)]

from quality.drives import Drive, Meetings, among_people, meetings  # noqa: E402
from quality.orca import OrcaCrowd, UnseeingCrowd  # noqa: E402
from quality.paths import PathQuality, Place, judge_paths, our_places, public_places  # noqa: E402
from quality.pictures import draw  # noqa: E402
from quality.scenes import Scene, park, path, square  # noqa: E402

PAIRS, BOUNDED, SEED = 60, 20, 7
DENSITIES = (0.02, 0.05, 0.1, 0.2)
PICTURE = FOLDER.parents[1] / "docs" / "pictures" / "navigation_quality.png"
SMAC = "nav2_smac_planner README, one 75 m path: NavFn 146 ms, Smac 2D-A* 243, Hybrid-A* 144, State Lattice 113"
MPPI = "nav2_mppi_controller README: 50 Hz and more on a 4th generation i5"
Figure = dict[str, Any]


def _figure(name: str, value: float | str, unit: str = "", target: str = "", anchor: str = "") -> Figure:
    return {"name": name, "value": value, "unit": unit, "target": target, "anchor": anchor}


def _path_figures(place: Place, found: list[PathQuality], corners: int) -> list[Figure]:
    width, height = (n * place.frame.resolution for n in (place.frame.cols, place.frame.rows))
    possible = [quality for quality in found if quality.possible]
    planned = [quality for quality in possible if quality.path is not None]
    middle, slow = np.percentile([quality.took_ms for quality in found], [50, 95])
    over = [100.0 * q.over for q in planned if q.over is not None and math.isfinite(q.over)]
    name = f"{place.name}, {width:.0f} x {height:.0f} m"
    figures = [
        _figure(f"{name}: paths found, of those there are", f"{len(planned)} of {len(possible)}"),
        _figure(f"{place.name}: time p50 / p95", f"{middle:.1f} / {slow:.1f}", "ms", "p95 <= 50 ms"),
    ]
    if over:
        figures.append(
            _figure(f"{place.name}: length over the optimum, mean / worst of {len(over)} ({corners} corners)",
                    f"{np.mean(over):.2f} / {np.max(over):.2f}", "%", "<= 2 % mean")
        )  # fmt: skip
    turns, bends = (np.nanmean([getattr(q, a) for q in planned]) for a in ("turn_deg_per_m", "curvature_p95"))
    least, mean = (f([getattr(q, a) for q in planned]) for f, a in
                   ((np.nanmin, "clearance_min_m"), (np.nanmean, "clearance_mean_m")))  # fmt: skip
    return [
        *figures,
        _figure(f"{place.name}: heading change", f"{turns:.2f}", "deg/m"),
        _figure(f"{place.name}: curvature p95", f"{bends:.3f}", "1/m"),
        _figure(f"{place.name}: clearance min / mean", f"{least:.2f} / {mean:.2f}", "m", ">= 0.33 m (half the body)"),
    ]


def _drive_figures(scene: Scene, drive: Drive, kind: str) -> list[Figure]:
    density = drive.people / scene.area_m2
    where = f"{scene.name}, {drive.people} {kind} ({density:.2f} per m2)"
    least, p1, p5 = drive.gaps_m(0, 1, 5)
    stops, stuck = (sum(getattr(record, name) for record in drive.records) for name in ("stops", "stuck"))
    return [
        _figure(f"{where}: arrived", f"{drive.arrived} of {len(drive.records)}", "", "all"),
        _figure("… time over time alone", drive.time_ratio(), "x"),
        _figure("… gap to the nearest person while moving: min / p1 / p5", f"{least:.2f} / {p1:.2f} / {p5:.2f}", "m"),
        _figure("… bodies the robot ran into", drive.contacts, "", "0" if kind == "people" else ""),
        _figure("… stops / stands of over 5 s", f"{stops} / {stuck}", f"in {drive.km:.2f} km"),
    ]


def _meeting_figures(found: Meetings) -> list[Figure]:
    where, count = f"two robots head-on, path of {found.width_m:g} m", len(found.records)
    return [
        _figure(f"{where}: both arrived", f"{found.passed} of {count}", "", "all"),
        _figure("… passed on the right", f"{found.on_the_right} of {count}", "", "all"),
        _figure("… stops", f"{found.stops}", f"in {2 * count} drives", "0"),
        _figure("… time over time alone", found.time_ratio(), "x"),
        _figure("… contacts", found.contacts, "", "0"),
    ]


def plan_quality() -> tuple[list[Figure], list[tuple[Place, list[PathQuality]]]]:
    """Public maps and our worlds. The park's round trees make too many corners for the exact optimum: none there."""
    figures, drawn = [], []
    for place, bounded in [(p, BOUNDED) for p in public_places(PAIRS, SEED)] + [
        (p, 0) for p in our_places(PAIRS, SEED)
    ]:
        found, corners = judge_paths(place, bounded)
        figures += _path_figures(place, found, corners)
        drawn.append((place, found))
    return figures, drawn


def drive_quality() -> tuple[list[Figure], list[tuple[Scene, Drive]]]:
    """Square, path and park with people, and robots that meet."""
    figures, drawn = [], []
    plaza, way, ours = square(), path(4.0), park(8, SEED)
    plans = (
        (plaza, [round(d * plaza.area_m2) for d in DENSITIES], OrcaCrowd, "people", 1),
        (plaza, [round(0.05 * plaza.area_m2)], UnseeingCrowd, "people who take no notice", 1),
        (way, [round(d * way.area_m2) for d in (0.05, 0.1)], OrcaCrowd, "people", 4),
        (ours, [30, 120], OrcaCrowd, "people", 1),
    )
    for scene, counts, walkers, kind, rounds in plans:
        for drive in among_people(scene, counts, walkers, rounds):
            figures += _drive_figures(scene, drive, kind)
            drawn.append((scene, drive))
    for width_m in (3.0, 3.5, 4.0):
        figures += _meeting_figures(meetings(width_m, 20, SEED))
    return figures, drawn


def run() -> list[Figure]:
    """Measures everything and draws the picture."""
    planned, places = plan_quality()
    driven, drives = drive_quality()
    draw(PICTURE, places, drives)
    notes = [
        _figure("for comparison: planning time", "above", "", "", SMAC),
        _figure("for comparison: control cycle", "in controller speed", "", "", MPPI),
    ]
    return [*planned, *driven, *notes]
