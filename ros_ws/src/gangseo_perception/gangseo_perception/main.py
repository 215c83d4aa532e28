"""Starts the perception of one robot."""

# mypy: disable-error-code="no-untyped-call"

import sys

import rclpy
from rclpy.executors import ExternalShutdownException, SingleThreadedExecutor
from rclpy.node import Node

from gangseo_perception.detector import DetectorError
from gangseo_perception.node import Perception
from gangseo_perception.parameters import SettingError, declare, make_detector


def main() -> int:
    """Runs until it is told to stop; 2 when the settings or the model are wrong."""
    rclpy.init(args=sys.argv)
    node = Node("perception")
    executor = SingleThreadedExecutor()
    try:
        settings = declare(node)
        perception = Perception(node, settings, make_detector(settings))
        executor.add_node(perception.node)
        node.get_logger().info("perception is up")
        executor.spin()
    except (SettingError, DetectorError) as err:
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
