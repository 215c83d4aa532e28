"""The vehicle side of VDA 5050 on MQTT: persistent session, last will, reconnect. Lives in an asyncio loop."""

import asyncio
import json
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiomqtt

from gangseo_protocol.drive import drive_topic
from gangseo_protocol.tasks import end_all
from gangseo_protocol.topics import (
    OWN_TO_ROBOT,
    TO_ROBOT,
    AnyTopicName,
    is_refused,
    parse_own_topic,
    parse_topic,
    topic,
)
from gangseo_protocol.vda5050 import Connection, ConnectionState

log = logging.getLogger(__name__)

RETAINED: frozenset[AnyTopicName] = frozenset({"connection", "factsheet"})
AT_MOST_ONCE: frozenset[AnyTopicName] = frozenset({"state", "visualization"})
LARGE: frozenset[AnyTopicName] = frozenset({"observation"})
"""Sent beside the others: a state must not wait until a slow line has taken a picture."""
LARGE_TIMEOUT_S = 60.0
BACKOFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)
KEEPALIVE_S = 10
GOODBYE_S = 2.0
LARGEST_MESSAGE = 1_000_000


class CredentialsError(ValueError):
    """The credentials file is absent or malformed."""


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker is and who we are there."""

    host: str
    port: int
    username: str | None = None
    password: str | None = None


def read_credentials(path: Path) -> tuple[str, str]:
    """User name and password of ``{"username", "password"}``. Raises CredentialsError."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return str(values["username"]), str(values["password"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = f"credentials_file {path}: {error}; it must hold a username and a password"
        raise CredentialsError(reason) from error


class _AckingClient(aiomqtt.Client):
    """Acknowledges a message only when the robot has it in its journal."""

    def confirm_by_hand(self) -> None:
        self._client.manual_ack_set(on=True)

    def confirm(self, message: aiomqtt.Message) -> None:
        self._client.ack(message.mid, message.qos)


Receive = Callable[[AnyTopicName, bytes, Callable[[], None]], None]
"""Takes a message and a callback to call, in any thread, once the message is safe."""


