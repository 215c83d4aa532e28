"""Compiles all engines once, at set-up time: ``python -m gangseo_navigation.warm_up``.

The machine code goes to ``NUMBA_CACHE_DIR`` where that is set, else beside the sources.
"""

import math
import sys
import time

import numpy as np

from gangseo_navigation.clearance import clearance_of
from gangseo_navigation.geometry import Pose
from gangseo_navigation.grid import Frame
from gangseo_navigation.ground import lay_ground
from gangseo_navigation.map_file import MapFile
from gangseo_navigation.memory import LivePlanner
from gangseo_navigation.path_smoothing import smooth
from gangseo_navigation.pilot import Limits, Pilot
from gangseo_navigation.planner import Planner, PlannerLimits
from gangseo_navigation.route import Inline
from gangseo_navigation.scan import Scan


def yard() -> MapFile:
    """A small walled map with a wall in its middle."""
    cells = np.zeros((160, 200), np.int8)
    cells[:2] = cells[-2:] = 100
    cells[:, :2] = cells[:, -2:] = 100
    cells[:110, 98:102] = 100
    return MapFile(Frame(160, 200, 0.1), cells)


def drive(seconds: float) -> None:
    """Drives a pilot through the yard for some simulated time."""
    pilot = Pilot(lay_ground(yard(), None, None, 0.33), Limits(), Inline())
    pose = Pose(4.0, 4.0, 0.0)
    pilot.task = pilot.journey([Pose(15.0, 5.0, 0.0)])
    ranges = np.full(360, 3.0, np.float32)
    for cycle in range(round(seconds / 0.05)):
        now_s = 1.0 + 0.05 * cycle
        pilot.localization.drive(now_s, pose)
        pilot.localization.fix(now_s, pose, np.diag((1e-4, 1e-4, 1e-4)))
        pilot.see(Scan(now_s, pose, -math.pi, math.tau / 360, ranges, 0.12, 25.0))
        twist, _ = pilot.step(now_s)
        pose = pose.compose(Pose(twist.v * 0.05, 0.0, twist.w * 0.05))


def search_cell_by_cell() -> None:
    """Makes the planner fall back to its fine search, and smooths a path."""
    cells = np.ones((40, 40), np.bool_)
    cells[10:30, 10:30] = False
    frame = Frame(40, 40, 0.1)
    limits = PlannerLimits(clearance_m=0.2, comfort_m=0.5, block_m=4.0)
    live = LivePlanner(clearance_of(cells, 0.1), frame, limits)
    planner: Planner = live.planner
    path = planner.plan((1.4, 1.4), (2.6, 2.6))
    smooth(live, path.points)


def main() -> int:
    """Compiles and says how long it took."""
    begin = time.perf_counter()
    drive(3.0)
    search_cell_by_cell()
    sys.stdout.write(f"navigation engines compiled in {time.perf_counter() - begin:.1f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
