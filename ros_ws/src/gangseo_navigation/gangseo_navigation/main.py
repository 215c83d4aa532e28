"""Starts the navigation of one robot."""

# mypy: disable-error-code="no-untyped-call"

import sys

import rclpy
from rclpy.executors import ExternalShutdownException, SingleThreadedExecutor
from rclpy.node import Node

from gangseo_navigation.map_file import MapFileError
from gangseo_navigation.node import Navigation
from gangseo_navigation.parameters import SettingError, declare
from gangseo_navigation.stations import StationsFileError
from gangseo_navigation.vigil import keep_vigil


def _neighbours(node: Node) -> str:
    counts = {topic: node.count_publishers(topic) for topic in ("/clock", "odom", "scan", "gnss/pose")}
    return ", ".join(f"{count} publish {topic}" for topic, count in counts.items())


def main() -> int:
    """Runs until it is told to stop; 2 when the settings or files are wrong."""
    rclpy.init(args=sys.argv)
    node = Node("navigation")
    executor = SingleThreadedExecutor()
    try:
        navigation = Navigation(node, declare(node))
        executor.add_node(node)
        keep_vigil(lambda: navigation.heard, lambda line: node.get_logger().fatal(f"{line} ({_neighbours(node)})"))
        node.get_logger().info("navigation is up")
        executor.spin()
        navigation.pilot.close()
    except (SettingError, MapFileError, StationsFileError) as err:
        node.get_logger().fatal(str(err))
        return 2
    except (KeyboardInterrupt, ExternalShutdownException):
        pass
    except RuntimeError:
        # The signal handler may end the context while the executor builds its wait set.
        if rclpy.ok():  # type: ignore[attr-defined]
            raise
    finally:
        executor.shutdown(timeout_sec=1.0)
        node.destroy_node()
        rclpy.try_shutdown()  # type: ignore[attr-defined]
    return 0
