"""How one action is offered: accepted while navigation is active, owning the motion while it runs."""

# mypy: disable-error-code="no-untyped-call"

from collections.abc import Callable
from typing import Any

from rclpy.action.server import ActionServer, CancelResponse, GoalResponse, ServerGoalHandle
from rclpy.node import Node

from gangseo_navigation.motion import CANCELED, PREEMPTED, Motion
from gangseo_navigation.pilot import Pilot
from gangseo_navigation.task import Outcome


class Offer:
    """Makes action servers whose goals own the motion while they run."""

    def __init__(self, node: Node, pilot: Pilot, motion: Motion) -> None:
        self.node, self.pilot, self.motion = node, pilot, motion

    def action(self, kind: Any, name: str, work: Callable[[ServerGoalHandle, Any], Any], *, moves: bool = True) -> None:  # noqa: ANN401
        """Offers an action; ``work(goal handle, result)`` is a coroutine giving an Outcome."""

        async def execute(handle: ServerGoalHandle) -> object:
            result = kind.Result()
            if moves:
                self.motion.claim(handle.goal_id.uuid.tobytes())
            try:
                outcome = await work(handle, result)
            except Exception as err:  # noqa: BLE001 - a fault of one goal must not end the node
                self.node.get_logger().error(f"{name}: {err!r}")
                outcome = Outcome(int(getattr(kind.Result, "UNKNOWN", 100)), repr(err))
            return self._end(name, handle, result, outcome)

        def cancel(handle: ServerGoalHandle) -> CancelResponse:
            self.motion.cancel(handle.goal_id.uuid.tobytes())
            return CancelResponse.ACCEPT

        def accept(_: object) -> GoalResponse:
            return GoalResponse.ACCEPT if self.pilot.active else GoalResponse.REJECT

        ActionServer(self.node, kind, name, execute, goal_callback=accept, cancel_callback=cancel)

    def _end(self, name: str, handle: ServerGoalHandle, result: Any, outcome: Outcome) -> object:  # noqa: ANN401
        self.motion.release(handle.goal_id.uuid.tobytes())
        if hasattr(result, "error_code"):
            result.error_code = max(0, outcome.code)
        if hasattr(result, "error_msg"):
            result.error_msg = outcome.message
        if hasattr(result, "success"):
            result.success = outcome.succeeded
        if outcome.succeeded:
            handle.succeed()
        elif outcome is CANCELED or handle.is_cancel_requested:
            handle.canceled()
        else:
            if outcome is not PREEMPTED:
                self.node.get_logger().warning(f"{name} failed with {outcome.code}: {outcome.message}")
            handle.abort()
        return result
