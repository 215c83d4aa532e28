"""The robot's body over ROS topics and services: senses in, drive, bins and charging out."""

# ROS 2 has no types for its messages and futures.
# ruff: noqa: ANN401
# mypy: disable-error-code="no-untyped-call"

import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gangseo_interfaces.msg import Bins, Compartments, Contact, TrafficSignal, Utterance
from gangseo_interfaces.srv import SetBins, SetCompartment
from geometry_msgs.msg import PoseWithCovarianceStamped
from nav2_msgs.msg import SpeedLimit
from nav_msgs.msg import Odometry
from rclpy.node import Node
from rclpy.qos import DurabilityPolicy, QoSProfile
from sensor_msgs.msg import BatteryState
from std_msgs.msg import Bool
from std_srvs.srv import SetBool, Trigger

from gangseo_robot.ports import Outcome
from gangseo_robot.senses import Battery, BinLevel, Compartment, Pose, Senses, Signal, SignalColor

log = logging.getLogger(__name__)

LATCHED = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
LATCHED_10 = QoSProfile(depth=10, durability=DurabilityPolicy.TRANSIENT_LOCAL)
STALE_S = 3.0
STALE_BATTERY_S = 10.0


def shielded(callback: Callable[[Any], None]) -> Callable[[Any], None]:
    """A callback that logs what it cannot take: an exception would end the spinning thread and every subscription."""

    def call(message: Any) -> None:
        try:
            callback(message)
        except Exception:
            log.exception("message_refused callback=%s", callback.__name__)

    return call


class ServiceCall:
    """One call under way; ended by the service's answer."""

    def __init__(self) -> None:
        self.outcome: Outcome | None = None

    def answered(self, future: Any) -> None:
        """Takes the answer."""
        answer = future.result()
        if answer is None:
            self.outcome = Outcome(ok=False, reason=str(future.exception() or "no answer"))
        else:
            self.outcome = Outcome(ok=answer.success, reason=answer.message)


@dataclass(slots=True)
class _Heard:
    """When something last came: wall and robot time."""

    wall_s: float = -math.inf
    robot_s: float = -math.inf


