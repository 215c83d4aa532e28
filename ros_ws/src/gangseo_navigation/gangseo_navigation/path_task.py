"""Follows a given path as it is: no planning, no way round."""

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.follower import Going, PathFollower
from gangseo_navigation.geometry import STOP, Pose
from gangseo_navigation.journey import DriveFault
from gangseo_navigation.task import DONE, Move, Outcome, Tick


class PathTask:
    """Fails when it stands still too long or is led off the path."""

    interruption_code = int(DriveFault.TF_ERROR)

    def __init__(
        self, points: NDArray[np.float64], end_theta: float, follower: PathFollower, patience_s: float = 15.0
    ) -> None:
        self._points, self._end_theta, self._follower = points, end_theta, follower
        self._patience_s = patience_s
        self._started = False
        self._still_s = 0.0
        self._anchor: Pose | None = None

    def step(self, tick: Tick) -> Move:
        """One control cycle."""
        if not self._started:
            self._started = True
            self._follower.follow(self._points, self._end_theta)
        if self._anchor is None or tick.pose.distance_to(self._anchor) > 0.3 or abs(tick.twist.w) > 0.3:
            self._anchor, self._still_s = tick.pose, 0.0
        self._still_s += tick.dt
        command = self._follower.step(tick.pose, tick.twist, tick.view, tick.speed_limit, tick.dt)
        if command.going is Going.ARRIVED:
            return Move(command.twist, DONE)
        if command.going is Going.OFF_PATH:
            return self._fail(tick, DriveFault.INVALID_PATH, "the robot is more than 1.5 m away from the path")
        if self._still_s > self._patience_s:
            return self._fail(tick, DriveFault.FAILED_TO_MAKE_PROGRESS, f"no progress for {self._patience_s:.0f} s")
        return Move(command.twist)

    def _fail(self, tick: Tick, fault: DriveFault, text: str) -> Move:
        return Move(self._follower.ramp(tick.twist, STOP, tick.dt), Outcome(int(fault), text))
