"""The perception node as a process: real pictures in, people out at a bounded rate, clear ends for wrong settings."""

# mypy: disable-error-code="no-untyped-call"

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import cv2
import pytest
import rclpy
from gangseo_interfaces.msg import PeopleSeen
from rclpy.context import Context
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.qos import qos_profile_sensor_data
from sensor_msgs.msg import Image

pytestmark = pytest.mark.ros
COMMAND = [sys.executable, "-c", "import sys; from gangseo_perception.main import main; sys.exit(main())", "--ros-args"]


class Camera:
    """A camera that sends pictures, and an ear for what comes back."""

    def __init__(self, node: Node, executor: SingleThreadedExecutor) -> None:
        self.node, self._executor = node, executor
        self.heard: list[PeopleSeen] = []
        self._out = node.create_publisher(Image, "camera/image_raw", qos_profile_sensor_data)
        node.create_subscription(PeopleSeen, "people", self.heard.append, 10)
        self.sent = 0

    def send(self, message: Image, stamp_s: float) -> None:
        message.header.stamp.sec, message.header.stamp.nanosec = int(stamp_s), round(stamp_s % 1.0 * 1e9)
        self._out.publish(message)
        self.sent += 1

    def until(self, done: Callable[[], bool], limit_s: float, each: Callable[[], None] | None = None) -> bool:
        end_s = time.monotonic() + limit_s
        while not done() and time.monotonic() < end_s:
            if each is not None:
                each()
            self._executor.spin_once(timeout_sec=0.05)
        return done()

    def joined(self) -> bool:
        return bool(self._out.get_subscription_count() and self.node.count_publishers("people"))


@pytest.fixture
def camera(ros_domain_id: int) -> Iterator[Camera]:
    context = Context()
    rclpy.init(context=context, domain_id=ros_domain_id)
    node = Node("camera", context=context, namespace="robot_01")
    executor = SingleThreadedExecutor(context=context)
    executor.add_node(node)
    yield Camera(node, executor)
    executor.shutdown()
    node.destroy_node()
    rclpy.shutdown(context=context)


def picture(file: Path) -> Image:
    pixels = cv2.imread(str(file))
    height, width = pixels.shape[:2]
    return Image(height=height, width=width, step=3 * width, encoding="bgr8", data=pixels.tobytes())


def settings(**values: object) -> list[str]:
    return [word for name, value in values.items() for word in ("-p", f"{name}:={value}")]


def environment(ros_domain_id: int) -> dict[str, str]:
    return {"ROS_DOMAIN_ID": str(ros_domain_id), "ROS_AUTOMATIC_DISCOVERY_RANGE": "LOCALHOST"}


def test_people_in_real_pictures_are_told_and_no_more_often_than_set(
    camera: Camera, shared_data: Path, ros_domain_id: int, start_process: Callable, tmp_path: Path
) -> None:
    model = shared_data / "models" / "yolox_nano_416.onnx"
    street = shared_data / "vision" / "pennfudan" / "dev" / "FudanPed00001.jpg"
    if not model.is_file() or not street.is_file():
        pytest.skip(f"model or picture not here: {model}, {street}")
    command = [*COMMAND, "-r", "__ns:=/robot_01", *settings(model_file=model, rate=2.0, within=100.0)]
    start_process("perception", command, environment(ros_domain_id))
    assert camera.until(camera.joined, 30.0), (tmp_path / "perception.log").read_text()

    message = picture(street)
    for k in range(40):
        camera.send(message, 100.0 + 0.05 * k)
        camera.until(lambda: False, 0.06)
    assert camera.until(lambda: len(camera.heard) >= 2, 20.0)
    stamps = [m.header.stamp.sec + m.header.stamp.nanosec * 1e-9 for m in camera.heard]
    assert len(stamps) <= 5
    assert min(b - a for a, b in pairwise(stamps)) >= 0.4
    labelled = json.loads(street.with_suffix(".json").read_text())["boxes_xyxy"]
    seen = camera.heard[0].people
    assert len(seen) >= len(labelled)
    assert camera.heard[0].header.frame_id == "base_link"
    assert all(0.0 <= p.left < p.right <= message.width and p.score >= 0.35 and p.x > 0.0 for p in seen)

    camera.send(Image(height=4, width=4, step=4, encoding="bayer_rggb8", data=bytes(16)), 110.0)
    heard = len(camera.heard)
    assert camera.until(lambda: "not read" in (tmp_path / "perception.log").read_text(), 10.0)
    stamp = iter(range(111, 200))
    assert camera.until(lambda: len(camera.heard) > heard, 20.0, lambda: camera.send(message, float(next(stamp))))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "parameter model_file is not set"),
        ({"model_file": "/nowhere/yolox.onnx"}, "no model at"),
        ({"model_file": __file__}, "not the model expected"),
        ({"model_file": __file__, "rate": 0.0}, "parameter rate is 0; expected"),
        ({"model_file": __file__, "detector": "eyes"}, "expected yolox or ultralytics"),
    ],
)
def test_wrong_settings_end_with_status_2_and_say_what_to_do(
    values: dict[str, object], words: str, ros_domain_id: int, tmp_path: Path, start_process: Callable
) -> None:
    process: subprocess.Popen[bytes] = start_process(
        "perception", [*COMMAND, *settings(**values)], environment(ros_domain_id)
    )
    assert process.wait(timeout=30) == 2
    assert words in (tmp_path / "perception.log").read_text()
