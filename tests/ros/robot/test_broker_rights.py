"""The broker as ./gangseo sets it up: a robot's credentials are good for its own topics and nothing else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from gangseo_protocol import topics
from gangseo_protocol.drive import drive_topic
from gangseo_protocol.topics import topic
from gangseo_starter.broker import write_broker_config
from ros.robot.fleet_double import await_that

TO_ROBOT = (*topics.TO_ROBOT, *topics.OWN_TO_ROBOT)
FROM_ROBOT = (*topics.FROM_ROBOT, *topics.OWN_FROM_ROBOT)
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
        assert backend.may_hear("gangseo/v1/+/+")
        assert all(victim.may_hear(topic("robot_02", name)) for name in TO_ROBOT)
        for name in (*FROM_ROBOT, *TO_ROBOT):
            with connect("robot_01") as rogue:
                rogue.say(topic("robot_02", name), "forged")
        with connect("robot_01") as honest:
            for name in FROM_ROBOT:
                honest.say(topic("robot_01", name), "the end")
            for name in FROM_ROBOT:
                heard = (topic("robot_01", name), b"the end")
                await_that(lambda heard=heard: heard in backend.heard, 5, f"robot_01's own {name}")
        assert not [heard for heard in backend.heard if b"forged" in heard[1]]
        assert victim.heard == []


def test_a_robot_hears_only_its_own_orders(connect):
    with connect("backend") as backend, connect("robot_01") as robot:
        assert all(robot.may_hear(topic("robot_01", name)) for name in TO_ROBOT)
        forbidden = [topic("robot_02", name) for name in (*TO_ROBOT, *FROM_ROBOT)]
        for filter_ in (*forbidden, "vda5050/v3/gangseo/+/order", "gangseo/v1/+/observation", "vda5050/#", "#"):
            assert not robot.may_hear(filter_), filter_
        for name in TO_ROBOT:
            backend.say(topic("robot_02", name), "not for you")
            backend.say(topic("robot_01", name), "for you")
        await_that(lambda: len(robot.heard) == len(TO_ROBOT), 5, "its own orders")
        assert sorted(robot.heard) == sorted((topic("robot_01", name), b"for you") for name in TO_ROBOT)


def test_only_the_backend_turns_the_wheels_and_only_the_robot_meant_hears_it(connect):
    with connect("backend") as backend, connect("robot_02") as other:
        assert other.may_hear(drive_topic("robot_02"))
        for name in ("robot_01", "robot_02"):
            with connect("robot_01") as rogue:
                rogue.say(drive_topic(name), "forged")
        each_hears_its_own(connect, backend, other)


def each_hears_its_own(connect, backend, other):
    with connect("robot_01") as robot:
        assert robot.may_hear(drive_topic("robot_01"))
        for filter_ in (drive_topic("robot_02"), drive_topic("+"), "gangseo/#"):
            assert not robot.may_hear(filter_), filter_
        backend.say(drive_topic("robot_02"), "not for you")
        backend.say(drive_topic("robot_01"), "for you")
        await_that(lambda: robot.heard and other.heard, 5, "each its own word")
        assert robot.heard == [(drive_topic("robot_01"), b"for you")]
        assert other.heard == [(drive_topic("robot_02"), b"not for you")]


@pytest.mark.parametrize(("user", "password"), [("robot_01", "guess"), ("robot_01", ""), ("stranger", ""), ("", "")])
def test_wrong_credentials_are_refused(connect, user, password):
    with connect(user, password) as stranger:
        assert stranger.refused
