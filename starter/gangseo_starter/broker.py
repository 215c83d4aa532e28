"""The broker's settings: one user per robot, allowed its own topics and nothing else."""

import json
import os
import secrets
import sys
from pathlib import Path

_TO_ROBOT = ("order", "instantActions", "zoneSet", "responses")
_FROM_ROBOT = ("state", "visualization", "connection", "factsheet")
_OWN_TO_ROBOT = ("observationReceived", "drive")
_OWN_FROM_ROBOT = ("observation",)
_VDA5050, _OWN = "vda5050.v3", "gangseo.v1"
_SESSION = "$MQTT.sub.>"  # what NATS needs for QoS 1 subscriptions of any MQTT user


def write_private(file: Path, text: str) -> None:
    """Writes a file only its owner can read, in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write(text)
    part.replace(file)


def ensure_secrets(data: Path) -> dict[str, str]:
    """Keys and passwords of this installation, made on first start."""
    file = data / "secrets.json"
    values: dict[str, str] = json.loads(file.read_text()) if file.is_file() else {}
    absent = {"session_key", "qr_key", "mqtt_password"} - set(values)
    if absent:
        values |= {name: secrets.token_urlsafe(32) for name in absent}
        write_private(file, json.dumps(values, indent=1))
    return values


def ensure_credentials(data: Path, robot_ids: tuple[str, ...]) -> dict[str, str]:
    """User name and password of each robot; files under credentials/."""
    passwords = {}
    for robot_id in robot_ids:
        file = data / "credentials" / f"{robot_id}.json"
        if not file.is_file():
            write_private(file, json.dumps({"username": robot_id, "password": secrets.token_urlsafe(24)}))
        passwords[robot_id] = str(json.loads(file.read_text())["password"])
    return passwords


def _user(name: str, password: str, publish: list[str], subscribe: list[str]) -> str:
    permissions = json.dumps({"publish": publish, "subscribe": [*subscribe, _SESSION]})
    return f"    {{ user: {json.dumps(name)}, password: {json.dumps(password)}, permissions: {permissions} }}"


def _subjects(robot: str, names: tuple[str, ...], own: tuple[str, ...]) -> list[str]:
    """One robot's topics as NATS names them."""
    return [f"{_VDA5050}.gangseo.{robot}.{name}" for name in names] + [f"{_OWN}.{robot}.{name}" for name in own]


_NOT_TO_HUB = ["$MQTT.>", "$JS.>"]
"""What belongs to one broker: sessions, and messages that somebody has to acknowledge."""


def _joins_hub(hub: str | None, site: str) -> tuple[str, str]:
    """Settings of a park's broker that is a leaf of the city's, and of its JetStream; nothing without a hub."""
    if hub is None:
        return "", ""
    remote = {"urls": [hub], "deny_imports": _NOT_TO_HUB, "deny_exports": _NOT_TO_HUB}
    return f"leafnodes {{ remotes: [ {json.dumps(remote)} ] }}\n", f", domain: {json.dumps(site)}"


def write_broker_config(
    data: Path, robot_ids: tuple[str, ...], mqtt_port: int, nats_port: int, *, hub: str | None = None,
    site: str = "gangseo",
) -> Path:  # fmt: skip
    """Writes broker.conf for NATS server: MQTT and clients on loopback, JetStream in the data folder.

    Args:
        data: where the file and what the broker stores go.
        robot_ids: robots that get a user of their own.
        mqtt_port: for robots and backend.
        nats_port: for NATS clients.
        hub: ``nats-leaf://user:password@host:port`` of the city's broker (docs/scale.md): it is told what robots say,
            robots hear nothing of it, and the park goes on without it. None: the broker stands alone.
        site: name of this broker at the hub.
    """
    leaf, domain = _joins_hub(hub, site)
    secret, passwords = ensure_secrets(data), ensure_credentials(data, robot_ids)
    to_robots = [f"{_VDA5050}.*.*.{name}" for name in _TO_ROBOT] + [f"{_OWN}.*.{name}" for name in _OWN_TO_ROBOT]
    users = [
        _user("backend", secret["mqtt_password"], to_robots, [f"{_VDA5050}.>", f"{_OWN}.>"]),
        *(
            _user(
                robot,
                password,
                _subjects(robot, _FROM_ROBOT, _OWN_FROM_ROBOT),
                _subjects(robot, _TO_ROBOT, _OWN_TO_ROBOT),
            )
            for robot, password in passwords.items()
        ),
    ]
    listing = ",\n".join(users)
    file = data / "broker.conf"
    write_private(
        file,
        f"""server_name: {json.dumps(site)}
listen: 127.0.0.1:{nats_port}
jetstream {{
  store_dir: {json.dumps(str(data / "broker"))}, max_mem: 64M, max_file: 1G, sync_interval: always{domain}
  # Each QoS 1 subscription is a consumer; by itself NATS stops at 1000, with some 200 robots.
  limits {{ default_max_consumers: -1 }}
}}
mqtt {{ listen: 127.0.0.1:{mqtt_port}, ack_wait: "5s", max_ack_pending: 200 }}
{leaf}authorization {{
  users: [
{listing}
  ]
}}
""",
    )
    return file


def main() -> int:
    """``python -m gangseo_starter.broker DATA SITE_JSON MQTT_PORT NATS_PORT``: secrets, credentials and broker.conf."""
    data, site, mqtt_port, nats_port = sys.argv[1:]
    robots = json.loads(Path(site).read_text(encoding="utf-8"))["robots"]
    write_broker_config(Path(data), tuple(str(robot["robotId"]) for robot in robots), int(mqtt_port), int(nats_port))
    return 0


if __name__ == "__main__":
    sys.exit(main())
