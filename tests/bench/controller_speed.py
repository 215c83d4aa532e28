"""Local controller: cost of one robot's cycle at 20 Hz with scan, costmap, localization and rollouts, and its quality.

Ten robots drive in one process, one core, in a yard with walls, standing things and walking people. Times are of the
processor, so that a busy machine does not count. Run as a script with a folder to get a picture of the paths.
"""

import math
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gangseo_navigation.geometry import Pose
from unit.navigation.yard import Disc, Yard, block, walled

ROBOTS = 10
SECONDS = 40.0


def _world() -> "np.ndarray[Any, Any]":
    blocked = walled(60.0, 40.0)
    for x, y in ((10, 8), (22, 20), (35, 6), (44, 26), (15, 30), (30, 32), (50, 12)):
        block(blocked, x, y, x + 3.0, y + 2.0)
    return blocked


def _timed_step(yard: Yard, took: list[float]) -> None:
    """Wraps the pilot's work of this yard with a stop-watch: odometry, fix, scan, control."""
    pilot = yard.pilot
    spent = [0.0]

    def timed(function: Any) -> Any:
        def call(*args: Any) -> Any:
            begin = time.thread_time()
            try:
                return function(*args)
            finally:
                spent[0] += time.thread_time() - begin

        return call

    def step(now_s: float) -> Any:
        result = control(now_s)
        took.append(spent[0] * 1000.0)
        spent[0] = 0.0
        return result

    control = timed(pilot.step)
    pilot.step = step  # type: ignore[method-assign]
    pilot.see = timed(pilot.see)  # type: ignore[method-assign]
    pilot.localization.drive = timed(pilot.localization.drive)  # type: ignore[method-assign]
    pilot.localization.fix = timed(pilot.localization.fix)  # type: ignore[method-assign]


def _yards(took: list[float]) -> list[Yard]:
    random = np.random.default_rng(4)
    blocked = _world()
    yards = []
    for i in range(ROBOTS):
        discs = [Disc(random.uniform(8, 52), random.uniform(5, 35), 0.25) for _ in range(8)]
        discs += [
            Disc(random.uniform(8, 52), random.uniform(5, 35), 0.25, random.uniform(-1, 1), random.uniform(-1, 1))
            for _ in range(8)
        ]
        yard = Yard(blocked, Pose(3.0, 3.0 + 3.5 * i, 0.0), discs, noise=1.0, seed=i)
        yard.pilot.task = yard.pilot.journey([Pose(56.0, 36.0 - 3.3 * i, 0.0)])
        yard.run(yard.pilot.task, 0.5)
        _timed_step(yard, took)
        yards.append(yard)
    return yards


def picture(folder: Path, yards: list[Yard]) -> None:
    """Draws the driven paths and the speeds of one robot."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, (plan, speeds) = plt.subplots(2, 1, figsize=(12, 12), height_ratios=(3, 1))
    plan.imshow(yards[0].blocked, origin="lower", extent=(0, 60, 0, 40), cmap="Greys", alpha=0.6)
    for yard in yards:
        trail = np.array(yard.trail)
        plan.plot(trail[:, 0], trail[:, 1])
    trail = np.array(yards[0].trail)
    speeds.plot(np.arange(len(trail)) * 0.05, trail[:, 3], label="speed, m/s")
    speeds.plot(np.arange(len(trail)) * 0.05, trail[:, 4], label="turn rate, rad/s")
    speeds.legend()
    figure.tight_layout()
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / "controller_paths.png", dpi=90)
    plt.close(figure)


def run(folder: Path | None = None) -> list[dict[str, Any]]:
    """Measures; a picture goes to ``folder`` when it is given."""
    took: list[float] = []
    yards = _yards(took)
    arrived = set()
    for _ in range(round(SECONDS / 0.05)):
        for i, yard in enumerate(yards):
            outcome = yard.cycle()
            if outcome is not None and outcome.succeeded:
                arrived.add(i)
    if folder is not None:
        picture(folder, yards)
    trails = [np.array(yard.trail) for yard in yards]
    jerk = np.mean([np.abs(np.diff(t[:, 4])).sum() / (len(t) * 0.05) for t in trails])
    mean, slow = float(np.mean(took)), float(np.percentile(took, 99))
    in_the_way = math.inf
    for yard in yards:
        in_the_way = min(in_the_way, yard.closest_m)
    return [
        {"name": "Control cycle of one robot (scan, costmap, localization, rollouts, replans): mean", "value": mean,
         "unit": "ms", "target": "<= 2.5 ms", "anchor": ""},
        {"name": "the same: p99", "value": slow, "unit": "ms", "target": "", "anchor": ""},
        {"name": f"{ROBOTS} robots at 20 Hz", "value": mean * 20.0 * ROBOTS / 10.0, "unit": "% of a core",
         "target": "<= 100 %", "anchor": ""},
        {"name": f"Arrived within {SECONDS:.0f} s among 16 things each", "value": len(arrived), "unit": f"of {ROBOTS}",
         "target": "", "anchor": ""},
        {"name": "Nearest to anything (walkers here give no way)", "value": in_the_way, "unit": "m", "target": "> 0 m",
         "anchor": ""},
        {"name": "Change of turn rate", "value": float(jerk), "unit": "rad/s per s", "target": "", "anchor": ""},
    ]  # fmt: skip


if __name__ == "__main__":
    for figure in run(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(f"{figure['name']}: {figure['value']:.3g} {figure['unit']}  {figure['target']}")  # noqa: T201
