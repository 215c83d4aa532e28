"""Nav2's docking actions: to a station of the site, and back out of it."""

# mypy: disable-error-code="no-untyped-call"

from typing import TYPE_CHECKING

from nav2_msgs.action import DockRobot, UndockRobot
from rclpy.action.server import ServerGoalHandle

from gangseo_navigation.dock_task import DockTask, undocking
from gangseo_navigation.frames import FrameError, Frames
from gangseo_navigation.geometry import Pose
from gangseo_navigation.messages import duration_of
from gangseo_navigation.task import Outcome

if TYPE_CHECKING:
    from gangseo_navigation.offer import Offer


class Docking:
    """dock_robot and undock_robot."""

    def __init__(self, offer: "Offer", frames: Frames, stations: dict[str, Pose]) -> None:
        self._offer, self._frames, self._stations = offer, frames, stations
        offer.action(DockRobot, "dock_robot", self._dock)
        offer.action(UndockRobot, "undock_robot", self._undock)

    def _goal(self, request: DockRobot.Goal) -> Pose:
        if not request.use_dock_id:
            return self._frames.on_map(request.dock_pose)
        return self._stations[request.dock_id]

    async def _dock(self, handle: ServerGoalHandle, result: DockRobot.Result) -> Outcome:
        request, feedback = handle.request, DockRobot.Feedback()
        try:
            goal = self._goal(request)
        except KeyError:
            known = ", ".join(sorted(self._stations)) or "none"
            return Outcome(901, f"no station {request.dock_id!r}; known are: {known}")
        except FrameError as err:
            return Outcome(902, str(err))
        started_s, pilot = self._now_s(), self._offer.pilot
        task = DockTask(goal, pilot.journey, pilot.follower, drive_there=request.navigate_to_staging_pose)

        def tell() -> None:
            feedback.state, feedback.num_retries = int(task.stage), task.retries
            feedback.docking_time = duration_of(self._now_s() - started_s)
            handle.publish_feedback(feedback)

        outcome = await self._offer.motion.run(handle.goal_id.uuid.tobytes(), task, tell)
        result.num_retries = task.retries
        return outcome

    async def _undock(self, handle: ServerGoalHandle, _: UndockRobot.Result) -> Outcome:
        allowance_s = float(handle.request.max_undocking_time) or 30.0
        task = undocking(self._offer.pilot.follower, allowance_s)
        return await self._offer.motion.run(handle.goal_id.uuid.tobytes(), task)

    def _now_s(self) -> float:
        return float(self._offer.node.get_clock().now().nanoseconds) * 1e-9
