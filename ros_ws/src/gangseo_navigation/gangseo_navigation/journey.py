"""Drives through goals: plan, follow, replan round what is in the way, recover, and end in bounded time."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from gangseo_navigation.follower import Going, PathFollower
from gangseo_navigation.geometry import STOP, Pose, Twist
from gangseo_navigation.memory import Cells
from gangseo_navigation.planner import PlanError, PlanFault
from gangseo_navigation.route import Planning, Route
from gangseo_navigation.task import DONE, Move, Outcome, Tick


class DriveFault(IntEnum):
    """FollowPath's error codes."""

    UNKNOWN = 100
    INVALID_CONTROLLER = 101
    TF_ERROR = 102
    INVALID_PATH = 103
    PATIENCE_EXCEEDED = 104
    FAILED_TO_MAKE_PROGRESS = 105
    NO_VALID_CONTROL = 106
    CONTROLLER_TIMED_OUT = 107


@dataclass(frozen=True, slots=True)
class JourneyLimits:
    """Seconds and metres after which something is done about standing still."""

    replan_blocked_s: float = 1.5
    make_room_after_s: float = 0.6
    replan_every_s: float = 2.0
    back_up_after_s: float = 4.0
    turn_after_s: float = 10.0
    give_up_s: float = 20.0
    no_way_s: float = 12.0
    progress_m: float = 0.5
    look_ahead_m: float = 6.0
    passed_m: float = 0.4
    path_room_m: float = 0.40
    strayed_m: float = 0.6
    slow_mps: float = 0.4
    held_s: float = 0.5
    """Standing for so long though the follower drives is being held back by the guard, thus being blocked."""


def of_through_poses(outcome: Outcome) -> Outcome:
    """The outcome of a journey as NavigateThroughPoses tells it: planning faults are 100 above those of one pose."""
    planned = PlanFault.UNKNOWN <= outcome.code <= PlanFault.NO_VALID_PATH
    return Outcome(outcome.code + 100, outcome.message) if planned else outcome


PERMANENT = (PlanFault.START_OUTSIDE_MAP, PlanFault.GOAL_OUTSIDE_MAP)


