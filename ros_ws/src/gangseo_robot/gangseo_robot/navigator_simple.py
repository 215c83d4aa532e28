"""Navigator over ``nav2_simple_commander`` where ROS's own Nav2 is installed; in a thread of its own."""

import math
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any

from geometry_msgs.msg import PoseStamped, Twist

from gangseo_robot.ports import Outcome
from gangseo_robot.senses import Pose


class CommandedTravel:
    """One drive of the commander; read from any thread."""

    def __init__(self) -> None:
        self.outcome: Outcome | None = None
        self.poses_remaining: int | None = None
        self.withdrawn = False


class SimpleCommanderNavigator:
    """Drives Nav2 through BasicNavigator. All calls return at once; its own thread does the waiting."""

    def __init__(self, namespace: str) -> None:
        """Raises ImportError where nav2_simple_commander is not installed."""
        from nav2_simple_commander.robot_navigator import BasicNavigator, TaskResult  # noqa: PLC0415

        self._commander: Any = BasicNavigator(namespace=namespace)
        self._succeeded = TaskResult.SUCCEEDED
        self._orders: queue.SimpleQueue[tuple[CommandedTravel, Callable[[], Any]] | None] = queue.SimpleQueue()
        self._now: CommandedTravel | None = None
        self._hands: Any = self._commander.create_publisher(Twist, "cmd_vel_teleop", 1)
        self.path: Sequence[Pose] = ()
        self.ready = True
        self.missing = ""  # real Nav2 does not tell; its goals fail instead
        threading.Thread(target=self._work, name="nav2_simple_commander", daemon=True).start()

    def go_through(self, poses: Sequence[Pose]) -> CommandedTravel:
        """Drives through poses to the last one."""
        return self._put(lambda: self._commander.goThroughPoses([self._stamped(pose) for pose in poses]))

    def dock(self, station_id: str) -> CommandedTravel:
        """Docks by the station's id."""
        return self._put(lambda: self._commander.dockRobotByID(station_id))

    def undock(self) -> CommandedTravel:
        """Leaves the dock."""
        return self._put(self._commander.undockRobot)

    def by_hand(self) -> CommandedTravel:
        """Assisted teleop without a time limit."""
        return self._put(lambda: self._commander.assistedTeleop(time_allowance=0))

    def steer(self, v_mps: float, w_radps: float) -> None:
        """Tells assisted teleop what is wanted."""
        twist = Twist()
        twist.linear.x, twist.angular.z = v_mps, w_radps
        self._hands.publish(twist)

    def cancel(self) -> None:
        """Stops the drive under way."""
        if self._now is not None:
            self._now.withdrawn = True
        self._now = None

    def _put(self, begin: Callable[[], Any]) -> CommandedTravel:
        if self._now is not None:
            self._now.withdrawn = True
        travel = CommandedTravel()
        self._now = travel
        self._orders.put((travel, begin))
        return travel

    def _stamped(self, pose: Pose) -> PoseStamped:
        stamped = PoseStamped()
        stamped.header.frame_id = "map"
        stamped.header.stamp = self._commander.get_clock().now().to_msg()
        stamped.pose.position.x, stamped.pose.position.y = pose.x, pose.y
        stamped.pose.orientation.z, stamped.pose.orientation.w = math.sin(pose.theta / 2), math.cos(pose.theta / 2)
        return stamped

    def _work(self) -> None:
        while (job := self._orders.get()) is not None:
            travel, begin = job
            if travel.withdrawn:
                continue
            if begin() is False:
                travel.outcome = Outcome(ok=False, reason="goal rejected")
                continue
            self._watch(travel)

    def _watch(self, travel: CommandedTravel) -> None:
        # isTaskComplete spins for up to 0.1 s itself: no sleep of ours is needed.
        while not self._commander.isTaskComplete():
            feedback = self._commander.getFeedback()
            travel.poses_remaining = getattr(feedback, "number_of_poses_remaining", None)
            if travel.withdrawn:
                if self._orders.empty():
                    self._commander.cancelTask()
                return
        result = self._commander.getResult()
        ok = result == self._succeeded
        travel.outcome = Outcome(ok=ok, reason="" if ok else str(result))