class Link:
    """One robot's connection. ``send`` and ``stop`` may be called from any thread."""

    def __init__(
        self, robot_id: str, broker: Broker, receive: Receive, steered: Callable[[bytes], None],
        linked: Callable[[bool], None],
    ) -> None:  # fmt: skip
        """``receive``, ``steered`` (what people want of the wheels) and ``linked`` are called in the loop's thread.

        They must hand over, not work.
        """
        self._robot_id, self._broker = robot_id, broker
        self._receive, self._steered, self._linked = receive, steered, linked
        self._loop: asyncio.AbstractEventLoop | None = None
        self._outbox: asyncio.Queue[tuple[AnyTopicName, str]] = asyncio.Queue(maxsize=200)
        self._large: asyncio.Queue[tuple[AnyTopicName, str]] = asyncio.Queue(maxsize=1)
        self._stopping = asyncio.Event()

    def send(self, name: AnyTopicName, payload: str) -> None:
        """Publishes when connected; states of the past are worth nothing, so nothing waits for a lost link."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._enqueue, name, payload)

    def _enqueue(self, name: AnyTopicName, payload: str) -> None:
        box = self._large if name in LARGE else self._outbox
        if box.full():
            box.get_nowait()
        box.put_nowait((name, payload))

    def stop(self) -> None:
        """Says OFFLINE and ends ``run``."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopping.set)

    async def run(self) -> None:
        """Keeps the link up until ``stop``."""
        self._loop = asyncio.get_running_loop()
        failures = 0
        while not self._stopping.is_set():
            try:
                await self._session()
            except (aiomqtt.MqttError, OSError) as error:
                self._linked(False)  # noqa: FBT003
                delay_s = BACKOFF_S[min(failures, len(BACKOFF_S) - 1)]
                log.warning("link_lost broker=%s:%d retry_s=%.1f %s", *self._where, delay_s, error)
                failures = 0 if self._was_linked else failures + 1
                await self._sleep(delay_s)

    @property
    def _where(self) -> tuple[str, int]:
        return self._broker.host, self._broker.port

    async def _sleep(self, delay_s: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), delay_s)
        except TimeoutError:
            return

    async def _session(self) -> None:
        """One connection, until it breaks or ``stop``."""
        self._was_linked = False
        will = aiomqtt.Will(topic(self._robot_id, "connection"), self._connection("CONNECTION_BROKEN"), 1, retain=True)
        client = _AckingClient(
            self._broker.host,
            self._broker.port,
            username=self._broker.username,
            password=self._broker.password,
            identifier=self._robot_id,
            clean_session=False,
            keepalive=KEEPALIVE_S,
            will=will,
            timeout=3.0,
            max_queued_incoming_messages=1000,
            # Small messages both ways: waiting to fill a packet costs 40 ms each.
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
        )
        client.confirm_by_hand()
        async with client:
            wanted = [(topic(self._robot_id, name), 1) for name in (*TO_ROBOT, *OWN_TO_ROBOT)]
            granted = await client.subscribe([*wanted, (drive_topic(self._robot_id), 0)])
            if any(is_refused(code) for code in granted):  # deaf, it must not say that it is there
                raise aiomqtt.MqttError(f"the broker refuses subscriptions of {self._robot_id}: see its log")
            await client.publish(topic(self._robot_id, "connection"), self._connection("ONLINE"), 1, retain=True)
            log.info("link_up broker=%s:%d", *self._where)
            self._was_linked = True
            for box in (self._outbox, self._large):
                while not box.empty():
                    box.get_nowait()
            self._linked(True)  # noqa: FBT003
            await self._until_one_ends(client)
            if self._stopping.is_set():
                await self._say_goodbye(client)

    async def _say_goodbye(self, client: _AckingClient) -> None:
        try:
            async with asyncio.timeout(GOODBYE_S):
                await self._flush(client)
                await client.publish(topic(self._robot_id, "connection"), self._connection("OFFLINE"), 1, retain=True)
        except (TimeoutError, aiomqtt.MqttError) as error:
            log.warning("goodbye_lost %s", error)

    async def _until_one_ends(self, client: _AckingClient) -> None:
        tasks = [
            asyncio.create_task(self._read(client)),
            asyncio.create_task(self._write(client)),
            asyncio.create_task(self._write_large(client)),
            asyncio.create_task(self._stopping.wait()),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await end_all(tasks)
        for task in done:
            task.result()

    async def _read(self, client: _AckingClient) -> None:
        loop = asyncio.get_running_loop()
        async for message in client.messages:
            payload = message.payload if isinstance(message.payload, bytes) else b""
            if str(message.topic) == drive_topic(self._robot_id):
                if not message.retain:
                    self._steered(payload)
                continue
            parts = parse_topic(str(message.topic)) or parse_own_topic(str(message.topic))
            if parts is None or parts.name not in (*TO_ROBOT, *OWN_TO_ROBOT) or len(payload) > LARGEST_MESSAGE:
                client.confirm(message)
                continue

            def safe(message: aiomqtt.Message = message) -> None:
                loop.call_soon_threadsafe(client.confirm, message)

            self._receive(parts.name, payload, safe)

    async def _write(self, client: _AckingClient) -> None:
        while True:
            await self._publish(client, *await self._outbox.get())

    async def _write_large(self, client: _AckingClient) -> None:
        while True:
            name, payload = await self._large.get()
            await client.publish(topic(self._robot_id, name), payload, 1, timeout=LARGE_TIMEOUT_S)

    async def _flush(self, client: _AckingClient) -> None:
        while not self._outbox.empty():
            await self._publish(client, *self._outbox.get_nowait())

    async def _publish(self, client: _AckingClient, name: AnyTopicName, payload: str) -> None:
        qos = 0 if name in AT_MOST_ONCE else 1
        await client.publish(topic(self._robot_id, name), payload, qos, retain=name in RETAINED)

    def _connection(self, state: str) -> str:
        now = datetime.now(UTC)
        # Milliseconds since the epoch rise over restarts without the journal's thread.
        header_id = int(now.timestamp() * 1000) % 2**32
        return Connection(
            header_id=header_id,
            timestamp=now,
            serial_number=self._robot_id,
            connection_state=ConnectionState(state),
        ).to_json()

    _was_linked = False
