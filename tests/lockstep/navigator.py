"""The robot's Navigator port on a pilot in the same process: what Nav2's actions do, without ROS."""

from collections.abc import Mapping, Sequence

from gangseo_navigation.dock_task import DockTask, undocking
from gangseo_navigation.geometry import Pose as PlanePose
from gangseo_navigation.geometry import Twist
from gangseo_navigation.journey import Journey, of_through_poses
from gangseo_navigation.maneuvers import ByHand
from gangseo_navigation.pilot import Pilot
from gangseo_navigation.task import Outcome as TaskOutcome
from gangseo_navigation.task import Task
from gangseo_robot.ports import BLOCKED_CODES, Outcome
from gangseo_robot.senses import Pose


class PilotTravel:
    """One task of the pilot, as the robot sees it."""

    def __init__(self, task: Task | None) -> None:
        self.task = task
        self.outcome: Outcome | None = None

    @property
    def poses_remaining(self) -> int | None:
        """Goals still to pass, of a drive."""
        return self.task.goals_remaining if isinstance(self.task, Journey) else None

    def end(self, ended: TaskOutcome) -> None:
        """Translates how the task ended."""
        if isinstance(self.task, Journey):
            ended = of_through_poses(ended)
        reason = "" if ended.succeeded else ended.message or f"error {ended.code}"
        self.outcome = Outcome(ended.succeeded, reason, ended.code, blocked=ended.code in BLOCKED_CODES)


LOST = Outcome(ok=False, reason="navigation does not answer", lost=True)


class PilotNavigator:
    """Navigator port; ``ready`` may be switched off to play a navigation that is gone."""

    def __init__(self, pilot: Pilot, stations: Mapping[str, PlanePose]) -> None:
        self._pilot, self._stations = pilot, stations
        self._now: PilotTravel | None = None
        self._points: object = None
        self._path: Sequence[Pose] = ()
        self.ready = True

    @property
    def path(self) -> Sequence[Pose]:
        """The path being followed."""
        if self._now is None or self._pilot.task is None:
            return ()
        points = self._pilot.follower.points
        if points is not self._points:
            self._points, self._path = points, [Pose(x, y) for x, y in points[:, :2].tolist()]
        return self._path

    @property
    def missing(self) -> str:
        """The sense the pilot lacks."""
        return self._pilot.missing

    def go_through(self, poses: Sequence[Pose]) -> PilotTravel:
        """Drives through poses, in place of what is driven now."""
        return self._take(self._pilot.journey([PlanePose(p.x, p.y, p.theta) for p in poses]))

    def dock(self, station_id: str) -> PilotTravel:
        """Docks at a station, from wherever the robot is."""
        goal = self._stations[station_id]
        return self._take(DockTask(goal, self._pilot.journey, self._pilot.follower, drive_there=True))

    def undock(self) -> PilotTravel:
        """Backs out of the dock."""
        return self._take(undocking(self._pilot.follower))

    def by_hand(self) -> PilotTravel:
        """Gives the wheels to ``steer``."""
        return self._take(ByHand(self._pilot.follower, 0.0))

    def steer(self, v_mps: float, w_radps: float) -> None:
        """What a person wants."""
        if isinstance(self._pilot.task, ByHand):
            self._pilot.task.steer(Twist(v_mps, w_radps))

    def cancel(self) -> None:
        """Ends the task at hand; the robot brakes."""
        self._now = self._pilot.task = None

    def settle(self, ended: TaskOutcome | None) -> None:
        """After a control cycle: tells how the task ended."""
        if ended is not None and self._now is not None:
            self._now.end(ended)

    def _take(self, task: Task) -> PilotTravel:
        travel = self._now = PilotTravel(task)
        if not self.ready:
            travel.outcome = LOST
            return travel
        self._pilot.task = task
        return travel
