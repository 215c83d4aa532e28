"""VDA 5050 master side over MQTT: reads what robots say, publishes what the fleet decides."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Coroutine, Iterator
from typing import Any, Protocol

import aiomqtt
import structlog
from pydantic import ValidationError

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.telemetry import MALFORMED, MESSAGES_IN, MESSAGES_OUT, UNFIT
from gangseo_backend.fleet.board import Outgoing
from gangseo_protocol.schema import SchemaChecker
from gangseo_protocol.topics import FROM_ROBOT, MANUFACTURER, TopicName, parse_topic, topic
from gangseo_protocol.vda5050 import Connection, State, Visualization

CLIENT_ID = "backend"
_QOS = {"state": 0, "visualization": 0}
_RECONNECT_S = 1.0
_QUEUE = 10_000
_WHY = 300
_log = structlog.get_logger(__name__)


class Listener(Protocol):
    """Who is told of what robots say; called in the event loop."""

    def on_state(self, robot_id: str, message: State) -> None:
        """A state."""
        ...

    def on_visualization(self, robot_id: str, message: Visualization) -> None:
        """A pose."""
        ...

    def on_connection(self, robot_id: str, message: Connection) -> None:
        """On line or gone."""
        ...

    def on_factsheet(self, robot_id: str) -> None:
        """What the robot is."""
        ...

    def on_malformed(self, robot_id: str, name: TopicName, why: str) -> None:
        """Something that is not what its topic promises."""
        ...

    def on_unfit(self, robot_id: str, name: TopicName, why: str) -> None:
        """One of our own messages breaks the standard."""
        ...

    def on_link(self, connected: bool) -> None:
        """The broker is reached, or lost."""
        ...


class Link:
    """A client that comes back after every loss; unsent messages wait for it."""

    def __init__(
        self,
        host: str,
        port: int,
        username: str,
        password: str,
        clock: Clock,
        listener: Listener,
        checker: SchemaChecker | None = None,
    ) -> None:
        self._address = (host, port)
        self._credentials = (username, password)
        self._clock = clock
        self._listener = listener
        self._checker = checker
        self._queue: asyncio.Queue[Outgoing] = asyncio.Queue(_QUEUE)
        self._loop: asyncio.AbstractEventLoop | None = None
        # Header ids begin with the time in seconds, so that they grow over restarts too.
        self._header_ids: defaultdict[tuple[str, str], Iterator[int]] = defaultdict(
            lambda: itertools.count(int(clock.now().timestamp()))
        )
        self.connected = False

    def publish(self, message: Outgoing) -> None:
        """Send soon; may be called from any thread. Without the broker it is dropped and decided anew later."""
        loop = self._loop
        if loop is None or loop.is_closed() or not self.connected:
            return
        loop.call_soon_threadsafe(self._enqueue, message)

    def _enqueue(self, message: Outgoing) -> None:
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            _log.warning("link_queue_full", robot_id=message.robot_id, topic=message.topic)

    async def run(self) -> None:
        """Connect and work until cancelled."""
        self._loop = asyncio.get_running_loop()
        refused = False
        while True:
            try:
                await self._work()
            except aiomqtt.MqttError as err:
                if not refused:
                    _log.warning("broker_lost", host=self._address[0], port=self._address[1], error=str(err))
                refused = True
            else:
                refused = False
            finally:
                if self.connected:
                    refused = False
                self.connected = False
                self._listener.on_link(connected=False)
            await asyncio.sleep(_RECONNECT_S)

    async def _work(self) -> None:
        host, port = self._address
        username, password = self._credentials
        async with aiomqtt.Client(
            host,
            port,
            identifier=CLIENT_ID,
            username=username,
            password=password or None,
            clean_session=False,
            keepalive=15,
            max_inflight_messages=200,
        ) as client:
            for name in FROM_ROBOT:
                await client.subscribe(topic("+", name), qos=_QOS.get(name, 1))
            self._queue = asyncio.Queue(_QUEUE)
            self.connected = True
            _log.info("broker_reached", host=host, port=port)
            self._listener.on_link(connected=True)
            await _until_one_ends(self._send_for_ever(client), self._receive_for_ever(client))

    async def _receive_for_ever(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            self._receive(str(message.topic), message.payload)

    async def _send_for_ever(self, client: aiomqtt.Client) -> None:
        while True:
            message = await self._queue.get()
            payload = self._payload(message)
            retain = message.topic == "zoneSet"
            await client.publish(topic(message.robot_id, message.topic), payload, qos=1, retain=retain)
            MESSAGES_OUT.labels(message.topic).inc()

    def _payload(self, message: Outgoing) -> str:
        header: dict[str, Any] = {
            "header_id": next(self._header_ids[(message.robot_id, message.topic)]),
            "timestamp": self._clock.now(),
            "serial_number": message.robot_id,
        }
        text: str = message.build(header).to_json()
        problems = self._checker.problems(message.topic, text) if self._checker else ()
        if problems:
            UNFIT.labels(message.topic).inc()
            _log.error("unfit_message_sent", robot_id=message.robot_id, topic=message.topic, problems=problems[:5])
            self._listener.on_unfit(message.robot_id, message.topic, problems[0][:_WHY])
        return text

    def _receive(self, name: str, payload: object) -> None:
        parts = parse_topic(name)
        if parts is None or parts.manufacturer != MANUFACTURER:
            return
        MESSAGES_IN.labels(parts.name).inc()
        robot_id = parts.serial_number
        body = payload if isinstance(payload, bytes) else b""
        problems = self._checker.problems(parts.name, body) if self._checker else ()
        if problems:
            self._refuse(robot_id, parts.name, problems[0][:_WHY])
            return
        try:
            self._dispatch(robot_id, parts.name, body)
        except ValidationError as err:
            first = err.errors()[0]
            self._refuse(robot_id, parts.name, f"{'.'.join(map(str, first['loc'])) or 'message'}: {first['msg']}")
        except (TypeError, ValueError) as err:
            self._refuse(robot_id, parts.name, str(err))

    def _dispatch(self, robot_id: str, name: TopicName, payload: bytes) -> None:
        if name == "state":
            state = State.model_validate_json(payload)
            self._check_sender(robot_id, state.serial_number)
            self._listener.on_state(robot_id, state)
        elif name == "visualization":
            self._listener.on_visualization(robot_id, Visualization.model_validate_json(payload))
        elif name == "connection":
            self._listener.on_connection(robot_id, Connection.model_validate_json(payload))
        elif name == "factsheet":
            self._listener.on_factsheet(robot_id)

    @staticmethod
    def _check_sender(robot_id: str, serial_number: str) -> None:
        if serial_number != robot_id:
            raise ValueError(f"serialNumber {serial_number} on the topic of {robot_id}")

    def _refuse(self, robot_id: str, name: TopicName, why: str) -> None:
        MALFORMED.labels(name).inc()
        _log.warning("malformed_message", robot_id=robot_id, topic=name, why=why)
        self._listener.on_malformed(robot_id, name, why)


async def _until_one_ends(*works: Coroutine[Any, Any, None]) -> None:
    """Run side by side; the first error ends all and is raised as it is."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
