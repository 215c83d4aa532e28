"""Gazebo Classic as the engine's physics: wheels on the ground move the robots, Gazebo's rays see the world."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gangseo_sim.engine.drive import PERSON, ROBOT, STATIC, TRACK_M, WHEEL_RADIUS_M, arc, next_speeds
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import Fleet, RobotStart
from gangseo_sim.engine.lidar import BEAMS, RANGE_MAX_M
from gangseo_sim.engine.solids import Solids
from gangseo_sim.engine.world import Floats, Ints
from gangseo_sim.gazebo.errors import GazeboError
from gangseo_sim.gazebo.process import GazeboProcess
from gangseo_sim.gazebo.wire import Frame, Stepped
from gangseo_sim.gazebo.world_file import (
    OBSTACLE_SLOTS,
    PHYSICS_STEP_S,
    CameraView,
    moved_names,
    world_text,
)


class GazeboPhysics:
    """One Gazebo process. Before each use the arrays given are compared with what Gazebo has, and it is set right."""

    def __init__(
        self,
        gazebo: Path,
        world: Path,
        starts: Sequence[RobotStart],
        people: int,
        *,
        camera: CameraView | None = None,
        slope_rad: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        self._people = people
        self._camera = camera
        self._names = tuple(start.robot_id for start in starts)
        self._numbers = {name: k for k, name in enumerate(moved_names(people))}
        n = len(starts)
        self._process = GazeboProcess(
            gazebo, world_text(world, starts, people, camera, slope_rad), n, camera=camera is not None
        )
        self._known_poses: Floats = np.array([(s.x, s.y, s.theta) for s in starts], dtype=np.float64).reshape(n, 3)
        self._known_people: Floats = np.full((people, 3), np.nan)
        self._known_obstacles: dict[str, tuple[float, float, float]] = {}
        self._slots: dict[str, int] = {}
        self._targets: Floats = np.zeros((n, 2))
        self._wheels: Floats | None = None

    @property
    def pid(self) -> int:
        """Process that all of Gazebo ends with."""
        return self._process.pid

    def drive(self, dt: float, wanted: Floats, cut: Ints, fleet: Fleet, solids: Solids, people: Floats) -> Ints:
        """See `Physics.drive`; the wheels follow a ramp within the body's limits, the ground does the rest."""
        self._bring_in_line(fleet, solids, people)
        if self._wheels is None:
            self._wheels = self._step(0, np.zeros((len(self._names), 4))).motion[:, 5:7]
        goals = np.array([next_speeds(self._targets[k], wanted[k], int(cut[k]), dt) for k in range(len(self._names))])
        goals = goals.reshape(self._targets.shape)
        stepped = self._step(round(dt / PHYSICS_STEP_S), np.hstack((self._targets, goals)))
        self._targets = goals
        self._take(stepped.motion, dt, fleet)
        return self._hits(stepped, solids)

    def scan(self, row: int, fleet: Fleet, solids: Solids, people: Floats) -> Floats:
        """See `Physics.scan`."""
        self._bring_in_line(fleet, solids, people)
        try:
            ranges = self._process.wire.scan(row)
        except GazeboError as error:
            raise self._process.why(error) from error
        if len(ranges) != BEAMS:
            raise GazeboError(f"the lidar of {self._names[row]} has {len(ranges)} beams, not {BEAMS}; generate again")
        return np.where(ranges >= RANGE_MAX_M - 1e-6, np.inf, ranges)

    def camera(self, row: int, fleet: Fleet, solids: Solids, people: Floats) -> NDArray[np.uint8]:
        """See `Physics.camera`; the last picture taken, at most one period old.

        Raises:
            EngineError: this Gazebo was started without cameras, or no picture has been taken yet.
        """
        if self._camera is None:
            raise EngineError("Gazebo was started without cameras; start it with a CameraView")
        self._bring_in_line(fleet, solids, people)
        frame = self._frame(row)
        if frame is None:
            raise EngineError(f"no picture yet; advance by {1.0 / self._camera.rate_hz:g} s first")
        return frame.pixels

    def close(self) -> None:
        """Ends Gazebo."""
        self._process.close()

    def _frame(self, row: int) -> Frame | None:
        try:
            return self._process.wire.frame(row)
        except GazeboError as error:
            raise self._process.why(error) from error

    def _step(self, iterations: int, targets: Floats) -> Stepped:
        try:
            return self._process.wire.step(iterations, targets)
        except GazeboError as error:
            raise self._process.why(error) from error

    def _take(self, motion: Floats, dt: float, fleet: Fleet) -> None:
        """Writes what Gazebo measured into the fleet: wheels for odometry, bodies for truth."""
        assert self._wheels is not None  # noqa: S101
        turned = (motion[:, 5:7] - self._wheels) * WHEEL_RADIUS_M
        self._wheels = motion[:, 5:7].copy()
        rates = motion[:, 7:9] * WHEEL_RADIUS_M
        for k in range(len(self._names)):
            left_m, right_m = float(turned[k, 0]), float(turned[k, 1])
            fleet.odometry[k] = arc(
                fleet.odometry[k], (left_m + right_m) / 2 / dt, (right_m - left_m) / TRACK_M / dt, dt
            )
        fleet.speeds[:, 0] = rates.mean(axis=1)
        fleet.speeds[:, 1] = (rates[:, 1] - rates[:, 0]) / TRACK_M
        for k in range(len(self._names)):
            fleet.truth[k] = _over_ground(fleet.poses[k], motion[k, 0:3], dt)
        fleet.poses[:] = motion[:, 0:3]
        self._known_poses = fleet.poses.copy()

    def _hits(self, stepped: Stepped, solids: Solids) -> Ints:
        bodies = {name: k for k, name in enumerate(solids.names)}
        slots = {f"spare_obstacle_{slot}": bodies[name] for name, slot in self._slots.items() if name in bodies}
        rows = []
        for robot, other in stepped.contacts:
            own = self._names.index(robot)
            if other in self._names:
                rows.append((own, ROBOT, self._names.index(other)))
            elif self._numbers.get(other, self._people) < self._people:
                rows.append((own, PERSON, self._numbers[other]))
            elif other in slots or other in bodies:
                rows.append((own, STATIC, slots.get(other, bodies.get(other, -1))))
        return np.array(rows, dtype=np.int64).reshape(-1, 3)

    def _bring_in_line(self, fleet: Fleet, solids: Solids, people: Floats) -> None:
        """Moves in Gazebo what was moved here."""
        placed = [k for k in range(len(self._names)) if (fleet.poses[k] != self._known_poses[k]).any()]
        rows = [(k, *fleet.poses[k], *fleet.speeds[k]) for k in placed]
        moved = self._moved_people(people) + self._moved_obstacles(solids)
        try:
            if rows:
                self._process.wire.place(np.array(rows, dtype=np.float64))
                self._known_poses[placed] = fleet.poses[placed]
                self._targets[placed] = fleet.speeds[placed]
            if moved:
                self._process.wire.move(np.array(moved, dtype=np.float64))
        except GazeboError as error:
            raise self._process.why(error) from error

    def _moved_people(self, people: Floats) -> list[tuple[float, ...]]:
        if len(people) != self._people:
            raise GazeboError(f"Gazebo was started with {self._people} people, now there are {len(people)}")
        if np.array_equal(people, self._known_people):
            return []
        steps = people[:, :2] - self._known_people[:, :2]
        self._known_people = people.copy()
        return [
            (k, x, y, 0.0 if math.isnan(steps[k, 0]) else math.atan2(steps[k, 1], steps[k, 0]), 0.0, 1.0)
            for k, (x, y, _) in enumerate(people)
        ]

    def _moved_obstacles(self, solids: Solids) -> list[tuple[float, ...]]:
        gone = sorted(self._known_obstacles.keys() - solids.obstacles.keys())
        rows: list[tuple[float, ...]] = [
            (self._people + self._slots.pop(name), 0.0, 0.0, 0.0, 0.0, 0.0) for name in gone
        ]
        for name, (x, y, radius) in solids.obstacles.items():
            if self._known_obstacles.get(name) != (x, y, radius):
                slot = self._slots.setdefault(name, self._free_slot(name))
                rows.append((self._people + slot, x, y, 0.0, radius, 1.0))
        self._known_obstacles = dict(solids.obstacles)
        return rows

    def _free_slot(self, name: str) -> int:
        free = [slot for slot in range(OBSTACLE_SLOTS) if slot not in self._slots.values()]
        if not free and name not in self._slots:
            raise EngineError(f"Gazebo holds {OBSTACLE_SLOTS} placed obstacles at most; remove one first")
        return free[0] if free else -1


def _over_ground(before: Floats, after: Floats, dt: float) -> tuple[float, float]:
    """Mean speed along the body and turn rate between two poses."""
    turn = math.remainder(after[2] - before[2], 2 * math.pi)
    middle = before[2] + turn / 2
    ahead = (after[0] - before[0]) * math.cos(middle) + (after[1] - before[1]) * math.sin(middle)
    return ahead / dt, turn / dt
