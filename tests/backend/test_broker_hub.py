"""A park's broker that is a leaf of the city's: the city hears the robots, and cannot speak to them."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import aiomqtt
import pytest

from backend.conftest import NatsServer, wait_until
from gangseo_protocol.topics import topic
from gangseo_starter.broker import write_broker_config

ROOT = Path(__file__).resolve().parents[2]
PASSWORDS = {"GANGSEO_PARK_PASSWORD": "for parks", "GANGSEO_CITY_PASSWORD": "for readers"}
STATE, ORDER = topic("robot_01", "state"), topic("robot_01", "order")


class Towns:
    """The city's broker as ``docker/hub.conf`` has it, and one park's."""

    def __init__(self, folder: Path, free_port: Callable[[], int]) -> None:
        self.city_port, self.park_port, leaf_port = free_port(), free_port(), free_port()
        text = (ROOT / "docker" / "hub.conf").read_text(encoding="utf-8")
        for before, after in (
            ("0.0.0.0:4222", f"127.0.0.1:{free_port()}"), ("0.0.0.0:7422", f"127.0.0.1:{leaf_port}"),
            ("0.0.0.0:1883", f"127.0.0.1:{self.city_port}"), ('"/data"', json.dumps(str(folder / "hub"))),
        ):  # fmt: skip
            assert before in text
            text = text.replace(before, after)
        (folder / "hub.conf").write_text(text, encoding="utf-8")
        self.city = NatsServer(folder / "hub.conf", **{key: json.dumps(value) for key, value in PASSWORDS.items()})
        hub = f"nats-leaf://park:{PASSWORDS['GANGSEO_PARK_PASSWORD'].replace(' ', '%20')}@127.0.0.1:{leaf_port}"
        config = write_broker_config(
            folder / "park", ("robot_01",), self.park_port, free_port(), hub=hub, site="magok_hanui"
        )
        self.park = NatsServer(config)
        self._secrets = json.loads((folder / "park" / "secrets.json").read_text())
        self._robot = json.loads((folder / "park" / "credentials" / "robot_01.json").read_text())

    def reader(self) -> aiomqtt.Client:
        return aiomqtt.Client("127.0.0.1", self.city_port, username="city", password=PASSWORDS["GANGSEO_CITY_PASSWORD"])

    def robot(self) -> aiomqtt.Client:
        return aiomqtt.Client("127.0.0.1", self.park_port, identifier="robot_01", **self._robot)

    def backend(self) -> aiomqtt.Client:
        return aiomqtt.Client(
            "127.0.0.1", self.park_port, identifier="backend", username="backend",
            password=self._secrets["mqtt_password"],
        )  # fmt: skip


@pytest.fixture
def towns(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Towns]:
    made = Towns(tmp_path, free_port)
    with ExitStack() as ended:
        for server in (made.city, made.park):
            ended.callback(server.stop)
            server.start()
        wait_until(lambda: "Leafnode connection created" in made.city.log, what=lambda: made.park.log)
        yield made


async def heard(client: aiomqtt.Client, until: bytes) -> list[bytes]:
    """What comes, up to a payload."""
    found: list[bytes] = []
    async with asyncio.timeout(15):
        async for message in client.messages:
            assert isinstance(message.payload, bytes)
            found.append(message.payload)
            if message.payload == until:
                return found
    return found


def test_the_city_hears_robots_and_no_robot_hears_the_city(towns: Towns) -> None:
    async def run() -> None:
        async with towns.reader() as reader, towns.robot() as robot, towns.backend() as backend:
            await reader.subscribe("vda5050/v3/#")
            await robot.subscribe(ORDER, qos=1)
            await asyncio.sleep(1.0)  # a leaf learns of the city's interest a moment later
            for qos in (0, 1):
                await reader.publish(ORDER, b"forged", qos=qos)
            await robot.publish(STATE, b"state", qos=0)
            assert (await heard(reader, b"state"))[-1] == b"state"
            await backend.publish(ORDER, b"true", qos=1)
            assert await heard(robot, b"true") == [b"true"]

    asyncio.run(run())


def test_a_park_goes_on_without_the_city(towns: Towns) -> None:
    async def run() -> None:
        async with towns.robot() as robot, towns.backend() as backend:
            await robot.subscribe(ORDER, qos=1)
            await backend.subscribe(STATE)
            towns.city.stop(hard=True)
            await backend.publish(ORDER, b"order", qos=1)
            assert await heard(robot, b"order") == [b"order"]
            await robot.publish(STATE, b"here")
            assert await heard(backend, b"here") == [b"here"]
        towns.city.start()
        async with towns.reader() as reader, towns.robot() as robot:
            await reader.subscribe("vda5050/v3/#")
            for _ in range(30):  # until the leaf has found its way back
                await robot.publish(STATE, b"again")
                try:
                    async with asyncio.timeout(0.5):
                        await heard(reader, b"again")
                        return
                except TimeoutError:
                    continue
            pytest.fail(towns.park.log)

    asyncio.run(run())
