"""Onto a station: to the place in front of it, the last metre, and again from there when it missed.

A robot that stands on the station already is there; one that stands too near it to turn backs out first.
"""

import math
from collections.abc import Callable, Sequence
from enum import IntEnum

from gangseo_navigation.follower import PathFollower
from gangseo_navigation.geometry import STOP, Pose, wrap_angle
from gangseo_navigation.maneuvers import DOCK, Approach, Undock
from gangseo_navigation.task import DONE, Move, Outcome, Task, Tick

STAGING_M = 1.2
UNDOCK_M = 1.0
RETRIES = 2
TOO_NEAR_M, ALIGNED_RAD = 0.6, math.radians(15.0)
APPROACH_S = 30.0
NO_STAGING_CODE, MISSED_CODE = 903, 905


class Stage(IntEnum):
    """Where docking stands; values are those of DockRobot's feedback."""

    NAV_TO_STAGING_POSE = 1
    CONTROLLING = 3
    RETRY = 5


class DockTask:
    """A task: docks at a pose; ends on it, or with DockRobot's error code."""

    def __init__(
        self, goal: Pose, journey: Callable[[Sequence[Pose]], Task], follower: PathFollower, *, drive_there: bool
    ) -> None:
        """``journey`` makes a drive; without ``drive_there`` the robot is in front of the station already."""
        self.goal = goal
        self.retries = 0
        self._journey, self._follower = journey, follower
        self._approach = Approach(follower, goal, APPROACH_S)
        self._looked = not drive_there
        self._begin(Stage.NAV_TO_STAGING_POSE if drive_there else Stage.CONTROLLING)

    def step(self, tick: Tick) -> Move:
        """One control cycle."""
        if not self._looked:
            self._looked = True
            if not self._approach.missed(tick.pose):
                return Move(self._follower.ramp(tick.twist, STOP, tick.dt), DONE)
            turned = abs(wrap_angle(tick.pose.theta - self.goal.theta))
            if tick.pose.distance_to(self.goal) < TOO_NEAR_M and turned < ALIGNED_RAD:
                self._begin(Stage.RETRY)
        move = self._task.step(tick)
        return move if move.outcome is None else Move(move.twist, self._after(move.outcome, tick.pose))

    def _begin(self, stage: Stage) -> None:
        self.stage = stage
        self.interruption_code = NO_STAGING_CODE if stage is Stage.NAV_TO_STAGING_POSE else MISSED_CODE
        self._task = self._make(stage)

    def _make(self, stage: Stage) -> Task:
        if stage is Stage.NAV_TO_STAGING_POSE:
            return self._journey([self.goal.compose(Pose(-STAGING_M, 0.0, 0.0))])
        if stage is Stage.RETRY:
            return Undock(self._follower, -STAGING_M * 0.7, 0.3, 20.0, DOCK)
        self._approach = Approach(self._follower, self.goal, APPROACH_S)
        return self._approach

    def _after(self, ended: Outcome, pose: Pose) -> Outcome | None:
        """What follows the end of a stage: the next one, or the end of it all."""
        if self.stage is Stage.RETRY:
            self._begin(Stage.NAV_TO_STAGING_POSE)
        elif self.stage is Stage.NAV_TO_STAGING_POSE:
            if not ended.succeeded:
                return Outcome(NO_STAGING_CODE, f"cannot get in front of the station: {ended.message}")
            self._begin(Stage.CONTROLLING)
        elif ended.succeeded and not self._approach.missed(pose):
            return DONE
        elif self.retries >= RETRIES:
            return self._off(pose) if ended.succeeded else ended
        else:
            self.retries += 1
            self._begin(Stage.RETRY)
        return None

    def _off(self, pose: Pose) -> Outcome:
        off_m, off_deg = pose.distance_to(self.goal), math.degrees(abs(wrap_angle(pose.theta - self.goal.theta)))
        return Outcome(MISSED_CODE, f"{off_m:.3f} m and {off_deg:.1f} degrees off the station")


def undocking(follower: PathFollower, allowance_s: float = 30.0) -> Undock:
    """A task: backs out of a station."""
    return Undock(follower, -UNDOCK_M, 0.3, allowance_s, DOCK)
