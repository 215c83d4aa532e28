"""Pilots and engine in step: 20 Hz control, 10 Hz lidar and satellite fixes, no ROS; what happened is noted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gangseo_navigation.geometry import Pose, Twist
from gangseo_navigation.ground import Ground
from gangseo_navigation.pilot import Limits, Pilot
from gangseo_navigation.route import Inline
from gangseo_navigation.scan import Scan
from gangseo_navigation.task import Outcome
from gangseo_sim.engine.core import GNSS_SIGMA_M, GNSS_SIGMA_RAD, DriveCommand, Engine
from gangseo_sim.engine.crowd import Crowd
from gangseo_sim.engine.drive import circle_clearance
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.lidar import ANGLE_MIN_RAD, LIDAR_X_M, RANGE_MAX_M, RANGE_MIN_M, STEP_RAD
from gangseo_sim.engine.world import World

CYCLE_S, SUBSTEPS = 0.05, 2
FIX_NOISE = np.diag((GNSS_SIGMA_M**2, GNSS_SIGMA_M**2, GNSS_SIGMA_RAD**2))
DRIVING_MPS, STANDING_MPS, STUCK_S = 0.15, 0.02, 5.0


@dataclass
class Record:
    """What one robot lived through on one leg. ``gaps_m``: to the nearest person, each cycle the robot moved."""

    arrived: bool = False
    took_s: float = 0.0
    driven_m: float = 0.0
    gaps_m: list[float] = field(default_factory=list)
    stops: int = 0
    stuck: int = 0
    contacts: set[str] = field(default_factory=set)
    """Bodies the robot ran into; one that runs into a standing robot is none."""
    code: int = 0
    trail: list[tuple[float, float]] = field(default_factory=list)
    _was_driving: bool = False
    _stood_s: float = 0.0

    def note(self, x: float, y: float, speed: float, gap_m: float, touching: Sequence[str], left_m: float) -> None:
        """One cycle; a stop within the last metre is arrival."""
        self.took_s += CYCLE_S
        self.driven_m += abs(speed) * CYCLE_S
        self.trail.append((x, y))
        if abs(speed) > STANDING_MPS:
            self.gaps_m.append(gap_m)
            self.contacts.update(touching)
        if abs(speed) > DRIVING_MPS:
            self._was_driving, self._stood_s = True, 0.0
        elif abs(speed) < STANDING_MPS:
            self.stops += self._was_driving and left_m > 1.0
            self._was_driving = False
            before, self._stood_s = self._stood_s, self._stood_s + CYCLE_S
            self.stuck += before < STUCK_S <= self._stood_s


class Lockstep:
    """An engine and one pilot for each of its robots."""

    def __init__(
        self, world: World, ground: Ground, starts: Sequence[RobotStart], seed: int, people: int,
        walkers: type[Crowd],
    ) -> None:  # fmt: skip
        self.engine = Engine(world, starts, seed, people=people, walkers=walkers)
        self.pilots = {start.robot_id: Pilot(ground, Limits(), Inline()) for start in starts}
        self._origins = {start.robot_id: Pose(start.x, start.y, start.theta) for start in starts}
        self._speeds = dict.fromkeys(self.pilots, 0.0)
        self._cycle = 0
        for _ in range(4):
            self.cycle({})

    def cycle(self, records: dict[str, Record]) -> dict[str, Outcome]:
        """0.05 s of everything; the outcomes of tasks that ended."""
        now_s = self.engine.time_s
        commands, outcomes = {}, {}
        for name, pilot in self.pilots.items():
            self._sense(name, pilot, now_s)
            twist, outcome = pilot.step(now_s)
            commands[name] = _command(twist)
            if outcome is not None:
                outcomes[name] = outcome
        touched: dict[str, set[str]] = {name: set() for name in self.pilots}
        for part in range(SUBSTEPS):
            state = self.engine.step(CYCLE_S / SUBSTEPS, commands if part == 0 else {})
            for robot in state.robots:
                touched[robot.robot_id].update(robot.touching)
        self._cycle += 1
        for name, record in records.items():
            robot = self.engine.robot(name)
            pose = np.array((robot.x, robot.y, robot.theta))
            gaps = [circle_clearance(pose, p.x, p.y, p.radius_m) for p in state.people]
            moving = max(abs(robot.speed_mps), self._speeds[name])
            record.note(robot.x, robot.y, moving, min(gaps, default=math.inf), sorted(touched[name]),
                        self.pilots[name].follower.remaining_m)  # fmt: skip
            self._speeds[name] = abs(robot.speed_mps)
        return outcomes

    def drive(self, goals: dict[str, Pose], limit_s: float) -> dict[str, Record]:
        """All robots to their goals; ends when all have ended or after ``limit_s``."""
        records = {name: Record() for name in goals}
        for name, goal in goals.items():
            self.pilots[name].task = self.pilots[name].journey([goal])
        open_legs = dict(records)
        end_s = self.engine.time_s + limit_s
        while open_legs and self.engine.time_s < end_s:
            for name, outcome in self.cycle(open_legs).items():
                record = open_legs.pop(name)
                record.arrived, record.code = outcome.succeeded, outcome.code
        for name in open_legs:
            self.pilots[name].task = None
        return records

    def _sense(self, name: str, pilot: Pilot, now_s: float) -> None:
        robot = self.engine.robot(name)
        pilot.localization.drive(now_s, Pose(robot.odom_x, robot.odom_y, robot.odom_theta))
        if self._cycle % 2:
            return
        pilot.localization.fix(now_s, Pose(*self.engine.gnss(name)), FIX_NOISE)
        believed = pilot.localization.pose
        if believed is not None:
            ranges: NDArray[np.float32] = self.engine.scan(name).astype(np.float32)
            sensor = believed.compose(Pose(LIDAR_X_M, 0.0, 0.0))
            pilot.see(Scan(now_s, sensor, ANGLE_MIN_RAD, STEP_RAD, ranges, RANGE_MIN_M, RANGE_MAX_M))


def _command(twist: Twist) -> DriveCommand:
    return DriveCommand(twist.v, twist.w)
