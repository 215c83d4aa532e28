"""The real sim_bridge process: topics, rates, clock, services, and kill -9."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

rclpy = pytest.importorskip("rclpy", reason="ROS 2 is not here: run ./gangseo doctor")

from gangseo_interfaces.msg import Bin, Bins, Compartments, Contact, SimState, TrafficSignal  # noqa: E402
from gangseo_interfaces.srv import (  # noqa: E402
    PlaceObstacle,
    PutGoods,
    SetBins,
    SetCompartment,
    SetRobot,
    SetSpeed,
    StepSim,
)
from geometry_msgs.msg import PoseWithCovarianceStamped, Twist  # noqa: E402
from nav_msgs.msg import Odometry  # noqa: E402
from rclpy.context import Context  # noqa: E402
from rclpy.executors import SingleThreadedExecutor  # noqa: E402
from rclpy.node import Node  # noqa: E402
from rclpy.qos import DurabilityPolicy, QoSProfile, ReliabilityPolicy, qos_profile_sensor_data  # noqa: E402
from rosgraph_msgs.msg import Clock  # noqa: E402
from sensor_msgs.msg import BatteryState, CameraInfo, Image, LaserScan  # noqa: E402
from std_msgs.msg import Bool  # noqa: E402
from std_srvs.srv import SetBool, Trigger  # noqa: E402
from tf2_msgs.msg import TFMessage  # noqa: E402

pytestmark = pytest.mark.ros
LATCHED = QoSProfile(depth=10, durability=DurabilityPolicy.TRANSIENT_LOCAL)
START_S = 60.0
"""A first start compiles the kernels."""


class Watcher:
    """A node in the test that collects messages, sends commands and calls services."""

    def __init__(self, domain: int) -> None:
        self._context = Context()
        rclpy.init(context=self._context, domain_id=domain)
        self.node = Node("watcher", context=self._context, start_parameter_services=False)
        self._executor = SingleThreadedExecutor(context=self._context)
        self._executor.add_node(self.node)
        self.got: dict[str, list[Any]] = {}

    def watch(self, kind: type, topic: str, qos: QoSProfile | int = 100) -> None:
        self.got[topic] = []
        self.node.create_subscription(kind, topic, self.got[topic].append, qos)

    def last(self, topic: str) -> Any:
        self.until(lambda: bool(self.got[topic]), f"a message on {topic}")
        return self.got[topic][-1]

    def until(self, done: Callable[[], bool], what: str, timeout_s: float = 30.0) -> None:
        end = time.monotonic() + timeout_s
        while not done():
            assert time.monotonic() < end, f"no {what} in {timeout_s} s"
            self._executor.spin_once(timeout_sec=0.05)

    def spin(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._executor.spin_once(timeout_sec=0.01)

    def call(self, kind: type, name: str, **fields: Any) -> Any:
        client = self.node.create_client(kind, name)
        self.until(client.service_is_ready, f"service {name}")
        future = client.call_async(kind.Request(**fields))
        self.until(future.done, f"answer of {name}")
        self.node.destroy_client(client)
        return future.result()

    def close(self) -> None:
        self._executor.shutdown()
        self.node.destroy_node()
        rclpy.shutdown(context=self._context)


@pytest.fixture
def watcher(ros_domain_id: int) -> Iterator[Watcher]:
    found = Watcher(ros_domain_id)
    yield found
    found.close()


@pytest.fixture
def start_bridge(start_process: Callable[..., Any], ros_domain_id: int, world_dir: Path) -> Callable[..., Any]:
    def start(**parameters: str) -> subprocess.Popen[bytes]:
        given = {"world_dir": str(world_dir), "robots": "[robot_01, robot_02]"} | parameters
        options = [part for name, value in given.items() for part in ("-p", f"{name}:={value}")]
        env = {
            "ROS_DOMAIN_ID": str(ros_domain_id),
            "ROS_AUTOMATIC_DISCOVERY_RANGE": "LOCALHOST",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        return start_process(
            "sim_bridge", [sys.executable, "-m", "gangseo_sim.bridge_node", "--ros-args", *options], env
        )

    return start


def clock_s(message: Any) -> float:
    return stamp_s(message.clock)


def stamp_s(stamp: Any) -> float:
    return float(stamp.sec + stamp.nanosec / 1e9)


def wait_for_clock(watcher: Watcher) -> None:
    watcher.watch(Clock, "/clock")
    watcher.until(lambda: bool(watcher.got["/clock"]), "/clock", START_S)


@pytest.mark.slow
def test_topics_come_with_their_frames_and_rates(watcher: Watcher, start_bridge: Callable[..., Any]) -> None:
    start_bridge()
    wait_for_clock(watcher)
    for kind, topic, qos in (
        (LaserScan, "/robot_02/scan", qos_profile_sensor_data), (Odometry, "/robot_02/odom", 100),
        (TFMessage, "/robot_02/tf", 100), (TFMessage, "/robot_02/tf_static", LATCHED),
        (PoseWithCovarianceStamped, "/robot_02/gnss/pose", 100), (BatteryState, "/robot_02/battery", 100),
        (Bins, "/robot_02/bins", LATCHED), (Compartments, "/robot_02/compartments", LATCHED),
        (Contact, "/robot_02/contact", 100), (TrafficSignal, "/signals", LATCHED), (SimState, "/sim/state", 100),
    ):  # fmt: skip
        watcher.watch(kind, topic, qos)
    watcher.until(lambda: all(watcher.got.values()), "message on every topic")
    for messages in watcher.got.values():
        messages.clear()
    watcher.spin(5.0)
    begin = clock_s(watcher.got["/clock"][0])
    simulated = clock_s(watcher.got["/clock"][-1]) - begin
    # Of a latched topic the last ten come first, some of them only now.
    lights = [light for light in watcher.got["/signals"] if stamp_s(light.header.stamp) >= begin]
    # A busy machine slows simulated time, so sensors are counted by it; the clock and the truth by the wall.
    assert 1.0 < simulated < 5.5
    for topic, rate in (
        ("/robot_02/scan", 10), ("/robot_02/odom", 20), ("/robot_02/tf", 20), ("/robot_02/gnss/pose", 10),
        ("/robot_02/battery", 1), ("/robot_02/bins", 1), ("/robot_02/compartments", 1),
        ("/robot_02/contact", 1),
    ):  # fmt: skip
        assert len(watcher.got[topic]) / simulated == pytest.approx(rate, rel=0.15, abs=0.7), topic
    assert len(lights) / simulated == pytest.approx(2, rel=0.15, abs=0.7)
    assert 15 < len(watcher.got["/clock"]) / 5.0 < 55
    assert 1 < len(watcher.got["/sim/state"]) / 5.0 < 5.6
    scan, odom = watcher.last("/robot_02/scan"), watcher.last("/robot_02/odom")
    assert (scan.header.frame_id, len(scan.ranges), scan.range_max) == ("lidar", 360, 25.0)
    assert (odom.header.frame_id, odom.child_frame_id) == ("odom", "base_link")
    gnss = watcher.last("/robot_02/gnss/pose")
    assert gnss.header.frame_id == "map"
    assert (gnss.pose.pose.position.x, gnss.pose.pose.position.y) == pytest.approx((94.6, 42.85), abs=0.15)
    battery = watcher.last("/robot_02/battery")
    assert battery.power_supply_status == BatteryState.POWER_SUPPLY_STATUS_CHARGING
    assert 0.8 < battery.percentage <= 1.0
    assert len(watcher.last("/sim/state").bodies) == 20


@pytest.mark.slow
def test_robot_drives_by_command_stops_without_and_obeys_emergency_stop(
    watcher: Watcher, start_bridge: Callable[..., Any]
) -> None:
    start_bridge(people="0")
    wait_for_clock(watcher)
    watcher.watch(Odometry, "/robot_01/odom")
    command = watcher.node.create_publisher(Twist, "/robot_01/cmd_vel", QoSProfile(depth=1))
    stop = watcher.node.create_publisher(Bool, "/robot_01/emergency_stop", LATCHED)
    back = Twist()
    back.linear.x = -0.5

    def speed() -> float:
        return watcher.last("/robot_01/odom").twist.twist.linear.x

    def push() -> bool:
        command.publish(back)
        watcher.spin(0.05)
        return speed() < -0.45

    watcher.until(push, "speed of 0.5 m/s")
    watcher.until(lambda: speed() == 0.0, "stop after the last command")
    watcher.until(push, "speed of 0.5 m/s again")
    stop.publish(Bool(data=True))

    def stopped() -> bool:
        command.publish(back)
        watcher.spin(0.05)
        return speed() == 0.0

    watcher.until(stopped, "emergency stop")
    stop.publish(Bool(data=False))
    watcher.until(push, "driving after the release")


@pytest.mark.slow
def test_services_answer_and_say_why_not(watcher: Watcher, start_bridge: Callable[..., Any]) -> None:
    start_bridge(people="0")
    wait_for_clock(watcher)
    watcher.watch(Bins, "/robot_01/bins", LATCHED)
    watcher.watch(BatteryState, "/robot_01/battery")
    assert watcher.call(SetBins, "/robot_01/set_bins", open=True).success
    watcher.until(lambda: watcher.last("/robot_01/bins").open, "open bins")
    refused = watcher.call(Trigger, "/robot_01/unload")
    assert (refused.success, "not at a depot" in refused.message) == (False, True)
    full = [Bin(stream="can", fill=0.95)]
    assert watcher.call(
        SetRobot, "/sim/set_robot", robot_id="robot_01", state_of_charge=0.4, bins=full, move=True, x=130.0, y=9.5,
        theta=-1.5708,
    ).success  # fmt: skip
    watcher.until(lambda: abs(watcher.last("/robot_01/battery").percentage - 0.4) < 0.01, "battery as set")
    watcher.until(lambda: max(b.fill for b in watcher.last("/robot_01/bins").bins) > 0.9, "fill as set")
    assert watcher.call(Trigger, "/robot_01/unload").success
    assert "not on a charger" in watcher.call(SetBool, "/robot_01/set_charging", data=True).message
    assert watcher.call(SetBool, "/robot_02/set_charging", data=False).success
    assert watcher.call(SetBool, "/robot_02/set_charging", data=True).success
    crate = {"obstacle_id": "crate", "x": 120.0, "y": 60.0, "radius_m": 0.5}
    assert watcher.call(PlaceObstacle, "/sim/place_obstacle", **crate).success
    assert watcher.call(PlaceObstacle, "/sim/place_obstacle", **crate, remove=True).success
    assert "no obstacle" in watcher.call(PlaceObstacle, "/sim/place_obstacle", **crate, remove=True).message
    assert "unknown robot" in watcher.call(SetRobot, "/sim/set_robot", robot_id="robot_77").message
    assert not watcher.call(SetSpeed, "/sim/set_speed", factor=0.0).success
    assert "not paused" in watcher.call(StepSim, "/sim/step", duration_s=1.0).message


@pytest.mark.slow
def test_compartments_open_and_people_reach_in(watcher: Watcher, start_bridge: Callable[..., Any]) -> None:
    start_bridge(people="0", speed="4.0")
    wait_for_clock(watcher)
    watcher.watch(Compartments, "/robot_01/compartments", LATCHED)

    def lid(number: int) -> Any:
        return watcher.last("/robot_01/compartments").compartments[number - 1]

    assert [c.number for c in watcher.last("/robot_01/compartments").compartments] == [1, 2, 3, 4]
    set_lid = "/robot_01/set_compartment"
    assert watcher.call(SetCompartment, set_lid, number=2, open=True, announced_kg=8.0).success
    watcher.until(lambda: lid(2).open, "open compartment")
    watcher.until(lambda: 7.0 < lid(2).mass_kg < 9.0, "goods put in")
    put = {"robot_id": "robot_01", "number": 2}
    assert watcher.call(PutGoods, "/sim/put_goods", **put, mass_kg=2.5).success
    watcher.until(lambda: lid(2).mass_kg == 2.5, "goods as said")
    assert watcher.call(SetCompartment, set_lid, number=2, open=False).success
    watcher.until(lambda: not lid(2).open, "closed compartment")
    assert "compartment 2 is closed" in watcher.call(PutGoods, "/sim/put_goods", **put, mass_kg=1.0).message
    assert "there are 1 to 4" in watcher.call(SetCompartment, set_lid, number=5, open=True).message
    assert watcher.call(SetCompartment, set_lid, number=2, open=True).success
    watcher.until(lambda: lid(2).mass_kg == 0.0, "goods taken out")


@pytest.mark.slow
def test_pause_step_and_speed(watcher: Watcher, start_bridge: Callable[..., Any]) -> None:
    start_bridge()
    wait_for_clock(watcher)
    assert watcher.call(SetBool, "/sim/pause", data=True).success
    watcher.spin(0.3)
    frozen = clock_s(watcher.last("/clock"))
    watcher.spin(0.5)
    assert clock_s(watcher.last("/clock")) == frozen
    assert watcher.call(StepSim, "/sim/step", duration_s=1.25).success
    watcher.spin(0.3)
    assert clock_s(watcher.last("/clock")) == pytest.approx(frozen + 1.25, abs=1e-6)
    assert watcher.call(SetSpeed, "/sim/set_speed", factor=4.0).success
    assert watcher.call(SetBool, "/sim/pause", data=False).success
    watcher.spin(1.0)
    began, at = clock_s(watcher.last("/clock")), time.monotonic()
    watcher.spin(2.0)
    assert 1.5 < (clock_s(watcher.last("/clock")) - began) / (time.monotonic() - at) < 4.6


@pytest.mark.slow
def test_world_goes_on_after_kill_and_the_clock_never_goes_back(
    watcher: Watcher, start_bridge: Callable[..., Any], tmp_path: Path
) -> None:
    state_file = str(tmp_path / "data" / "sim_state.json")
    first = start_bridge(state_file=state_file, speed="2.0")
    wait_for_clock(watcher)
    at_depot = {"robot_id": "robot_01", "move": True, "x": 130.0, "y": 20.0, "theta": 1.0, "state_of_charge": 0.5}
    assert watcher.call(SetRobot, "/sim/set_robot", **at_depot).success
    watcher.spin(3.0)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    watcher.spin(0.2)
    before = clock_s(watcher.last("/clock"))
    watcher.got["/clock"].clear()
    second = start_bridge(state_file=state_file, speed="2.0")
    watcher.watch(PoseWithCovarianceStamped, "/robot_01/gnss/pose")
    watcher.until(lambda: bool(watcher.got["/clock"]), "/clock after the restart", START_S)
    times = [clock_s(message) for message in watcher.got["/clock"]]
    assert before < times[0] < before + 20.0
    assert times == sorted(times)
    position = watcher.last("/robot_01/gnss/pose").pose.pose.position
    assert (position.x, position.y) == pytest.approx((130.0, 20.0), abs=0.2)
    second.terminate()
    assert second.wait(timeout=20) == 0


@pytest.mark.slow
def test_pictures_come_once_a_second_while_somebody_looks(watcher: Watcher, start_bridge: Callable[..., Any]) -> None:
    start_bridge(cameras="true")
    wait_for_clock(watcher)
    in_the_park = {"robot_id": "robot_01", "move": True, "x": 130.0, "y": 54.0, "theta": 2.2, "state_of_charge": 0.9}
    assert watcher.call(SetRobot, "/sim/set_robot", **in_the_park).success
    newest = QoSProfile(depth=1, reliability=ReliabilityPolicy.BEST_EFFORT)
    watcher.watch(CameraInfo, "/robot_01/camera/camera_info", newest)
    began = watcher.last("/clock")
    watcher.until(lambda: clock_s(watcher.last("/clock")) > clock_s(began) + 3.0, "three seconds")
    assert not watcher.got["/robot_01/camera/camera_info"], "nobody looks"
    watcher.watch(Image, "/robot_01/camera/image_raw", newest)
    watcher.until(lambda: len(watcher.got["/robot_01/camera/image_raw"]) >= 4, "pictures")
    images = watcher.got["/robot_01/camera/image_raw"]
    stamps = [image.header.stamp.sec + image.header.stamp.nanosec * 1e-9 for image in images]
    assert [round(b - a, 6) for a, b in pairwise(stamps)][-2:] == [1.0, 1.0]
    image, info = images[-1], watcher.last("/robot_01/camera/camera_info")
    assert (image.width, image.height, image.encoding, image.header.frame_id) == (320, 240, "rgb8", "camera")
    assert (info.width, info.height) == (320, 240)
    assert len(set(bytes(image.data))) > 30, "more than one colour"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"world_dir": "/nowhere"}, "run python -m gangseo_sim.generate first"),
        ({"robots": "[robot_77]"}, "unknown robot robot_77"),
        ({"speed": "0"}, "give a factor above 0"),
        ({"speed": "fast"}, "parameter speed is 'fast'"),
        ({"robots": "robot_01"}, "give a list"),
        ({"cameras": "true", "backend": "gz"}, "true only with backend embedded"),
        ({"state_file": "/proc/none/state.json"}, "change state_file"),
    ],
)
def test_wrong_parameter_ends_with_one_clear_line(
    start_bridge: Callable[..., Any], tmp_path: Path, parameters: dict[str, str], told: str
) -> None:
    process = start_bridge(**parameters)
    assert process.wait(timeout=START_S) == 2
    assert told in (tmp_path / "sim_bridge.log").read_text(encoding="utf-8")


@pytest.mark.slow
def test_broken_checkpoint_is_kept_aside_and_told(
    watcher: Watcher, start_bridge: Callable[..., Any], tmp_path: Path
) -> None:
    state_file = tmp_path / "sim_state.json"
    state_file.write_text('{"speed": 1', encoding="utf-8")
    start_bridge(state_file=str(state_file))
    wait_for_clock(watcher)
    assert (tmp_path / "sim_state.json.unusable").read_text(encoding="utf-8") == '{"speed": 1'
    assert "cannot be used" in (tmp_path / "sim_bridge.log").read_text(encoding="utf-8")
