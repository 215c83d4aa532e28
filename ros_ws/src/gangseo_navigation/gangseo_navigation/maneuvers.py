"""Short moves without a planner: turn, straight ahead or back, by hand, and the last metre to a station."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

from gangseo_navigation.follower import PathFollower
from gangseo_navigation.geometry import STOP, Pose, Twist, wrap_angle
from gangseo_navigation.task import DONE, Move, Outcome, Tick


@dataclass(frozen=True, slots=True)
class Codes:
    """Nav2's error codes of one behaviour."""

    timeout: int
    collision: int
    tf_error: int


SPIN = Codes(701, 703, 702)
BACK_UP = Codes(711, 714, 712)
DRIVE = Codes(721, 723, 722)
DOCK = Codes(905, 905, 905)
WAIT_FOR_WAY_S = 5.0


class Maneuver(ABC):
    """What the moves share: clocks, waiting for the way to become free, and the stop at the end."""

    def __init__(self, follower: PathFollower, codes: Codes, allowance_s: float) -> None:
        self.interruption_code = codes.tf_error
        self.elapsed_s = 0.0
        self._follower, self._codes, self._allowance_s = follower, codes, allowance_s
        self._blocked_s = 0.0
        self._ended: Outcome | None = None

    def step(self, tick: Tick) -> Move:
        """One control cycle."""
        self.elapsed_s += tick.dt
        if self._ended is None:
            if self.elapsed_s > self._allowance_s > 0.0:
                self._ended = Outcome(self._codes.timeout, f"not finished within {self._allowance_s:.1f} s")
            elif self._blocked_s > WAIT_FOR_WAY_S:
                self._ended = Outcome(self._codes.collision, "something is in the way")
        target = None if self._ended else self.target(tick)
        if target is None:
            self._ended = self._ended or DONE
            twist = self._follower.ramp(tick.twist, STOP, tick.dt)
            return Move(twist, self._ended if twist == STOP else None)
        free = self.free(tick, target)
        self._blocked_s = 0.0 if free else self._blocked_s + tick.dt
        return Move(self._follower.ramp(tick.twist, target if free else STOP, tick.dt))

    @abstractmethod
    def target(self, tick: Tick) -> Twist | None:
        """The twist wanted now; None at the end of the move."""

    def free(self, tick: Tick, target: Twist) -> bool:
        """Whether the robot may steer towards the target."""
        return self._follower.safe(tick.pose, tick.twist, tick.view, target)


class Spin(Maneuver):
    """Turns by an angle, counter-clockwise positive."""

    def __init__(self, follower: PathFollower, angle: float, allowance_s: float) -> None:
        super().__init__(follower, SPIN, allowance_s)
        self.turned = 0.0
        self._angle = angle
        self._before: float | None = None

    def target(self, tick: Tick) -> Twist | None:
        """Turn rate that still stops in time."""
        if self._before is not None:
            self.turned += wrap_angle(tick.pose.theta - self._before)
        self._before = tick.pose.theta
        left = self._angle - self.turned
        if abs(left) < 0.02 or left * self._angle < 0.0:
            return None
        limits = self._follower.limits
        return Twist(0.0, math.copysign(min(limits.turn, math.sqrt(1.4 * limits.turn_up * abs(left))), left))


class Straight(Maneuver):
    """Drives straight by a distance, negative backwards, keeping the heading."""

    def __init__(
        self, follower: PathFollower, distance_m: float, speed: float, allowance_s: float, codes: Codes
    ) -> None:
        super().__init__(follower, codes, allowance_s)
        self.driven_m = 0.0
        self._distance_m, self._speed = distance_m, min(abs(speed), follower.limits.speed)
        self._start: Pose | None = None

    def target(self, tick: Tick) -> Twist | None:
        """Speed that still stops in time."""
        self._start = self._start or tick.pose
        here = self._start.inverse().compose(tick.pose)
        self.driven_m = abs(here.x)
        left = abs(self._distance_m) - here.x * math.copysign(1.0, self._distance_m)
        if left < 0.015:
            return None
        limits = self._follower.limits
        speed = min(
            self._speed, max(0.05, math.sqrt(1.2 * limits.speed_down * max(0.0, left - 0.01))), tick.speed_limit
        )
        turn = max(-0.3, min(0.3, -1.5 * here.theta))
        return Twist(math.copysign(speed, self._distance_m), turn)


