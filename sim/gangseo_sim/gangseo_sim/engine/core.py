"""The engine: one world, its robots and people, moved step by step; the same seed and commands give the same bits."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gangseo_sim.engine.crowd import Crowd
from gangseo_sim.engine.drive import (
    HALF_BODY,
    SLIP_SIGMA,
    SLIP_TIME_S,
    circle_clearance,
    drive_step,
)  # fmt: skip
from gangseo_sim.engine.equipment import (
    DEPOSIT_EVERY_S,
    PACK_J,
    STREAMS,
)  # fmt: skip
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import Fleet, RobotStart
from gangseo_sim.engine.lidar import NOISE_M, scan
from gangseo_sim.engine.signals import signal_at
from gangseo_sim.engine.solids import Solids
from gangseo_sim.engine.state import EngineState, RobotState, SignalState
from gangseo_sim.engine.world import Floats, World

COMMAND_LIFE_S = 0.5
STANDING_MPS = 0.02
GNSS_SIGMA_M, GNSS_SIGMA_RAD = 0.02, math.radians(0.5)
START_TIME_S = 10.0
"""Simulated time begins above zero, because ROS takes zero for "no time yet"."""
_STREAMS_OF_CHANCE = ("people", "slip", "sensors", "waste", "start")


@dataclass(frozen=True)
class DriveCommand:
    """Wanted speed and turn rate."""

    speed_mps: float
    turn_rps: float


def starts_at_home(world: World, names: Sequence[str]) -> list[RobotStart]:
    """Robots on their own chargers.

    Raises:
        EngineError: a name that is no robot of the world.
    """
    unknown = [name for name in names if name not in world.homes]
    if unknown:
        raise EngineError(f"unknown robot {', '.join(unknown)}; this world has {', '.join(world.homes)}")
    return [RobotStart(name, *world.homes[name]) for name in names]


class Engine:
    """Exact 2-D simulation. `slip` and `lidar_noise_m` scale what is random in motion and ranges."""

    def __init__(
        self,
        world: World,
        robots: Sequence[RobotStart],
        seed: int,
        *,
        people: int | None = None,
        slip: float = 1.0,
        lidar_noise_m: float = NOISE_M,
    ) -> None:
        self._world = world
        self._seed = seed
        self._slip_scale = slip
        self._lidar_noise_m = lidar_noise_m
        self._random = {name: np.random.default_rng([seed, number]) for number, name in enumerate(_STREAMS_OF_CHANCE)}
        self.time_ns = round(START_TIME_S * 1e9)
        self._fleet = Fleet(robots, self._random["start"])
        self._crowd = Crowd(world.people, world.people.count if people is None else people, self._random["people"])
        self._solids = Solids(world)
        self._hits = np.zeros((64, 3), dtype=np.int64)
        self._fleet.charge(0.0, world.stations)

    @property
    def time_s(self) -> float:
        """Simulated time."""
        return self.time_ns / 1e9

    @property
    def robot_ids(self) -> tuple[str, ...]:
        """Names of the robots."""
        return self._fleet.names

    def step(self, dt: float, commands: Mapping[str, DriveCommand]) -> EngineState:
        """Advances by `dt` and tells the state; a command holds for 0.5 s unless a new one comes."""
        self.advance(dt, commands)
        return self.state()

    def advance(self, dt: float, commands: Mapping[str, DriveCommand]) -> None:
        """Advances by `dt` without telling the state."""
        fleet, solids, now = self._fleet, self._solids, self.time_s
        for name, command in commands.items():
            row = self.row(name)
            finite = math.isfinite(command.speed_mps) and math.isfinite(command.turn_rps)
            fleet.wanted[row] = (command.speed_mps, command.turn_rps) if finite else (0.0, 0.0)
            fleet.commanded_at[row] = now
        late = now - fleet.commanded_at > COMMAND_LIFE_S - 1e-9
        wanted = np.where(late[:, None], 0.0, fleet.wanted)
        cut = (fleet.stopped | (fleet.energy_j <= 0.0)).astype(np.int64)
        self._slip(dt)
        people = self._crowd.circles()
        count = drive_step(
            dt, wanted, cut, fleet.slip, fleet.poses, fleet.speeds, fleet.truth, fleet.odometry,
            solids.segments, solids.segment_bodies, solids.circles, solids.circle_bodies, people, self._hits,
        )  # fmt: skip
        self.time_ns += round(dt * 1e9)
        fleet.touch(self._hits[:count], solids.names, self.time_s)
        self._crowd.step(dt, now, fleet.poses, fleet.truth, solids.segments, solids.circles)
        fleet.charge(dt, self._world.stations)
        fleet.deposit(self._random["waste"], self.time_s)

    def row(self, robot_id: str) -> int:
        """Row of a robot.

        Raises:
            EngineError: no such robot.
        """
        row = self._fleet.rows.get(robot_id)
        if row is None:
            raise EngineError(f"unknown robot {robot_id!r}; there are {', '.join(self._fleet.names)}")
        return row

    def scan(self, robot_id: str) -> Floats:
        """360 ranges from -π on with noise; inf where nothing is near."""
        fleet = self._fleet
        ranges = scan(
            self.row(robot_id),
            fleet.poses,
            HALF_BODY,
            self._solids.segments,
            self._solids.circles,
            self._crowd.circles(),
        )
        noise = self._random["sensors"].standard_normal(len(ranges)) * self._lidar_noise_m
        return np.maximum(ranges + noise, 0.0)

    def gnss(self, robot_id: str) -> tuple[float, float, float]:
        """Pose as RTK with two antennas measures it."""
        pose = self._fleet.poses[self.row(robot_id)]
        east, north, turn = self._random["sensors"].standard_normal(3)
        return (
            float(pose[0] + east * GNSS_SIGMA_M),
            float(pose[1] + north * GNSS_SIGMA_M),
            float(pose[2] + turn * GNSS_SIGMA_RAD),
        )

    def state(self) -> EngineState:
        """Everything that moves, now."""
        robots = tuple(self.robot(name) for name in self._fleet.names)
        return EngineState(self.time_s, robots, self._crowd.states(), self.signals())

    def signals(self) -> tuple[SignalState, ...]:
        """All lights, now."""
        return tuple(signal_at(crosswalk, self.time_s) for crosswalk in self._world.crosswalks)

    def robot(self, robot_id: str) -> RobotState:
        """One robot, now."""
        return self._fleet.state(self.row(robot_id))

    def set_emergency_stop(self, robot_id: str, *, active: bool) -> None:
        """Cuts a robot's drive, or lets it drive again."""
        self._fleet.stopped[self.row(robot_id)] = active

    def set_bins(self, robot_id: str, *, is_open: bool) -> None:
        """Opens or closes the lids.

        Raises:
            EngineError: the robot moves.
        """
        k = self.row(robot_id)
        if is_open and abs(self._fleet.speeds[k, 0]) > STANDING_MPS:
            raise EngineError("the robot moves; bins open only while it stands")
        if is_open and not self._fleet.bins_open[k]:
            self._fleet.next_deposit[k] = self.time_s + self._random["waste"].uniform(*DEPOSIT_EVERY_S)
        self._fleet.bins_open[k] = is_open

    def unload(self, robot_id: str) -> None:
        """Empties all bins.

        Raises:
            EngineError: not at a depot.
        """
        k = self.row(robot_id)
        if not self._fleet.stands_at(k, "depot", self._world.stations):
            raise EngineError("not at a depot; dock at one before unloading")
        self._fleet.fills[k] = 0.0
        self._fleet.weigh()

    def set_charging(self, robot_id: str, *, enabled: bool) -> None:
        """Switches charging on or off.

        Raises:
            EngineError: switched on away from a charger.
        """
        k = self.row(robot_id)
        if enabled and not self._fleet.stands_at(k, "charger", self._world.stations):
            raise EngineError("not on a charger; dock at one before charging")
        self._fleet.charge_enabled[k] = enabled
        self._fleet.charge(0.0, self._world.stations)

    def set_robot(
        self,
        robot_id: str,
        *,
        state_of_charge: float | None = None,
        fills: Mapping[str, float] | None = None,
        pose: tuple[float, float, float] | None = None,
    ) -> None:
        """Changes the truth for a scenario; what is None stays.

        Raises:
            EngineError: unknown robot or stream, value outside 0..1.
        """
        k = self.row(robot_id)
        given = {**(fills or {}), **({} if state_of_charge is None else {"state of charge": state_of_charge})}
        wrong = [f"{name} {value:g}" for name, value in given.items() if not 0.0 <= value <= 1.0]
        wrong += [f"stream {name!r}" for name in fills or {} if name not in STREAMS]
        if wrong:
            raise EngineError(f"{', '.join(wrong)}: expected 0 to 1, and streams {', '.join(STREAMS)}")
        if state_of_charge is not None:
            self._fleet.energy_j[k] = state_of_charge * PACK_J
        for stream, fill in (fills or {}).items():
            self._fleet.fills[k, STREAMS.index(stream)] = fill
        if pose is not None:
            self._fleet.poses[k] = pose
            self._fleet.speeds[k] = 0.0
        self._fleet.weigh()
        self._fleet.charge(0.0, self._world.stations)

    def place_obstacle(self, obstacle_id: str, x: float, y: float, radius_m: float) -> None:
        """Puts a round obstacle into the world, or moves it.

        Raises:
            EngineError: a robot stands there, or what `Solids.place` refuses.
        """
        for name, pose in zip(self._fleet.names, self._fleet.poses, strict=True):
            if circle_clearance(pose, x, y, radius_m) < 0.0:
                raise EngineError(f"{name} stands there; choose another place")
        self._solids.place(obstacle_id, x, y, radius_m)

    def remove_obstacle(self, obstacle_id: str) -> None:
        """Takes an obstacle away.

        Raises:
            EngineError: no such obstacle.
        """
        self._solids.remove(obstacle_id)

    def checkpoint(self) -> dict[str, Any]:
        """Everything needed to go on bit by bit, JSON-ready."""
        return {
            "version": 1,
            "world": self._world.world_id,
            "time_ns": self.time_ns,
            "random": {name: random.bit_generator.state for name, random in self._random.items()},
            "fleet": self._fleet.memory(),
            "crowd": self._crowd.memory(),
            "obstacles": {name: list(circle) for name, circle in self._solids.obstacles.items()},
        }

    def restore(self, memory: dict[str, Any]) -> None:
        """Goes back to a checkpoint of the same world; robots that were not in it stay where they are.

        Raises:
            EngineError: another world or version.
        """
        if memory.get("version") != 1 or memory.get("world") != self._world.world_id:
            raise EngineError(f"checkpoint of another world or version, expected {self._world.world_id} version 1")
        self.time_ns = memory["time_ns"]
        for name, random in self._random.items():
            random.bit_generator.state = memory["random"][name]
        self._fleet.recall(memory["fleet"])
        self._crowd.recall(memory["crowd"])
        self._solids.recall(memory["obstacles"])

    def skip_time(self, duration_s: float) -> None:
        """Moves the clock on while everything stands still."""
        self.time_ns += round(duration_s * 1e9)

    def _slip(self, dt: float) -> None:
        """Slip wanders (Ornstein-Uhlenbeck) around none."""
        fleet = self._fleet
        keep = math.exp(-dt / SLIP_TIME_S)
        spread = np.array(SLIP_SIGMA) * (self._slip_scale * math.sqrt(1.0 - keep * keep))
        fleet.slip = fleet.slip * keep + self._random["slip"].standard_normal(fleet.slip.shape) * spread