class Journey:
    """A task: through all goals without a stop, ends at the last one in its direction."""

    interruption_code = int(DriveFault.TF_ERROR)

    def __init__(
        self, goals: Sequence[Pose], planning: Planning, follower: PathFollower, remembered: Callable[[], Cells],
        forget: Callable[[], None], limits: JourneyLimits,
    ) -> None:  # fmt: skip
        self.goals = list(goals)
        self.recoveries = 0
        self.route: Route | None = None
        self._planning, self._follower = planning, follower
        self._remembered, self._forget = remembered, forget
        self._limits = limits
        self._fault: PlanError | None = None
        self._asked_at_s: float | None = None
        self._anchor: Pose | None = None
        self._stalled_s = self._blocked_s = self._idle_s = self._no_way_s = 0.0
        self._until_room = False
        self._recovery: list[tuple[float, Twist]] = []
        self._tried: set[str] = set()
        self._driven_m = 0.0
        self._looked_at_s = -1e9

    @property
    def distance_remaining_m(self) -> float:
        """Length of the path ahead; 0 before there is one."""
        return self._follower.remaining_m if self.route else 0.0

    @property
    def goals_remaining(self) -> int:
        """Goals not passed yet."""
        self._drop_passed()
        return len(self.goals)

    def step(self, tick: Tick) -> Move:
        """One control cycle."""
        self._watch(tick)
        ended = self._planned(tick)
        if ended is not None:
            return Move(self._follower.ramp(tick.twist, STOP, tick.dt), ended)
        if self.route is None:
            return Move(self._coast(tick))
        if self._is_stuck(self.route):
            return Move(self._follower.ramp(tick.twist, STOP, tick.dt), self._stuck())
        if self._recovery:
            return Move(self._recover(tick))
        command = self._follower.step(tick.pose, tick.twist, tick.view, tick.speed_limit, tick.dt)
        if command.going is Going.ARRIVED:
            return Move(command.twist, DONE)
        held = command.going is Going.DRIVING and self._idle_s >= self._limits.held_s
        self._mind_obstacles(tick, Going.BLOCKED if held else command.going)
        return Move(command.twist)

    def _watch(self, tick: Tick) -> None:
        """Measures progress."""
        self._driven_m += abs(tick.twist.v) * tick.dt
        if self._anchor is None or tick.pose.distance_to(self._anchor) > self._limits.progress_m:
            self._anchor, self._stalled_s = tick.pose, 0.0
            self._tried.clear()
        idle = abs(tick.twist.v) < 0.02 and abs(tick.twist.w) < 0.05
        self._idle_s = self._idle_s + tick.dt if idle else 0.0
        # A robot that noses along a barrier moves, and yet there is no way. A plan in between, through a gap that
        # only looks open, takes little of that back, and nothing while the robot does not get on with it.
        no_way = self._fault is not None or (self._no_way_s > 0.0 and self._stalled_s > self._limits.back_up_after_s)
        self._no_way_s = max(0.0, self._no_way_s + (1.0 if no_way else -0.25) * tick.dt)
        turning = abs(tick.twist.w) > 0.2 and not self._recovery and "turn" not in self._tried
        self._stalled_s += tick.dt * (0.3 if turning else 1.0)

    def _planned(self, tick: Tick) -> Outcome | None:
        """Takes an answer of the planner, asks when there is none; an outcome when there is no way at all."""
        answer = self._planning.take() if self._asked_at_s is not None else None
        if isinstance(answer, Route):
            self.route, self._fault = answer, None
            self._follower.follow(answer.points, self.goals[-1].theta)
        elif answer is not None:
            return self._no_path(answer, tick)
        elif self.route is None and self._asked_at_s is None:
            self._ask(tick)
        return None

    def _no_path(self, fault: PlanError, tick: Tick) -> Outcome | None:
        self._fault = fault
        if self.route is not None:
            return None
        if "clear" in self._tried or not len(self._remembered()) or fault.fault in PERMANENT:
            return Outcome(int(fault.fault), str(fault))
        self._tried.add("clear")
        self.recoveries += 1
        self._forget()
        self._ask(tick)
        return None

    def _ask(self, tick: Tick) -> None:
        self._drop_passed()
        self._asked_at_s = tick.now_s
        self._planning.request(self._remembered(), tick.pose, self.goals)

    def _coast(self, tick: Tick) -> Twist:
        """Until the first plan is there: goes on along the path of the goal before, else stands."""
        if len(self._follower.points) and abs(tick.twist.v) > 0.1 and self._follower.remaining_m > 1.5:
            return self._follower.step(tick.pose, tick.twist, tick.view, tick.speed_limit, tick.dt).twist
        return self._follower.ramp(tick.twist, STOP, tick.dt)

    def _drop_passed(self) -> None:
        if self.route is None:
            return
        ends = self.route.ends_m[len(self.route.ends_m) - len(self.goals) :]
        while len(self.goals) > 1 and self._follower.progress_m >= ends[0] - self._limits.passed_m:
            ends = ends[1:]
            self.goals.pop(0)

    def _mind_obstacles(self, tick: Tick, going: Going) -> None:
        """Replans round what stands in the way and starts a recovery when that does not help."""
        limits = self._limits
        blocked = going is Going.BLOCKED
        self._blocked_s = self._blocked_s + tick.dt if blocked else max(0.0, self._blocked_s - tick.dt)
        since = tick.now_s - (self._asked_at_s if self._asked_at_s is not None else -1e9)
        if blocked and self._blocked_s >= limits.make_room_after_s and "room" not in self._tried:
            self._make_room(tick)
            return
        if self._planning.busy or (0.0 <= since < limits.replan_every_s and going is not Going.OFF_PATH):
            return
        if going is Going.OFF_PATH:
            if since >= 0.3:
                self._ask(tick)
        elif self._blocked_s >= limits.replan_blocked_s or self._path_is_taken(tick) or self._strayed(tick):
            self._ask(tick)
        self._start_recovery(blocked)

    def _path_is_taken(self, tick: Tick) -> bool:
        """Looks twice a second whether something stands on the path ahead."""
        if 0.0 <= tick.now_s - self._looked_at_s < 0.5:
            return False
        self._looked_at_s = tick.now_s
        limits = self._limits
        return self._follower.blocked_ahead(tick.view, limits.look_ahead_m, limits.path_room_m) is not None

    def _strayed(self, tick: Tick) -> bool:
        """Whether giving way has led the robot off its path and it gets on slowly: the best way may now be another."""
        return self._follower.aside_m > self._limits.strayed_m and abs(tick.twist.v) < self._limits.slow_mps

    def _make_room(self, tick: Tick) -> None:
        """Backs straight out of a place too tight to turn in (a station, a corner), forwards if that is the way."""
        self._tried.add("room")
        if self._follower.has_room(tick.pose, tick.view):
            return
        for speed in (-0.3, 0.3):
            ahead = tick.pose.compose(Pose(math.copysign(0.5, speed), 0.0, 0.0))
            if self._follower.has_room(ahead, tick.view) and self._follower.safe(
                tick.pose, tick.twist, tick.view, Twist(speed, 0.0)
            ):
                self._recovery = [(4.0, Twist(speed, 0.0)), (0.25, STOP)]
                self._until_room = True
                return

    def _start_recovery(self, blocked: bool) -> None:
        limits = self._limits
        if self._stalled_s >= limits.back_up_after_s and blocked and "back" not in self._tried:
            self._tried.add("back")
            self._begin([(1.6, Twist(-0.2, 0.0)), (0.3, STOP)])
        elif self._stalled_s >= limits.turn_after_s and blocked and "turn" not in self._tried:
            self._tried.add("turn")
            self._begin([(2.2, Twist(0.0, 0.7)), (0.3, STOP)])

    def _begin(self, moves: list[tuple[float, Twist]]) -> None:
        self._recovery = moves
        self._until_room = False
        self.recoveries += 1

    def _recover(self, tick: Tick) -> Twist:
        left, target = self._recovery[0]
        if self._until_room and target != STOP and self._follower.has_room(tick.pose, tick.view):
            left = 0.0
        if not self._follower.safe(tick.pose, tick.twist, tick.view, target):
            self._recovery = []
            target = STOP
        else:
            self._recovery[0] = (left - tick.dt, target)
            if left <= tick.dt:
                self._recovery.pop(0)
        if not self._recovery:
            self._asked_at_s = None if self.route is None else tick.now_s
            self._planning.request(self._remembered(), tick.pose, self.goals)
        return self._follower.ramp(tick.twist, target, tick.dt)

    def _is_stuck(self, route: Route) -> bool:
        limits = self._limits
        no_way = max(self._no_way_s, self._stalled_s if self._fault is not None else 0.0) >= limits.no_way_s
        return no_way or self._stalled_s >= limits.give_up_s or self._driven_m > 5.0 * route.length_m + 100.0

    def _stuck(self) -> Outcome:
        if self._fault is not None:
            return Outcome(int(self._fault.fault), f"the way is blocked: {self._fault}")
        return Outcome(
            int(DriveFault.FAILED_TO_MAKE_PROGRESS),
            f"no progress for {self._stalled_s:.0f} s: something stands in the way",
        )
