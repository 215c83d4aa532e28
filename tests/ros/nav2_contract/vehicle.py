"""A small vehicle on topics for the real navigation process, and a client's thread."""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import rclpy
from ament_index_python.packages import PackageNotFoundError, get_package_prefix
from geometry_msgs.msg import PoseWithCovarianceStamped
from geometry_msgs.msg import Twist as TwistMsg
from nav_msgs.msg import Odometry
from rclpy.executors import SingleThreadedExecutor
from rclpy.qos import DurabilityPolicy, QoSProfile, qos_profile_sensor_data
from sensor_msgs.msg import LaserScan
from std_msgs.msg import Bool
from tf2_msgs.msg import TFMessage

from gangseo_navigation.geometry import Pose, Twist
from gangseo_navigation.messages import pose_message, pose_of, transform_message
from unit.navigation.yard import Disc, Yard, block, walled

NAMESPACE = "robot_01"


def write_world(folder: Path) -> np.ndarray:
    """A yard of 24 x 14 m with a block and a station; returns its blocked cells."""
    blocked = walled(24.0, 14.0)
    block(blocked, 10.0, 0.0, 11.0, 6.0)
    block(blocked, 19.6, 1.0, 20.4, 1.5)
    cv2.imwrite(str(folder / "map.pgm"), np.where(blocked, 0, 254).astype(np.uint8)[::-1])
    (folder / "map.yaml").write_text(
        "image: map.pgm\nmode: trinary\nresolution: 0.1\norigin: [0.0, 0.0, 0.0]\nnegate: 0\n"
        "occupied_thresh: 0.65\nfree_thresh: 0.25\n"
    )
    (folder / "site.json").write_text(
        '{"stations": [{"stationId": "charger_01", "x": 20.0, "y": 2.15, "theta": -1.5707963}],'
        ' "origin": {"latitudeDeg": 37.5653, "longitudeDeg": 126.8247, "bearingDeg": 0.0}}'
    )
    for mask in ("keepout", "speed"):
        cv2.imwrite(str(folder / f"{mask}.pgm"), np.zeros_like(blocked, dtype=np.uint8))
        (folder / f"{mask}.yaml").write_text(
            f"image: {mask}.pgm\nmode: raw\nresolution: 0.1\norigin: [0.0, 0.0, 0.0]\nnegate: 0\n"
            "occupied_thresh: 0.65\nfree_thresh: 0.25\n"
        )
    (folder / "docks.yaml").write_text(
        "docks:\n  charger_01: {type: charger, frame: map, pose: [20.0, 2.15, -1.5707963]}\n"
    )
    return blocked


def navigation_program() -> str:
    """The installed executable; the suite is skipped loudly where it was not built."""
    try:
        return str(Path(get_package_prefix("gangseo_navigation")) / "lib" / "gangseo_navigation" / "navigation")
    except PackageNotFoundError:
        pytest.skip("gangseo_navigation is not built: run ./gangseo test, or colcon build")


