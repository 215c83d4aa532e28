"""Topics of one simulated robot: messages are made once and filled again for each publication."""

import math
from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
from builtin_interfaces.msg import Time
from gangseo_interfaces.msg import Bin, Bins, Compartment, Compartments, Contact
from geometry_msgs.msg import PoseWithCovarianceStamped, Quaternion, TransformStamped
from nav_msgs.msg import Odometry
from rclpy.node import Node
from rclpy.qos import DurabilityPolicy, QoSProfile, ReliabilityPolicy, qos_profile_sensor_data
from sensor_msgs.msg import BatteryState, LaserScan
from tf2_msgs.msg import TFMessage

from gangseo_sim.engine.core import GNSS_SIGMA_M, GNSS_SIGMA_RAD
from gangseo_sim.engine.equipment import BIN_L, CHARGE_W, PACK_J, STREAMS, pack_voltage
from gangseo_sim.engine.lidar import ANGLE_MIN_RAD, BEAMS, LIDAR_X_M, RANGE_MAX_M, RANGE_MIN_M, STEP_RAD
from gangseo_sim.engine.state import RobotState
from gangseo_sim.engine.world import Floats

LIDAR_Z_M = 0.35
SCAN_S = 0.1


def latched(depth: int) -> QoSProfile:
    """Reliable and transient local: a late subscriber gets the last value."""
    return QoSProfile(depth=depth, reliability=ReliabilityPolicy.RELIABLE, durability=DurabilityPolicy.TRANSIENT_LOCAL)  # type: ignore[no-untyped-call]


def yaw_quaternion(theta: float) -> Quaternion:
    """Rotation about z."""
    return Quaternion(z=math.sin(theta / 2), w=math.cos(theta / 2))


