"""What the controller knows of the robot's surroundings: fixed ground and lidar in one local field."""

import math

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.clearance import clearance_of, steps
from gangseo_navigation.follower import View
from gangseo_navigation.grid import Frame
from gangseo_navigation.ground import Ground
from gangseo_navigation.obstacles import ObstacleWindow
from gangseo_navigation.people import PeopleTracker
from gangseo_navigation.scan import Scan, hits

MAPPED_WITHIN_M = 0.25
MOVING_ROOM_M, MISTAKEN_WITHIN_M = 0.15, 0.25


class Surroundings:
    """The local window: obstacles, moving things, and a view of both."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.window = ObstacleWindow(ground.frame)
        self.people = PeopleTracker()
        self.scan_at_s: float | None = None
        self.points = np.empty((0, 2))
        self._view: View | None = None
        self._standing = np.zeros((self.window.cells, self.window.cells), np.bool_)

    def see(self, scan: Scan) -> None:
        """Takes a scan."""
        self.scan_at_s = scan.stamp_s
        self.window.see(scan)
        self.points = points = hits(scan)
        self.people.see(scan.stamp_s, self._unmapped(points), (scan.sensor.x, scan.sensor.y))
        self._view = None

    def view(self, now_s: float) -> View:
        """Field and moving things now."""
        if self._view is None:
            self._standing = self.standing(now_s, self.window.decay_s)
            seen = clearance_of(self._still(now_s), self.ground.frame.resolution)
            field = np.minimum(self.cut(self.ground.drive), seen)
            self._view = View(field, self.window.frame, np.empty((0, 5)))
        return View(self._view.field, self._view.frame, self._movers(now_s))

    def _still(self, now_s: float) -> NDArray[np.bool_]:
        """Occupied cells but those of moving things: where these will be is foreseen, where they are soon is free."""
        occupied, standing = self.window.occupied(now_s), self._standing
        for x, y, _, _, radius in self._movers(now_s):
            place = self._around(x, y, radius + MOVING_ROOM_M)
            occupied[place] &= standing[place]
        return occupied

    def _movers(self, now_s: float) -> NDArray[np.float64]:
        """Moving things but those mistaken: where most of what is seen has stood for a while, the view moves alone."""
        rows = self.people.moving(now_s)
        occupied, standing = self.window.occupied(now_s), self._standing
        kept = []
        for row in rows:
            place = self._around(row[0], row[1], MISTAKEN_WITHIN_M)
            kept.append(2 * np.count_nonzero(standing[place]) <= np.count_nonzero(occupied[place]))
        return rows[np.array(kept, np.bool_)]

    def _around(self, x: float, y: float, reach_m: float) -> tuple[slice, slice]:
        """The part of the window round a point."""
        row, col = self.window.frame.cell(x, y)
        reach = math.ceil(reach_m / self.window.frame.resolution)
        r0, c0, r1, c1 = (max(0, n) for n in (row - reach, col - reach, row + reach + 1, col + reach + 1))
        return slice(r0, r1), slice(c0, c1)

    def standing(self, now_s: float, keep_s: float) -> NDArray[np.bool_]:
        """Cells of the window with something standing that is not on the map, seen in the last ``keep_s``."""
        return self.window.standing(now_s, keep_s) & (self.cut(self.ground.wall) > steps(MAPPED_WITHIN_M))

    def clear(self, keep: NDArray[np.bool_] | None = None) -> None:
        """Forgets what was seen (but the cells in ``keep``)."""
        self.window.clear(keep)
        self._view = None

    def cut(self, field: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The window's part of a field over the map; outside the map there is no ground (0)."""
        frame, n = self.ground.frame, self.window.cells
        row, col = self.window.row, self.window.col
        if row >= 0 and col >= 0 and row + n <= frame.rows and col + n <= frame.cols:
            return field[row : row + n, col : col + n]
        part = np.zeros((n, n), field.dtype)
        r0, c0 = max(0, row), max(0, col)
        r1, c1 = min(frame.rows, row + n), min(frame.cols, col + n)
        if r0 < r1 and c0 < c1:
            part[r0 - row : r1 - row, c0 - col : c1 - col] = field[r0:r1, c0:c1]
        return part

    def _unmapped(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        frame: Frame = self.ground.frame
        rows = np.floor((points[:, 1] - frame.origin_y) / frame.resolution).astype(np.int64)
        cols = np.floor((points[:, 0] - frame.origin_x) / frame.resolution).astype(np.int64)
        on_map = (rows >= 0) & (rows < frame.rows) & (cols >= 0) & (cols < frame.cols)
        away = np.zeros(len(points), np.bool_)
        away[on_map] = self.ground.wall[rows[on_map], cols[on_map]] > steps(MAPPED_WITHIN_M)
        return points[away]
