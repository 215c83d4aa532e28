"""A robot with everything real but wheels: broker, robot process, ROS, a stand-in for navigation and simulator."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ros.robot.fleet_double import FleetDouble, write_broker_config
from unit.robot.little_park import ROBOT, little_park


@dataclass
class Rig:
    fleet: FleetDouble
    folder: Path
    env: dict[str, str]
    start_robot: Callable[[], subprocess.Popen[bytes]]
    start_broker: Callable[[], subprocess.Popen[bytes]]
    start_stand_in: Callable[[], subprocess.Popen[bytes]]
    robot: subprocess.Popen[bytes]
    broker: subprocess.Popen[bytes]
    stand_in: subprocess.Popen[bytes]

    def asked(self, what: str) -> list[dict]:
        """What the stand-in was asked, oldest first."""
        path = self.folder / "record.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [entry for entry in map(json.loads, lines) if entry["what"] == what]

    def world(self, **values: object) -> None:
        """Changes the stand-in's world."""
        code = (
            "import rclpy, sys, time; from std_msgs.msg import String; rclpy.init(); n = rclpy.create_node('word');"
            "p = n.create_publisher(String, '/stand_in', 10);\n"
            "while p.get_subscription_count() == 0: time.sleep(0.02)\n"
            "p.publish(String(data=sys.argv[1])); p.wait_for_all_acked()"
        )
        subprocess.run(
            [sys.executable, "-c", code, json.dumps(values)], env=_environment(self.env), check=True, timeout=20
        )


def _environment(extra: dict[str, str]) -> dict[str, str]:
    import os

    return {**os.environ, **extra}


@pytest.fixture
def rig(tmp_path, start_process, free_port, ros_domain_id, vda5050_schemas) -> Iterator[Rig]:
    env = {
        "ROS_DOMAIN_ID": str(ros_domain_id),
        "ROS_AUTOMATIC_DISCOVERY_RANGE": "LOCALHOST",
        "FASTDDS_BUILTIN_TRANSPORTS": "UDPv4",
    }
    nats_port, mqtt_port = free_port(), free_port()
    config = write_broker_config(tmp_path, nats_port, mqtt_port)
    site = tmp_path / "site.json"
    site.write_text(little_park().to_json())
    credentials = tmp_path / "robot_01.json"
    credentials.write_text(json.dumps({"username": ROBOT, "password": "wheels"}))
    parameters = {
        "robot_id": ROBOT,
        "site_file": site,
        "journal_file": tmp_path / "journal.db",
        "mqtt_port": mqtt_port,
        "credentials_file": credentials,
        "schema_dir": vda5050_schemas,
        "audio": "false",
        "simulated": "true",
    }
    arguments = [part for key, value in parameters.items() for part in ("-p", f"{key}:={value}")]
    robot_command = [
        sys.executable, "-m", "gangseo_service.robot", "--ros-args", "-r", f"__ns:=/{ROBOT}", *arguments,
    ]  # fmt: skip
    stand_in_command = [
        sys.executable, str(Path(__file__).with_name("stand_in.py")), str(tmp_path / "record.jsonl"), "4.0",
        "--ros-args", "-r", f"__ns:=/{ROBOT}",
    ]  # fmt: skip

    def start_robot() -> subprocess.Popen[bytes]:
        return start_process("robot", robot_command, env)

    def start_stand_in() -> subprocess.Popen[bytes]:
        return start_process("stand_in", stand_in_command, env)

    def start_broker() -> subprocess.Popen[bytes]:
        return start_process("broker", ["nats-server", "-c", str(config)])

    broker, stand_in, robot = start_broker(), start_stand_in(), start_robot()
    fleet = FleetDouble(mqtt_port)
    yield Rig(fleet, tmp_path, env, start_robot, start_broker, start_stand_in, robot, broker, stand_in)
    fleet.close()
    log = (tmp_path / "robot.log").read_text()
    assert "Traceback" not in log, log[-4000:]
    assert "invalid_message" not in log, log[-4000:]
