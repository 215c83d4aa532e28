"""Serves the node of a process until the process is told to stop."""

# mypy: disable-error-code="no-untyped-call"

from collections.abc import Iterator
from contextlib import contextmanager

import rclpy
from rclpy.executors import ExternalShutdownException, SingleThreadedExecutor
from rclpy.node import Node


@contextmanager
def executor_of(node: Node) -> Iterator[SingleThreadedExecutor]:
    """An executor that serves the node; SIGINT and SIGTERM end the block quietly, and ROS is shut down after it."""
    executor = SingleThreadedExecutor()
    executor.add_node(node)
    try:
        yield executor
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
