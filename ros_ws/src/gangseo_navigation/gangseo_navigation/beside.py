"""Between the planner's thread and the node's executor."""

# mypy: disable-error-code="no-untyped-call"

from collections.abc import Callable
from concurrent.futures import Future as Later
from typing import TypeVar

from rclpy.node import Node
from rclpy.task import Future

from gangseo_navigation.memory import LivePlanner
from gangseo_navigation.route import Planning

T = TypeVar("T")


def in_node(node: Node, function: Callable[..., object], *args: object) -> None:
    """Calls a function in the node's executor; may be called from any thread."""
    executor = node.executor
    if executor is not None:
        executor.create_task(function, *args)


async def beside(node: Node, planning: Planning, job: Callable[[LivePlanner], T]) -> T:
    """Awaits work done in the planner's thread."""
    ready = Future()

    def hand_over(done: "Later[T]") -> None:
        error = done.exception()
        if error is not None:
            in_node(node, ready.set_exception, error)
        else:
            in_node(node, ready.set_result, done.result())

    planning.submit(job).add_done_callback(hand_over)
    result: T = await ready
    return result
