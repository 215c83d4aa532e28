"""Notes when which wheel command was given, and how the robot moved: JSON lines, on the clock all processes share."""

import json
import sys
import time
from pathlib import Path

import rclpy
from geometry_msgs.msg import Twist
from nav_msgs.msg import Odometry


def main() -> None:
    rclpy.init()
    node = rclpy.create_node("wheel_record")
    robot = sys.argv[2]
    with Path(sys.argv[1]).open("a", buffering=1) as file:

        def note(what: str, twist: Twist) -> None:
            entry = {"what": what, "at": time.monotonic(), "v": twist.linear.x, "w": twist.angular.z}
            file.write(json.dumps(entry) + "\n")

        node.create_subscription(Twist, f"/{robot}/cmd_vel", lambda message: note("cmd", message), 10)
        node.create_subscription(Odometry, f"/{robot}/odom", lambda message: note("odom", message.twist.twist), 10)
        rclpy.spin(node)


if __name__ == "__main__":
    main()
