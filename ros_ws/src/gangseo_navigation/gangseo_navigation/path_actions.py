"""Nav2's actions that give paths: compute_path_to_pose, compute_path_through_poses, smooth_path."""

# mypy: disable-error-code="no-untyped-call"

from time import perf_counter
from typing import TYPE_CHECKING, Any

from nav2_msgs.action import ComputePathThroughPoses, ComputePathToPose, SmoothPath
from rclpy.action.server import ServerGoalHandle

from gangseo_navigation.beside import beside
from gangseo_navigation.frames import FrameError, Frames
from gangseo_navigation.geometry import Pose
from gangseo_navigation.memory import LivePlanner
from gangseo_navigation.messages import duration_of, path_message, path_points
from gangseo_navigation.path_smoothing import smooth
from gangseo_navigation.pictures import Pictures
from gangseo_navigation.planner import PlanError, PlanFault
from gangseo_navigation.refine import Line
from gangseo_navigation.route import Route, plan_route
from gangseo_navigation.task import Outcome

if TYPE_CHECKING:
    from gangseo_navigation.offer import Offer

PLANNERS = ("", "GridBased")


class PathActions:
    """Servers of the three actions; the planner's thread does the work."""

    def __init__(self, offer: "Offer", frames: Frames, pictures: Pictures) -> None:
        self._offer, self._frames, self._pictures = offer, frames, pictures
        offer.action(ComputePathToPose, "compute_path_to_pose", self._to_pose, moves=False)
        offer.action(ComputePathThroughPoses, "compute_path_through_poses", self._through_poses, moves=False)
        offer.action(SmoothPath, "smooth_path", self._smooth, moves=False)

    async def _to_pose(self, handle: ServerGoalHandle, result: ComputePathToPose.Result) -> Outcome:
        return await self._compute(handle.request, [handle.request.goal], result, 0)

    async def _through_poses(self, handle: ServerGoalHandle, result: ComputePathThroughPoses.Result) -> Outcome:
        if not handle.request.goals:
            return Outcome(309, "no goals given")
        return await self._compute(handle.request, handle.request.goals, result, 100)

    async def _compute(self, request: Any, goals: Any, result: Any, shift: int) -> Outcome:  # noqa: ANN401
        if request.planner_id not in PLANNERS:
            return Outcome(
                PlanFault.INVALID_PLANNER + shift, f"unknown planner {request.planner_id!r}; use 'GridBased'"
            )
        try:
            start = self._frames.on_map(request.start) if request.use_start else self._offer.pilot.localization.pose
            places = [self._frames.on_map(goal) for goal in goals]
        except FrameError as err:
            return Outcome(PlanFault.TF_ERROR + shift, str(err))
        if start is None:
            return Outcome(PlanFault.TF_ERROR + shift, "the robot does not know where it is yet")
        if request.use_start and self._offer.pilot.ground.inside_wall(start.x, start.y):
            return Outcome(PlanFault.START_OCCUPIED + shift, f"start ({start.x:.2f}, {start.y:.2f}) lies in a wall")
        began = perf_counter()
        try:
            route = await self._plan(start, places)
        except PlanError as err:
            return Outcome(int(err.fault) + shift, str(err))
        result.planning_time = duration_of(perf_counter() - began)
        now = self._offer.node.get_clock().now().to_msg()
        result.path = path_message(route.points, places[-1].theta, "map", now)
        self._pictures.show_plan(route.points)
        return Outcome()

    async def _plan(self, start: Pose, goals: list[Pose]) -> Route:
        cells = self._offer.pilot.remembered()

        def job(live: LivePlanner) -> Route:
            return plan_route(live, cells, start, goals, 0.0, 0.0)

        return await beside(self._offer.node, self._offer.pilot.planning, job)

    async def _smooth(self, handle: ServerGoalHandle, result: SmoothPath.Result) -> Outcome:
        request = handle.request
        if request.smoother_id not in ("", "simple_smoother"):
            return Outcome(501, f"unknown smoother {request.smoother_id!r}; use 'simple_smoother'")
        points = path_points(request.path)
        if len(points) < 2:
            return Outcome(505, "the path needs at least two poses")
        began = perf_counter()
        end_theta = self._frames.on_map(request.path.poses[-1]).theta

        def job(live: LivePlanner) -> tuple[Line, bool]:
            return smooth(live, points)

        smoothed, free = await beside(self._offer.node, self._offer.pilot.planning, job)
        result.path = path_message(smoothed, end_theta, "map", self._offer.node.get_clock().now().to_msg())
        result.smoothing_duration = duration_of(perf_counter() - began)
        result.was_completed = True
        if request.check_for_collisions and not free:
            return Outcome(503, "the smoothed path meets an obstacle")
        return Outcome()