class Undock(Straight):
    """Backs out of a station; what the body touches or nearly touches does not hold it there."""

    def free(self, _tick: Tick, _target: Twist) -> bool:
        """Only the exact guard of the pilot counts this near to walls."""
        return True


class Approach(Maneuver):
    """The last metre to a pose: slowly along its line, to within centimetres."""

    NEAR_M, NEAR_RAD = 0.05, math.radians(3.0)

    def __init__(self, follower: PathFollower, goal: Pose, allowance_s: float, speed: float = 0.3) -> None:
        super().__init__(follower, DOCK, allowance_s)
        self.goal = goal
        self._speed = speed
        self._there = False

    def target(self, tick: Tick) -> Twist | None:
        """Steers onto the line of the goal, then turns to its direction."""
        here = self.goal.inverse().compose(tick.pose)
        if self._there or here.x > -0.015:
            self._there = True
            if abs(here.theta) < 0.012:
                return None
            return Twist(0.0, max(-0.4, min(0.4, 2.0 * -here.theta)))
        aim = max(0.25, min(0.6, -0.6 * here.x + 0.15))
        wanted = math.atan2(-here.y, aim)
        error = wrap_angle(wanted - here.theta)
        turn = max(-0.6, min(0.6, 1.8 * error))
        if abs(error) > 0.5:
            return Twist(0.0, turn)
        limits = self._follower.limits
        speed = min(self._speed, max(0.04, math.sqrt(0.5 * limits.speed_down * max(0.0, -here.x - 0.01))))
        return Twist(min(speed, tick.speed_limit), turn)

    def free(self, _tick: Tick, _target: Twist) -> bool:
        """Only the exact guard of the pilot counts this near to walls."""
        return True

    def missed(self, pose: Pose) -> bool:
        """Whether a pose is not near enough to the goal."""
        off = abs(wrap_angle(pose.theta - self.goal.theta))
        return pose.distance_to(self.goal) > self.NEAR_M or off > self.NEAR_RAD


class ByHand(Maneuver):
    """Somebody steers; the robot only refuses to hit things or to be too fast (assisted teleop).

    A wish to stand, or silence, tells the wheels to stand at once, and lets the drive brake as hard as it can.
    """

    DEAD_S = 0.3
    SHARES = (1.0, 0.6, 0.3)

    def __init__(self, follower: PathFollower, allowance_s: float) -> None:
        super().__init__(follower, Codes(731, 731, 732), allowance_s)
        self._wanted = STOP
        self._quiet_s = 0.0

    def steer(self, twist: Twist) -> None:
        """Takes what the person wants."""
        self._wanted = twist
        self._quiet_s = 0.0

    def step(self, tick: Tick) -> Move:
        """One control cycle."""
        self._quiet_s += tick.dt
        self._blocked_s = 0.0
        if self._quiet_s > self.DEAD_S:
            self._wanted = STOP
        move = super().step(tick)
        return Move(STOP, move.outcome) if self._wanted == STOP else move

    def target(self, tick: Tick) -> Twist | None:
        """What is wanted within the limits, slower where something is near."""
        limits = self._follower.limits
        speed, turn = min(limits.speed, tick.speed_limit), limits.turn
        v, w = max(-speed, min(speed, self._wanted.v)), max(-turn, min(turn, self._wanted.w))
        slower = (Twist(share * v, share * w) for share in self.SHARES)
        return next((twist for twist in slower if self.free(tick, twist)), STOP)