class RosBody:
    """Body port and source of senses. Use only in the thread that spins ``node``."""

    def __init__(self, node: Node, linked: Callable[[], bool]) -> None:
        self._node, self._linked = node, linked
        self._correction: tuple[float, float, float] | None = None
        self._odometry: Pose | None = None
        self._deviation_m = 0.0
        self._velocity = (0.0, 0.0)
        self._battery: Battery | None = None
        self._bins: tuple[BinLevel, ...] = ()
        self._bins_open = False
        self._compartments: tuple[Compartment, ...] = ()
        self._touching: tuple[str, ...] = ()
        self._signals: dict[str, Signal] = {}
        self._button = False
        self._odometry_heard, self._battery_heard = _Heard(), _Heard()
        listen = node.create_subscription
        listen(Odometry, "odom", shielded(self._on_odometry), 1)
        listen(PoseWithCovarianceStamped, "amcl_pose", shielded(self._on_localization), LATCHED)
        listen(BatteryState, "battery", shielded(self._on_battery), 1)
        listen(Bins, "bins", shielded(self._on_bins), LATCHED)
        listen(Compartments, "compartments", shielded(self._on_compartments), LATCHED)
        listen(Contact, "contact", shielded(self._on_contact), 10)
        listen(TrafficSignal, "/signals", shielded(self._on_signal), LATCHED_10)
        listen(Bool, "emergency_stop_button", shielded(self._on_button), LATCHED)
        self._stop = node.create_publisher(Bool, "emergency_stop", LATCHED)
        self._speed = node.create_publisher(SpeedLimit, "speed_limit", LATCHED)
        self._captions = node.create_publisher(Utterance, "utterance", 10)
        self._set_bins = node.create_client(SetBins, "set_bins")
        self._set_compartment = node.create_client(SetCompartment, "set_compartment")
        self._unload = node.create_client(Trigger, "unload")
        self._set_charging = node.create_client(SetBool, "set_charging")

    # --- senses ---

    def _robot_s(self) -> float:
        return float(self._node.get_clock().now().nanoseconds) * 1e-9

    def _hear(self) -> _Heard:
        return _Heard(time.monotonic(), self._robot_s())

    def senses(self) -> Senses:
        """All that is known now."""
        return Senses(
            now_s=self._robot_s(),
            wall_s=time.monotonic(),
            pose=self._pose(),
            pose_stale=self._stale(self._odometry_heard, STALE_S),
            deviation_m=self._deviation_m,
            speed_mps=self._velocity[0],
            turn_radps=self._velocity[1],
            battery=self._battery,
            battery_stale=self._stale(self._battery_heard, STALE_BATTERY_S),
            bins=self._bins,
            bins_open=self._bins_open,
            compartments=self._compartments,
            touching=self._touching,
            signals=dict(self._signals),
            linked=self._linked(),
            button_pressed=self._button,
        )

    def _stale(self, heard: _Heard, limit_s: float) -> bool:
        """Silent in wall and in robot time: a paused simulation has lost nothing."""
        wall_s, robot_s = time.monotonic() - heard.wall_s, self._robot_s() - heard.robot_s
        return wall_s > limit_s and robot_s > min(limit_s, 1.0)

    def _pose(self) -> Pose | None:
        if self._correction is None or self._odometry is None:
            return None
        return _compose(Pose(*self._correction), self._odometry)

    def _on_odometry(self, message: Odometry) -> None:
        position, q = message.pose.pose.position, message.pose.pose.orientation
        self._odometry = Pose(position.x, position.y, 2 * math.atan2(q.z, q.w))
        self._velocity = (message.twist.twist.linear.x, message.twist.twist.angular.z)
        self._odometry_heard = self._hear()

    def _on_localization(self, message: PoseWithCovarianceStamped) -> None:
        if self._odometry is None:
            return
        position, q = message.pose.pose.position, message.pose.pose.orientation
        theta = 2 * math.atan2(q.z, q.w)
        turn = theta - self._odometry.theta
        rotated = _compose(Pose(0.0, 0.0, turn), self._odometry)
        self._correction = (position.x - rotated.x, position.y - rotated.y, turn)
        self._deviation_m = 2 * math.sqrt(max(0.0, message.pose.covariance[0], message.pose.covariance[7]))

    def _on_battery(self, message: BatteryState) -> None:
        charging = message.power_supply_status == BatteryState.POWER_SUPPLY_STATUS_CHARGING
        self._battery = Battery(float(message.percentage), charging, float(message.voltage), float(message.current))
        self._battery_heard = self._hear()

    def _on_bins(self, message: Bins) -> None:
        self._bins = tuple(BinLevel(b.stream, float(b.fill), float(b.capacity_l)) for b in message.bins)
        self._bins_open = message.open

    def _on_compartments(self, message: Compartments) -> None:
        self._compartments = tuple(Compartment(c.number, c.open, _mass_kg(c.mass_kg)) for c in message.compartments)

    def _on_contact(self, message: Contact) -> None:
        self._touching = tuple(message.bodies) or ("?",) if message.touching else ()

    def _on_signal(self, message: TrafficSignal) -> None:
        color = SignalColor(message.state)
        self._signals[message.crosswalk_id] = Signal(color, float(message.remaining_s), self._robot_s())

    def _on_button(self, message: Bool) -> None:
        self._button = message.data

    # --- body port ---

    def set_bins(self, *, opened: bool) -> ServiceCall:
        """Opens or closes the lids."""
        return self._call(self._set_bins, SetBins.Request(open=opened))

    def set_compartment(self, number: int, *, opened: bool, announced_kg: float = 0.0) -> ServiceCall:
        """Opens or closes the lid of one compartment."""
        request = SetCompartment.Request(number=number, open=opened, announced_kg=announced_kg)
        return self._call(self._set_compartment, request)

    def unload(self) -> ServiceCall:
        """Empties the bins at a depot."""
        return self._call(self._unload, Trigger.Request())

    def set_charging(self, *, enabled: bool) -> ServiceCall:
        """Starts or ends charging."""
        return self._call(self._set_charging, SetBool.Request(data=enabled))

    def hold(self, *, stopped: bool) -> None:
        """Cuts the drive, or gives it back."""
        self._stop.publish(Bool(data=stopped))

    def limit_speed(self, speed_mps: float) -> None:
        """Publishes the speed navigation must keep."""
        limit = SpeedLimit(percentage=False, speed_limit=speed_mps)
        limit.header.stamp = self._node.get_clock().now().to_msg()
        self._speed.publish(limit)

    def caption(self, text_key: str, language: str, text: str, *, audible: bool) -> None:
        """Publishes what is being said."""
        said = Utterance(text_key=text_key, language=language, text=text, audible=audible)
        said.header.stamp = self._node.get_clock().now().to_msg()
        self._captions.publish(said)

    def _call(self, client: Any, request: Any) -> ServiceCall:
        call = ServiceCall()
        if client.service_is_ready():
            client.call_async(request).add_done_callback(call.answered)
        else:
            call.outcome = Outcome(ok=False, reason=f"service {client.srv_name} is not there", lost=True)
        return call


def _mass_kg(measured: float) -> float | None:
    """What a scale shows; less than nothing is nothing, no number is no answer."""
    return max(0.0, measured) if math.isfinite(measured) else None


def _compose(frame: Pose, pose: Pose) -> Pose:
    cos, sin = math.cos(frame.theta), math.sin(frame.theta)
    theta = frame.theta + pose.theta
    return Pose(
        frame.x + cos * pose.x - sin * pose.y,
        frame.y + sin * pose.x + cos * pose.y,
        math.atan2(math.sin(theta), math.cos(theta)),
    )
