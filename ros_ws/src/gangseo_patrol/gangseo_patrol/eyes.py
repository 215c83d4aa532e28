"""The robot's camera and its count of people over ROS, listened to only while the robot looks round."""

# ROS 2 has no types for its messages.
# mypy: disable-error-code="no-untyped-call"

import logging
from typing import Any

from gangseo_interfaces.msg import PeopleSeen
from rclpy.node import Node
from rclpy.qos import QoSProfile, ReliabilityPolicy
from sensor_msgs.msg import Image

from gangseo_patrol.jpeg import jpeg_of
from gangseo_perception.detector import DetectorError
from gangseo_perception.images import picture_of
from gangseo_robot.body import shielded

log = logging.getLogger(__name__)

NEWEST = QoSProfile(depth=1, reliability=ReliabilityPolicy.BEST_EFFORT)
TOPIC = "camera/image_raw"


class RosEyes:
    """Eyes port. Use only in the thread that spins ``node``."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._subscriptions: list[Any] = []
        self._image: Image | None = None
        self._people: int | None = None

    def open(self) -> None:
        """Subscribes: pictures that nobody looks at cost as much as those somebody does."""
        if self._subscriptions:
            return
        listen = self._node.create_subscription
        self._subscriptions = [
            listen(Image, TOPIC, shielded(self._on_image), NEWEST),
            listen(PeopleSeen, "people", shielded(self._on_people), 10),
        ]

    def close(self) -> None:
        """Ends the subscriptions and forgets what was seen."""
        for subscription in self._subscriptions:
            self._node.destroy_subscription(subscription)
        self._subscriptions, self._image, self._people = [], None, None

    @property
    def camera(self) -> bool:
        """Whether anybody publishes pictures."""
        return self._node.count_publishers(TOPIC) > 0

    @property
    def seen(self) -> bool:
        """Whether a picture has come since ``open``."""
        return self._image is not None

    @property
    def people(self) -> int | None:
        """Most people seen at once since ``open``; None when nobody counts."""
        return self._people

    def picture(self) -> bytes | None:
        """The newest picture; one that cannot be read is as good as none."""
        image = self._image
        if image is None:
            return None
        try:
            return jpeg_of(picture_of(image.data, image.height, image.width, image.step, image.encoding))
        except (DetectorError, ValueError) as error:
            log.warning("picture_refused reason=%s", error)
            return None

    def _on_image(self, message: Image) -> None:
        self._image = message

    def _on_people(self, message: PeopleSeen) -> None:
        self._people = max(self._people or 0, len(message.people))
