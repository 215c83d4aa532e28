"""Files for real Nav2 and Gazebo Harmonic, as far as they can be checked without either: names, limits, launches."""

import json
import math
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from gangseo_launch.plan import Plan, read_plan
from gangseo_navigation.follower import DriveLimits
from gangseo_navigation.scan import Body
from unit.launch.ament_prefix import installed

ROOT = Path(__file__).resolve().parents[3]
NAV2 = ROOT / "launch" / "nav2" / "nav2.yaml"
FOREIGN = {
    "nav2_map_server": ("map_server", "costmap_filter_info_server"),
    "nav2_planner": ("planner_server",),
    "nav2_controller": ("controller_server",),
    "nav2_smoother": ("smoother_server",),
    "nav2_behaviors": ("behavior_server",),
    "nav2_velocity_smoother": ("velocity_smoother",),
    "nav2_bt_navigator": ("bt_navigator",),
    "nav2_waypoint_follower": ("waypoint_follower",),
    "nav2_lifecycle_manager": ("lifecycle_manager",),
    "opennav_docking": ("opennav_docking",),
    "ros_gz_bridge": ("parameter_bridge",),
}
OURS = {
    "gangseo_sim": ("sim_bridge",),
    "gangseo_navigation": ("navigation", "localization"),
    "gangseo_service": ("robot",),
}

KNOWN: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("nav2_jazzy_parameters.yaml").read_text(encoding="utf-8")
)
KIND_OF_NODE = {
    "local_costmap": "costmap", "global_costmap": "costmap", "lifecycle_manager_navigation": "lifecycle_manager",
    "keepout_costmap_filter_info_server": "costmap_filter_info_server",
    "speed_costmap_filter_info_server": "costmap_filter_info_server",
}  # fmt: skip


@pytest.fixture(scope="module")
def nav2() -> dict[str, dict]:
    """Parameters by node name."""
    return {
        name.split("/")[-1]: body["ros__parameters"]
        for name, body in yaml.safe_load(NAV2.read_text(encoding="utf-8")).items()
    }


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """An install folder in which every package of ROS that is needed has its executables."""
    return installed(tmp_path / "install", {**FOREIGN, **OURS})


def plan(prefix: Path, name: str, **arguments: str) -> Plan:
    return read_plan(ROOT / "launch" / name, arguments, {"AMENT_PREFIX_PATH": str(prefix)})


def executables(found: Plan) -> list[str]:
    return [Path(process.command[0]).name for process in found.processes]


def unknown(kind: str, values: dict) -> list[str]:
    """Names no server of that kind has, looked for in plugins and their groups, too."""
    wrong = [f"{kind}.{name}" for name in values if name not in KNOWN[kind] and not isinstance(values[name], dict)]
    for name, inner in values.items():
        if not isinstance(inner, dict):
            continue
        if "plugin" in inner:
            wrong += unknown(inner["plugin"], {key: value for key, value in inner.items() if key != "plugin"})
        elif name in KNOWN[kind]:
            wrong += unknown("critic" if name.endswith("Critic") else name, inner)
        else:
            wrong.append(f"{kind}.{name}")
    return wrong


def test_every_parameter_is_one_of_nav2s(nav2: dict[str, dict]) -> None:
    wrong = [bad for node, values in nav2.items() for bad in unknown(KIND_OF_NODE.get(node, node), values)]
    assert wrong == []


def test_plugins_named_in_lists_are_there(nav2: dict[str, dict]) -> None:
    for node, values in nav2.items():
        for name, listed in values.items():
            if name in {"plugins", "filters", "navigators"} or name.endswith("_plugins"):
                assert [plugin for plugin in listed if plugin not in values] == [], f"{node}.{name}"


