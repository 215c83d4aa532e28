"""Engines on Gazebo Classic; skipped, with the reason, where it is not to be had."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gangseo_sim.engine.core import Engine, starts_at_home
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.world import World
from gangseo_sim.gazebo.errors import GazeboError
from gangseo_sim.gazebo.physics import GazeboPhysics
from gangseo_sim.gazebo.process import gazebo_folder
from gangseo_sim.gazebo.world_file import CameraView

MakeEngine = Callable[..., Engine]


@pytest.fixture(scope="session")
def gazebo() -> Path:
    """Where Gazebo was unpacked."""
    try:
        return gazebo_folder()
    except GazeboError as error:
        pytest.skip(f"NO GAZEBO CLASSIC: {os.environ.get('GANGSEO_GAZEBO_PROBLEM') or error}")


@pytest.fixture
def gazebo_engine(gazebo: Path, world_dir: Path, world: World) -> Iterator[MakeEngine]:
    """Makes engines on Gazebo; ends every Gazebo by its own handle."""
    made: list[Engine] = []

    def make(
        starts: list[RobotStart] | None = None, people: int = 0, camera: CameraView | None = None, **options: float
    ) -> Engine:
        found = starts if starts is not None else starts_at_home(world, ["robot_01", "robot_02"])
        physics = GazeboPhysics(gazebo, world_dir, found, people, camera=camera)
        engine = Engine(world, found, 1, people=people, physics=physics, slip=0.0, lidar_noise_m=0.0, **options)
        made.append(engine)
        return engine

    yield make
    for engine in made:
        engine.close()
