"""The node's parameters, with descriptions, and the limits made of them."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from rcl_interfaces.msg import ParameterDescriptor
from rclpy.node import Node

from gangseo_navigation.follower import DriveLimits
from gangseo_navigation.journey import JourneyLimits
from gangseo_navigation.localization import LocalizationLimits
from gangseo_navigation.pilot import Limits
from gangseo_navigation.planner import PlannerLimits
from gangseo_navigation.scan import Body

FILES = {
    "map_yaml": "Map as nav2_map_server writes it (.yaml beside its image).",
    "keepout_yaml": "Keep-out mask of the same size, empty for none.",
    "speed_yaml": "Speed mask of the same size in per cent of 2.0 m/s, empty for none.",
    "stations_file": "site.json with the stations dock_robot knows, empty for none.",
}
NUMBERS: dict[str, tuple[str, type, str, str]] = {
    "body_length": ("body", Body, "length_m", "Length of the robot in m, base_link in its middle."),
    "body_width": ("body", Body, "width_m", "Width of the robot in m."),
    "max_speed": ("drive", DriveLimits, "speed", "Top speed in m/s."),
    "max_turn_rate": ("drive", DriveLimits, "turn", "Top turn rate in rad/s."),
    "max_acceleration": ("drive", DriveLimits, "speed_up", "Acceleration in m/s²."),
    "max_deceleration": ("drive", DriveLimits, "speed_down", "Braking in m/s²."),
    "max_turn_acceleration": ("drive", DriveLimits, "turn_up", "Angular acceleration in rad/s²."),
    "max_side_acceleration": ("drive", DriveLimits, "side", "Sideways acceleration in bends in m/s²."),
    "xy_goal_tolerance": ("drive", DriveLimits, "goal_distance", "Distance from the goal that counts as there, m."),
    "yaw_goal_tolerance": ("drive", DriveLimits, "goal_angle", "Angle from the goal that counts as there, rad."),
    "path_clearance": ("planner", PlannerLimits, "clearance_m", "Distance of paths from obstacles at least, m."),
    "path_comfort": ("planner", PlannerLimits, "comfort_m", "Distance of paths from obstacles where there is room, m."),
    "give_up_time": ("journey", JourneyLimits, "give_up_s", "Seconds without progress after which a goal fails."),
    "fix_timeout": ("localization", LocalizationLimits, "fix_timeout_s", "Seconds without a fix until it stops."),
    "scan_timeout": ("", Limits, "scan_timeout_s", "Seconds without a scan until the robot stops."),
    "hold_timeout": ("", Limits, "hold_timeout_s", "Seconds a goal is held without sensors before it fails."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What the node was started with."""

    map_yaml: Path
    keepout_yaml: Path | None
    speed_yaml: Path | None
    stations_file: Path | None
    limits: Limits


class SettingError(ValueError):
    """A parameter is missing or out of range."""


def declare(node: Node) -> Settings:
    """Declares all parameters and reads them.

    Raises:
        SettingError: ``map_yaml`` is not set or a number is not positive.
    """
    files: dict[str, Path | None] = {}
    for name, text in FILES.items():
        value = str(node.declare_parameter(name, "", ParameterDescriptor(description=text, read_only=True)).value)
        files[name] = Path(value) if value else None
    if files["map_yaml"] is None:
        raise SettingError("parameter map_yaml is not set; give the world's map.yaml")
    return Settings(
        files["map_yaml"], files["keepout_yaml"], files["speed_yaml"], files["stations_file"], _limits(node)
    )


def _limits(node: Node) -> Limits:
    limits = Limits()
    changed: dict[str, dict[str, Any]] = {}
    for name, (part, kind, attribute, text) in NUMBERS.items():
        default = next(f.default for f in fields(kind) if f.name == attribute)
        value = float(
            node.declare_parameter(name, default, ParameterDescriptor(description=text, read_only=True)).value
        )
        if not 0.0 <= value < 1e6 or (value == 0.0 and name != "fix_timeout"):
            raise SettingError(f"parameter {name} is {value}; expected a positive number")
        changed.setdefault(part, {})[attribute] = value
    parts = {part: replace(getattr(limits, part), **values) for part, values in changed.items() if part}
    return replace(limits, **parts, **changed.get("", {}))
