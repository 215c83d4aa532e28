"""The ROS node: pictures in, people near the robot out, at a bounded rate."""

# mypy: disable-error-code="no-untyped-call"

from gangseo_interfaces.msg import PeopleSeen
from gangseo_interfaces.msg import PersonSeen as PersonMessage
from rclpy.node import Node
from rclpy.qos import QoSProfile, ReliabilityPolicy
from sensor_msgs.msg import CameraInfo, Image

from gangseo_perception.detector import Detector, DetectorError
from gangseo_perception.images import picture_of
from gangseo_perception.parameters import Settings
from gangseo_perception.people import PersonSeen, people_near
from gangseo_perception.projection import Camera, from_view_angle

NEWEST = QoSProfile(depth=1, reliability=ReliabilityPolicy.BEST_EFFORT)
SLACK = 0.9
"""Share of the period after which a picture is taken, so that a camera as fast as the rate loses none."""


class Perception:
    """Looks at the newest picture of one robot's camera and tells who is near."""

    def __init__(self, node: Node, settings: Settings, detector: Detector) -> None:
        self.node, self._settings, self._detector = node, settings, detector
        self._info: Camera | None = None
        self._looked_at_s = -1e9
        self._trouble = ""
        self._people = node.create_publisher(PeopleSeen, "people", 10)
        node.create_subscription(Image, "camera/image_raw", self._on_image, NEWEST)
        node.create_subscription(CameraInfo, "camera/camera_info", self._on_info, NEWEST)

    def _on_info(self, message: CameraInfo) -> None:
        focal_x, _, center_x, _, focal_y, center_y = (float(value) for value in message.k[:6])
        if focal_x > 0.0 and focal_y > 0.0:
            settings = self._settings
            self._info = Camera(focal_x, focal_y, center_x, center_y, settings.camera_x, settings.camera_height,
                                settings.camera_pitch)  # fmt: skip

    def _on_image(self, message: Image) -> None:
        """Time that went back (a simulation began anew) starts afresh."""
        stamp_s = message.header.stamp.sec + message.header.stamp.nanosec * 1e-9
        if 0.0 <= stamp_s - self._looked_at_s < SLACK / self._settings.rate:
            return
        self._looked_at_s = stamp_s
        try:
            picture = picture_of(message.data, message.height, message.width, message.step, message.encoding)
            found = self._detector.detect(picture)
        except DetectorError as err:
            self._report(str(err))
            return
        self._report("")
        near = people_near(found, self._camera(message), message.height, self._settings.within)
        out = PeopleSeen(people=[_message(person) for person in near])
        out.header.stamp, out.header.frame_id = message.header.stamp, "base_link"
        self._people.publish(out)

    def _camera(self, message: Image) -> Camera:
        settings = self._settings
        return self._info or from_view_angle(
            message.width, message.height, settings.view_angle, settings.camera_x, settings.camera_height,
            settings.camera_pitch,
        )  # fmt: skip

    def _report(self, trouble: str) -> None:
        """Once when pictures cannot be read, once when they can again."""
        if trouble != self._trouble:
            self._trouble = trouble
            if trouble:
                self.node.get_logger().error(trouble)
            else:
                self.node.get_logger().info("pictures can be read again")


def _message(person: PersonSeen) -> PersonMessage:
    box = person.detection
    return PersonMessage(
        x=person.x, y=person.y, place_known=person.place_known, score=box.score,
        left=box.left, top=box.top, right=box.right, bottom=box.bottom,
    )  # fmt: skip
