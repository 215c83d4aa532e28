"""Nav2's actions that move the robot to a goal or along a path."""

# mypy: disable-error-code="no-untyped-call"

from typing import Any

from nav2_msgs.action import FollowPath, NavigateThroughPoses, NavigateToPose
from rclpy.action.server import ServerGoalHandle
from rclpy.node import Node

from gangseo_navigation.behaviors import Behaviors
from gangseo_navigation.docking import Docking
from gangseo_navigation.earth import Origin
from gangseo_navigation.frames import FrameError, Frames
from gangseo_navigation.geometry import Pose
from gangseo_navigation.journey import DriveFault, Journey, of_through_poses
from gangseo_navigation.messages import duration_of, path_points, stamped
from gangseo_navigation.motion import Motion
from gangseo_navigation.offer import Offer
from gangseo_navigation.path_actions import PathActions
from gangseo_navigation.path_task import PathTask
from gangseo_navigation.pictures import Pictures
from gangseo_navigation.pilot import Pilot
from gangseo_navigation.planner import PlanFault
from gangseo_navigation.task import Outcome
from gangseo_navigation.waypoints import Waypoints


class Actions:
    """navigate_to_pose, navigate_through_poses, follow_path; starts the others too."""

    def __init__(
        self,
        node: Node,
        pilot: Pilot,
        motion: Motion,
        pictures: Pictures,
        stations: dict[str, Pose],
        origin: Origin | None,
    ) -> None:
        self._node, self._pilot, self._motion = node, pilot, motion
        self._frames = Frames(pilot)
        offer = Offer(node, pilot, motion)
        offer.action(NavigateToPose, "navigate_to_pose", self._to_pose)
        offer.action(NavigateThroughPoses, "navigate_through_poses", self._through_poses)
        offer.action(FollowPath, "follow_path", self._path)
        self._others = (
            Waypoints(offer, self._frames, origin),
            PathActions(offer, self._frames, pictures),
            Behaviors(offer),
            Docking(offer, self._frames, stations),
        )

    async def _to_pose(self, handle: ServerGoalHandle, _: NavigateToPose.Result) -> Outcome:
        try:
            goal = self._frames.on_map(handle.request.pose)
        except FrameError as err:
            return Outcome(int(PlanFault.TF_ERROR), str(err))
        return await self._journey(handle, [goal], NavigateToPose.Feedback())

    async def _through_poses(self, handle: ServerGoalHandle, _: NavigateThroughPoses.Result) -> Outcome:
        if not handle.request.poses:
            return Outcome(309, "no poses given")
        try:
            goals = [self._frames.on_map(pose) for pose in handle.request.poses]
        except FrameError as err:
            return Outcome(302, str(err))
        return of_through_poses(await self._journey(handle, goals, NavigateThroughPoses.Feedback()))

    async def _journey(self, handle: ServerGoalHandle, goals: list[Pose], feedback: Any) -> Outcome:  # noqa: ANN401
        journey = self._pilot.journey(goals)
        started_s = self._now_s()

        def tell() -> None:
            self._fill(feedback, journey, self._now_s() - started_s)
            handle.publish_feedback(feedback)

        return await self._motion.run(handle.goal_id.uuid.tobytes(), journey, tell)

    def _fill(self, feedback: Any, journey: Journey, elapsed_s: float) -> None:  # noqa: ANN401
        pose = self._pilot.localization.pose
        if pose is not None:
            feedback.current_pose = stamped(pose, "map", self._node.get_clock().now().to_msg())
        left_m = journey.distance_remaining_m
        speed = max(0.4, min(self._pilot.limits.drive.speed, abs(self._pilot.twist.v)))
        feedback.navigation_time = duration_of(elapsed_s)
        feedback.estimated_time_remaining = duration_of(left_m / speed)
        feedback.number_of_recoveries = journey.recoveries
        feedback.distance_remaining = left_m
        if hasattr(feedback, "number_of_poses_remaining"):
            feedback.number_of_poses_remaining = journey.goals_remaining

    async def _path(self, handle: ServerGoalHandle, _: FollowPath.Result) -> Outcome:
        request = handle.request
        if request.controller_id not in ("", "FollowPath"):
            return Outcome(
                int(DriveFault.INVALID_CONTROLLER), f"unknown controller {request.controller_id!r}; use 'FollowPath'"
            )
        points = path_points(request.path)
        try:
            self._frames.only_map(request.path.header.frame_id)
        except FrameError as err:
            return Outcome(int(DriveFault.TF_ERROR), str(err))
        if len(points) < 2:
            return Outcome(int(DriveFault.INVALID_PATH), "the path needs at least two poses")
        end = self._frames.on_map(request.path.poses[-1])
        task = PathTask(points, end.theta, self._pilot.follower)

        def tell() -> None:
            follower = self._pilot.follower
            handle.publish_feedback(
                FollowPath.Feedback(distance_to_goal=follower.remaining_m, speed=float(self._pilot.twist.v))
            )

        return await self._motion.run(handle.goal_id.uuid.tobytes(), task, tell)

    def _now_s(self) -> float:
        return float(self._node.get_clock().now().nanoseconds) * 1e-9
