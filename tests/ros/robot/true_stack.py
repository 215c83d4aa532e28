"""The real simulator, navigation and robot processes between a real broker and the fleet's end of the wire."""

import json
import sys
from pathlib import Path

from gangseo_protocol.site import Site
from ros.robot.fleet_double import FleetDouble, write_broker_config
from unit.robot.little_park import ROBOT

WORLD = "sim/worlds/magok_hanui.yaml"


class TrueStack:
    """Everything but the robot process, which tests start, kill and start again with ``start_robot``."""

    def __init__(self, folder, start_process, free_port, ros_domain_id, schemas, speed: float) -> None:
        self.folder, self._start, self._schemas = folder, start_process, schemas
        self._world = folder / "world"
        generator = start_process("generate", [sys.executable, "-m", "gangseo_sim.generate", WORLD, str(self._world)])
        assert generator.wait(60) == 0
        self.site = Site.model_validate_json((self._world / "site.json").read_bytes())
        self.env = {
            "ROS_DOMAIN_ID": str(ros_domain_id),
            "ROS_AUTOMATIC_DISCOVERY_RANGE": "LOCALHOST",
            "FASTDDS_BUILTIN_TRANSPORTS": "UDPv4",
        }
        nats_port, self._mqtt_port = free_port(), free_port()
        config = write_broker_config(folder, nats_port, self._mqtt_port)
        start_process("broker", ["nats-server", "-c", str(config)])
        (folder / "credentials.json").write_text(json.dumps({"username": ROBOT, "password": "wheels"}))
        robots = f'["{ROBOT}"]'
        self._ros(
            "sim", "gangseo_sim.bridge_node", "", world_dir=self._world, robots=robots, speed=str(speed), people=4
        )
        files = {f"{key}_yaml": self._world / f"{key}.yaml" for key in ("map", "keepout", "speed")}
        self._ros("navigation", "gangseo_navigation.main", ROBOT, stations_file=self._world / "site.json", **files)
        self.fleet = FleetDouble(self._mqtt_port)

    def _ros(self, name, module, namespace, **parameters):
        arguments = [part for key, value in parameters.items() for part in ("-p", f"{key}:={value}")]
        if namespace:
            arguments += ["-r", f"__ns:=/{namespace}", "-p", "use_sim_time:=true"]
        program = f"from {module} import main; main()"
        return self._start(name, [sys.executable, "-c", program, "--ros-args", *arguments], self.env)

    def start_robot(self):
        """The robot process on its journal."""
        return self._ros(
            "robot", "gangseo_service.robot", ROBOT,
            site_file=self._world / "site.json", journal_file=self.folder / "journal.db", mqtt_port=self._mqtt_port,
            credentials_file=self.folder / "credentials.json", schema_dir=self._schemas, audio="false",
            simulated="true",
        )  # fmt: skip

    def listen(self, record):
        """Notes when which wheel command was given, and how the robot moved, in a file of JSON lines."""
        script = str(Path(__file__).with_name("wheel_record.py"))
        return self._start("listener", [sys.executable, script, str(record), ROBOT], self.env)
