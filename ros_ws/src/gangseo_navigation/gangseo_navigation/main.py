"""Starts the navigation of one robot."""

# mypy: disable-error-code="no-untyped-call"

import sys

import rclpy
from rclpy.node import Node

from gangseo_navigation.map_file import MapFileError
from gangseo_navigation.node import Navigation
from gangseo_navigation.parameters import SettingError, declare
from gangseo_navigation.spinning import executor_of
from gangseo_navigation.stations import StationsFileError
from gangseo_navigation.vigil import keep_vigil


def _neighbours(node: Node) -> str:
    counts = {topic: node.count_publishers(topic) for topic in ("/clock", "odom", "scan", "gnss/pose")}
    return ", ".join(f"{count} publish {topic}" for topic, count in counts.items())


def main() -> int:
    """Runs until it is told to stop; 2 when the settings or files are wrong."""
    rclpy.init(args=sys.argv)
    node = Node("navigation")
    with executor_of(node) as executor:
        try:
            navigation = Navigation(node, declare(node))
        except (SettingError, MapFileError, StationsFileError) as err:
            node.get_logger().fatal(str(err))
            return 2
        keep_vigil(lambda: navigation.heard, lambda line: node.get_logger().fatal(f"{line} ({_neighbours(node)})"))
        node.get_logger().info("navigation is up")
        executor.spin()
        navigation.pilot.close()
    return 0
