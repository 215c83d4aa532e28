"""The engine: one world, its robots and people, moved step by step; the same seed and commands give the same bits."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gangseo_sim.engine.crowd import Crowd
from gangseo_sim.engine.drive import SLIP_SIGMA, SLIP_TIME_S, circle_clearance
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.handling import Handling
from gangseo_sim.engine.lidar import NOISE_M
from gangseo_sim.engine.physics import Physics, PlanarPhysics
from gangseo_sim.engine.signals import signal_at
from gangseo_sim.engine.solids import Solids
from gangseo_sim.engine.state import EngineState, RobotState, SignalState
from gangseo_sim.engine.world import Floats, World

COMMAND_LIFE_S = 0.5
GNSS_SIGMA_M, GNSS_SIGMA_RAD = 0.02, math.radians(0.5)


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


class Engine(Handling):
    """One simulated world. `slip` and `lidar_noise_m` scale what is random; `walkers` says how people walk.

    `physics` moves the robots and casts their lidar: our own exact 2-D one unless another is given. People, signals,
    batteries, bins and noise are the same whatever moves the robots.
    """

    def __init__(
        self,
        world: World,
        robots: Sequence[RobotStart],
        seed: int,
        *,
        people: int | None = None,
        slip: float = 1.0,
        lidar_noise_m: float = NOISE_M,
        walkers: type[Crowd] = Crowd,
        physics: Physics | None = None,
    ) -> None:
        super().__init__(world, robots, seed)
        self._slip_scale = slip
        self._lidar_noise_m = lidar_noise_m
        self._crowd = walkers(world.people, world.people.count if people is None else people, self._random["people"])
        self._solids = Solids(world)
        self._physics = PlanarPhysics() if physics is None else physics

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
        hits = self._physics.drive(dt, wanted, cut, fleet, solids, self._crowd.circles())
        self.time_ns += round(dt * 1e9)
        fleet.touch(hits, solids.names, self.time_s)
        self._crowd.step(dt, now, fleet.poses, fleet.truth, solids.segments, solids.circles)
        fleet.charge(dt, self._world.stations)
        fleet.deposit(self._random["waste"], self.time_s)
        if fleet.goods.reach_in(self.time_s):
            fleet.weigh()

    def scan(self, robot_id: str) -> Floats:
        """360 ranges from -π on with noise; inf where nothing is near."""
        ranges = self._physics.scan(self.row(robot_id), self._fleet, self._solids, self._crowd.circles())
        noise = self._random["sensors"].standard_normal(len(ranges)) * self._lidar_noise_m
        return np.maximum(ranges + noise, 0.0)

    def camera(self, robot_id: str) -> NDArray[np.uint8]:
        """What a robot's camera sees, height × width × 3, RGB.

        Raises:
            EngineError: no such robot, or nothing here has cameras.
        """
        return self._physics.camera(self.row(robot_id), self._fleet, self._solids, self._crowd.circles())

    def close(self) -> None:
        """Ends what moves the robots; the engine is of no use afterwards."""
        self._physics.close()

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
            random.bit_generator.state = memory["random"].get(name, random.bit_generator.state)
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
