"""How well robots drive among moving people and past each other, in lockstep with the embedded engine."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gangseo_navigation.geometry import Pose
from gangseo_sim.engine.crowd import Crowd
from gangseo_sim.engine.fleet import RobotStart
from quality.lockstep import Lockstep, Record
from quality.orca import OrcaCrowd
from quality.scenes import Scene, path

LIMIT_S = 150.0


@dataclass(frozen=True)
class Drive:
    """All legs of one scene with one number of people, and how long each leg takes alone."""

    people: int
    records: tuple[Record, ...]
    free_s: tuple[float, ...]

    @property
    def arrived(self) -> int:
        """Legs that ended at their goal."""
        return sum(record.arrived for record in self.records)

    @property
    def contacts(self) -> int:
        """Bodies robots ran into."""
        return sum(len(record.contacts) for record in self.records)

    @property
    def km(self) -> float:
        """Kilometres driven."""
        return sum(record.driven_m for record in self.records) / 1000.0

    def time_ratio(self) -> float:
        """Mean time of the legs that arrived over their time alone."""
        pairs = zip(self.records, self.free_s, strict=True)
        return float(np.mean([record.took_s / free for record, free in pairs if record.arrived] or [math.nan]))

    def gaps_m(self, *percentiles: float) -> list[float]:
        """Percentiles of the gap to the nearest person over all cycles in which the robot moved."""
        gaps = np.concatenate([record.gaps_m for record in self.records])
        return [float(value) for value in np.percentile(gaps, percentiles)]


def drive_legs(scene: Scene, people: int, walkers: type[Crowd], seed: int) -> tuple[Record, ...]:
    """One robot, each leg in a world of its own."""
    records = []
    for k, (start, goal) in enumerate(scene.legs):
        begin = RobotStart("robot", start.x, start.y, start.theta)
        world = Lockstep(scene.world, scene.ground, [begin], seed + k, people, walkers)
        records.append(world.drive({"robot": goal}, LIMIT_S)["robot"])
    return tuple(records)


def among_people(
    scene: Scene, counts: Sequence[int], walkers: type[Crowd] = OrcaCrowd, rounds: int = 1
) -> list[Drive]:  # fmt: skip
    """The scene's legs with each number of people, ``rounds`` times with other people."""
    alone = [record.took_s for record in drive_legs(scene, 0, walkers, 1)]
    drives = []
    for people in counts:
        records = [record for k in range(rounds) for record in drive_legs(scene, people, walkers, 100 * k + 1)]
        drives.append(Drive(people, tuple(records), tuple(alone * rounds)))
    return drives


@dataclass(frozen=True)
class Meetings:
    """Two robots head-on on one path, again and again."""

    width_m: float
    records: tuple[tuple[Record, Record], ...]
    free_s: float

    @property
    def passed(self) -> int:
        """Meetings after which both arrived."""
        return sum(a.arrived and b.arrived for a, b in self.records)

    @property
    def stops(self) -> int:
        """Stops of all robots."""
        return sum(a.stops + b.stops for a, b in self.records)

    @property
    def contacts(self) -> int:
        """Robots that ran into anything."""
        return sum(len(a.contacts) + len(b.contacts) for a, b in self.records)

    @property
    def on_the_right(self) -> int:
        """Meetings in which each passed on its own right side."""
        return sum(_side(a, b) > 0.0 for a, b in self.records)

    def time_ratio(self) -> float:
        """Mean time of those that arrived over the time alone."""
        took = [r.took_s for pair in self.records for r in pair if r.arrived]
        return float(np.mean(took or [math.nan])) / self.free_s


def meetings(width_m: float, count: int, seed: int) -> Meetings:
    """Robots start at both ends of a path, up to 0.5 m beside its middle, and change places."""
    scene, random = path(width_m), np.random.default_rng(seed)
    (start, goal), middle = scene.legs[0], width_m / 2.0
    reach = min(0.5, middle - 0.9)
    free_s = drive_legs(scene, 0, OrcaCrowd, seed)[0].took_s
    records = []
    for k in range(count):
        off_a, off_b, late = random.uniform(-reach, reach), random.uniform(-reach, reach), random.uniform(0.0, 4.0)
        begins = [
            RobotStart("a", start.x, middle + off_a, 0.0),
            RobotStart("b", goal.x - late, middle + off_b, math.pi),
        ]
        world = Lockstep(scene.world, scene.ground, begins, seed + k, 0, OrcaCrowd)
        ends = {"a": Pose(goal.x, middle, 0.0), "b": Pose(start.x, middle, math.pi)}
        found = world.drive(ends, LIMIT_S)
        records.append((found["a"], found["b"]))
    return Meetings(width_m, tuple(records), free_s)


def _side(a: Record, b: Record) -> float:
    """Metres by which b, coming the other way, passed on the left of a; negative: on its right."""
    count = min(len(a.trail), len(b.trail))
    ways, others = np.array(a.trail[:count]), np.array(b.trail[:count])
    nearest = int(np.argmin(np.hypot(*(ways - others).T)))
    return float(others[nearest, 1] - ways[nearest, 1])
