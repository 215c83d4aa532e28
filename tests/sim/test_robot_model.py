"""The robot's body: one source, true masses, the measures that everything else drives by."""

import math
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml

from gangseo_sim.engine import drive, equipment, lidar
from gangseo_sim.engine.state import BODY_LENGTH_M, BODY_WIDTH_M
from gangseo_sim.robot_model import SIMULATORS, robot_sdf, robot_urdf
from gangseo_sim.world_loader import WorldError


def model(simulator: str) -> ET.Element:
    found = ET.fromstring(robot_sdf(simulator, "robot_01", (1.0, 2.0, 0.5))).find("model")
    assert found is not None
    return found


def number(element: ET.Element, path: str) -> float:
    return float(element.findtext(path, "nan"))


@pytest.mark.parametrize("simulator", SIMULATORS)
def test_masses_add_up_to_the_engine_s_empty_robot_and_lie_low(simulator: str) -> None:
    links = model(simulator).findall("link")
    masses = [number(link, "inertial/mass") for link in links]
    assert sum(masses) == pytest.approx(equipment.mass_kg([0.0] * 4))
    base = links[0]
    height = float(base.findtext("inertial/pose", "").split()[2])
    assert height < 0.35
    # Braking as hard as it can, it tips over its front caster only if the centre of mass lies far higher than it does.
    assert drive.CUT_MPS2 * height < 9.81 * 0.34


@pytest.mark.parametrize("simulator", SIMULATORS)
def test_inertias_are_possible_for_a_body(simulator: str) -> None:
    for link in model(simulator).findall("link"):
        ixx, iyy, izz = (number(link, f"inertial/inertia/{axis}") for axis in ("ixx", "iyy", "izz"))
        assert min(ixx, iyy, izz) > 0.0
        assert ixx + iyy >= izz
        assert iyy + izz >= ixx
        assert izz + ixx >= iyy


@pytest.mark.parametrize("simulator", SIMULATORS)
def test_measures_are_those_of_the_drive_and_the_lidar(simulator: str) -> None:
    robot = model(simulator)
    size = [float(part) for part in robot.findtext("link/collision[@name='body']/geometry/box/size", "").split()]
    assert size[:2] == [BODY_LENGTH_M, BODY_WIDTH_M]
    sensor = robot.find("link/sensor[@name='lidar']")
    assert sensor is not None
    beams = sensor.find("ray") if simulator == "classic" else sensor.find("lidar")
    assert beams is not None
    assert float(sensor.findtext("pose", "").split()[0]) == lidar.LIDAR_X_M
    assert number(beams, "scan/horizontal/samples") == lidar.BEAMS
    assert number(beams, "scan/horizontal/min_angle") == pytest.approx(lidar.ANGLE_MIN_RAD)
    assert number(beams, "scan/horizontal/max_angle") == pytest.approx(math.pi - lidar.STEP_RAD)
    assert (number(beams, "range/min"), number(beams, "range/max")) == (lidar.RANGE_MIN_M, lidar.RANGE_MAX_M)


def test_harmonic_drives_within_the_engine_s_limits() -> None:
    plugin = model("harmonic").find("plugin[@name='gz::sim::systems::DiffDrive']")
    assert plugin is not None
    left, right = (
        float(model("harmonic").findtext(f"link[@name='{side}_wheel']/pose", "").split()[1])
        for side in ("left", "right")
    )
    assert number(plugin, "wheel_separation") == pytest.approx(left - right)
    assert number(plugin, "wheel_radius") == number(model("harmonic"), "link/collision/geometry/cylinder/radius")
    assert number(plugin, "max_linear_velocity") == drive.MAX_SPEED_MPS
    assert number(plugin, "max_angular_velocity") == drive.MAX_TURN_RPS
    assert number(plugin, "max_linear_acceleration") == drive.SPEED_UP_MPS2
    assert number(plugin, "min_linear_acceleration") == -drive.SLOW_DOWN_MPS2
    assert number(plugin, "max_angular_acceleration") == drive.TURN_RPS2


def test_classic_has_no_plugin_and_a_ray_sensor() -> None:
    robot = model("classic")
    assert robot.find("plugin") is None
    assert [sensor.get("type") for sensor in robot.findall("link/sensor")] == ["ray", "camera", "contact"]


@pytest.mark.parametrize("simulator", SIMULATORS)
def test_names_of_siblings_are_unique(simulator: str) -> None:
    for parent in model(simulator).iter():
        names = [child.get("name") for child in parent if child.get("name")]
        assert len(names) == len(set(names)), parent.tag


def test_urdf_has_the_frames_of_the_architecture() -> None:
    links = {link.get("name") for link in ET.fromstring(robot_urdf()).findall("link")}
    assert {"base_link", "lidar", "camera", "left_wheel", "right_wheel"} == links


def test_unknown_simulator_is_refused() -> None:
    with pytest.raises(WorldError, match="classic, harmonic"):
        robot_sdf("mujoco", "robot_01")


def test_bridge_carries_what_the_harmonic_robots_publish(world_dir: Path) -> None:
    entries = yaml.safe_load((world_dir / "bridge.yaml").read_text(encoding="utf-8"))
    carried = {entry["gz_topic_name"] for entry in entries}
    root = ET.parse(world_dir / "world_gz.sdf").getroot()
    robots = [found for found in root.findall("world/model") if found.get("name", "").startswith("robot_")]
    assert [robot.get("name") for robot in robots] == ["robot_01", "robot_02"]
    spoken = {f"/{topic.text}" for robot in robots for topic in robot.iter("topic")}
    spoken |= {f"/{topic.text}" for robot in robots for topic in robot.iter("odom_topic")}
    assert spoken <= carried
    assert {"/clock", "/model/robot_01/pose"} <= carried
    assert len({entry["ros_topic_name"] for entry in entries}) == len(entries)
    # The listed systems serve every sensor in the world: what is listed replaces Gazebo's own choice.
    systems = {plugin.get("filename") for plugin in root.findall("world/plugin")}
    assert {"gz-sim-physics-system", "gz-sim-sensors-system", "gz-sim-contact-system"} <= systems
