"""The engine a bridge runs: the same world, moved by our own physics or by a Gazebo."""

from gangseo_sim.bridge_pace import STEP_S
from gangseo_sim.bridge_settings import BridgeSettings
from gangseo_sim.engine.core import Engine, starts_at_home
from gangseo_sim.engine.physics import Physics, PlanarPhysics
from gangseo_sim.engine.scene import read_scene
from gangseo_sim.engine.world import World, read_world
from gangseo_sim.gazebo.harmonic import HarmonicPhysics
from gangseo_sim.gazebo.physics import GazeboPhysics
from gangseo_sim.gazebo.process import gazebo_folder


def make_engine(settings: BridgeSettings) -> Engine:
    """A new engine with everybody at home.

    Raises:
        EngineError: an unknown robot, or Gazebo cannot be started.
        WorldReadError: the world's folder cannot be used.
    """
    world = read_world(settings.world_dir)
    if settings.backend == "embedded":
        _compile(world, settings)
    starts = starts_at_home(world, settings.robots)
    # Gazebo Harmonic's own world has no people of ours.
    people = 0 if settings.backend == "gz" else settings.people
    return Engine(world, starts, settings.seed, people=people, physics=_physics(settings, world))


def _physics(settings: BridgeSettings, world: World) -> Physics | None:
    if settings.backend == "embedded":
        return PlanarPhysics(read_scene(settings.world_dir)) if settings.cameras else None
    if settings.backend == "gz":
        return HarmonicPhysics(settings.robots)
    people = world.people.count if settings.people is None else settings.people
    starts = starts_at_home(world, settings.robots)
    return GazeboPhysics(gazebo_folder(settings.gazebo_dir), settings.world_dir, starts, people)


def _compile(world: World, settings: BridgeSettings) -> None:
    """Runs every kernel once; those of a first start take seconds."""
    physics = _physics(settings, world)
    trial = Engine(
        world, starts_at_home(world, settings.robots), settings.seed, people=settings.people, physics=physics
    )
    trial.advance(STEP_S, {})
    trial.scan(settings.robots[0])
    if settings.cameras:
        trial.camera(settings.robots[0])
