"""Parameters of the bridge, declared with what they mean."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rcl_interfaces.msg import ParameterDescriptor
from rclpy.node import Node

FASTEST = 100.0
BACKENDS = ("embedded", "gazebo_classic", "gz")


class SettingsError(ValueError):
    """A parameter that cannot be used, with what to set instead."""


@dataclass(frozen=True)
class BridgeSettings:
    """What one simulator process is to run."""

    world_dir: Path
    robots: tuple[str, ...]
    seed: int
    speed: float
    people: int | None
    state_file: Path | None
    backend: str
    gazebo_dir: str
    cameras: bool


def declare_settings(node: Node) -> BridgeSettings:
    """Declares and reads all parameters.

    Raises:
        SettingsError: a value that cannot be used.
    """

    def value(name: str, default: Any, text: str) -> Any:  # noqa: ANN401
        described = ParameterDescriptor(description=text, dynamic_typing=True)
        found = node.declare_parameter(name, default, described).value
        return default if found is None else found

    world_dir = str(value("world_dir", "", "folder written by python -m gangseo_sim.generate"))
    robots = value("robots", ["robot_01"], "names of the robots to simulate, as in site.json")
    seed = value("seed", 1, "seed of everything random; the same seed gives the same world")
    speed = value("speed", 1.0, "simulated seconds per wall second, above 0 and up to 100")
    people = value("people", -1, "number of pedestrians, -1 for as many as the world says")
    state_file = str(value("state_file", "", "checkpoint written each wall second and resumed from; empty for none"))
    backend = value(
        "backend",
        BACKENDS[0],
        "what moves the robots: embedded, gazebo_classic, or gz (Harmonic)",
    )
    cameras = value(
        "cameras", default=False, text="simple pictures from each robot, one a second, while somebody looks (embedded)"
    )
    gazebo_dir = str(value("gazebo_dir", "", "where Gazebo was unpacked; empty for GANGSEO_GAZEBO_DIR"))
    if backend not in BACKENDS:
        raise SettingsError(f"parameter backend is {backend!r}; give one of {', '.join(BACKENDS)}")
    if not isinstance(cameras, bool) or (cameras and backend != BACKENDS[0]):
        raise SettingsError(
            f"parameter cameras is {cameras!r}; give true or false, and true only with backend embedded"
        )
    if not world_dir:
        raise SettingsError("parameter world_dir is empty; give the folder of a generated world")
    if not _is_number(speed) or not 0.0 < speed <= FASTEST:
        raise SettingsError(f"parameter speed is {speed!r}; give a factor above 0 and up to {FASTEST:g}")
    if isinstance(robots, str) or not all(isinstance(name, str) for name in robots) or len(set(robots)) != len(robots):
        raise SettingsError(f"parameter robots is {robots!r}; give a list that names each robot once")
    if not robots:
        raise SettingsError("parameter robots is empty; give at least one robot")
    if not isinstance(seed, int) or not isinstance(people, int) or seed < 0 or people < -1:
        raise SettingsError("parameters seed and people must be whole and not negative (people: -1 as the world says)")
    return BridgeSettings(
        Path(world_dir),
        tuple(robots),
        seed,
        float(speed),
        None if people < 0 else people,
        Path(state_file) if state_file else None,
        backend,
        gazebo_dir,
        cameras,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
