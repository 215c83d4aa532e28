"""The wire of a lockstep city: real messages as JSON through the fleet's own parser, lost, late or twice as told."""

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gangseo_backend.core.clock import Clock
from gangseo_backend.fleet.board import Outgoing
from gangseo_backend.fleet.wire import Wire
from gangseo_protocol.drive import DriveMessage
from gangseo_protocol.topics import TopicName, topic
from gangseo_protocol.vda5050 import Connection, ConnectionState

LAST_WILL_AFTER_S = 15.0
"""Half as much again as the robot's keep-alive of 10 s."""
RESEND_S = 2.0
AT_MOST_ONCE = frozenset({"state", "visualization"})


@dataclass(frozen=True, slots=True)
class Conditions:
    """How good the link is: seconds of delay (least, most), shares of messages lost and doubled.

    A message of QoS 0 that is lost is gone, one of QoS 1 comes ``RESEND_S`` later. Messages with different delays
    overtake each other.
    """

    delay_s: tuple[float, float] = (0.02, 0.02)
    loss: float = 0.0
    doubled: float = 0.0


@dataclass(slots=True)
class _Line:
    """One robot's connection."""

    receive: Callable[[TopicName, bytes, datetime], None]
    linked: Callable[[bool], object]
    steered: Callable[[bytes, float], object]
    up: bool = False
    will_at_s: float | None = None
    kept: list[tuple[TopicName, bytes]] | None = None


class LockstepLink:
    """Carrier of the fleet and link of all robots; ``deliver`` hands over what has arrived."""

    def __init__(self, wire: Wire, clock: Clock, seed: int, conditions: Conditions | None = None) -> None:
        self.connected = True
        self.conditions = conditions or Conditions()
        self.counts = {"to_robots": 0, "to_fleet": 0, "lost": 0, "doubled": 0}
        self._wire, self._clock = wire, clock
        self._chance = random.Random(f"link {seed}")
        self._lines: dict[str, _Line] = {}
        self._numbers = itertools.count()
        self._under_way: list[tuple[float, int, str, bool, TopicName, bytes]] = []

    async def run(self) -> None:
        """Nothing runs by itself here."""

    # --- sending ---

    def publish(self, message: Outgoing) -> None:
        """From the fleet, QoS 1."""
        payload = self._wire.write(message).encode()
        if message.robot_id in self._lines:
            self._put(message.robot_id, to_robot=True, name=message.topic, payload=payload)

    def steer(self, robot_id: str, message: DriveMessage) -> None:
        """From the fleet, QoS 0: now or never."""
        line = self._lines.get(robot_id)
        if line is not None and line.up:
            line.steered(message.to_json().encode(), self._clock.monotonic())

    def send(self, robot_id: str, name: TopicName, payload: str) -> None:
        """From a robot; nothing waits for a lost link."""
        if self._lines[robot_id].up:
            self._put(robot_id, to_robot=False, name=name, payload=payload.encode())

    def _put(self, robot_id: str, *, to_robot: bool, name: TopicName, payload: bytes) -> None:
        conditions, chance = self.conditions, self._chance
        at_s = self._clock.monotonic() + chance.uniform(*conditions.delay_s)
        if chance.random() < conditions.loss:
            self.counts["lost"] += 1
            if name in AT_MOST_ONCE:
                return
            at_s += RESEND_S
        entry = (robot_id, to_robot, name, payload)
        heapq.heappush(self._under_way, (at_s, next(self._numbers), *entry))
        if chance.random() < conditions.doubled:
            self.counts["doubled"] += 1
            again_s = at_s + chance.uniform(*conditions.delay_s)
            heapq.heappush(self._under_way, (again_s, next(self._numbers), *entry))

    # --- time ---

    def deliver(self) -> None:
        """Hands over everything that has arrived by now."""
        now_s = self._clock.monotonic()
        for robot_id, line in self._lines.items():
            if line.will_at_s is not None and now_s >= line.will_at_s:
                line.will_at_s = None
                self._say(robot_id, ConnectionState.CONNECTION_BROKEN)
        while self._under_way and self._under_way[0][0] <= now_s:
            _, _, robot_id, to_robot, name, payload = heapq.heappop(self._under_way)
            if to_robot:
                self._to_robot(self._lines[robot_id], name, payload)
            elif self._lines[robot_id].up or name == "connection":
                self.counts["to_fleet"] += 1
                self._wire.read(topic(robot_id, name), payload)

    def _to_robot(self, line: _Line, name: TopicName, payload: bytes) -> None:
        if line.up:
            self.counts["to_robots"] += 1
            line.receive(name, payload, self._clock.now())
        elif line.kept is not None:
            line.kept.append((name, payload))

    # --- connections ---

    def attach(
        self, robot_id: str, receive: Callable[[TopicName, bytes, datetime], None], linked: Callable[[bool], object],
        steered: Callable[[bytes, float], object],
    ) -> None:  # fmt: skip
        """Makes a robot known; ``connect`` brings it on line."""
        self._lines[robot_id] = _Line(receive, linked, steered, kept=[])

    def connect(self, robot_id: str) -> None:
        """The robot reaches the broker: what was kept for it comes first, as with a persistent session."""
        line = self._lines[robot_id]
        line.up, line.will_at_s = True, None
        self._say(robot_id, ConnectionState.ONLINE)
        kept, line.kept = line.kept or [], []
        line.linked(True)  # noqa: FBT003
        for name, payload in kept:
            self._put(robot_id, to_robot=True, name=name, payload=payload)

    def cut(self, robot_id: str) -> None:
        """The robot loses the broker; its last will follows when nothing was heard for long enough."""
        line = self._lines[robot_id]
        line.up, line.will_at_s = False, self._clock.monotonic() + LAST_WILL_AFTER_S
        line.linked(False)  # noqa: FBT003

    def _say(self, robot_id: str, state: ConnectionState) -> None:
        now = self._clock.now()
        header_id = int(now.timestamp() * 1000) % 2**32
        message = Connection(header_id=header_id, timestamp=now, serial_number=robot_id, connection_state=state)
        self._wire.read(topic(robot_id, "connection"), message.to_json().encode())
