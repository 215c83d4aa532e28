"""Local controller: follows a path at 20 Hz within all limits and never drives into what is seen.

Regulated pure pursuit gives the wish (Macenski and others, Autonomous Robots 2023: slow in curves, near obstacles and
at the goal); rollouts round this wish give the command.
"""

import math
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.clearance import steps
from gangseo_navigation.geometry import STOP, Pose, Twist, wrap_angle
from gangseo_navigation.grid import Frame
from gangseo_navigation.keep_right import lean_m
from gangseo_navigation.pursuit import beside_path, path_at
from gangseo_navigation.rollout import choose_target, safe_to_stop, toward
from gangseo_navigation.scan import Body

SPREAD = np.array((0.0, -0.12, 0.12, -0.3, 0.3, -0.55, 0.55, -0.9, 0.9))
TIGHT_SLACK = 3
SIDES = np.array((-0.3, 0.3, -0.6, 0.6, -0.9, 0.9, -1.3, 1.3, -1.8, 1.8))
SHARES = np.array((1.0, 0.85, 0.7, 0.5, 0.3, 0.15))


@dataclass(frozen=True, slots=True)
class DriveLimits:
    """Speeds in m/s and rad/s, accelerations in m/s² and rad/s², distances in m, angles in rad."""

    speed: float = 1.8
    turn: float = 1.2
    speed_up: float = 0.8
    speed_down: float = 1.5
    turn_up: float = 2.5
    side: float = 0.7
    goal_distance: float = 0.25
    goal_angle: float = 0.25
    aim_distance: float = 0.06
    margin: float = 0.06
    comfort: float = 0.25
    person_growth: float = 0.25
    horizon_s: float = 2.4
    keep_right: float = 0.5


@dataclass(frozen=True, slots=True)
class View:
    """What is round the robot: clearance field of the local window, moving things (x, y, vx, vy, radius)."""

    field: NDArray[np.uint8]
    frame: Frame
    people: NDArray[np.float64]


class Going(Enum):
    """How the following of a path goes."""

    DRIVING = "driving"
    BLOCKED = "blocked"
    OFF_PATH = "off_path"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Command:
    """What to send to the wheels, and how it goes."""

    twist: Twist
    going: Going


