"""Stands in for navigation and simulator: a point that drives straight lines, lids, a charger. A real ROS process.

Counts what it is asked in a JSON file, one object a line, so that a test can see what was done how often.
"""

import json
import math
import sys
import time
from pathlib import Path

import rclpy
from gangseo_interfaces.msg import Bin, Bins, Compartment, Compartments, Contact, TrafficSignal
from gangseo_interfaces.srv import SetBins, SetCompartment
from geometry_msgs.msg import PoseWithCovarianceStamped, Quaternion
from nav2_msgs.action import DockRobot, NavigateThroughPoses, UndockRobot
from nav_msgs.msg import Odometry
from rclpy.action import ActionServer, CancelResponse
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.qos import DurabilityPolicy, QoSProfile
from rclpy.task import Future
from sensor_msgs.msg import BatteryState
from std_msgs.msg import Bool, String
from std_srvs.srv import SetBool, Trigger

LATCHED = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
STEP_S = 0.05
STATIONS = {"charger_1": 0.0, "depot_1": 28.0}


class StandIn(Node):
    def __init__(self, record: Path, speed_mps: float) -> None:
        super().__init__("stand_in")
        self.record, self.speed_mps = record, speed_mps
        self.x, self.vx, self.stopped, self.charging, self.open = 0.0, 0.0, False, True, False
        self.charge, self.fill, self.touching = 0.8, 0.1, False
        self.lids, self.goods = [False] * 4, (0.0,) * 4
        self.signal = (TrafficSignal.GREEN, 30.0)
        self.goal: list[float] = []
        self.arrival: Future | None = None
        self.goal_handle = None
        self.odom = self.create_publisher(Odometry, "odom", 10)
        self.amcl = self.create_publisher(PoseWithCovarianceStamped, "amcl_pose", LATCHED)
        self.battery = self.create_publisher(BatteryState, "battery", 10)
        self.bins = self.create_publisher(Bins, "bins", LATCHED)
        self.compartments = self.create_publisher(Compartments, "compartments", LATCHED)
        self.contact = self.create_publisher(Contact, "contact", 10)
        self.signals = self.create_publisher(TrafficSignal, "/signals", LATCHED)
        self.create_subscription(Bool, "emergency_stop", self.on_stop, LATCHED)
        self.create_subscription(String, "/stand_in", self.on_word, 10)
        self.create_service(SetBins, "set_bins", self.on_bins)
        self.create_service(SetCompartment, "set_compartment", self.on_compartment)
        self.create_service(Trigger, "unload", self.on_unload)
        self.create_service(SetBool, "set_charging", self.on_charging)
        allow = {"cancel_callback": lambda _: CancelResponse.ACCEPT}
        ActionServer(self, NavigateThroughPoses, "navigate_through_poses", self.through, **allow)
        ActionServer(self, DockRobot, "dock_robot", self.dock, **allow)
        ActionServer(self, UndockRobot, "undock_robot", self.undock, **allow)
        self.create_timer(STEP_S, self.step)
        self.create_timer(0.5, self.slow)
        self.slow()

    def facing(self) -> Quaternion:
        """Docked at the charger it faces the wall, as the charger's ``theta`` says; elsewhere along x."""
        return Quaternion(z=1.0, w=0.0) if self.x < 0.5 else Quaternion(w=1.0)

    def note(self, what: str, **values: object) -> None:
        with self.record.open("a") as file:
            file.write(json.dumps({"what": what, "at": time.monotonic(), "x": round(self.x, 2), **values}) + "\n")

    # --- world ---

    def step(self) -> None:
        self.vx = 0.0
        if self.goal and not self.stopped:
            left = self.goal[0] - self.x
            move = math.copysign(min(abs(left), self.speed_mps * STEP_S), left)
            self.x += move
            self.vx = move / STEP_S
            if abs(self.goal[0] - self.x) < 1e-6:
                self.goal.pop(0)
                if not self.goal:
                    self.arrive(ok=True)
        if self.goal_handle is not None and self.goal_handle.is_cancel_requested:
            self.goal = []
            self.arrive(ok=False)
        message = Odometry()
        message.pose.pose.position.x = self.x
        message.pose.pose.orientation = self.facing()
        message.twist.twist.linear.x = self.vx
        self.odom.publish(message)

    def slow(self) -> None:
        pose = PoseWithCovarianceStamped()
        pose.pose.pose.position.x = self.x
        pose.pose.pose.orientation = self.facing()
        self.amcl.publish(pose)
        status = BatteryState.POWER_SUPPLY_STATUS_CHARGING if self.charging else 0
        self.battery.publish(BatteryState(percentage=self.charge, voltage=48.0, power_supply_status=status))
        self.tell_bins()
        self.tell_compartments()
        self.contact.publish(Contact(touching=self.touching, bodies=["person_3"] if self.touching else []))
        color, left = self.signal
        self.signals.publish(TrafficSignal(crosswalk_id="cw_1", state=color, remaining_s=left))

    def tell_bins(self) -> None:
        streams = ("plastic", "paper", "can", "other")
        bins = [Bin(stream=s, fill=self.fill, capacity_l=40.0) for s in streams]
        self.bins.publish(Bins(bins=bins, open=self.open))

    def tell_compartments(self) -> None:
        rows = enumerate(zip(self.lids, self.goods, strict=True), start=1)
        lids = [Compartment(number=number, open=opened, mass_kg=kg) for number, (opened, kg) in rows]
        self.compartments.publish(Compartments(compartments=lids))

    def arrive(self, *, ok: bool) -> None:
        if self.arrival is not None and not self.arrival.done():
            self.arrival.set_result(ok)

    def on_stop(self, message: Bool) -> None:
        self.stopped = message.data
        self.note("emergency_stop", on=message.data)

    def on_word(self, message: String) -> None:
        """Changes the world: ``{"charge": 0.05}`` or ``{"signal": [0, 20.0]}``."""
        for key, value in json.loads(message.data).items():
            setattr(self, key, tuple(value) if isinstance(value, list) else value)
        self.slow()

    # --- services ---

    def on_bins(self, request, response):
        self.note("set_bins", open=request.open)
        self.open = request.open
        self.tell_bins()
        response.success = True
        return response

    def on_compartment(self, request, response):
        self.note("set_compartment", number=request.number, open=request.open)
        self.lids[request.number - 1] = request.open
        self.tell_compartments()
        response.success = True
        return response

    def on_unload(self, _request, response):
        self.note("unload")
        response.success = abs(self.x - 28.0) < 0.5
        response.message = "" if response.success else "not at a depot"
        self.fill = 0.0 if response.success else self.fill
        return response

    def on_charging(self, request, response):
        self.note("set_charging", on=request.data)
        response.success = not request.data or abs(self.x) < 0.5
        self.charging = request.data and response.success
        return response

    # --- actions ---

    async def run(self, handle, goal: list[float], feedback=None) -> bool:
        self.arrive(ok=False)
        self.goal, self.goal_handle, self.arrival = list(goal), handle, Future()
        mine = self.arrival
        timer = self.create_timer(0.2, feedback) if feedback else None
        ok = await mine
        if timer:
            self.destroy_timer(timer)
        if self.arrival is mine:
            self.goal_handle = None
        if ok:
            handle.succeed()
        elif handle.is_cancel_requested:
            handle.canceled()
        else:
            handle.abort()
        return ok

    async def through(self, handle):
        xs = [pose.pose.position.x for pose in handle.request.poses]
        self.note("through", xs=xs)

        def feed() -> None:
            feedback = NavigateThroughPoses.Feedback()
            feedback.number_of_poses_remaining = len(self.goal)
            if handle.is_active:
                handle.publish_feedback(feedback)

        await self.run(handle, xs, feed)
        return NavigateThroughPoses.Result()

    async def dock(self, handle):
        self.note("dock", station=handle.request.dock_id)
        ok = await self.run(handle, [STATIONS[handle.request.dock_id]])
        return DockRobot.Result(success=ok)

    async def undock(self, handle):
        self.note("undock")
        ok = await self.run(handle, [self.x + (1.0 if self.x < 10 else -1.0)])
        return UndockRobot.Result(success=ok)


def main() -> None:
    rclpy.init()
    node = StandIn(Path(sys.argv[1]), float(sys.argv[2]))
    executor = SingleThreadedExecutor()
    executor.add_node(node)
    executor.spin()


if __name__ == "__main__":
    main()
