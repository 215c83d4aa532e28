"""The camera of one simulated robot: pictures only while somebody looks at them."""

import math

from builtin_interfaces.msg import Time
from geometry_msgs.msg import TransformStamped
from numpy import uint8
from numpy.typing import NDArray
from rclpy.node import Node
from rclpy.qos import QoSProfile, ReliabilityPolicy
from sensor_msgs.msg import CameraInfo, Image

from gangseo_sim.engine.camera import (
    CAMERA_PITCH_RAD,
    CAMERA_X_M,
    CAMERA_Z_M,
    CENTER_X,
    CENTER_Y,
    FOCAL,
    HEIGHT,
    WIDTH,
)

NEWEST = QoSProfile(depth=1, reliability=ReliabilityPolicy.BEST_EFFORT)  # type: ignore[no-untyped-call]


class RobotCamera:
    """Publishers of one camera."""

    def __init__(self, node: Node, robot_id: str) -> None:
        self._image_out = node.create_publisher(Image, f"/{robot_id}/camera/image_raw", NEWEST)
        self._info_out = node.create_publisher(CameraInfo, f"/{robot_id}/camera/camera_info", NEWEST)
        self._info = _info()

    @property
    def wanted(self) -> bool:
        """Whether anybody looks."""
        return self._image_out.get_subscription_count() > 0

    def publish(self, stamp: Time, picture: NDArray[uint8]) -> None:
        """A picture, HEIGHT x WIDTH x 3, RGB, and the camera's measures."""
        image = Image(height=HEIGHT, width=WIDTH, encoding="rgb8", step=3 * WIDTH, data=picture.tobytes())
        image.header.frame_id, image.header.stamp = "camera", stamp
        self._info.header.stamp = stamp
        self._info_out.publish(self._info)
        self._image_out.publish(image)


def camera_frame(stamp: Time) -> TransformStamped:
    """Where the camera is on the body: it looks forward and a little down."""
    frame = TransformStamped(child_frame_id="camera")
    frame.header.frame_id, frame.header.stamp = "base_link", stamp
    frame.transform.translation.x, frame.transform.translation.z = CAMERA_X_M, CAMERA_Z_M
    frame.transform.rotation.y, frame.transform.rotation.w = (
        math.sin(CAMERA_PITCH_RAD / 2), math.cos(CAMERA_PITCH_RAD / 2),
    )  # fmt: skip
    return frame


def _info() -> CameraInfo:
    message = CameraInfo(height=HEIGHT, width=WIDTH, distortion_model="plumb_bob", d=[0.0] * 5)
    message.header.frame_id = "camera"
    message.k = [FOCAL, 0.0, CENTER_X, 0.0, FOCAL, CENTER_Y, 0.0, 0.0, 1.0]
    message.r = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]
    message.p = [FOCAL, 0.0, CENTER_X, 0.0, 0.0, FOCAL, CENTER_Y, 0.0, 0.0, 0.0, 1.0, 0.0]
    return message
