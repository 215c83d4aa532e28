"""The ROS node: sensors in, wheels out, at the pace of the odometry."""

# mypy: disable-error-code="no-untyped-call"

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from geometry_msgs.msg import Twist
from nav2_msgs.msg import SpeedLimit
from nav_msgs.msg import Odometry
from rclpy.clock import Clock
from rclpy.clock_type import ClockType
from rclpy.node import Node
from rclpy.qos import qos_profile_sensor_data
from sensor_msgs.msg import LaserScan
from std_msgs.msg import Bool
from tf2_msgs.msg import TFMessage

from gangseo_navigation.actions import Actions
from gangseo_navigation.geometry import Pose
from gangseo_navigation.geometry import Twist as PlaneTwist
from gangseo_navigation.ground import read_ground
from gangseo_navigation.lifecycle import Lifecycle
from gangseo_navigation.map_services import MapServices
from gangseo_navigation.messages import heading, pose_of, seconds
from gangseo_navigation.motion import Motion
from gangseo_navigation.parameters import Settings
from gangseo_navigation.pictures import Pictures
from gangseo_navigation.pilot import Pilot
from gangseo_navigation.scan import Scan
from gangseo_navigation.stations import read_origin, read_stations
from gangseo_navigation.task import UNKNOWN_CODE, Outcome
from gangseo_navigation.whereabouts import LATCHED, Whereabouts

CYCLE_S = 0.05


class Navigation:
    """Ties a pilot to topics, actions and services of one node."""

    def __init__(self, node: Node, settings: Settings) -> None:
        self.node = node
        limits = settings.limits
        ground = read_ground(settings.map_yaml, settings.keepout_yaml, settings.speed_yaml, limits.body.inscribed_m)
        self.pilot = Pilot(ground, limits, ThreadPoolExecutor(1, "planner"))
        self.motion = Motion(self.pilot)
        self._lidar = Pose(0.30, 0.0, 0.0)
        self._controlled_at_s = -1e9
        self._trouble: str | None = None
        self._publish()
        self._subscribe()
        self.pictures = Pictures(node, self.pilot)
        site = settings.stations_file
        stations, origin = (read_stations(site), read_origin(site)) if site else ({}, None)
        self.actions = Actions(node, self.pilot, self.motion, self.pictures, stations, origin)
        self.services = MapServices(node, self.pilot, self.pictures)
        self.lifecycle = Lifecycle(node, self.pilot, self.motion)
        self._watchdog = node.create_timer(0.2, self._watch, clock=Clock(clock_type=ClockType.STEADY_TIME))

    def _publish(self) -> None:
        node = self.node
        self._cmd_vel = node.create_publisher(Twist, "cmd_vel", 1)
        self._whereabouts = Whereabouts(node, self.pilot.localization)

    def _subscribe(self) -> None:
        subscribe = self.node.create_subscription
        subscribe(Odometry, "odom", self._on_odom, 10)
        subscribe(LaserScan, "scan", self._on_scan, qos_profile_sensor_data)
        subscribe(Bool, "emergency_stop", self._on_emergency_stop, LATCHED)
        subscribe(SpeedLimit, "speed_limit", self._on_speed_limit, LATCHED)
        subscribe(TFMessage, "tf_static", self._on_tf_static, LATCHED)

    @property
    def heard(self) -> bool:
        """Whether odometry has come since the start."""
        return self.pilot.localization.odometry_age(self.now_s()) < float("inf")

    def now_s(self) -> float:
        """Robot time."""
        return float(self.node.get_clock().now().nanoseconds) * 1e-9

    def _on_odom(self, message: Odometry) -> None:
        stamp_s = seconds(message.header.stamp)
        self.pilot.localization.drive(stamp_s, pose_of(message.pose.pose))
        if not 0.0 <= stamp_s - self._controlled_at_s < CYCLE_S * 0.9:
            self._control(stamp_s)

    def _control(self, now_s: float) -> None:
        self._controlled_at_s = now_s
        twist, outcome = self._step(now_s)
        message = Twist()
        message.linear.x, message.angular.z = float(twist.v), float(twist.w)
        self._cmd_vel.publish(message)
        self.motion.settle(now_s, outcome)
        self._report_trouble()

    def _step(self, now_s: float) -> tuple[PlaneTwist, Outcome | None]:
        """A fault in a task fails that task; it must not end the node."""
        try:
            return self.pilot.step(now_s)
        except Exception as err:  # noqa: BLE001 - whatever it is, the wheels must stop and the goal must end
            self.node.get_logger().error(f"control cycle failed: {err!r}")
            return self.pilot.abandon(), Outcome(UNKNOWN_CODE, repr(err))

    def _report_trouble(self) -> None:
        if self.pilot.trouble == self._trouble:
            return
        self._trouble = self.pilot.trouble
        if self._trouble is None:
            self.node.get_logger().info("navigation ready")
        else:
            self.node.get_logger().warning(f"standing: {self._trouble}")
        self.pictures.diagnose(self._trouble, self.pilot.missing)

    def _watch(self) -> None:
        """On wall time: cancels end although no odometry comes, and silence is noticed while robot time goes on."""
        self.motion.check_cancel()
        now_s = self.now_s()
        if now_s - self._controlled_at_s > 0.5 and self.pilot.localization.odometry_age(now_s) > 0.5:
            self._control(now_s)

    def _on_scan(self, message: LaserScan) -> None:
        stamp_s = seconds(message.header.stamp)
        pose = self.pilot.localization.at(stamp_s)
        if pose is None or message.angle_increment == 0.0:
            return
        ranges = np.asarray(message.ranges, np.float32)
        self.pilot.see(
            Scan(stamp_s, pose.compose(self._lidar), message.angle_min, message.angle_increment, ranges,
                 message.range_min, message.range_max)
        )  # fmt: skip

    def _on_tf_static(self, message: TFMessage) -> None:
        for transform in message.transforms:
            if transform.header.frame_id == "base_link" and transform.child_frame_id in ("lidar", "base_scan", "laser"):
                place = transform.transform
                self._lidar = Pose(place.translation.x, place.translation.y, heading(place.rotation))

    def _on_emergency_stop(self, message: Bool) -> None:
        if self.pilot.emergency_stop != message.data:
            self.node.get_logger().warning("emergency stop" if message.data else "emergency stop released")
        self.pilot.emergency_stop = bool(message.data)

    def _on_speed_limit(self, message: SpeedLimit) -> None:
        limit = float(message.speed_limit)
        self.pilot.speed_limit = limit / 100.0 * self.pilot.limits.drive.speed if message.percentage else limit
