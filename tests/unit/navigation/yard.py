"""A small world for closed-loop tests of the pilot: walls in a grid, discs that stand or walk, an exact vehicle."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.compiled import compiled
from gangseo_navigation.geometry import Pose, Twist, wrap_angle
from gangseo_navigation.grid import Frame
from gangseo_navigation.ground import Ground, lay_ground
from gangseo_navigation.map_file import MapFile
from gangseo_navigation.pilot import Limits, Pilot
from gangseo_navigation.route import Inline
from gangseo_navigation.scan import Scan
from gangseo_navigation.task import Outcome, Task

BEAMS = 360
FIX_NOISE = np.diag((0.02**2, 0.02**2, math.radians(0.5) ** 2))


def ground_of(blocked: NDArray[np.bool_], resolution: float = 0.1, keepout: NDArray[np.bool_] | None = None) -> Ground:
    frame = Frame(blocked.shape[0], blocked.shape[1], resolution)
    mask = None if keepout is None else MapFile(frame, np.where(keepout, 100, 0).astype(np.int8))
    return lay_ground(MapFile(frame, np.where(blocked, 100, 0).astype(np.int8)), mask, None, 0.33)


@compiled
def cast(
    blocked: NDArray[np.bool_], x: float, y: float, dx: NDArray[np.float64], dy: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Distance in cells to the first wall along each beam; infinite where there is none within 250 cells."""
    reach = np.full(dx.size, np.inf)
    for i in range(dx.size):
        t = 0.0
        while t < 250.0:
            row, col = math.floor(y + t * dy[i]), math.floor(x + t * dx[i])
            if row < 0 or col < 0 or row >= blocked.shape[0] or col >= blocked.shape[1]:
                break
            if blocked[row, col]:
                reach[i] = t
                break
            t += 0.25
    return reach


@dataclass
class Disc:
    x: float
    y: float
    radius: float
    vx: float = 0.0
    vy: float = 0.0


@dataclass
class Yard:
    """True world and true robot; the pilot only gets odometry, fixes and scans."""

    blocked: NDArray[np.bool_]
    pose: Pose
    discs: list[Disc] = field(default_factory=list)
    resolution: float = 0.1
    keepout: NDArray[np.bool_] | None = None
    noise: float = 0.0
    seed: int = 1

    def __post_init__(self) -> None:
        self.pilot = Pilot(ground_of(self.blocked, self.resolution, self.keepout), Limits(), Inline())
        self.random = np.random.default_rng(self.seed)
        self.now_s = 0.0
        self.twist = Twist(0.0, 0.0)
        self.trail: list[tuple[float, float, float, float, float]] = []
        self.closest_m = math.inf
        self.lidar_on = self.fixes_on = True
        self._cycle = 0
        for _ in range(3):
            self.cycle()

    def cycle(self) -> Outcome | None:
        """0.05 s: sensors, pilot, wheels."""
        self.now_s += 0.05
        self._cycle += 1
        self.pilot.localization.drive(self.now_s, self.pose)
        if self._cycle % 2 == 1:
            if self.fixes_on:
                dx, dy, dt = self.random.normal(0.0, 1.0, 3) * self.noise * (0.02, 0.02, math.radians(0.5))
                seen = Pose(self.pose.x + dx, self.pose.y + dy, self.pose.theta + dt)
                self.pilot.localization.fix(self.now_s, seen, FIX_NOISE)
            if self.lidar_on:
                believed = self.pilot.localization.pose or self.pose
                self.pilot.see(self.scan(believed.compose(Pose(0.30, 0.0, 0.0))))
        self.twist, outcome = self.pilot.step(self.now_s)
        self._move(0.05)
        self.trail.append((self.pose.x, self.pose.y, self.pose.theta, self.twist.v, self.twist.w))
        self.closest_m = min(self.closest_m, self.gap())
        return outcome

    def run(self, task: Task, limit_s: float, each: Callable[[], None] | None = None) -> Outcome | None:
        """Runs a task to its end; None when it does not end in time."""
        self.pilot.task = task
        end_s = self.now_s + limit_s
        while self.now_s < end_s:
            outcome = self.cycle()
            if each is not None:
                each()
            if outcome is not None:
                return outcome
        return None

    def scan(self, seen_from: Pose) -> Scan:
        sensor = self.pose.compose(Pose(0.30, 0.0, 0.0))
        angles = sensor.theta + np.arange(BEAMS) * 2.0 * math.pi / BEAMS - math.pi
        dx, dy = np.cos(angles), np.sin(angles)
        reach = cast(self.blocked, sensor.x / self.resolution, sensor.y / self.resolution, dx, dy) * self.resolution
        for disc in self.discs:
            ox, oy = disc.x - sensor.x, disc.y - sensor.y
            along = ox * dx + oy * dy
            across2 = ox * ox + oy * oy - along**2
            hit = (across2 <= disc.radius**2) & (along > 0.0)
            reach = np.where(hit, np.minimum(reach, along - np.sqrt(np.maximum(disc.radius**2 - across2, 0.0))), reach)
        reach = reach + self.random.normal(0.0, 0.01, BEAMS) * self.noise
        ranges = np.where(reach > 25.0, np.inf, np.maximum(reach, 0.13)).astype(np.float32)
        return Scan(self.now_s, seen_from, -math.pi, 2.0 * math.pi / BEAMS, ranges, 0.12, 25.0)

    def gap(self) -> float:
        """Distance between the robot's rectangle and the nearest wall cell or disc; negative: contact."""
        c, s = math.cos(self.pose.theta), math.sin(self.pose.theta)

        def outside(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
            dx, dy = x - self.pose.x, y - self.pose.y
            return np.hypot(
                np.maximum(np.abs(c * dx + s * dy) - 0.45, 0.0), np.maximum(np.abs(c * dy - s * dx) - 0.33, 0.0)
            )

        row, col = int(self.pose.y / self.resolution), int(self.pose.x / self.resolution)
        reach = round(1.5 / self.resolution)
        r0, c0 = max(0, row - reach), max(0, col - reach)
        near = np.argwhere(self.blocked[r0 : row + reach, c0 : col + reach])
        least = math.inf
        if len(near):
            x, y = (near[:, 1] + c0 + 0.5) * self.resolution, (near[:, 0] + r0 + 0.5) * self.resolution
            least = float(outside(x, y).min()) - self.resolution / 2.0
        for disc in self.discs:
            least = min(least, float(outside(np.array([disc.x]), np.array([disc.y]))[0]) - disc.radius)
        return least

    def _move(self, dt: float) -> None:
        middle = self.pose.theta + self.twist.w * dt / 2.0
        self.pose = Pose(
            self.pose.x + self.twist.v * math.cos(middle) * dt,
            self.pose.y + self.twist.v * math.sin(middle) * dt,
            wrap_angle(self.pose.theta + self.twist.w * dt),
        )
        for disc in self.discs:
            disc.x += disc.vx * dt
            disc.y += disc.vy * dt


def walled(width_m: float, height_m: float, resolution: float = 0.1) -> NDArray[np.bool_]:
    """Free ground with a wall around."""
    blocked = np.zeros((round(height_m / resolution), round(width_m / resolution)), np.bool_)
    blocked[:2] = blocked[-2:] = True
    blocked[:, :2] = blocked[:, -2:] = True
    return blocked


def block(blocked: NDArray[np.bool_], x0: float, y0: float, x1: float, y1: float, resolution: float = 0.1) -> None:
    """Puts a box of wall into the ground."""
    blocked[round(y0 / resolution) : round(y1 / resolution), round(x0 / resolution) : round(x1 / resolution)] = True
