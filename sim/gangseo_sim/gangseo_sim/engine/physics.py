"""What moves the robots and casts their lidar: the port behind the engine, and our own exact 2-D implementation."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from gangseo_sim.engine.camera import photograph
from gangseo_sim.engine.drive import HALF_BODY, drive_step
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import Fleet
from gangseo_sim.engine.lidar import scan
from gangseo_sim.engine.scene import Scene
from gangseo_sim.engine.solids import Solids
from gangseo_sim.engine.world import Floats, Ints


class Physics(Protocol):
    """Moves what the fleet's arrays say; they stay the one truth, whoever changed them in between."""

    def drive(self, dt: float, wanted: Floats, cut: Ints, fleet: Fleet, solids: Solids, people: Floats) -> Ints:
        """Moves all robots by `dt`: writes poses, odometry, speeds (of the wheels) and truth (over ground).

        Args:
            dt: seconds.
            wanted: speed and turn rate per robot.
            cut: 1 where the drive is cut: emergency stop, or an empty battery.
            fleet: rows of robots.
            solids: what stands still, placed obstacles included.
            people: circles [x, y, r].

        Returns:
            Contacts [robot, kind, body], as `Fleet.touch` reads them.
        """
        ...

    def scan(self, row: int, fleet: Fleet, solids: Solids, people: Floats) -> Floats:
        """360 noise-free ranges of one robot; inf where nothing is near."""
        ...

    def camera(self, row: int, fleet: Fleet, solids: Solids, people: Floats) -> NDArray[np.uint8]:
        """What a robot's camera sees, height × width × 3, RGB."""
        ...

    def close(self) -> None:
        """Ends what was started."""
        ...


class PlanarPhysics:
    """Exact 2-D motion and lidar, in this process; with a scene, simple pictures of it too."""

    def __init__(self, scene: Scene | None = None) -> None:
        self._scene = scene
        self._hits: Ints = np.zeros((64, 3), dtype=np.int64)

    def drive(self, dt: float, wanted: Floats, cut: Ints, fleet: Fleet, solids: Solids, people: Floats) -> Ints:
        """See `Physics.drive`."""
        count = drive_step(
            dt, wanted, cut, fleet.slip, fleet.poses, fleet.speeds, fleet.truth, fleet.odometry,
            solids.segments, solids.segment_bodies, solids.circles, solids.circle_bodies, people, self._hits,
        )  # fmt: skip
        return self._hits[:count]

    def scan(self, row: int, fleet: Fleet, solids: Solids, people: Floats) -> Floats:
        """See `Physics.scan`."""
        return scan(row, fleet.poses, HALF_BODY, solids.segments, solids.circles, people)

    def camera(self, row: int, fleet: Fleet, solids: Solids, people: Floats) -> NDArray[np.uint8]:
        """See `Physics.camera`.

        Raises:
            EngineError: this world runs without cameras.
        """
        if self._scene is None:
            raise EngineError("robots have no cameras here; switch parameter cameras on")
        return photograph(self._scene, row, fleet.poses, people, solids.placed)

    def close(self) -> None:
        """Nothing to end."""