class RobotTopics:
    """Publishers of one robot."""

    def __init__(self, node: Node, robot_id: str) -> None:
        def publisher(kind: type, topic: str, qos: QoSProfile | int) -> Any:  # noqa: ANN401
            return node.create_publisher(kind, f"/{robot_id}/{topic}", qos)

        self._scan_out = publisher(LaserScan, "scan", qos_profile_sensor_data)
        self._odom_out = publisher(Odometry, "odom", 10)
        self._gnss_out = publisher(PoseWithCovarianceStamped, "gnss/pose", 10)
        self._tf_out = publisher(TFMessage, "tf", 100)
        self._tf_static_out = publisher(TFMessage, "tf_static", latched(1))
        self._battery_out = publisher(BatteryState, "battery", 10)
        self._bins_out = publisher(Bins, "bins", latched(1))
        self._compartments_out = publisher(Compartments, "compartments", latched(1))
        self._contact_out = publisher(Contact, "contact", 10)
        self._scan, self._odom, self._gnss = _scan_message(), _odom_message(), _gnss_message()
        self._odom_tf = TransformStamped(child_frame_id="base_link")
        self._odom_tf.header.frame_id = "odom"
        self._last_bins: object = None
        self._last_compartments: object = None
        self._last_contact: object = None

    def publish_frames(self, stamp: Time, others: Sequence[TransformStamped] = ()) -> None:
        """The lidar's place on the body and those of other sensors, once for everybody who ever asks."""
        frame = TransformStamped(child_frame_id="lidar")
        frame.header.frame_id, frame.header.stamp = "base_link", stamp
        frame.transform.translation.x, frame.transform.translation.z = LIDAR_X_M, LIDAR_Z_M
        self._tf_static_out.publish(TFMessage(transforms=[frame, *others]))

    def publish_odometry(self, stamp: Time, robot: RobotState) -> None:
        """Wheel odometry as message and as transform."""
        odom, frame = self._odom, self._odom_tf
        rotation = yaw_quaternion(robot.odom_theta)
        odom.header.stamp = frame.header.stamp = stamp
        odom.pose.pose.position.x, odom.pose.pose.position.y = robot.odom_x, robot.odom_y
        odom.pose.pose.orientation = frame.transform.rotation = rotation
        odom.twist.twist.linear.x, odom.twist.twist.angular.z = robot.odom_speed_mps, robot.odom_turn_rps
        frame.transform.translation.x, frame.transform.translation.y = robot.odom_x, robot.odom_y
        self._odom_out.publish(odom)
        self._tf_out.publish(TFMessage(transforms=[frame]))

    def publish_scan(self, stamp: Time, ranges: Floats) -> None:
        """One turn of the lidar."""
        self._scan.header.stamp = stamp
        self._scan.ranges = array("f", ranges.astype(np.float32).tobytes())
        self._scan_out.publish(self._scan)

    def publish_gnss(self, stamp: Time, pose: tuple[float, float, float]) -> None:
        """Pose of the RTK receiver."""
        self._gnss.header.stamp = stamp
        at = self._gnss.pose.pose
        at.position.x, at.position.y, at.orientation = pose[0], pose[1], yaw_quaternion(pose[2])
        self._gnss_out.publish(self._gnss)

    def publish_battery(self, stamp: Time, robot: RobotState) -> None:
        """Charge, and the current that flows."""
        volts = pack_voltage(robot.state_of_charge)
        capacity_ah = PACK_J / 3600 / pack_voltage(0.5)
        message = BatteryState(
            voltage=volts,
            current=((CHARGE_W if robot.charging else 0.0) - robot.power_w) / volts,
            temperature=math.nan,
            charge=capacity_ah * robot.state_of_charge,
            capacity=capacity_ah,
            design_capacity=capacity_ah,
            percentage=robot.state_of_charge,
            power_supply_status=(
                BatteryState.POWER_SUPPLY_STATUS_CHARGING
                if robot.charging
                else BatteryState.POWER_SUPPLY_STATUS_DISCHARGING
            ),
            power_supply_health=BatteryState.POWER_SUPPLY_HEALTH_GOOD,
            power_supply_technology=BatteryState.POWER_SUPPLY_TECHNOLOGY_LION,
            present=True,
        )
        message.header.stamp = stamp
        self._battery_out.publish(message)

    def publish_bins(self, stamp: Time, robot: RobotState, *, only_change: bool) -> None:
        """Fills and lids."""
        now = (robot.fills, robot.bins_open)
        if only_change and now == self._last_bins:
            return
        self._last_bins = now
        bins = [Bin(stream=s, fill=f, capacity_l=BIN_L) for s, f in zip(STREAMS, robot.fills, strict=True)]
        message = Bins(bins=bins, open=robot.bins_open)
        message.header.stamp = stamp
        self._bins_out.publish(message)

    def publish_compartments(self, stamp: Time, robot: RobotState, *, only_change: bool) -> None:
        """Lids and scales."""
        now = (robot.lids_open, robot.goods_kg)
        if only_change and now == self._last_compartments:
            return
        self._last_compartments = now
        lids = enumerate(zip(*now, strict=True), start=1)
        message = Compartments(
            compartments=[
                Compartment(number=number, open=opened, mass_kg=mass_kg) for number, (opened, mass_kg) in lids
            ]
        )
        message.header.frame_id, message.header.stamp = "base_link", stamp
        self._compartments_out.publish(message)

    def publish_contact(self, stamp: Time, robot: RobotState, *, only_change: bool) -> None:
        """Bumper."""
        if only_change and robot.touching == self._last_contact:
            return
        self._last_contact = robot.touching
        message = Contact(touching=bool(robot.touching), bodies=list(robot.touching))
        message.header.frame_id, message.header.stamp = "base_link", stamp
        self._contact_out.publish(message)


def _scan_message() -> LaserScan:
    message = LaserScan(
        angle_min=ANGLE_MIN_RAD,
        angle_max=ANGLE_MIN_RAD + (BEAMS - 1) * STEP_RAD,
        angle_increment=STEP_RAD,
        time_increment=0.0,
        scan_time=SCAN_S,
        range_min=RANGE_MIN_M,
        range_max=RANGE_MAX_M,
    )
    message.header.frame_id = "lidar"
    return message


def _odom_message() -> Odometry:
    message = Odometry(child_frame_id="base_link")
    message.header.frame_id = "odom"
    for index, variance in ((0, 0.01), (7, 0.01), (35, 0.02)):
        message.pose.covariance[index] = variance
    for index, variance in ((0, 4e-4), (35, 6e-4)):
        message.twist.covariance[index] = variance
    return message


def _gnss_message() -> PoseWithCovarianceStamped:
    message = PoseWithCovarianceStamped()
    message.header.frame_id = "map"
    for index, variance in ((0, GNSS_SIGMA_M**2), (7, GNSS_SIGMA_M**2), (35, GNSS_SIGMA_RAD**2)):
        message.pose.covariance[index] = variance
    return message