class Robot:
    """A vehicle on topics and a client in one context; everything ROS happens in its executor's thread."""

    def __init__(
        self, domain: int, blocked: np.ndarray, namespace: str = NAMESPACE, *, transforms: bool = False
    ) -> None:
        self.context = rclpy.Context()
        rclpy.init(context=self.context, domain_id=domain)
        self.node = rclpy.create_node("vehicle", namespace=namespace, context=self.context)
        self.executor = SingleThreadedExecutor(context=self.context)
        self.executor.add_node(self.node)
        self.yard = Yard(blocked, Pose(3.0, 3.0, 0.0))
        self.speeds: list[float] = []
        self.heard_at = 0.0
        self._ticks = 0
        latched = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
        self._odom = self.node.create_publisher(Odometry, "odom", 10)
        self._fix = self.node.create_publisher(PoseWithCovarianceStamped, "gnss/pose", 10)
        self._scan = self.node.create_publisher(LaserScan, "scan", qos_profile_sensor_data)
        self._tf = self.node.create_publisher(TFMessage, "tf", 100) if transforms else None
        self.emergency_stop = self.node.create_publisher(Bool, "emergency_stop", latched)
        self.node.create_subscription(TwistMsg, "cmd_vel", self._on_command, 1)
        self.believed: Pose | None = None
        self.node.create_subscription(PoseWithCovarianceStamped, "amcl_pose", self._on_pose, latched)
        self.node.create_timer(0.05, self._tick)
        self._thread = threading.Thread(target=self.executor.spin, daemon=True)
        self._thread.start()

    def _on_command(self, message: Any) -> None:
        self.yard.twist = Twist(message.linear.x, message.angular.z)
        self.speeds.append(message.linear.x)
        self.heard_at = time.monotonic()

    def _on_pose(self, message: Any) -> None:
        self.believed = pose_of(message.pose.pose)

    def _tick(self) -> None:
        yard, stamp = self.yard, self.node.get_clock().now().to_msg()
        if time.monotonic() - self.heard_at > 0.5:
            yard.twist = Twist(0.0, 0.0)
        yard._move(0.05)
        self._ticks += 1
        odom = Odometry(child_frame_id="base_link")
        odom.header.stamp, odom.header.frame_id = stamp, "odom"
        odom.pose.pose = pose_message(yard.pose)
        self._odom.publish(odom)
        if self._tf is not None:
            place = [
                transform_message(yard.pose, "odom", "base_link", stamp),
                transform_message(Pose(0.0, 0.0, 0.0), "map", "odom", stamp),
                transform_message(Pose(0.30, 0.0, 0.0), "base_link", "lidar", stamp),
            ]
            self._tf.publish(TFMessage(transforms=place))
        if self._ticks % 2:
            return
        fix = PoseWithCovarianceStamped()
        fix.header.stamp, fix.header.frame_id = stamp, "map"
        fix.pose.pose = pose_message(yard.pose)
        fix.pose.covariance[0] = fix.pose.covariance[7] = 0.0004
        fix.pose.covariance[35] = 0.0001
        self._fix.publish(fix)
        seen = yard.scan(yard.pose)
        scan = LaserScan(angle_min=seen.angle_min, angle_increment=seen.angle_step, range_min=0.12, range_max=25.0)
        scan.header.stamp, scan.header.frame_id = stamp, "lidar"
        scan.angle_max = -seen.angle_min
        scan.ranges = seen.ranges.tolist()
        self._scan.publish(scan)

    def do(self, work: Callable[..., Any], *args: Any, within_s: float = 30.0) -> Any:
        """Runs a function or coroutine in the executor and gives its result."""
        done = threading.Event()
        task = self.executor.create_task(work, *args)
        task.add_done_callback(lambda _: done.set())
        if not done.wait(within_s):
            pytest.fail(f"{work} did not end within {within_s} s")
        return task.result()

    def place(self, x: float, y: float, theta: float) -> None:
        """Puts the vehicle somewhere and waits until the navigation knows."""
        self.yard.pose = Pose(x, y, theta)
        self.wait(lambda: self.believed is not None and self.believed.distance_to(self.yard.pose) < 0.1)

    def wait(self, until: Callable[[], bool], within_s: float = 20.0) -> None:
        """Waits for a condition."""
        deadline = time.monotonic() + within_s
        while not until():
            if time.monotonic() > deadline:
                pytest.fail(f"not so within {within_s} s")
            time.sleep(0.02)

    def put(self, *discs: Disc) -> None:
        """Puts unmapped things into the yard."""
        self.yard.discs[:] = discs

    def close(self) -> None:
        """Ends the thread and the context."""
        self.executor.shutdown(timeout_sec=2.0)
        self._thread.join(5.0)
        self.node.destroy_node()
        self.context.try_shutdown()


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    write_world(out)