def test_limits_and_footprint_are_those_of_our_own_navigation(nav2: dict[str, dict]) -> None:
    limits, body = DriveLimits(), Body()
    mppi, smoother = nav2["controller_server"]["FollowPath"], nav2["velocity_smoother"]
    assert (mppi["vx_max"], mppi["wz_max"]) == (limits.speed, limits.turn)
    assert (mppi["ax_max"], mppi["ax_min"], mppi["az_max"]) == (limits.speed_up, -limits.speed_down, limits.turn_up)
    assert smoother["max_velocity"] == [limits.speed, 0.0, limits.turn]
    assert smoother["max_accel"] == [limits.speed_up, 0.0, limits.turn_up]
    assert smoother["max_decel"] == [-limits.speed_down, 0.0, -limits.turn_up]
    for costmap in ("local_costmap", "global_costmap"):
        corners = json.loads(nav2[costmap]["footprint"])
        assert max(x for x, _ in corners) == pytest.approx(body.length_m / 2)
        assert max(y for _, y in corners) == pytest.approx(body.width_m / 2)
        assert nav2[costmap]["inflation_layer"]["inflation_radius"] > math.hypot(body.length_m, body.width_m) / 2
    goal = nav2["controller_server"]["goal_checker"]
    assert (goal["xy_goal_tolerance"], goal["yaw_goal_tolerance"]) == (limits.goal_distance, limits.goal_angle)


def test_city_starts_gazebo_and_nav2_for_every_robot(prefix: Path, nav2: dict[str, dict]) -> None:
    found = plan(prefix, "city.launch.xml", world_dir="/w", data_dir="/d", sim="gz", nav="nav2")
    names = executables(found)
    assert names.count("gz") == 1
    assert names.count("parameter_bridge") == 1
    assert names.count("bt_navigator") == names.count("robot") == 2
    assert "navigation" not in names
    nodes = {
        word.removeprefix("__node:=")
        for process in found.processes
        for word in process.command
        if word.startswith("__node:=")
    }
    assert set(nav2["lifecycle_manager_navigation"]["node_names"]) <= nodes
    spaces = [word for process in found.processes for word in process.command if word == "__ns:=/robot_02"]
    assert len(spaces) == len(nav2["lifecycle_manager_navigation"]["node_names"]) + 3  # manager, localization, robot


def test_city_needs_neither_by_itself(prefix: Path) -> None:
    found = plan(prefix, "city.launch.xml", world_dir="/w", data_dir="/d")
    assert {"gz", "parameter_bridge", "bt_navigator", "localization"}.isdisjoint(executables(found))
    assert executables(found).count("navigation") == 2


def test_every_node_with_parameters_is_started(prefix: Path, nav2: dict[str, dict]) -> None:
    found = plan(prefix, "contract.launch.xml", world_dir="/w")
    nodes = {word.removeprefix("__node:=") for process in found.processes for word in process.command}
    assert [node for node in nav2 if node not in nodes and not node.endswith("_costmap")] == []


@pytest.mark.parametrize("file", sorted((ROOT / "docker").glob("*.Dockerfile")), ids=lambda file: file.name)
def test_dockerfile_has_no_complaints(file: Path) -> None:
    program = Path(sys.executable).with_name("hadolint")
    if not program.is_file():
        pytest.skip("hadolint is not in the environment: ./gangseo test installs it")
    done = subprocess.run([program, str(file)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_yaml_files_are_clean() -> None:
    files = [NAV2, ROOT / "docker" / "compose.yml"]
    rules = (
        "{extends: default, rules: {line-length: disable, document-start: disable, braces: disable, truthy: disable}}"
    )
    done = subprocess.run(
        [sys.executable, "-m", "yamllint", "--strict", "-d", rules, *map(str, files)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_compose_names_what_is_there() -> None:
    compose = yaml.safe_load((ROOT / "docker" / "compose.yml").read_text(encoding="utf-8"))
    services = compose["services"]
    for name, service in services.items():
        if "build" in service:
            assert (ROOT / service["build"]["dockerfile"]).is_file(), name
        for needed in service.get("depends_on", {}):
            assert needed in services, name
        for mode in ("network_mode", "ipc"):
            other = service.get(mode, "")
            assert not other.startswith("service:") or other.removeprefix("service:") in services, name
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (ROOT / "docker" / source).exists(), f"{name}: {source}"
        for word in service.get("command", ()):
            assert not word.endswith(".launch.xml") or (ROOT / "launch" / word).is_file(), word


@pytest.mark.parametrize("script", ["enter.sh", "contract.sh"])
def test_scripts_are_bash(script: str) -> None:
    file = ROOT / "docker" / script
    assert file.stat().st_mode & 0o111
    assert shutil.which("bash")
    assert subprocess.run(["bash", "-n", str(file)], check=False, timeout=20).returncode == 0
