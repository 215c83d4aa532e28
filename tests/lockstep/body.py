"""The robot's Body port and senses on the engine: the same rates and messages as the simulator's topics."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gangseo_navigation.pilot import Pilot
from gangseo_robot.ports import Outcome
from gangseo_robot.senses import Battery, BinLevel, Compartment, Pose, Senses, Signal, SignalColor
from gangseo_sim.engine.equipment import BIN_L, CHARGE_W, STREAMS, pack_voltage
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.state import RobotState, SignalState
from lockstep.engine import SimEngine

BATTERY_EVERY_S, SIGNALS_EVERY_S = 1.0, 0.5
STALE_S = 3.0


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that came at once."""

    outcome: Outcome


@dataclass
class Failing:
    """What of a robot's sensors is broken, and whether its button is pressed; scenarios switch them."""

    lidar: bool = False
    gnss: bool = False
    odometry: bool = False
    button: bool = False


@dataclass
class _Heard:
    battery: Battery | None = None
    battery_s: float = -1e9
    odometry_s: float = -1e9
    signals: dict[str, Signal] = field(default_factory=dict)
    signals_s: float = -1e9


class EngineBody:
    """Body port of one robot; ``linked`` is set by the wire."""

    def __init__(self, robot_id: str, engine: SimEngine, pilot: Pilot) -> None:
        self.robot_id, self._engine, self._pilot = robot_id, engine, pilot
        self.failing = Failing()
        self.linked = False
        self.captions: list[tuple[float, str]] = []
        self._heard = _Heard()

    # --- senses ---

    def hear_odometry(self) -> RobotState:
        """Wheel odometry now, also for the pilot."""
        robot = self._engine.robot(self.robot_id)
        self._heard.odometry_s = self._engine.time_s
        return robot

    def senses(self) -> Senses:
        """All that is known now."""
        robot, now_s = self._engine.robot(self.robot_id), self._engine.time_s
        self._hear(robot, now_s)
        localization, heard = self._pilot.localization, self._heard
        pose, spread = localization.pose, localization.covariance
        return Senses(
            now_s=now_s,
            wall_s=now_s,
            pose=None if pose is None else Pose(pose.x, pose.y, pose.theta),
            pose_stale=now_s - heard.odometry_s > STALE_S,
            deviation_m=2.0 * max(0.0, float(spread[0, 0]), float(spread[1, 1])) ** 0.5,
            speed_mps=robot.odom_speed_mps,
            turn_radps=robot.odom_turn_rps,
            battery=heard.battery,
            bins=tuple(BinLevel(s, fill, BIN_L) for s, fill in zip(STREAMS, robot.fills, strict=True)),
            bins_open=robot.bins_open,
            compartments=tuple(
                Compartment(number, opened, mass_kg)
                for number, (opened, mass_kg) in enumerate(zip(robot.lids_open, robot.goods_kg, strict=True), start=1)
            ),
            touching=robot.touching,
            signals=dict(heard.signals),
            linked=self.linked,
            button_pressed=self.failing.button,
        )

    def _hear(self, robot: RobotState, now_s: float) -> None:
        heard = self._heard
        if now_s - heard.battery_s >= BATTERY_EVERY_S - 1e-6:
            volts = pack_voltage(robot.state_of_charge)
            current = ((CHARGE_W if robot.charging else 0.0) - robot.power_w) / volts
            heard.battery = Battery(robot.state_of_charge, robot.charging, volts, current)
            heard.battery_s = now_s
        lights = self._engine.signals()
        due = now_s - heard.signals_s >= SIGNALS_EVERY_S - 1e-6
        if due or any(_changed(light, heard.signals) for light in lights):
            heard.signals_s = now_s
            for light in lights:
                heard.signals[light.crosswalk_id] = Signal(SignalColor(int(light.signal)), light.remaining_s, now_s)

    # --- body port ---

    def set_bins(self, *, opened: bool) -> Answered:
        """Opens or closes the lids."""
        return self._try(lambda: self._engine.set_bins(self.robot_id, is_open=opened))

    def set_compartment(self, number: int, *, opened: bool, announced_kg: float = 0.0) -> Answered:
        """Opens or closes one compartment."""
        return self._try(
            lambda: self._engine.set_compartment(self.robot_id, number, is_open=opened, announced_kg=announced_kg)
        )

    def unload(self) -> Answered:
        """Empties the bins at a depot."""
        return self._try(lambda: self._engine.unload(self.robot_id))

    def set_charging(self, *, enabled: bool) -> Answered:
        """Starts or ends charging."""
        answer = self._try(lambda: self._engine.set_charging(self.robot_id, enabled=enabled))
        self._heard.battery_s = -1e9
        return answer

    def hold(self, *, stopped: bool) -> None:
        """Cuts the drive, or gives it back."""
        self._engine.set_emergency_stop(self.robot_id, active=stopped)
        self._pilot.emergency_stop = stopped

    def limit_speed(self, speed_mps: float) -> None:
        """The speed navigation must keep."""
        self._pilot.speed_limit = speed_mps

    def caption(self, text_key: str, language: str, text: str, *, audible: bool) -> None:  # noqa: ARG002
        """Keeps what was said."""
        self.captions.append((self._engine.time_s, text_key))

    @staticmethod
    def _try(act: Callable[[], None]) -> Answered:
        try:
            act()
        except EngineError as error:
            return Answered(Outcome(ok=False, reason=str(error)))
        return Answered(Outcome(ok=True))


def _changed(light: SignalState, known: Mapping[str, Signal]) -> bool:
    before = known.get(light.crosswalk_id)
    return before is None or int(before.color) != int(light.signal)
