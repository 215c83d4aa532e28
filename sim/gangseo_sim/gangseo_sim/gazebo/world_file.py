"""The world Gazebo loads: the generated one with robots, people, spare obstacles and the lockstep plugin put in."""

import copy
import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gangseo_sim.engine.crowd_forces import PERSON_RADIUS_M
from gangseo_sim.engine.drive import TRACK_M, WHEEL_RADIUS_M
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.gazebo.errors import GazeboError

PHYSICS_STEP_S = 0.001
GRAVITY_MPS2 = 9.81
WHEEL_TORQUE_NM = 40.0
"""More than the tyres can hold, so that grip and not the motor is what ends first."""
PERSON_HEIGHT_M = 1.7
CLOTHES = ("0.20 0.35 0.60", "0.55 0.20 0.25", "0.25 0.45 0.30", "0.45 0.42 0.40", "0.75 0.62 0.30")
HEAD_RADIUS_M, SKIN = 0.14, "0.85 0.68 0.55"
OBSTACLE_SLOTS = 32
OBSTACLE_HEIGHT_M = 1.0
OBSTACLE_RADIUS_M = 0.5
"""Of a spare obstacle before it is used; scaled to what is asked for."""
PLUGIN = "libgangseo_lockstep.so"


@dataclass(frozen=True)
class CameraView:
    """Picture size and rate of the robots' cameras."""

    width: int = 640
    height: int = 480
    rate_hz: float = 5.0


def moved_names(people: int) -> list[str]:
    """Bodies the plugin moves, in the order of their index: people, then spare obstacles."""
    return [f"person_{k + 1}" for k in range(people)] + [f"spare_obstacle_{k}" for k in range(OBSTACLE_SLOTS)]


def world_text(
    folder: Path,
    starts: Sequence[RobotStart],
    people: int,
    camera: CameraView | None,
    slope_rad: tuple[float, float] = (0.0, 0.0),
) -> str:
    """The whole world file.

    Args:
        folder: generated world with world_classic.sdf and robot_classic.sdf.
        starts: robots and where they stand.
        people: number of people.
        camera: pictures wanted from every robot's camera; None leaves cameras out, which is much faster.
        slope_rad: how much the whole ground rises towards x and towards y; done by leaning gravity.

    Raises:
        GazeboError: a generated file is absent or broken.
    """
    root = _read(folder / "world_classic.sdf")
    robot = _read(folder / "robot_classic.sdf").find("model")
    world = root.find("world")
    if world is None or robot is None:
        raise GazeboError(f"{folder}: no world or no robot model in it; run python -m gangseo_sim.generate again")
    _set_physics(world)
    _lean_gravity(world, slope_rad)
    for start in starts:
        world.append(_robot(robot, start, camera))
    for index, name in enumerate(moved_names(people)):
        person = index < people
        radius, height = (PERSON_RADIUS_M, PERSON_HEIGHT_M) if person else (OBSTACLE_RADIUS_M, OBSTACLE_HEIGHT_M)
        colour = CLOTHES[index % len(CLOTHES)] if person else "0.85 0.45 0.10"
        world.append(_cylinder(name, radius, height, 3.0 * index, colour, head=person))
    world.append(_plugin([start.robot_id for start in starts], moved_names(people)))
    return ET.tostring(root, encoding="unicode")


def _read(file: Path) -> ET.Element:
    try:
        return ET.parse(file).getroot()  # noqa: S314  (written by our own generator)
    except (OSError, ET.ParseError) as error:
        raise GazeboError(f"{file}: cannot be read ({error}); run python -m gangseo_sim.generate again") from error


def _set_physics(world: ET.Element) -> None:
    for old in world.findall("physics"):
        world.remove(old)
    physics = ET.SubElement(world, "physics", name="lockstep", type="ode")
    _text(physics, "max_step_size", PHYSICS_STEP_S)
    _text(physics, "real_time_factor", 1)
    _text(physics, "real_time_update_rate", 0)


def _lean_gravity(world: ET.Element, slope_rad: tuple[float, float]) -> None:
    for old in world.findall("gravity"):
        world.remove(old)
    along, across = (-GRAVITY_MPS2 * math.sin(angle) for angle in slope_rad)
    down = -math.sqrt(GRAVITY_MPS2**2 - along**2 - across**2)
    _text(world, "gravity", f"{along!r} {across!r} {down!r}")


def _robot(robot: ET.Element, start: RobotStart, camera: CameraView | None) -> ET.Element:
    model = copy.deepcopy(robot)
    model.set("name", start.robot_id)
    for old in model.findall("pose"):
        model.remove(old)
    _text(model, "pose", f"{start.x!r} {start.y!r} 0 0 0 {start.theta!r}")
    for link in model.iterfind("link"):
        for sensor in link.findall("sensor"):
            if sensor.get("type") == "camera" and camera is not None:
                _set_camera(sensor, camera)
            elif sensor.get("type") not in {"ray", "contact"}:
                link.remove(sensor)
    return model


def _set_camera(sensor: ET.Element, view: CameraView) -> None:
    for tag, value in (("update_rate", view.rate_hz), ("always_on", 1)):
        for old in sensor.findall(tag):
            sensor.remove(old)
        _text(sensor, tag, value)
    image = sensor.find("./camera/image")
    if image is not None:
        for tag, value in (("width", view.width), ("height", view.height)):
            for old in image.findall(tag):
                image.remove(old)
            _text(image, tag, value)


def _cylinder(name: str, radius: float, height: float, x: float, colour: str, *, head: bool) -> ET.Element:
    """A body to be moved; of a person the top is drawn as a head."""
    shape = f"<geometry><cylinder><radius>{radius}</radius><length>{height}</length></cylinder></geometry>"
    trunk_m = height - (2 * HEAD_RADIUS_M if head else 0.0)
    trunk = f"<geometry><cylinder><radius>{radius}</radius><length>{trunk_m}</length></cylinder></geometry>"
    ball = f"<geometry><sphere><radius>{HEAD_RADIUS_M}</radius></sphere></geometry>"
    top = f'<visual name="head"><pose>0 0 {(height / 2) - HEAD_RADIUS_M} 0 0 0</pose>{ball}{_material(SKIN)}</visual>'
    return ET.fromstring(  # noqa: S314  (our own text)
        f'<model name="{name}"><static>true</static><pose>{x} 0 -20 0 0 0</pose><link name="link">'
        f'<pose>0 0 {height / 2} 0 0 0</pose><collision name="collision">{shape}</collision>'
        f'<visual name="visual"><pose>0 0 {(trunk_m - height) / 2} 0 0 0</pose>{trunk}{_material(colour)}</visual>'
        f"{top if head else ''}</link></model>"
    )


def _material(colour: str) -> str:
    return f"<material><ambient>{colour} 1</ambient><diffuse>{colour} 1</diffuse></material>"


def _plugin(robots: Iterable[str], moved: Iterable[str]) -> ET.Element:
    plugin = ET.Element("plugin", name="gangseo_lockstep", filename=PLUGIN)
    for tag, value in (
        ("wheel_separation", TRACK_M),
        ("wheel_radius", WHEEL_RADIUS_M),
        ("wheel_torque", WHEEL_TORQUE_NM),
    ):
        _text(plugin, tag, value)
    for name in robots:
        _text(plugin, "robot", name)
    for name in moved:
        _text(plugin, "moved", name)
    return plugin


def _text(parent: ET.Element, tag: str, value: object) -> None:
    ET.SubElement(parent, tag).text = str(value)
