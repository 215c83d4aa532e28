"""Nav2's docking actions: to a station of the site, and back out of it."""

# mypy: disable-error-code="no-untyped-call"

import math
from typing import TYPE_CHECKING

from nav2_msgs.action import DockRobot, UndockRobot
from rclpy.action.server import ServerGoalHandle

from gangseo_navigation.frames import FrameError, Frames
from gangseo_navigation.geometry import Pose
from gangseo_navigation.maneuvers import DOCK, Approach, Undock
from gangseo_navigation.messages import duration_of
from gangseo_navigation.motion import CANCELED, PREEMPTED
from gangseo_navigation.task import Outcome

if TYPE_CHECKING:
    from gangseo_navigation.actions import Offer

STAGING_M = 1.2
UNDOCK_M = 1.0
RETRIES = 2
APPROACH_S = 30.0


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
        started_s = self._now_s()

        def tell(state: int) -> None:
            feedback.state, feedback.num_retries = state, result.num_retries
            feedback.docking_time = duration_of(self._now_s() - started_s)
            handle.publish_feedback(feedback)

        owner = handle.goal_id.uuid.tobytes()
        while True:
            stage = request.navigate_to_staging_pose or result.num_retries > 0
            outcome = await self._approach(owner, goal, stage, tell)
            if outcome.succeeded or outcome in (PREEMPTED, CANCELED) or result.num_retries >= RETRIES:
                return outcome
            if outcome.code == 903:
                return outcome
            result.num_retries += 1
            tell(DockRobot.Feedback.RETRY)
            await self._offer.motion.run(owner, Undock(self._offer.pilot.follower, -STAGING_M * 0.7, 0.3, 20.0, DOCK))

    async def _approach(self, owner: bytes, goal: Pose, stage: bool, tell) -> Outcome:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """To the place in front of the station, then the last metre."""
        motion, pilot = self._offer.motion, self._offer.pilot
        if stage:
            place = goal.compose(Pose(-STAGING_M, 0.0, 0.0))
            outcome = await motion.run(
                owner, pilot.journey([place]), lambda: tell(DockRobot.Feedback.NAV_TO_STAGING_POSE)
            )
            if outcome in (PREEMPTED, CANCELED):
                return outcome
            if not outcome.succeeded:
                return Outcome(903, f"cannot get in front of the station: {outcome.message}")
        approach = Approach(pilot.follower, goal, APPROACH_S)
        outcome = await motion.run(owner, approach, lambda: tell(DockRobot.Feedback.CONTROLLING))
        pose = pilot.localization.pose
        if outcome.succeeded and pose is not None and approach.missed(pose):
            off_m, off_deg = pose.distance_to(goal), math.degrees(abs(pose.theta - goal.theta))
            return Outcome(905, f"{off_m:.3f} m and {off_deg:.1f} degrees off the station")
        return outcome

    async def _undock(self, handle: ServerGoalHandle, _: UndockRobot.Result) -> Outcome:
        allowance_s = float(handle.request.max_undocking_time) or 30.0
        task = Undock(self._offer.pilot.follower, -UNDOCK_M, 0.3, allowance_s, DOCK)
        return await self._offer.motion.run(handle.goal_id.uuid.tobytes(), task)

    def _now_s(self) -> float:
        return float(self._offer.node.get_clock().now().nanoseconds) * 1e-9
