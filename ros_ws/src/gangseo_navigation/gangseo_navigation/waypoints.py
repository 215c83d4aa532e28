"""follow_waypoints and follow_gps_waypoints: one waypoint after another, those that fail are told."""

# mypy: disable-error-code="no-untyped-call"

from collections.abc import Callable, Sequence

from geometry_msgs.msg import PoseStamped
from nav2_msgs.action import FollowGPSWaypoints, FollowWaypoints
from nav2_msgs.msg import MissedWaypoint
from rclpy.action.server import ServerGoalHandle

from gangseo_navigation.earth import OffEarthError, Origin
from gangseo_navigation.frames import FrameError, Frames
from gangseo_navigation.geometry import Pose
from gangseo_navigation.messages import heading, stamped
from gangseo_navigation.motion import CANCELED, PREEMPTED
from gangseo_navigation.offer import Offer
from gangseo_navigation.planner import PlanFault
from gangseo_navigation.task import Outcome

UNKNOWN = 600


class Waypoints:
    """Offers both actions; ``origin`` None for a map that lies nowhere on Earth."""

    def __init__(self, offer: Offer, frames: Frames, origin: Origin | None) -> None:
        self._offer, self._frames, self._origin = offer, frames, origin
        offer.action(FollowWaypoints, "follow_waypoints", self._on_map)
        offer.action(FollowGPSWaypoints, "follow_gps_waypoints", self._on_earth)

    async def _on_map(self, handle: ServerGoalHandle, result: FollowWaypoints.Result) -> Outcome:
        return await self._follow(handle, result, handle.request.poses, FollowWaypoints.Feedback)

    async def _on_earth(self, handle: ServerGoalHandle, result: FollowGPSWaypoints.Result) -> Outcome:
        if self._origin is None:
            return Outcome(UNKNOWN, "the map has no place on Earth: stations_file names no origin")
        poses = []
        for index, place in enumerate(handle.request.gps_poses):
            try:
                x, y = self._origin.on_map(place.position.latitude, place.position.longitude)
            except OffEarthError as err:
                return Outcome(UNKNOWN, f"waypoint {index}: {err}")
            theta = heading(place.orientation) - self._origin.bearing_rad
            poses.append(stamped(Pose(x, y, theta), "map", self._offer.node.get_clock().now().to_msg()))
        return await self._follow(handle, result, poses, FollowGPSWaypoints.Feedback)

    async def _follow(
        self,
        handle: ServerGoalHandle,
        result: FollowWaypoints.Result | FollowGPSWaypoints.Result,
        poses: Sequence[PoseStamped],
        feedback: Callable[..., object],
    ) -> Outcome:
        request = handle.request
        if not poses or request.goal_index >= len(poses):
            return Outcome(UNKNOWN, f"goal_index {request.goal_index} with {len(poses)} waypoints")
        missed: list[MissedWaypoint] = []
        for turn in range(request.number_of_loops + 1):
            for index in range(request.goal_index if turn == 0 else 0, len(poses)):
                handle.publish_feedback(feedback(current_waypoint=index))
                outcome = await self._waypoint(handle, poses[index])
                if outcome in (PREEMPTED, CANCELED):
                    return outcome
                if not outcome.succeeded:
                    missed.append(MissedWaypoint(index=index, goal=poses[index], error_code=outcome.code))
        result.missed_waypoints = missed
        return Outcome()

    async def _waypoint(self, handle: ServerGoalHandle, pose: PoseStamped) -> Outcome:
        try:
            goal = self._frames.on_map(pose)
        except FrameError as err:
            return Outcome(int(PlanFault.TF_ERROR), str(err))
        return await self._offer.motion.run(handle.goal_id.uuid.tobytes(), self._offer.pilot.journey([goal]))
