"""``sim_bridge``: the engine behind ROS 2 topics and services, paced by the wall clock."""

import math
import signal
import sys
import time
from collections.abc import Callable
from threading import Event

import rclpy
from builtin_interfaces.msg import Time
from gangseo_interfaces.msg import SimBody, SimState, TrafficSignal
from geometry_msgs.msg import Twist
from rclpy.executors import SingleThreadedExecutor
from rclpy.node import Node
from rclpy.qos import QoSProfile
from rclpy.signals import SignalHandlerOptions
from rclpy.utilities import try_shutdown
from rosgraph_msgs.msg import Clock
from std_msgs.msg import Bool

from gangseo_sim.bridge_camera import RobotCamera, camera_frame
from gangseo_sim.bridge_engine import make_engine
from gangseo_sim.bridge_memory import CheckpointError, CheckpointWriter, read_checkpoint, resume_skip_s
from gangseo_sim.bridge_pace import STEP_S, STEPS_PER_SECOND, Pace
from gangseo_sim.bridge_services import BridgeServices
from gangseo_sim.bridge_settings import BridgeSettings, SettingsError, declare_settings
from gangseo_sim.bridge_topics import RobotTopics, latched
from gangseo_sim.engine.core import DriveCommand
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.world import WorldReadError

ODOM_STEPS = round(0.05 / STEP_S)
SCAN_STEPS = round(0.1 / STEP_S)
SIGNAL_STEPS = round(0.5 / STEP_S)
STATE_PERIOD_S = 0.2
CHECKPOINT_PERIOD_S = 1.0


