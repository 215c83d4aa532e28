"""Gazebo Harmonic as the engine's physics, over ros_gz_bridge's topics under ``/gz``: it leads, the engine follows."""

# mypy: disable-error-code="no-untyped-call"

import math
import threading
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import rclpy
from geometry_msgs.msg import PoseStamped, Twist
from nav_msgs.msg import Odometry
from numpy.typing import NDArray
from rclpy.context import Context
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.qos import qos_profile_sensor_data
from rosgraph_msgs.msg import Clock
from sensor_msgs.msg import LaserScan

from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import Fleet
from gangseo_sim.engine.lidar import BEAMS, RANGE_MAX_M
from gangseo_sim.engine.solids import Solids
from gangseo_sim.engine.world import Floats, Ints
from gangseo_sim.gazebo.errors import GazeboError

PATIENCE_S = 30.0
"""Wall time without a tick of Gazebo's clock; its first start takes this long."""


class HarmonicPhysics:
    """Speeds out, places and scans in. Gazebo's world has no people of ours and takes no obstacles from here."""

    def __init__(self, robot_ids: Sequence[str]) -> None:
        self._names = tuple(robot_ids)
        n = len(self._names)
        self._poses: Floats = np.full((n, 3), np.nan)
        self._odometry: Floats = np.zeros((n, 3))
        self._speeds: Floats = np.zeros((n, 2))
        self._ranges: Floats = np.full((n, BEAMS), np.inf)
        self._gazebo_s = self._followed_s = -1.0
        self._ticked = threading.Condition()
        self._context = Context()
        rclpy.init(context=self._context)
        self._node: Node = rclpy.create_node("gz_physics", context=self._context)
        self._node.create_subscription(Clock, "/gz/clock", self._on_clock, qos_profile_sensor_data)
        self._cmd_vel = [self._node.create_publisher(Twist, f"/gz/{name}/cmd_vel", 1) for name in self._names]
        for k, name in enumerate(self._names):
            subscribe = partial(self._node.create_subscription, qos_profile=qos_profile_sensor_data)
            subscribe(PoseStamped, f"/gz/{name}/pose", partial(self._on_pose, k))
            subscribe(Odometry, f"/gz/{name}/odom", partial(self._on_odom, k))
            subscribe(LaserScan, f"/gz/{name}/scan", partial(self._on_scan, k))
        self._executor = SingleThreadedExecutor(context=self._context)
        self._executor.add_node(self._node)
        self._thread = threading.Thread(target=self._executor.spin, name="gz_physics", daemon=True)
        self._thread.start()

    def drive(self, dt: float, wanted: Floats, cut: Ints, fleet: Fleet, solids: Solids, people: Floats) -> Ints:  # noqa: ARG002
        """See `Physics.drive`; returns when Gazebo's clock is `dt` further.

        Raises:
            GazeboError: Gazebo's clock stands.
        """
        for k, publisher in enumerate(self._cmd_vel):
            speed, turn = (0.0, 0.0) if cut[k] else wanted[k]
            message = Twist()
            message.linear.x, message.angular.z = float(speed), float(turn)
            publisher.publish(message)
        self._follow(dt)
        with self._ticked:
            known = np.isfinite(self._poses[:, 0])
            fleet.poses[known] = self._poses[known]
            fleet.odometry[:] = self._odometry
            fleet.speeds[:] = self._speeds
            fleet.truth[:] = self._speeds
        return np.zeros((0, 3), dtype=np.int64)

    def scan(self, row: int, fleet: Fleet, solids: Solids, people: Floats) -> Floats:  # noqa: ARG002
        """See `Physics.scan`; the last scan that came."""
        with self._ticked:
            ranges: Floats = self._ranges[row].copy()
        return ranges

    def camera(self, *_: Any) -> NDArray[np.uint8]:  # noqa: ANN401
        """Not from here.

        Raises:
            EngineError: always.
        """
        raise EngineError("pictures of Gazebo Harmonic are on /gz/ROBOT/camera/image_raw")

    def close(self) -> None:
        """Ends the node; Gazebo goes on."""
        self._executor.shutdown(timeout_sec=2.0)
        self._thread.join(timeout=5.0)
        self._node.destroy_node()
        self._context.try_shutdown()

    def _follow(self, dt: float) -> None:
        deadline = time.monotonic() + PATIENCE_S
        with self._ticked:
            if self._followed_s < 0.0 or self._gazebo_s < self._followed_s - 1.0:
                self._followed_s = self._gazebo_s  # the first tick, or Gazebo was started anew
            target_s = self._followed_s + dt
            while self._gazebo_s < 0.0 or self._gazebo_s < target_s:
                if not self._ticked.wait(timeout=max(0.0, deadline - time.monotonic())):
                    raise GazeboError(f"/gz/clock stands for {PATIENCE_S:.0f} s; are gz sim and ros_gz_bridge running?")
                if self._followed_s < 0.0 or self._gazebo_s < self._followed_s - 1.0:
                    self._followed_s = self._gazebo_s
                    target_s = self._followed_s + dt
            self._followed_s = target_s

    def _on_clock(self, message: Clock) -> None:
        with self._ticked:
            self._gazebo_s = message.clock.sec + message.clock.nanosec * 1e-9
            self._ticked.notify_all()

    def _on_pose(self, k: int, message: PoseStamped) -> None:
        with self._ticked:
            self._poses[k] = _plane(message.pose)

    def _on_odom(self, k: int, message: Odometry) -> None:
        with self._ticked:
            self._odometry[k] = _plane(message.pose.pose)
            self._speeds[k] = (message.twist.twist.linear.x, message.twist.twist.angular.z)

    def _on_scan(self, k: int, message: LaserScan) -> None:
        ranges = np.asarray(message.ranges, dtype=np.float64)
        if len(ranges) == BEAMS:
            with self._ticked:
                self._ranges[k] = np.where(ranges >= RANGE_MAX_M - 1e-6, np.inf, ranges)


def _plane(pose: Any) -> tuple[float, float, float]:  # noqa: ANN401
    q = pose.orientation
    return pose.position.x, pose.position.y, math.atan2(2 * (q.w * q.z + q.x * q.y), 1 - 2 * (q.y * q.y + q.z * q.z))
