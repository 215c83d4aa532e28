"""Nav2's services for maps and costmaps."""

# mypy: disable-error-code="no-untyped-call"

from pathlib import Path

import numpy as np
from nav2_msgs.srv import (
    ClearCostmapAroundPose,
    ClearCostmapAroundRobot,
    ClearCostmapExceptRegion,
    ClearEntireCostmap,
    GetCostmap,
    LoadMap,
)
from numpy.typing import NDArray
from rclpy.node import Node

from gangseo_navigation.beside import beside
from gangseo_navigation.ground import read_ground
from gangseo_navigation.map_file import MapFileError
from gangseo_navigation.memory import LivePlanner
from gangseo_navigation.messages import costmap_message, grid_message, pose_of
from gangseo_navigation.pictures import Pictures
from gangseo_navigation.pilot import Pilot

RESULTS = {
    "absent": LoadMap.Response.RESULT_MAP_DOES_NOT_EXIST,
    "metadata": LoadMap.Response.RESULT_INVALID_MAP_METADATA,
    "image": LoadMap.Response.RESULT_INVALID_MAP_DATA,
}


class MapServices:
    """load_map, get_costmap and the ways to clear costmaps."""

    def __init__(self, node: Node, pilot: Pilot, pictures: Pictures) -> None:
        self._node, self._pilot, self._pictures = node, pilot, pictures
        offer = node.create_service
        offer(LoadMap, "map_server/load_map", self._load_map)
        offer(ClearEntireCostmap, "global_costmap/clear_entirely_global_costmap", self._clear_global)
        offer(ClearEntireCostmap, "local_costmap/clear_entirely_local_costmap", self._clear_local)
        offer(ClearCostmapExceptRegion, "local_costmap/clear_costmap_except_region", self._clear_except)
        offer(ClearCostmapAroundRobot, "local_costmap/clear_costmap_around_robot", self._clear_around_robot)
        offer(ClearCostmapAroundPose, "local_costmap/clear_costmap_around_pose", self._clear_around_pose)
        offer(GetCostmap, "global_costmap/get_costmap", self._get_global)
        offer(GetCostmap, "local_costmap/get_costmap", self._get_local)

    def _load_map(self, request: LoadMap.Request, response: LoadMap.Response) -> LoadMap.Response:
        if self._pilot.task is not None:
            self._node.get_logger().error("load_map refused: the robot is driving; cancel its goal first")
            response.result = LoadMap.Response.RESULT_UNDEFINED_FAILURE
            return response
        try:
            ground = read_ground(Path(request.map_url), None, None, self._pilot.limits.body.inscribed_m)
        except MapFileError as err:
            self._node.get_logger().error(f"load_map: {err}")
            response.result = RESULTS[err.kind]
            return response
        self._pilot.lay(ground)
        response.result = LoadMap.Response.RESULT_SUCCESS
        stamp = self._node.get_clock().now().to_msg()
        response.map = grid_message(ground.occupancy.cells, ground.frame, "map", stamp)
        return response

    def _clear_global(
        self, _: ClearEntireCostmap.Request, response: ClearEntireCostmap.Response
    ) -> ClearEntireCostmap.Response:
        self._pilot.memory.forget()
        return response

    def _clear_local(
        self, _: ClearEntireCostmap.Request, response: ClearEntireCostmap.Response
    ) -> ClearEntireCostmap.Response:
        self._pilot.surroundings.clear()
        return response

    def _clear_except(
        self, request: ClearCostmapExceptRegion.Request, response: ClearCostmapExceptRegion.Response
    ) -> ClearCostmapExceptRegion.Response:
        pose = self._pilot.localization.pose
        if pose is not None:
            self._clear(pose.x, pose.y, request.reset_distance / 2.0, inside=False)
        return response

    def _clear_around_robot(
        self, request: ClearCostmapAroundRobot.Request, response: ClearCostmapAroundRobot.Response
    ) -> ClearCostmapAroundRobot.Response:
        pose = self._pilot.localization.pose
        if pose is not None:
            self._clear(pose.x, pose.y, request.reset_distance / 2.0, inside=True)
        return response

    def _clear_around_pose(
        self, request: ClearCostmapAroundPose.Request, response: ClearCostmapAroundPose.Response
    ) -> ClearCostmapAroundPose.Response:
        pose = pose_of(request.pose.pose)
        self._clear(pose.x, pose.y, request.reset_distance / 2.0, inside=True)
        return response

    def _clear(self, x: float, y: float, reach_m: float, *, inside: bool) -> None:
        """Nav2's reset_distance is the side of a square round the place."""
        frame = self._pilot.surroundings.window.frame
        rows = np.abs(frame.origin_y + (np.arange(frame.rows) + 0.5) * frame.resolution - y) <= reach_m
        cols = np.abs(frame.origin_x + (np.arange(frame.cols) + 0.5) * frame.resolution - x) <= reach_m
        square = rows[:, None] & cols[None, :]
        self._pilot.surroundings.clear(~square if inside else square)

    async def _get_global(self, _: GetCostmap.Request, response: GetCostmap.Response) -> GetCostmap.Response:
        cells, frame = self._pilot.remembered(), self._pilot.ground.frame

        def paint(live: LivePlanner) -> NDArray[np.uint8]:
            return self._pictures.global_costs(live, cells)

        costs = await beside(self._node, self._pilot.planning, paint)
        response.map = costmap_message(costs, frame, "map", self._node.get_clock().now().to_msg())
        return response

    def _get_local(self, _: GetCostmap.Request, response: GetCostmap.Response) -> GetCostmap.Response:
        costs, frame = self._pictures.local_costs()
        response.map = costmap_message(costs, frame, "map", self._node.get_clock().now().to_msg())
        return response
