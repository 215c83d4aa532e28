"""A client with nothing but Nav2's names and types, futures only."""

from typing import Any

import pytest
from geometry_msgs.msg import PoseStamped
from rclpy.action import ActionClient

from gangseo_navigation.messages import quaternion
from ros.nav2_contract.contract import ACTIONS, SERVICES
from ros.nav2_contract.vehicle import Robot


def pose(x: float, y: float, theta: float = 0.0, frame: str = "map") -> PoseStamped:
    message = PoseStamped()
    message.header.frame_id = frame
    message.pose.position.x, message.pose.position.y = x, y
    message.pose.orientation = quaternion(theta)
    return message


class Client:
    """Goals and requests to the navigation of one robot."""

    def __init__(self, robot: Robot) -> None:
        self.robot = robot
        self.feedback: list[Any] = []
        self._actions: dict[str, Any] = {}

    def action(self, name: str) -> Any:
        if name not in self._actions:
            self._actions[name] = ActionClient(self.robot.node, ACTIONS[name].kind, name)
            assert self._actions[name].wait_for_server(timeout_sec=20.0), name
        return self._actions[name]

    def send(self, name: str, goal: Any) -> Any:
        client = self.action(name)

        async def work() -> Any:
            return await client.send_goal_async(goal, feedback_callback=lambda m: self.feedback.append(m.feedback))

        return self.robot.do(work)

    def result(self, handle: Any, within_s: float = 60.0) -> Any:
        async def work() -> Any:
            return await handle.get_result_async()

        return self.robot.do(work, within_s=within_s)

    def run(self, name: str, goal: Any, within_s: float = 60.0) -> Any:
        handle = self.send(name, goal)
        assert handle.accepted
        return self.result(handle, within_s)

    def cancel(self, handle: Any) -> None:
        async def work() -> Any:
            return await handle.cancel_goal_async()

        self.robot.do(work)

    def call(self, name: str, request: Any) -> Any:
        client = self.robot.node.create_client(SERVICES[name], name)
        assert client.wait_for_service(timeout_sec=20.0), name

        async def work() -> Any:
            # A server that has not met the client's reader yet drops its answer after 0.1 s (rmw_fastrtps): on a
            # busy machine the first one may be lost. Every request of the contract may be repeated.
            for _ in range(3):
                answer = client.call_async(request)
                timer = self.robot.node.create_timer(8.0, lambda answer=answer: answer.done() or answer.cancel())
                found = await answer
                self.robot.node.destroy_timer(timer)
                if not answer.cancelled():
                    return found
            pytest.fail(f"{name} does not answer")

        return self.robot.do(work)
