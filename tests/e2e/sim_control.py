"""Changes the simulated world through the simulator's own services, and sees its truth."""

import threading
from typing import Any

import rclpy
from gangseo_interfaces.msg import Bin, Contact, SimState
from gangseo_interfaces.srv import PlaceObstacle, SetRobot
from rclpy.executors import ExternalShutdownException, SingleThreadedExecutor
from rclpy.node import Node


class SimControl:
    """Client of /sim services; counts contacts of robots."""

    def __init__(self, domain_id: int, robots: tuple[str, ...] = ("robot_01", "robot_02")) -> None:
        self._context = rclpy.Context()
        rclpy.init(context=self._context, domain_id=domain_id)
        self._node = Node("sim_control", context=self._context)
        self._executor = SingleThreadedExecutor(context=self._context)
        self._executor.add_node(self._node)
        self._place = self._node.create_client(PlaceObstacle, "/sim/place_obstacle")
        self._set_robot = self._node.create_client(SetRobot, "/sim/set_robot")
        self.contacts: list[tuple[str, tuple[str, ...]]] = []
        self.speed_factor = 0.0
        for robot in robots:
            self._node.create_subscription(
                Contact, f"/{robot}/contact", lambda msg, r=robot: self._on_contact(r, msg), 10
            )
        self._node.create_subscription(SimState, "/sim/state", self._on_state, 10)
        self._thread = threading.Thread(target=self._spin, daemon=True)
        self._thread.start()

    def _spin(self) -> None:
        try:
            self._executor.spin()
        except ExternalShutdownException:
            return

    def _on_contact(self, robot: str, message: Contact) -> None:
        if message.touching:
            self.contacts.append((robot, tuple(message.bodies)))

    def _on_state(self, message: SimState) -> None:
        self.speed_factor = message.speed_factor

    def _ask(self, client: Any, request: Any) -> None:
        assert client.wait_for_service(timeout_sec=20), "simulator does not answer"
        done = threading.Event()
        future = client.call_async(request)
        future.add_done_callback(lambda _: done.set())
        assert done.wait(20), "simulator does not answer"
        assert future.result().success, future.result().message

    def fill_bins(self, robot_id: str, **fills: float) -> None:
        """Sets bins by stream, 0..1."""
        bins = [Bin(stream=stream, fill=fill, capacity_l=40.0) for stream, fill in fills.items()]
        self._ask(self._set_robot, SetRobot.Request(robot_id=robot_id, state_of_charge=-1.0, bins=bins))

    def set_charge(self, robot_id: str, state_of_charge: float) -> None:
        """Sets the battery, 0..1."""
        self._ask(self._set_robot, SetRobot.Request(robot_id=robot_id, state_of_charge=state_of_charge))

    def place(self, obstacle_id: str, x: float, y: float, radius_m: float) -> None:
        """Puts an obstacle down."""
        self._ask(self._place, PlaceObstacle.Request(obstacle_id=obstacle_id, x=x, y=y, radius_m=radius_m))

    def remove(self, obstacle_id: str) -> None:
        """Takes an obstacle away."""
        self._ask(self._place, PlaceObstacle.Request(obstacle_id=obstacle_id, remove=True))

    def close(self) -> None:
        """Leaves the ROS domain."""
        self._executor.shutdown()
        self._node.destroy_node()
        rclpy.shutdown(context=self._context)
        self._thread.join(timeout=5)