class PathFollower:
    """Follows one path; ``follow`` replaces the path without a stop."""

    def __init__(self, limits: DriveLimits, body: Body) -> None:
        self.limits, self.body = limits, body
        self._offsets, self._radius = body.circles
        self._path: NDArray[np.float64] = np.empty((0, 4))
        self._final_heading: float | None = None
        self._turning = False
        self._at_goal = False
        self._last_w = 0.0
        self.progress_m = self.aside_m = 0.0

    @property
    def length_m(self) -> float:
        """Length of the path."""
        return float(self._path[-1, 2]) if len(self._path) else 0.0

    @property
    def remaining_m(self) -> float:
        """Length of the path ahead."""
        return max(0.0, self.length_m - self.progress_m)

    @property
    def points(self) -> NDArray[np.float64]:
        """The path: x, y, arc length, direction."""
        return self._path

    def follow(self, points: NDArray[np.float64], final_heading: float | None) -> None:
        """Takes a new path, points (x, y), at least one."""
        if len(points) == 1:
            points = np.vstack((points, points))
        steps_xy = np.diff(points, axis=0)
        lengths = np.hypot(steps_xy[:, 0], steps_xy[:, 1])
        kept = np.concatenate(((True,), lengths > 1e-6))
        if kept.sum() < 2:
            kept[-1] = True
        points = points[kept]
        steps_xy = np.diff(points, axis=0)
        headings = np.arctan2(steps_xy[:, 1], steps_xy[:, 0])
        s = np.concatenate(((0.0,), np.cumsum(np.hypot(steps_xy[:, 0], steps_xy[:, 1]))))
        self._path = np.column_stack((points, s, np.concatenate((headings[:1], headings))))
        self._final_heading = final_heading
        self._turning = self._at_goal = False
        self.progress_m = 0.0

    def step(self, pose: Pose, twist: Twist, view: View, speed_limit: float, dt: float) -> Command:
        """The next command. ``twist`` is the last command (what the wheels are doing), ``dt`` seconds to the next."""
        self.aside_m = self._project(pose)
        if self.aside_m > 1.5:
            return Command(self._ramp(twist, STOP, dt), Going.OFF_PATH)
        if self._reached(pose):
            return self._finish(pose, twist, view, dt)
        lean = lean_m(self._path, self.progress_m, pose, view.people, self.limits.keep_right)
        wish, error = self._wish(pose, speed_limit, lean)
        if self._must_turn(error, twist, alone=not len(view.people)):
            return self._turn(error, pose, twist, view, dt)
        return self._drive(wish, lean, pose, twist, view, dt)

    def blocked_ahead(self, view: View, ahead_m: float, need_m: float) -> float | None:
        """Distance along the path to the first point with less clearance than needed, if there is one."""
        res, need = view.frame.resolution, steps(need_m)
        for s in np.arange(self.progress_m + 0.3, min(self.length_m, self.progress_m + ahead_m), res):
            x, y, _ = path_at(self._path, float(s))
            row, col = view.frame.cell(x, y)
            if not view.frame.contains(row, col):
                return None
            if view.field[row, col] < need:
                return float(s) - self.progress_m
        return None

    def _project(self, pose: Pose) -> float:
        """Moves the progress to the nearest point of the next few metres; returns how far away it is."""
        path = self._path
        low = np.searchsorted(path[:, 2], self.progress_m - 0.5)
        high = max(np.searchsorted(path[:, 2], self.progress_m + 3.0), low + 2)
        a = path[max(0, low - 1) : high]
        span = np.diff(a[:, :2], axis=0)
        squared = np.maximum((span**2).sum(axis=1), 1e-12)
        offset = np.array((pose.x, pose.y)) - a[:-1, :2]
        share = np.clip((offset * span).sum(axis=1) / squared, 0.0, 1.0)
        gaps = np.hypot(*(offset - share[:, None] * span).T)
        best = int(np.argmin(gaps))
        self.progress_m = float(a[best, 2] + share[best] * math.sqrt(squared[best]))
        return float(gaps[best])

    def _reached(self, pose: Pose) -> bool:
        if self._at_goal:
            return True
        end = self._path[-1]
        gap = math.hypot(end[0] - pose.x, end[1] - pose.y)
        behind = (end[0] - pose.x) * math.cos(end[3]) + (end[1] - pose.y) * math.sin(end[3]) <= 0.0
        close = gap <= self.limits.aim_distance or (gap <= self.limits.goal_distance * 0.8 and behind)
        self._at_goal = close and self.remaining_m < 1.0
        return self._at_goal

    def _finish(self, pose: Pose, twist: Twist, view: View, dt: float) -> Command:
        error = 0.0 if self._final_heading is None else wrap_angle(self._final_heading - pose.theta)
        if abs(error) < 0.35 * self.limits.goal_angle:
            stopped = abs(twist.v) < 0.02 and abs(twist.w) < 0.05
            return Command(self._ramp(twist, STOP, dt), Going.ARRIVED if stopped else Going.DRIVING)
        command = self._turn(error, pose, twist, view, dt)
        if command.going is Going.BLOCKED and abs(error) < self.limits.goal_angle and twist == STOP:
            return Command(STOP, Going.ARRIVED)
        return command

    def _wish(self, pose: Pose, speed_limit: float, lean: float) -> tuple[tuple[float, float], float]:
        """Wanted speed and curvature, and the angle to the point aimed at."""
        limits, s = self.limits, self.progress_m
        top = min(limits.speed, speed_limit)
        reach = min(max(0.55, 0.75 * min(top, self._speed_ahead(top))), 1.6)
        aim_x, aim_y, _ = beside_path(self._path, s + reach, lean)
        dx, dy = aim_x - pose.x, aim_y - pose.y
        error = wrap_angle(math.atan2(dy, dx) - pose.theta)
        gap = max(math.hypot(dx, dy), 0.2)
        curvature = 2.0 * math.sin(error) / gap
        speed = min(self._speed_ahead(top), math.sqrt(limits.side / max(abs(curvature), 1e-6)))
        speed = min(speed, limits.turn / max(abs(curvature), 1e-6))
        stopping = math.sqrt(2.0 * 0.6 * limits.speed_down * max(0.0, self.remaining_m - 0.02))
        return (max(0.08, min(speed, stopping)), curvature), error

    def _speed_ahead(self, top: float) -> float:
        """Fastest speed now from which every bend of the next metres can be taken."""
        speed = top
        ahead = np.arange(0.3, 0.5 + top * top / (2.0 * 0.6 * self.limits.speed_down) + 0.4, 0.4)
        for d in ahead:
            s = self.progress_m + float(d)
            if s + 0.4 >= self.length_m:
                break
            bend = abs(wrap_angle(path_at(self._path, s + 0.5)[2] - path_at(self._path, s - 0.3)[2])) / 0.8
            allowed = math.sqrt(self.limits.side / max(bend, 1e-3))
            speed = min(speed, math.sqrt(allowed**2 + 2.0 * 0.6 * self.limits.speed_down * float(d)))
        return max(0.25, speed)

    def _must_turn(self, error: float, twist: Twist, *, alone: bool) -> bool:
        """Whether to turn on the spot; with people near only when the path lies well aside."""
        if self._turning:
            self._turning = abs(error) > 0.2
        else:
            self._turning = abs(error) > (0.8 if alone and abs(twist.v) < 0.3 else 1.3)
        return self._turning

    def _turn(self, error: float, pose: Pose, twist: Twist, view: View, dt: float) -> Command:
        limits = self.limits
        rate = min(limits.turn, math.sqrt(2.0 * 0.7 * limits.turn_up * abs(error)))
        for target in (Twist(0.0, math.copysign(rate, error)), Twist(0.0, -math.copysign(0.5, error))):
            if abs(twist.v) > 0.05 or self.safe(pose, twist, view, target):
                self._last_w = target.w
                return Command(self._ramp(twist, target, dt), Going.DRIVING)
            if abs(error) < 2.2:
                break
        return Command(self._ramp(twist, STOP, dt), Going.BLOCKED)

    def _drive(
        self, wish: tuple[float, float], lean: float, pose: Pose, twist: Twist, view: View, dt: float
    ) -> Command:  # fmt: skip
        wanted, curvature = wish
        state = np.array((pose.x, pose.y, pose.theta, twist.v, twist.w))
        v, w, cost = choose_target(
            view.field, self._frame(view), self._offsets, self._floors(pose, view), view.people,
            self._numbers(lean), self._path, self.progress_m, state, SHARES * wanted, SPREAD,
            SIDES, curvature, self._last_w,
        )  # fmt: skip
        if cost >= 1e8:
            self._last_w = 0.0
            return Command(self._ramp(twist, STOP, dt), Going.BLOCKED)
        self._last_w = w
        return Command(self._ramp(twist, Twist(v, w), dt), Going.DRIVING)

    def safe(self, pose: Pose, twist: Twist, view: View, target: Twist) -> bool:
        """Whether the robot may steer towards a target twist and still stop in time."""
        return bool(
            safe_to_stop(
                view.field, self._frame(view), self._offsets, self._floors(pose, view), view.people, self._numbers(),
                pose.x, pose.y, pose.theta, twist.v, twist.w, target.v, target.w,
            )
        )  # fmt: skip

    def has_room(self, pose: Pose, view: View) -> bool:
        """Whether the body can turn on the spot here."""
        row, col = view.frame.cell(pose.x, pose.y)
        need = steps(self.body.circumscribed_m + self.limits.margin)
        return not view.frame.contains(row, col) or bool(view.field[row, col] >= need)

    def ramp(self, twist: Twist, target: Twist, dt: float) -> Twist:
        """The next twist on the way to a target within the acceleration limits."""
        return self._ramp(twist, target, dt)

    def _ramp(self, twist: Twist, target: Twist, dt: float) -> Twist:
        limits = self.limits
        return Twist(
            toward(twist.v, target.v, limits.speed_up * dt, limits.speed_down * dt),
            toward(twist.w, target.w, limits.turn_up * dt, limits.turn_up * dt),
        )

    def _numbers(self, lean: float = 0.0) -> NDArray[np.float64]:
        limits = self.limits
        return np.array(
            (limits.speed_up, limits.speed_down, limits.turn_up, self._radius,
             self._radius + limits.comfort, limits.person_growth, limits.horizon_s, limits.turn, lean)
        )  # fmt: skip

    def _frame(self, view: View) -> NDArray[np.float64]:
        return np.array((view.frame.origin_x, view.frame.origin_y, view.frame.resolution))

    def _floors(self, pose: Pose, view: View) -> NDArray[np.int64]:
        """Clearance each circle must keep: the needed one, or a little less than it has now where that is too near.

        So a robot in a tight place gets out again; the pilot's guard still keeps the exact body from touching.
        """
        need = steps(self._radius + self.limits.margin)
        floors = np.full(self._offsets.size, need, np.int64)
        for i, offset in enumerate(self._offsets):
            row, col = view.frame.cell(pose.x + offset * math.cos(pose.theta), pose.y + offset * math.sin(pose.theta))
            if view.frame.contains(row, col):
                here = int(view.field[row, col])
                floors[i] = need if here >= need else max(0, here - TIGHT_SLACK)
        return floors


def unseen(frame: Frame) -> View:
    """A view with nothing in it."""
    return View(np.full((frame.rows, frame.cols), 255, np.uint8), frame, np.empty((0, 5)))
