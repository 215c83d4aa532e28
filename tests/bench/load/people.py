"""Who looks and asks while the vehicles drive: residents, an operator, a console, and probes that tell the floor."""

import asyncio
import json
import random
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiomqtt
import httpx
import websockets

from gangseo_protocol.topics import topic
from load.stage import PROBE, Stage

PROBE_EVERY_S = 0.2
OPEN = {"queued", "assigned", "arrived"}
DECIDED = {"assigned", "arrived", "served"}


@dataclass
class Seen:
    """What the people noted; moments are monotonic seconds, delays milliseconds."""

    poses: list[tuple[float, str, float, float]] = field(default_factory=list)
    frames: int = 0
    asked: dict[str, float] = field(default_factory=dict)
    decided: dict[str, float] = field(default_factory=dict)
    assigned: dict[str, float] = field(default_factory=dict)
    arrived: dict[str, float] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    echo_ms: list[float] = field(default_factory=list)
    answer_ms: list[float] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)


class People:
    """Everybody who is not a robot."""

    def __init__(self, stage: Stage, operator: httpx.AsyncClient, seed: int = 1) -> None:
        self.stage = stage
        self.seen = Seen()
        self._operator = operator
        self._draw = random.Random(seed)
        self._residents: dict[str, httpx.AsyncClient] = {}
        self._tokens: dict[str, str] = {}
        self._busy: dict[str, str] = {}
        self._spot_of: dict[str, str] = {}

    async def prepare(self) -> None:
        """Read the QR codes; every bench has its own resident with an address of its own."""
        spots = (await self._operator.get("/recycling/spots")).raise_for_status().json()
        for number, spot in enumerate(spots):
            address = f"127.1.{number // 250}.{number % 250 + 1}"
            transport = httpx.AsyncHTTPTransport(local_address=address, verify=False)
            self._residents[spot["spot_id"]] = httpx.AsyncClient(
                base_url=self.stage.url, transport=transport, timeout=30, trust_env=False
            )
            self._tokens[spot["spot_id"]] = spot["page_url"].rsplit("/", 1)[1]

    async def close(self) -> None:
        """Everybody goes."""
        for resident in self._residents.values():
            await resident.aclose()

    # --- residents ---

    async def call_steadily(self, calls_per_hour: float) -> None:
        """Calls from benches drawn at random, as many in every hour as are wanted."""
        tasks = set()
        due = time.monotonic()
        while True:
            due += self._draw.expovariate(calls_per_hour / 3600.0)
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            task = asyncio.create_task(self.call())
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    async def call(self) -> str | None:
        """One resident scans the code of a free bench and calls; gives the call's id."""
        free = [spot for spot in self._tokens if spot not in self._busy]
        if not free:
            self.seen.refused += 1
            return None
        spot = self._draw.choice(free)
        self._busy[spot] = ""
        resident = self._residents[spot]
        ticket = await resident.post("/recycling/tickets", json={"spot_token": self._tokens[spot]})
        bearer = {"Authorization": f"Bearer {ticket.raise_for_status().json()['ticket']}"}
        begin = time.monotonic()
        answer = await resident.post("/recycling/calls", json={"language": "ko"}, headers=bearer)
        if answer.status_code != 201:
            self.seen.refused += 1
            self._busy.pop(spot, None)
            return None
        call_id = str(answer.json()["id"])
        self._busy[spot], self._spot_of[call_id] = call_id, spot
        self.seen.asked[call_id] = begin
        if call_id in self.seen.ended:
            self._busy.pop(spot, None)
        return call_id

    async def call_at_once(self, count: int) -> list[str]:
        """So many residents in the same moment."""
        made = await asyncio.gather(*(self.call() for _ in range(count)))
        return [call_id for call_id in made if call_id is not None]

    # --- the console ---

    async def watch(self) -> None:
        """Read the stream as a console does."""
        headers = {"Cookie": f"gangseo_session={self._operator.cookies['gangseo_session']}"}
        url = f"ws://127.0.0.1:{self.stage.http_port}/api/stream"
        async with websockets.connect(url, additional_headers=headers, max_size=None, proxy=None) as stream:
            async for text in stream:
                self._note(time.monotonic(), json.loads(text))

    def _note(self, at: float, frame: dict[str, Any]) -> None:
        seen = self.seen
        seen.frames += 1
        if frame["type"] == "robot":
            robot = frame["robot"]
            seen.poses.append((at, robot["robot_id"], robot["x"], robot["y"]))
        elif frame["type"] == "call":
            call = frame["call"]
            call_id, state = call["id"], call["state"]
            promised = state == "queued" and (call["reason"] or {}).get("key") == "queue.robot_soon_free"
            if promised or state in DECIDED:
                seen.decided.setdefault(call_id, at)
            if state in DECIDED:
                seen.assigned.setdefault(call_id, at)
            if state in {"arrived", "served"}:
                seen.arrived.setdefault(call_id, at)
            if state not in OPEN:
                seen.ended[call_id] = state
                self._busy.pop(self._spot_of.get(call_id, ""), None)

    # --- the operator ---

    async def command_steadily(self, every_s: float) -> None:
        """Ask robots drawn at random for their state."""
        robots = [home.robot_id for home in self.stage.site.robots]
        due = time.monotonic()
        while True:
            due += every_s
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            command_id = f"load-{len(self.seen.commands):08}"
            body = {"command_id": command_id, "kind": "state_request", "reason": "load"}
            answer = await self._operator.post(f"/fleet/robots/{self._draw.choice(robots)}/commands", json=body)
            if answer.status_code == 202:
                self.seen.commands.append(command_id)

    async def acknowledged_ms(self) -> list[float]:
        """From an operator's request to the robot's acknowledgement, by the backend's own times; 30 s for never."""
        found = []
        for command_id in self.seen.commands:
            row = (await self._operator.get(f"/fleet/commands/{command_id}")).json()
            begin, end = row["requested_at"], row["acknowledged_at"]
            found.append((_moment(end) - _moment(begin)) * 1000.0 if end else 30_000.0)
        return found

    # --- floors ---

    async def echo(self) -> None:
        """What the broker alone takes for an order's way to a robot."""
        stage = self.stage
        heard = topic(PROBE, "order")
        options = {"hostname": "127.0.0.1", "port": stage.mqtt_port}
        async with (
            aiomqtt.Client(
                **options, identifier="probe-sender", username="backend", password=stage.password("backend")
            ) as sender,
            aiomqtt.Client(
                **options, identifier=PROBE, username=PROBE, password=stage.password(PROBE)
            ) as receiver,
        ):  # fmt: skip
            await receiver.subscribe(heard, qos=0)

            async def send() -> None:
                while True:
                    await sender.publish(heard, repr(time.monotonic()), qos=0)
                    await asyncio.sleep(PROBE_EVERY_S)

            async def receive() -> None:
                async for message in receiver.messages:
                    sent = float(bytes(message.payload))
                    self.seen.echo_ms.append((time.monotonic() - sent) * 1000.0)

            await asyncio.gather(send(), receive())

    async def knock(self) -> None:
        """What the backend takes to answer anything at all."""
        async with httpx.AsyncClient(base_url=self.stage.url, timeout=30, trust_env=False) as client:
            while True:
                begin = time.monotonic()
                await client.get("/healthz")
                self.seen.answer_ms.append((time.monotonic() - begin) * 1000.0)
                await asyncio.sleep(PROBE_EVERY_S)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


async def while_running(works: list[Coroutine[Any, Any, None]], then: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Do ``then`` beside works that never end; an error of one of them is raised.

    Raises:
        ExceptionGroup: one of the works failed.
    """
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(work) for work in works]
        result = await then()
        for task in tasks:
            task.cancel()
    return result
