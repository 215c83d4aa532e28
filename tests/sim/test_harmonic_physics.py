"""Following Gazebo Harmonic over the bridge's topics; what speaks on them here is a stand-in with its own clock."""

import math
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest

rclpy = pytest.importorskip("rclpy", reason="ROS 2 is not here: run ./gangseo doctor")

from geometry_msgs.msg import PoseStamped, Twist  # noqa: E402
from nav_msgs.msg import Odometry  # noqa: E402
from rclpy.executors import SingleThreadedExecutor  # noqa: E402
from rosgraph_msgs.msg import Clock  # noqa: E402
from sensor_msgs.msg import LaserScan  # noqa: E402

from gangseo_sim.engine.core import DriveCommand, Engine, starts_at_home  # noqa: E402
from gangseo_sim.gazebo import harmonic  # noqa: E402
from gangseo_sim.gazebo.errors import GazeboError  # noqa: E402

pytestmark = pytest.mark.ros


class StandIn:
    """Drives one point straight by its cmd_vel on the topics that ros_gz_bridge has."""

    def __init__(self, name: str) -> None:
        self.context = rclpy.Context()
        rclpy.init(context=self.context)
        self.node = rclpy.create_node("stand_in", context=self.context)
        self.x, self.speed, self.steps, self.stands = 92.2, 0.0, 0, False
        self.clock = self.node.create_publisher(Clock, "/gz/clock", 10)
        self.pose = self.node.create_publisher(PoseStamped, f"/gz/{name}/pose", 10)
        self.odom = self.node.create_publisher(Odometry, f"/gz/{name}/odom", 10)
        self.scan = self.node.create_publisher(LaserScan, f"/gz/{name}/scan", 10)
        self.node.create_subscription(Twist, f"/gz/{name}/cmd_vel", self._on_command, 1)
        self.node.create_timer(0.01, self._tick)
        self.executor = SingleThreadedExecutor(context=self.context)
        self.executor.add_node(self.node)
        self.thread = threading.Thread(target=self.executor.spin, daemon=True)
        self.thread.start()

    def _on_command(self, message: Twist) -> None:
        self.speed = message.linear.x

    def _tick(self) -> None:
        if self.stands:
            return
        self.steps += 1
        self.x += 0.01 * self.speed
        pose, odom = PoseStamped(), Odometry()
        pose.pose.position.x, pose.pose.position.y, pose.pose.orientation.w = self.x, 42.85, 1.0
        odom.pose.pose.position.x, odom.pose.pose.orientation.w = self.x - 92.2, 1.0
        odom.twist.twist.linear.x = self.speed
        self.pose.publish(pose)
        self.odom.publish(odom)
        self.scan.publish(LaserScan(ranges=[3.0] * 359 + [math.inf]))
        clock = Clock()
        clock.clock.sec, clock.clock.nanosec = divmod(self.steps * 10_000_000, 1_000_000_000)
        self.clock.publish(clock)

    def close(self) -> None:
        self.executor.shutdown(timeout_sec=2.0)
        self.thread.join(5.0)
        self.node.destroy_node()
        self.context.try_shutdown()


@pytest.fixture
def gazebo(ros_domain_id: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setenv("ROS_DOMAIN_ID", str(ros_domain_id))
    stand_in = StandIn("robot_01")
    yield stand_in
    stand_in.close()


def test_engine_follows_gazebos_clock_and_places(gazebo, world) -> None:
    physics = harmonic.HarmonicPhysics(["robot_01"])
    engine = Engine(world, starts_at_home(world, ["robot_01"]), 1, people=0, physics=physics, lidar_noise_m=0.0)
    try:
        began_s, steps = engine.time_s, gazebo.steps
        for _ in range(150):
            engine.advance(0.01, {"robot_01": DriveCommand(0.5, 0.0)})
        robot = engine.robot("robot_01")
        assert engine.time_s - began_s == pytest.approx(1.5)
        assert gazebo.steps - steps >= 149
        assert robot.x == pytest.approx(gazebo.x, abs=0.05)
        assert robot.x > 92.5
        assert (robot.y, robot.theta, robot.odom_speed_mps) == (42.85, 0.0, 0.5)
        assert np.isinf(engine.scan("robot_01")).sum() == 1
        engine.set_emergency_stop("robot_01", active=True)
        for _ in range(30):
            engine.advance(0.01, {"robot_01": DriveCommand(0.5, 0.0)})
        assert gazebo.speed == 0.0
    finally:
        engine.close()


def test_gazebo_that_stands_is_told(gazebo, world, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harmonic, "PATIENCE_S", 0.5)
    physics = harmonic.HarmonicPhysics(["robot_01"])
    engine = Engine(world, starts_at_home(world, ["robot_01"]), 1, people=0, physics=physics)
    try:
        deadline = time.monotonic() + 10.0
        while time.monotonic() < deadline and physics._gazebo_s < 0.0:
            time.sleep(0.05)
        engine.advance(0.01, {})
        gazebo.stands = True
        with pytest.raises(GazeboError, match="gz sim and ros_gz_bridge"):
            engine.advance(60.0, {})
    finally:
        engine.close()
