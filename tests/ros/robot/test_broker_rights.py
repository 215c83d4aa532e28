"""The broker as ./gangseo sets it up: a robot's credentials are good for its own topics and nothing else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from gangseo_protocol.topics import FROM_ROBOT, TO_ROBOT, topic
from gangseo_starter.broker import write_broker_config
from ros.robot.fleet_double import await_that

ROBOTS = ("robot_01", "robot_02")
REFUSED = 0x80


class Client:
    """One MQTT user; keeps what it hears and how each subscription was answered."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self.heard: list[tuple[str, bytes]] = []
        self.answers: dict[int, list[int]] = {}
        self.refused = False
        self._mqtt = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=username, clean_session=True)
        self._mqtt.username_pw_set(username, password)
        self._mqtt.on_connect = self._on_connect
        self._mqtt.on_message = lambda _client, _data, message: self.heard.append((message.topic, message.payload))
        self._mqtt.on_subscribe = self._on_subscribe
        await_that(lambda: self._try(port), 15, "broker up")
        self._mqtt.loop_start()
        await_that(lambda: self._mqtt.is_connected() or self.refused, 10, "an answer to the log-in")

    def _try(self, port: int) -> bool:
        try:
            return self._mqtt.connect("127.0.0.1", port, 10) == 0
        except OSError:
            return False

    def _on_connect(self, _client, _data, _flags, reason, _properties) -> None:
        self.refused = self.refused or reason.is_failure

    def _on_subscribe(self, _client, _data, number, reasons, _properties) -> None:
        self.answers[number] = [reason.value for reason in reasons]

    def may_hear(self, filter_: str) -> bool:
        """Subscribes; whether the broker allows it."""
        _, number = self._mqtt.subscribe(filter_, 1)
        await_that(lambda: number in self.answers, 5, f"an answer to the subscription of {filter_}")
        return REFUSED not in self.answers[number]

    def say(self, where: str, payload: str) -> None:
        """Publishes and waits until the broker has taken the message, to whatever end."""
        self._mqtt.publish(where, payload, 1).wait_for_publish(5)

    def close(self) -> None:
        self._mqtt.disconnect()
        self._mqtt.loop_stop()


@pytest.fixture
def connect(tmp_path, start_process, free_port) -> Iterator:
    """Logs users in at a broker with the configuration of ./gangseo."""
    port = free_port()
    config = write_broker_config(tmp_path, ROBOTS, port, free_port())
    start_process("broker", ["nats-server", "-c", str(config)])
    passwords = {"backend": json.loads((tmp_path / "secrets.json").read_text())["mqtt_password"]}
    for robot in ROBOTS:
        passwords[robot] = json.loads((tmp_path / "credentials" / f"{robot}.json").read_text())["password"]

    @contextmanager
    def log_in(user: str, password: str | None = None) -> Iterator[Client]:
        client = Client(port, user, passwords[user] if password is None else password)
        try:
            yield client
        finally:
            client.close()

    return log_in


def test_a_robot_reaches_nobody_under_another_name(connect):
    with connect("backend") as backend, connect("robot_02") as victim:
        assert backend.may_hear("vda5050/v3/gangseo/+/+")
        assert all(victim.may_hear(topic("robot_02", name)) for name in TO_ROBOT)
        for name in (*FROM_ROBOT, *TO_ROBOT):
            with connect("robot_01") as rogue:
                rogue.say(topic("robot_02", name), "forged")
        with connect("robot_01") as honest:
            honest.say(topic("robot_01", "state"), "the end")
            await_that(lambda: (topic("robot_01", "state"), b"the end") in backend.heard, 5, "robot_01's own state")
        assert not [heard for heard in backend.heard if b"forged" in heard[1]]
        assert victim.heard == []


def test_a_robot_hears_only_its_own_orders(connect):
    with connect("backend") as backend, connect("robot_01") as robot:
        assert all(robot.may_hear(topic("robot_01", name)) for name in TO_ROBOT)
        forbidden = [topic("robot_02", name) for name in (*TO_ROBOT, *FROM_ROBOT)]
        for filter_ in (*forbidden, "vda5050/v3/gangseo/+/order", "vda5050/#", "#"):
            assert not robot.may_hear(filter_), filter_
        backend.say(topic("robot_02", "order"), "not for you")
        backend.say(topic("robot_01", "order"), "for you")
        await_that(lambda: robot.heard, 5, "its own order")
        assert robot.heard == [(topic("robot_01", "order"), b"for you")]


@pytest.mark.parametrize(("user", "password"), [("robot_01", "guess"), ("robot_01", ""), ("stranger", ""), ("", "")])
def test_wrong_credentials_are_refused(connect, user, password):
    with connect(user, password) as stranger:
        assert stranger.refused
