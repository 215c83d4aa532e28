"""What others may look at: map, costmaps, plan, diagnostics. Sent only while somebody listens."""

# mypy: disable-error-code="no-untyped-call"

import array

import numpy as np
from diagnostic_msgs.msg import DiagnosticArray, DiagnosticStatus, KeyValue  # type: ignore[import-untyped]
from nav_msgs.msg import OccupancyGrid
from nav_msgs.msg import Path as PathMsg
from numpy.typing import NDArray
from rclpy.node import Node

from gangseo_navigation.beside import in_node
from gangseo_navigation.clearance import NO_INFORMATION, cost_table, occupancy_of
from gangseo_navigation.grid import Frame
from gangseo_navigation.map_file import UNKNOWN
from gangseo_navigation.memory import Cells, LivePlanner
from gangseo_navigation.messages import grid_message, path_message
from gangseo_navigation.pilot import Pilot
from gangseo_navigation.whereabouts import LATCHED

INFLATION_M, SCALING = 0.9, 3.0


class Pictures:
    """Publishers of maps and paths."""

    def __init__(self, node: Node, pilot: Pilot) -> None:
        self._node, self._pilot = node, pilot
        self._costs = cost_table(pilot.limits.body.inscribed_m, INFLATION_M, SCALING)
        self._map = node.create_publisher(OccupancyGrid, "map", LATCHED)
        self._global = node.create_publisher(OccupancyGrid, "global_costmap/costmap", LATCHED)
        self._local = node.create_publisher(OccupancyGrid, "local_costmap/costmap", LATCHED)
        self._plan = node.create_publisher(PathMsg, "plan", 1)
        self._diagnostics = node.create_publisher(DiagnosticArray, "diagnostics", 10)
        self._map_sent: object = None
        self._global_sent: tuple[object, bytes] | None = None
        self._path_sent: object = None
        node.create_timer(1.0, self._tick)

    def local_costs(self) -> tuple[NDArray[np.uint8], Frame]:
        """Costs of the local window."""
        surroundings = self._pilot.surroundings
        view = surroundings.view(surroundings.scan_at_s or 0.0)
        return np.asarray(self._costs[view.field], np.uint8), view.frame

    def global_costs(self, live: LivePlanner, cells: Cells) -> NDArray[np.uint8]:
        """Costs over the whole map; called where the planner runs."""
        live.update(cells)
        costs = np.asarray(self._costs[live.planner.field], np.uint8)
        costs[self._pilot.ground.occupancy.cells == UNKNOWN] = NO_INFORMATION
        return costs

    def diagnose(self, trouble: str | None, missing: str) -> None:
        """Says what is wrong, or that all is well; ``missing`` is the sense that is lacking, "" for none."""
        status = DiagnosticStatus(
            level=bytes([1 if trouble else 0]), name="navigation", message=trouble or "ready",
            hardware_id=self._node.get_namespace().strip("/"),
            values=[KeyValue(key="trouble", value=trouble or ""), KeyValue(key="missing", value=missing)],
        )  # fmt: skip
        message = DiagnosticArray(status=[status])
        message.header.stamp = self._node.get_clock().now().to_msg()
        self._diagnostics.publish(message)

    def show_plan(self, points: NDArray[np.float64]) -> None:
        """Publishes a path."""
        if self._plan.get_subscription_count():
            self._plan.publish(path_message(points, None, "map", self._node.get_clock().now().to_msg()))

    def _tick(self) -> None:
        stamp = self._node.get_clock().now().to_msg()
        ground = self._pilot.ground
        points = self._pilot.follower.points
        if self._pilot.task is not None and points is not self._path_sent:
            self._path_sent = points
            self.show_plan(points)
        if self._map_sent is not ground and self._map.get_subscription_count():
            self._map_sent = ground
            self._map.publish(grid_message(ground.occupancy.cells, ground.frame, "map", stamp))
        if self._local.get_subscription_count():
            costs, frame = self.local_costs()
            self._local.publish(grid_message(occupancy_of(costs), frame, "map", stamp))
        if self._global.get_subscription_count():
            self._show_global()

    def _show_global(self) -> None:
        cells = self._pilot.remembered()
        state = (self._pilot.ground, cells.tobytes())
        if self._global_sent is not None and self._global_sent == state:
            return
        self._global_sent = state

        def paint(live: LivePlanner) -> array.array[int]:
            return array.array("b", occupancy_of(self.global_costs(live, cells)).tobytes())

        done = self._pilot.planning.submit(paint)
        done.add_done_callback(lambda f: in_node(self._node, self._send_global, f.result()))

    def _send_global(self, data: "array.array[int]") -> None:
        frame = self._pilot.ground.frame
        message = grid_message(np.zeros((0, 0), np.int8), frame, "map", self._node.get_clock().now().to_msg())
        if len(data) == frame.rows * frame.cols:
            message.data = data
            self._global.publish(message)
