"""Settings of a robot process, as ROS parameters with descriptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rcl_interfaces.msg import ParameterDescriptor
from rclpy.node import Node

from gangseo_robot.guards import Limits

_PARAMETERS: tuple[tuple[str, Any, str], ...] = (
    ("robot_id", "", "VDA 5050 serialNumber, and the namespace; empty: the namespace"),
    ("site_file", "", "site.json of the place"),
    ("journal_file", "", "SQLite file that keeps the order over restarts"),
    ("mqtt_host", "127.0.0.1", "host of the MQTT broker"),
    ("mqtt_port", 1883, "port of the MQTT broker"),
    ("credentials_file", "", "JSON with username and password; empty: anonymous"),
    ("simulated", False, "told to the fleet in the BUILD information"),
    ("schema_dir", "", "folder of the official VDA 5050 schemas to check all messages by; empty: no check"),
    ("audio", True, "speak aloud where the machine can; captions are always sent"),
    ("navigator", "nav2", "nav2: own action client; simple_commander: nav2_simple_commander"),
    ("maximum_speed", 1.8, "highest speed of the drive, m/s; the law may ask for less"),
    ("empty_mass", 90.0, "mass without load, kg"),
    ("load_density", 0.15, "mass of the load, kg per litre"),
    ("battery_low", 0.25, "charge (0..1) at which the robot asks for a charger"),
    ("battery_critical", 0.10, "charge (0..1) at which the robot stops at the next node"),
    ("bin_full", 0.9, "fill (0..1) at which a bin counts as full"),
)


class SettingsError(ValueError):
    """A parameter is missing or wrong; the text says which and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a robot process was told."""

    robot_id: str
    site_file: Path
    journal_file: Path
    mqtt_host: str
    mqtt_port: int
    credentials_file: Path | None
    simulated: bool
    schema_dir: Path | None
    audio: bool
    navigator: str
    roles: tuple[str, ...]
    limits: Limits


def read_settings(node: Node, roles: Sequence[str]) -> Settings:
    """Declares and reads all parameters; ``roles`` are those a robot has unless told otherwise.

    Raises SettingsError.
    """
    value: dict[str, Any] = {}
    roles_parameter = ("roles", list(roles), "what the robot does: names of roles")
    for name, default, description in (*_PARAMETERS, roles_parameter):
        descriptor = ParameterDescriptor(description=description, read_only=True)
        value[name] = node.declare_parameter(name, default, descriptor).value
    robot_id = value["robot_id"] or node.get_namespace().strip("/")
    if not robot_id:
        raise SettingsError("robot_id is empty: set the parameter or start the robot in a namespace")
    for name in ("site_file", "journal_file"):
        if not value[name]:
            raise SettingsError(f"parameter {name} is empty: set it to a file")
    return Settings(
        robot_id=robot_id,
        site_file=Path(value["site_file"]),
        journal_file=Path(value["journal_file"]),
        mqtt_host=value["mqtt_host"],
        mqtt_port=value["mqtt_port"],
        credentials_file=Path(value["credentials_file"]) if value["credentials_file"] else None,
        simulated=value["simulated"],
        schema_dir=Path(value["schema_dir"]) if value["schema_dir"] else None,
        audio=value["audio"],
        navigator=value["navigator"],
        roles=tuple(value["roles"]),
        limits=Limits(
            empty_mass_kg=value["empty_mass"],
            load_kg_per_l=value["load_density"],
            maximum_speed_mps=value["maximum_speed"],
            battery_low=value["battery_low"],
            battery_critical=value["battery_critical"],
            bin_full=value["bin_full"],
        ),
    )
