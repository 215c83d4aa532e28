"""The robot's driver: keeps localization and surroundings, gives each control tick to the task at hand."""

import math
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from gangseo_navigation.follower import DriveLimits, PathFollower
from gangseo_navigation.geometry import STOP, Pose, Twist
from gangseo_navigation.ground import Ground
from gangseo_navigation.guard import may_go
from gangseo_navigation.journey import Journey, JourneyLimits
from gangseo_navigation.localization import Localization, LocalizationLimits
from gangseo_navigation.memory import Cells, LivePlanner, ObstacleMemory
from gangseo_navigation.planner import PlannerLimits
from gangseo_navigation.route import Planning
from gangseo_navigation.scan import Body, Scan
from gangseo_navigation.surroundings import Surroundings
from gangseo_navigation.task import Move, Outcome, Task, Tick


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits of the navigation."""

    body: Body = field(default_factory=Body)
    drive: DriveLimits = field(default_factory=DriveLimits)
    journey: JourneyLimits = field(default_factory=JourneyLimits)
    planner: PlannerLimits = field(default_factory=PlannerLimits)
    localization: LocalizationLimits = field(default_factory=LocalizationLimits)
    scan_timeout_s: float = 0.5
    hold_timeout_s: float = 30.0


class Pilot:
    """Everything between sensors and wheels; knows no ROS, no clock but the stamps it is given."""

    def __init__(self, ground: Ground, limits: Limits, executor: Executor) -> None:
        self.limits = limits
        self.localization = Localization(limits.localization)
        self.follower = PathFollower(limits.drive, limits.body)
        self.twist = STOP
        self.speed_limit = 0.0
        self.emergency_stop = False
        self.active = True
        self.task: Task | None = None
        self.trouble: str | None = None
        """Why the robot stands whatever its task is, for people; ``missing`` is the sense that is lacking."""
        self.missing = ""
        self._held_s = 0.0
        self._stepped_at_s: float | None = None
        self._executor = executor
        self.lay(ground)

    def lay(self, ground: Ground) -> None:
        """Takes other ground (a new map)."""
        self.ground = ground
        self.surroundings = Surroundings(ground)
        self.memory = ObstacleMemory()
        self.planning = Planning(LivePlanner(ground.plan, ground.frame, self.limits.planner), self._executor)

    def close(self) -> None:
        """Ends the planner's thread."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def journey(self, goals: Sequence[Pose]) -> Journey:
        """A task that drives through goals."""
        return Journey(goals, self.planning, self.follower, self.remembered, self.forget, self.limits.journey)

    def remembered(self) -> Cells:
        """Standing obstacles off the map, brought up to date."""
        seen_at_s, window = self.surroundings.scan_at_s, self.surroundings.window
        if seen_at_s is not None:
            standing = self.surroundings.standing(seen_at_s, self.memory.keep_s)
            self.memory.look(seen_at_s, window.row, window.col, standing)
        return self.memory.cells

    def forget(self) -> None:
        """Clears both costmaps."""
        self.memory.forget()
        self.surroundings.clear()

    def see(self, scan: Scan) -> None:
        """Takes a scan whose sensor pose is in the map frame."""
        self.remembered()
        self.surroundings.see(scan)
        self.surroundings.window.recall(self.memory.cells, self.memory.seen_s)

    def step(self, now_s: float) -> tuple[Twist, Outcome | None]:
        """One control cycle: the twist to send, and the outcome when the task at hand ended with it."""
        dt = 0.05 if self._stepped_at_s is None else min(0.2, max(0.0, now_s - self._stepped_at_s))
        self._stepped_at_s = now_s
        self.missing, self.trouble = self._trouble(now_s)
        if self.emergency_stop:
            self.twist = STOP
            return self.twist, None
        if self.trouble is not None:
            return self._hold(dt)
        self._held_s = 0.0
        pose = self.localization.pose
        if self.task is None or pose is None:
            self.twist = self.follower.ramp(self.twist, STOP, dt)
            return self.twist, None
        move: Move = self.task.step(
            Tick(now_s, dt, pose, self.twist, self.surroundings.view(now_s), self._speed_limit(pose))
        )
        drive = self.limits.drive
        twist = move.twist
        if not may_go(self.surroundings.points, pose, twist, self.limits.body, drive.speed_down, drive.turn_up):
            twist = self.follower.ramp(self.twist, STOP, dt)
        self.twist = twist
        if move.outcome is not None:
            self.task = None
        return self.twist, move.outcome

    def abandon(self) -> Twist:
        """Drops the task at hand and stands."""
        self.task, self.twist = None, STOP
        return STOP

    def _hold(self, dt: float) -> tuple[Twist, Outcome | None]:
        self.twist = self.follower.ramp(self.twist, STOP, dt)
        if self.task is None:
            return self.twist, None
        self._held_s += dt
        if self._held_s <= self.limits.hold_timeout_s:
            return self.twist, None
        outcome = Outcome(self.task.interruption_code, f"stood for {self._held_s:.0f} s: {self.trouble}")
        self.task, self._held_s = None, 0.0
        return self.twist, outcome

    def _trouble(self, now_s: float) -> tuple[str, str | None]:
        """The sense that is lacking ("odometry", "position", "lidar"; "" for none), and the trouble in words."""
        if not self.active:
            return "", "navigation is not active"
        if self.localization.odometry_age(now_s) > self.limits.scan_timeout_s:
            return "odometry", "the wheel odometry is silent"
        if not self.localization.localized(now_s):
            return "position", "the robot does not know where it is: no position fix"
        if self.localization.in_doubt:
            return "position", "the robot does not know where it is: position fixes do not fit the way driven"
        seen_at_s = self.surroundings.scan_at_s
        if seen_at_s is None or now_s - seen_at_s > self.limits.scan_timeout_s:
            return "lidar", "the lidar is silent"
        return "", None

    def _speed_limit(self, pose: Pose) -> float:
        """The lowest of topic, mask here, and mask where the robot will be in a moment."""
        ahead = 0.6 * max(0.0, self.twist.v)
        limit = min(
            self.ground.speed_limit(pose.x, pose.y),
            self.ground.speed_limit(pose.x + ahead * math.cos(pose.theta), pose.y + ahead * math.sin(pose.theta)),
        )
        return min(limit, self.speed_limit) if self.speed_limit > 0.0 else limit
