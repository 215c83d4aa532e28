"""Navigator over Nav2's actions: our own client, all in the executor's thread, nothing waits."""

# ROS 2 has no types for its messages and futures.
# ruff: noqa: ANN401
# mypy: disable-error-code="no-untyped-call"

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

from action_msgs.srv import CancelGoal
from diagnostic_msgs.msg import DiagnosticArray  # type: ignore[import-untyped]
from geometry_msgs.msg import PoseStamped, Twist
from nav2_msgs.action import AssistedTeleop, DockRobot, NavigateThroughPoses, UndockRobot
from nav_msgs.msg import Path
from rclpy.action.client import ActionClient
from rclpy.node import Node
from rclpy.qos import QoSProfile

from gangseo_robot.ports import BLOCKED_CODES, Outcome
from gangseo_robot.senses import Pose

SUCCEEDED, CANCELED, ABORTED = 4, 5, 6
SILENT_S = 3.0
LOST = Outcome(ok=False, reason="navigation does not answer", lost=True)


class GoalTravel:
    """One goal on its way: sent, accepted, fed back, ended."""

    def __init__(self, robot_time_s: Callable[[], float], *, feeds_back: bool) -> None:
        self._robot_time_s = robot_time_s
        self._feeds_back = feeds_back
        self._handle: Any = None
        self._withdrawn = False
        self._outcome: Outcome | None = None
        self.poses_remaining: int | None = None
        self._heard = (time.monotonic(), robot_time_s())

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; silence of the server for 3 s counts as lost, unless simulated time stands still."""
        wall_s, robot_s = self._heard
        silent = time.monotonic() - wall_s > SILENT_S and self._robot_time_s() - robot_s > 0.5
        if self._outcome is None and silent and (self._feeds_back or self._handle is None):
            self._outcome = LOST
        return self._outcome

    def end(self, outcome: Outcome) -> None:
        """Records how it ended, once."""
        if self._outcome is None:
            self._outcome = outcome

    def hear(self) -> None:
        """The server has said something."""
        self._heard = (time.monotonic(), self._robot_time_s())

    def accepted(self, future: Any) -> None:
        """The server has answered the goal."""
        handle = future.result()
        self.hear()
        if handle is None or not handle.accepted:
            self.end(Outcome(ok=False, reason="goal rejected"))
            return
        self._handle = handle
        if self._withdrawn:
            handle.cancel_goal_async()
        handle.get_result_async().add_done_callback(self._ended)

    def feedback(self, message: Any) -> None:
        """Progress from the server."""
        self.hear()
        self.poses_remaining = getattr(message.feedback, "number_of_poses_remaining", None)

    def withdraw(self) -> None:
        """Cancels the goal, also one that is still on its way to the server."""
        self._withdrawn = True
        if self._handle is not None and self._outcome is None:
            self._handle.cancel_goal_async()

    def _ended(self, future: Any) -> None:
        answer = future.result()
        result = answer.result
        code = int(getattr(result, "error_code", 0))
        reason = getattr(result, "error_msg", "") or f"navigation status {answer.status}, error {code}"
        ok = answer.status == SUCCEEDED and getattr(result, "success", True)
        self.end(Outcome(ok=ok, reason="" if ok else reason, code=code, blocked=code in BLOCKED_CODES))


class Nav2Navigator:
    """The default adapter: four actions of any Nav2-compatible server."""

    def __init__(self, node: Node, map_frame: str = "map") -> None:
        """Use only in the thread that spins ``node``."""
        self._node, self._map_frame = node, map_frame
        self._drive = ActionClient(node, NavigateThroughPoses, "navigate_through_poses")
        self._dock = ActionClient(node, DockRobot, "dock_robot")
        self._undock = ActionClient(node, UndockRobot, "undock_robot")
        self._by_hand = ActionClient(node, AssistedTeleop, "assisted_teleop")
        self._hands = node.create_publisher(Twist, "cmd_vel_teleop", 1)
        self._now: GoalTravel | None = None
        self._client: ActionClient | None = None
        self.path: Sequence[Pose] = ()
        self.missing = ""
        node.create_subscription(Path, "plan", self._on_plan, QoSProfile(depth=1))
        node.create_subscription(DiagnosticArray, "diagnostics", self._on_diagnostics, 10)
        self._sweep()

    def _robot_time_s(self) -> float:
        return float(self._node.get_clock().now().nanoseconds) * 1e-9

    def _sweep(self) -> None:
        """Cancels what an earlier life of this process may have left running: an empty request means all goals."""
        for name in ("navigate_through_poses", "navigate_to_pose", "dock_robot", "undock_robot", "assisted_teleop"):
            client = self._node.create_client(CancelGoal, f"{name}/_action/cancel_goal")
            if client.wait_for_service(timeout_sec=0.0):
                client.call_async(CancelGoal.Request())

    def _on_plan(self, plan: Path) -> None:
        if self._now is not None and self._now.outcome is None:
            self.path = [Pose(p.pose.position.x, p.pose.position.y) for p in plan.poses]

    def _on_diagnostics(self, message: DiagnosticArray) -> None:
        """Navigation of ours says what it lacks; others' diagnostics are not for us."""
        for status in message.status:
            if status.name == "navigation":
                self.missing = next((pair.value for pair in status.values if pair.key == "missing"), "")

    @property
    def ready(self) -> bool:
        """Whether the server is there."""
        return bool(self._drive.server_is_ready())

    def go_through(self, poses: Sequence[Pose]) -> GoalTravel:
        """Drives through poses; a drive under way is replaced by the server without a stop."""
        goal = NavigateThroughPoses.Goal()
        stamp = self._node.get_clock().now().to_msg()
        for pose in poses:
            stamped = PoseStamped()
            stamped.header.frame_id, stamped.header.stamp = self._map_frame, stamp
            stamped.pose.position.x, stamped.pose.position.y = pose.x, pose.y
            stamped.pose.orientation.z = math.sin(pose.theta / 2)
            stamped.pose.orientation.w = math.cos(pose.theta / 2)
            goal.poses.append(stamped)
        return self._send(self._drive, goal, feeds_back=True)

    def dock(self, station_id: str) -> GoalTravel:
        """Docks at a station the server knows by id."""
        return self._send(self._dock, DockRobot.Goal(use_dock_id=True, dock_id=station_id), feeds_back=False)

    def undock(self) -> GoalTravel:
        """Leaves the dock."""
        return self._send(self._undock, UndockRobot.Goal(dock_type="charger"), feeds_back=False)

    def by_hand(self) -> GoalTravel:
        """Assisted teleop without a time limit; what it obeys is said by ``steer``."""
        return self._send(self._by_hand, AssistedTeleop.Goal(), feeds_back=True)

    def steer(self, v_mps: float, w_radps: float) -> None:
        """Tells assisted teleop what is wanted."""
        twist = Twist()
        twist.linear.x, twist.angular.z = v_mps, w_radps
        self._hands.publish(twist)

    def cancel(self) -> None:
        """Stops the drive under way."""
        if self._now is not None:
            self._now.withdraw()
        self._now = None
        self.path = ()

    def _send(self, client: ActionClient, goal: Any, *, feeds_back: bool) -> GoalTravel:
        if self._now is not None and client is not self._client:
            self._now.withdraw()
        travel = GoalTravel(self._robot_time_s, feeds_back=feeds_back)
        self._now, self._client = travel, client
        if not client.server_is_ready():
            travel.end(LOST)
            return travel
        client.send_goal_async(goal, feedback_callback=travel.feedback).add_done_callback(travel.accepted)
        return travel
