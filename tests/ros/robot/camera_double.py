"""A camera and a perception of plain numbers: a real ROS process."""

import rclpy
from gangseo_interfaces.msg import PeopleSeen, PersonSeen
from rclpy.qos import QoSProfile, ReliabilityPolicy
from sensor_msgs.msg import Image

WIDTH, HEIGHT = 64, 48


def main() -> None:
    rclpy.init()
    node = rclpy.create_node("camera_double")
    newest = QoSProfile(depth=1, reliability=ReliabilityPolicy.BEST_EFFORT)
    images = node.create_publisher(Image, "camera/image_raw", newest)
    people = node.create_publisher(PeopleSeen, "people", 10)
    picture = bytes(value for row in range(HEIGHT) for column in range(WIDTH) for value in (row * 5, column * 3, 40))

    def show() -> None:
        images.publish(Image(height=HEIGHT, width=WIDTH, encoding="rgb8", step=3 * WIDTH, data=picture))
        people.publish(PeopleSeen(people=[PersonSeen(), PersonSeen()]))

    node.create_timer(0.2, show)
    rclpy.spin(node)


if __name__ == "__main__":
    main()
