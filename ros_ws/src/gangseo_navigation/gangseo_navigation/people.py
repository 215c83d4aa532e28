"""Follows moving things in the scans: clusters of points off the map, matched from turn to turn."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

WITHIN_M = 10.0
SPLIT_M = 0.35
LARGEST_M = 1.0
MATCH_MPS = 3.0


@dataclass(slots=True)
class Track:
    """One thing that may move: centre, velocity, radius; ``sightings`` in a row."""

    x: float
    y: float
    vx: float
    vy: float
    radius: float
    seen_s: float
    sightings: int


class PeopleTracker:
    """Alpha-beta filters over clusters; things that go faster than ``moving_mps`` are reported as moving."""

    def __init__(self, moving_mps: float = 0.25, forget_s: float = 0.8) -> None:
        self.moving_mps, self.forget_s = moving_mps, forget_s
        self.tracks: list[Track] = []

    def see(self, stamp_s: float, points: NDArray[np.float64], sensor: tuple[float, float]) -> None:
        """Takes the points (x, y), in the order of the beams, that are not on the map."""
        near = points[np.hypot(points[:, 0] - sensor[0], points[:, 1] - sensor[1]) <= WITHIN_M]
        free = [t for t in self.tracks if stamp_s - t.seen_s <= self.forget_s and stamp_s >= t.seen_s]
        tracks: list[Track] = []
        for x, y, radius in clusters(near):
            match = min(free, key=lambda t: math.hypot(t.x - x, t.y - y), default=None)
            if match is not None and self._matches(match, x, y, stamp_s):
                free.remove(match)
                tracks.append(_moved(match, x, y, radius, stamp_s))
            else:
                tracks.append(Track(x, y, 0.0, 0.0, radius, stamp_s, 1))
        self.tracks = tracks + free

    def moving(self, now_s: float) -> NDArray[np.float64]:
        """Rows x, y, vx, vy, radius of the things that move, brought forward to now."""
        rows = []
        for t in self.tracks:
            age = now_s - t.seen_s
            if t.sightings >= 3 and -0.5 <= age <= self.forget_s and math.hypot(t.vx, t.vy) >= self.moving_mps:
                rows.append((t.x + t.vx * age, t.y + t.vy * age, t.vx, t.vy, t.radius))
        return np.array(rows, np.float64).reshape(-1, 5)

    @staticmethod
    def _matches(track: Track, x: float, y: float, stamp_s: float) -> bool:
        elapsed = max(0.05, stamp_s - track.seen_s)
        ahead_x, ahead_y = track.x + track.vx * elapsed, track.y + track.vy * elapsed
        return math.hypot(ahead_x - x, ahead_y - y) <= min(0.8, 0.15 + MATCH_MPS * elapsed)


def clusters(points: NDArray[np.float64]) -> list[tuple[float, float, float]]:
    """Centre and radius of each run of neighbouring points; wide ones (walls, cars) are left out."""
    if not len(points):
        return []
    gaps = np.hypot(*np.diff(points, axis=0).T)
    runs = np.split(points, np.flatnonzero(gaps > SPLIT_M) + 1)
    if len(runs) > 1 and math.dist(runs[0][0], runs[-1][-1]) <= SPLIT_M:
        runs[0] = np.vstack((runs.pop(), runs[0]))
    found = []
    for run in runs:
        low, high = run.min(axis=0), run.max(axis=0)
        extent = math.dist(low, high)
        if extent <= LARGEST_M:
            x, y = (low + high) / 2.0
            found.append((float(x), float(y), max(0.2, extent / 2.0)))
    return found


def _moved(track: Track, x: float, y: float, radius: float, stamp_s: float) -> Track:
    elapsed = max(0.02, stamp_s - track.seen_s)
    ahead_x, ahead_y = track.x + track.vx * elapsed, track.y + track.vy * elapsed
    off_x, off_y = x - ahead_x, y - ahead_y
    alpha, beta = (0.5, 0.25) if track.sightings > 2 else (0.8, 0.5)
    speed = (track.vx + beta * off_x / elapsed, track.vy + beta * off_y / elapsed)
    fast = math.hypot(*speed)
    share = min(1.0, 2.5 / fast) if fast > 0.0 else 1.0
    return Track(
        ahead_x + alpha * off_x, ahead_y + alpha * off_y, speed[0] * share, speed[1] * share,
        0.7 * track.radius + 0.3 * radius, stamp_s, track.sightings + 1,
    )  # fmt: skip