class SimBridge(Node):
    """One node for the whole simulated world. `run` owns the thread."""

    def __init__(self) -> None:
        super().__init__("sim_bridge")
        settings = declare_settings(self)
        self.engine = make_engine(settings)
        self._writer = None if settings.state_file is None else CheckpointWriter(settings.state_file)
        self._resume(settings)
        self.paused = False
        self.pace = Pace(settings.speed, time.monotonic())
        self._step_count = 0
        self._commands: dict[str, DriveCommand] = {}
        self._busy = False
        self._lights: dict[str, int] = {}
        self._clock_out = self.create_publisher(Clock, "/clock", QoSProfile(depth=10))  # type: ignore[no-untyped-call]
        self._write_first(settings)
        self._signals_out = self.create_publisher(TrafficSignal, "/signals", latched(10))
        self._state_out = self.create_publisher(SimState, "/sim/state", 10)
        self._topics = {name: RobotTopics(self, name) for name in settings.robots}
        self._cameras = {name: RobotCamera(self, name) for name in settings.robots if settings.cameras}
        for name in settings.robots:
            self.create_subscription(Twist, f"/{name}/cmd_vel", self._on_command(name), QoSProfile(depth=1))  # type: ignore[no-untyped-call]
            self.create_subscription(Bool, f"/{name}/emergency_stop", self._on_emergency_stop(name), latched(1))
        self.services_of_sim = BridgeServices(self)
        for topics in self._topics.values():
            topics.publish_frames(self.stamp(), [camera_frame(self.stamp())] if settings.cameras else [])

    def run(self, stop: Event) -> None:
        """Ticks until told to stop."""
        executor = SingleThreadedExecutor()
        executor.add_node(self)
        next_tick = next_state = next_checkpoint = time.monotonic()
        self.pace.idle(next_tick)
        while not stop.is_set():
            now = time.monotonic()
            if now < next_tick:
                time.sleep(next_tick - now)
                continue
            next_tick = max(next_tick + self.pace.tick_s, now)
            self._drain(executor)
            self._tick(now)
            if now >= next_state:
                next_state = max(next_state + STATE_PERIOD_S, now)
                self._publish_state()
            if now >= next_checkpoint:
                next_checkpoint = max(next_checkpoint + CHECKPOINT_PERIOD_S, now)
                self.save()

    def save(self) -> None:
        """Starts writing a checkpoint."""
        if self._writer is not None:
            self._writer.write(self._memory(), self._horizon_s())

    def close(self) -> None:
        """Writes the last checkpoint; what cannot be written is told, the one before stays."""
        self.engine.close()
        if self._writer is None:
            return
        try:
            self._writer.close(self._memory())
        except OSError as error:
            sys.stderr.write(f"sim_bridge: last checkpoint not written ({error}); the one before it stays\n")

    def stamp(self) -> Time:
        """Simulated time as a message."""
        seconds, nanoseconds = divmod(self.engine.time_ns, 1_000_000_000)
        return Time(sec=seconds, nanosec=nanoseconds)

    def note_work(self) -> None:
        """Tells the loop that a callback ran, so that it looks for more."""
        self._busy = True

    def _drain(self, executor: SingleThreadedExecutor) -> None:
        """Runs every callback that is ready; one wait collects many."""
        for _ in range(2000):
            self._busy = False
            executor.spin_once(timeout_sec=0)
            if not self._busy:
                return

    def _tick(self, now_s: float) -> None:
        if self.paused and not self.services_of_sim.step_left_s:
            self.pace.idle(now_s)
            self._clock_out.publish(Clock(clock=self.stamp()))
            return
        steps = self.pace.due(now_s, limit_s=self._allowed_s())
        for _ in range(steps):
            self._step()
        self._clock_out.publish(Clock(clock=self.stamp()))
        end_s = time.monotonic()
        self.pace.done(steps, end_s - now_s, end_s)
        if self.paused:
            self.services_of_sim.stepped(steps * STEP_S)

    def _step(self) -> None:
        commands, self._commands = self._commands, {}
        self.engine.advance(STEP_S, commands)
        self._step_count += 1
        count, stamp = self._step_count, self.stamp()
        for index, (name, topics) in enumerate(self._topics.items()):
            odometry_due = (count + index) % ODOM_STEPS == 0
            if odometry_due:
                robot = self.engine.robot(name)
                topics.publish_odometry(stamp, robot)
                second = (count + index) % STEPS_PER_SECOND == 0
                topics.publish_bins(stamp, robot, only_change=not second)
                topics.publish_compartments(stamp, robot, only_change=not second)
                topics.publish_contact(stamp, robot, only_change=not second)
                if second:
                    topics.publish_battery(stamp, robot)
                    self._publish_picture(stamp, name)
            if (count + index) % SCAN_STEPS == 0:
                topics.publish_scan(stamp, self.engine.scan(name))
                topics.publish_gnss(stamp, self.engine.gnss(name))
        self._publish_signals(stamp, count)

    def _publish_picture(self, stamp: Time, name: str) -> None:
        camera = self._cameras.get(name)
        if camera is not None and camera.wanted:
            camera.publish(stamp, self.engine.camera(name))

    def _publish_signals(self, stamp: Time, count: int) -> None:
        for light in self.engine.signals():
            if count % SIGNAL_STEPS == 0 or self._lights.get(light.crosswalk_id) != light.signal:
                self._lights[light.crosswalk_id] = light.signal
                message = TrafficSignal(
                    crosswalk_id=light.crosswalk_id, state=int(light.signal), remaining_s=light.remaining_s
                )
                message.header.frame_id, message.header.stamp = "map", stamp
                self._signals_out.publish(message)

    def _publish_state(self) -> None:
        people = self.engine.state().people
        message = SimState(
            speed_factor=self.pace.achieved(),
            paused=self.paused,
            bodies=[
                SimBody(body_id=p.body_id, kind="person", x=p.x, y=p.y, theta=p.theta, radius_m=p.radius_m)
                for p in people
            ],
        )
        message.header.frame_id, message.header.stamp = "map", self.stamp()
        self._state_out.publish(message)

    def _on_command(self, name: str) -> Callable[[Twist], None]:
        def take(message: Twist) -> None:
            self._busy = True
            self._commands[name] = DriveCommand(message.linear.x, message.angular.z)

        return take

    def _on_emergency_stop(self, name: str) -> Callable[[Bool], None]:
        def take(message: Bool) -> None:
            self._busy = True
            self.engine.set_emergency_stop(name, active=message.data)

        return take

    def _allowed_s(self) -> float:
        """Simulated time that may pass in this tick: less where a step ends, or a slow disk holds a checkpoint back."""
        allowed_s = self.services_of_sim.step_left_s if self.paused else math.inf
        if self._writer is not None:
            problem = self._writer.poll()
            if problem is not None:
                self.get_logger().error(f"{problem}; free space or change state_file", throttle_duration_sec=30.0)  # type: ignore[no-untyped-call]
            allowed_s = min(allowed_s, self._writer.horizon_s - self.engine.time_s)
        return max(0.0, allowed_s)

    def _horizon_s(self) -> float:
        return self.engine.time_s + resume_skip_s(self.pace.factor)

    def _memory(self) -> dict[str, object]:
        return {"speed": self.pace.factor, "engine": self.engine.checkpoint()}

    def _write_first(self, settings: BridgeSettings) -> None:
        if self._writer is None:
            return
        try:
            self._writer.write_now(self._memory(), self._horizon_s())
        except OSError as error:
            raise SettingsError(f"{settings.state_file}: cannot be written ({error}); change state_file") from error

    def _resume(self, settings: BridgeSettings) -> None:
        if settings.state_file is None:
            return
        try:
            settings.state_file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"{settings.state_file}: cannot be written ({error}); change state_file") from error
        try:
            memory = read_checkpoint(settings.state_file)
            if memory is not None:
                self.engine.restore(memory["engine"])
                self.engine.skip_time(resume_skip_s(memory["speed"]))
        except (CheckpointError, EngineError, KeyError, TypeError, ValueError, IndexError) as error:
            kept = settings.state_file.with_name(settings.state_file.name + ".unusable")
            settings.state_file.replace(kept)
            self.get_logger().error(f"checkpoint cannot be used ({error}); kept as {kept}, the world starts anew")  # type: ignore[no-untyped-call]
            self.engine.close()
            self.engine = make_engine(settings)


def main() -> int:
    """Runs until SIGINT or SIGTERM; 2 with one clear line where it cannot start."""
    stop = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    # rclpy's own handlers would shut the context down in the middle of a step.
    rclpy.init(signal_handler_options=SignalHandlerOptions.NO)
    try:
        node = SimBridge()
    except (SettingsError, WorldReadError, EngineError) as error:
        sys.stderr.write(f"sim_bridge: {error}\n")
        try_shutdown()
        return 2
    try:
        node.run(stop)
    except EngineError as error:
        # A Gazebo that has ended: whoever started this starts it again, and it goes on from its checkpoint.
        sys.stderr.write(f"sim_bridge: {error}\n")
        return 1
    finally:
        node.close()
        node.destroy_node()  # type: ignore[no-untyped-call]
        try_shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
