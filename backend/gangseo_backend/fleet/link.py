"""VDA 5050 master side over MQTT: reads what robots say, publishes what the fleet decides."""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import aiomqtt
import structlog

from gangseo_backend.core.telemetry import MESSAGES_OUT
from gangseo_backend.fleet.board import Outgoing
from gangseo_backend.fleet.wire import Wire
from gangseo_protocol.drive import DriveMessage, drive_topic
from gangseo_protocol.tasks import end_all
from gangseo_protocol.topics import FROM_ROBOT, OWN_FROM_ROBOT, AnyTopicName, is_refused, topic

CLIENT_ID = "backend"
_QOS: dict[AnyTopicName, int] = {"state": 0, "visualization": 0, "observation": 0}
"""An observation is repeated by its robot until we answer: the broker need not keep pictures for us meanwhile."""
_RECONNECT_S = 1.0
_QUEUE, _WISHES = 10_000, 200
_log = structlog.get_logger(__name__)


class Carrier(Protocol):
    """Brings messages to robots."""

    connected: bool

    def publish(self, message: Outgoing) -> None:
        """Send soon; may be called from any thread."""
        ...

    def steer(self, robot_id: str, message: DriveMessage) -> None:
        """Send what people want of the wheels at once, or never; may be called from any thread."""
        ...

    async def run(self) -> None:
        """Work until cancelled."""
        ...


MakeCarrier = Callable[[Wire], Carrier]


class Link:
    """A client that comes back after every loss; unsent messages wait for it."""

    def __init__(
        self,
        host: str,
        port: int,
        username: str,
        password: str,
        wire: Wire,
    ) -> None:
        self._address = (host, port)
        self._credentials = (username, password)
        self._wire = wire
        self._queue: asyncio.Queue[Outgoing] = asyncio.Queue(_QUEUE)
        self._wishes: asyncio.Queue[tuple[str, DriveMessage]] = asyncio.Queue(_WISHES)
        self._loop: asyncio.AbstractEventLoop | None = None
        self.connected = False

    def publish(self, message: Outgoing) -> None:
        """Send soon; may be called from any thread. Without the broker it is dropped and decided anew later."""
        loop = self._loop
        if loop is None or loop.is_closed() or not self.connected:
            return
        loop.call_soon_threadsafe(self._enqueue, message)

    def steer(self, robot_id: str, message: DriveMessage) -> None:
        """Send what people want of the wheels past everything that waits for an answer."""
        loop = self._loop
        if loop is not None and not loop.is_closed() and self.connected:
            loop.call_soon_threadsafe(self._wish, robot_id, message)

    def _wish(self, robot_id: str, message: DriveMessage) -> None:
        if self._wishes.full():
            self._wishes.get_nowait()
        self._wishes.put_nowait((robot_id, message))

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
                if _is_ending():
                    # The client's good-bye failed while this was being cancelled: its error took the cancel's place.
                    raise asyncio.CancelledError from err
                if not refused:
                    _log.warning("broker_lost", host=self._address[0], port=self._address[1], error=str(err))
                refused = True
            else:
                refused = False
            finally:
                if self.connected:
                    refused = False
                self.connected = False
                self._wire.listener.on_link(connected=False)
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
            # Small messages: waiting to fill a packet would cost 40 ms each.
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
        ) as client:
            for name in (*FROM_ROBOT, *OWN_FROM_ROBOT):
                granted = await client.subscribe(topic("+", name), qos=_QOS.get(name, 1))
                if any(is_refused(code) for code in granted):
                    raise aiomqtt.MqttError(f"the broker refuses the subscription of {topic('+', name)}: see its log")
            self._queue = asyncio.Queue(_QUEUE)
            self._wishes = asyncio.Queue(_WISHES)
            self.connected = True
            _log.info("broker_reached", host=host, port=port)
            self._wire.listener.on_link(connected=True)
            await _until_one_ends(
                self._send_for_ever(client), self._receive_for_ever(client), self._steer_for_ever(client)
            )

    async def _receive_for_ever(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            self._wire.read(str(message.topic), message.payload)

    async def _send_for_ever(self, client: aiomqtt.Client) -> None:
        while True:
            message = await self._queue.get()
            payload = self._wire.write(message)
            retain = message.topic == "zoneSet"
            await client.publish(topic(message.robot_id, message.topic), payload, qos=1, retain=retain)
            MESSAGES_OUT.labels(message.topic).inc()

    async def _steer_for_ever(self, client: aiomqtt.Client) -> None:
        while True:
            robot_id, message = await self._wishes.get()
            await client.publish(drive_topic(robot_id), message.to_json(), qos=0)
            MESSAGES_OUT.labels("drive").inc()


def _is_ending() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _until_one_ends(*works: Coroutine[Any, Any, None]) -> None:
    """Run side by side; the first error ends all and is raised as it is."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await end_all(tasks)
    for task in done:
        task.result()
