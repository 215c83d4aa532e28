"""The one stream: a snapshot, then changes; latest value per key, at most five a second."""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from pydantic import BaseModel

from gangseo_backend.core.access import AccountPrincipal, Holder, Principal
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.telemetry import STREAM_CLIENTS

MINIMUM_INTERVAL_S = 0.2
HEARTBEAT_S = 5.0
MAXIMUM_PENDING = 2000
_TICK_S = 0.02
_log = structlog.get_logger(__name__)
Build = Callable[[], BaseModel | None]
Reader = tuple[Holder, str]
"""Whoever holds a ticket of this kind and subject."""


class Heartbeat(BaseModel):
    """Tells that the stream lives."""

    type: str = "heartbeat"
    at: datetime


@dataclass(frozen=True, slots=True)
class _Change:
    build: Build
    reader: Reader | None
    accounts: bool


@dataclass(eq=False, slots=True)
class StreamClient:
    """One reader: what waits to be sent to it, newest value per key."""

    principal: Principal
    pending: "OrderedDict[str, str]" = field(default_factory=OrderedDict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    overrun: bool = False

    def offer(self, key: str, text: str) -> None:
        """Put a frame in the queue in place of an older one of the same key."""
        if len(self.pending) >= MAXIMUM_PENDING and key not in self.pending:
            self.overrun = True
        else:
            self.pending[key] = text
        self.ready.set()

    def take(self) -> list[str]:
        """Everything that waits."""
        frames = list(self.pending.values())
        self.pending.clear()
        self.ready.clear()
        return frames

    def may_see(self, change: "_Change") -> bool:
        """Whether a change is for this reader."""
        if isinstance(self.principal, AccountPrincipal):
            return change.accounts
        return change.reader == (self.principal.holder, self.principal.subject)


class StreamHub:
    """Collects changes from any thread and serialises each once for all readers."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._dirty: dict[str, _Change] = {}
        self._sent_at: dict[str, float] = {}
        self._clients: set[StreamClient] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._numbers = 0

    async def run(self) -> None:
        """Flush changes until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._wake.set()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._beat())
            tasks.create_task(self._flush_for_ever())

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            text = Heartbeat(at=self._clock.now()).model_dump_json()
            for client in self._clients:
                client.offer("heartbeat", text)

    async def _flush_for_ever(self) -> None:
        while True:
            await self._wake.wait()
            if not self._flush():
                self._wake.clear()
                if self._flush():  # a change that came between the flush and the clear
                    self._wake.set()
                continue
            await asyncio.sleep(_TICK_S)

    def changed(self, key: str, build: Build, *, reader: Reader | None = None, accounts: bool = True) -> None:
        """Something has a new value; ``build`` gives its frame when it is sent.

        Args:
            key: values of one key replace each other.
            build: called in the event loop, so it must be quick; None sends nothing.
            reader: the holders of tickets who see it.
            accounts: whether logged-in people see it.
        """
        change = _Change(build, reader, accounts)
        with self._lock:
            self._dirty[key] = change
        self._rouse()

    def tell(self, frame: BaseModel) -> None:
        """Something happened; every account gets it once."""
        with self._lock:
            self._numbers += 1
            key = f"told:{self._numbers}"
        self.changed(key, lambda: frame)

    def _rouse(self) -> None:
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        loop.call_soon_threadsafe(self._wake.set)

    def _flush(self) -> bool:
        """Send what is due; whether something is still waiting for its turn."""
        now = self._clock.monotonic()
        due: list[tuple[str, _Change]] = []
        with self._lock:
            for key, change in list(self._dirty.items()):
                if now - self._sent_at.get(key, -1.0) < MINIMUM_INTERVAL_S:
                    continue
                due.append((key, change))
                del self._dirty[key]
                if not key.startswith("told:"):
                    self._sent_at[key] = now
            waiting = bool(self._dirty)
            if len(self._sent_at) > 10_000:
                self._sent_at = {key: at for key, at in self._sent_at.items() if now - at < MINIMUM_INTERVAL_S}
        for key, change in due:
            self._send(key, change)
        return waiting

    def _send(self, key: str, change: _Change) -> None:
        readers = [client for client in self._clients if client.may_see(change)]
        if not readers:
            return
        try:
            frame = change.build()
        except Exception:  # noqa: BLE001 - one frame that cannot be built must not end all streams
            _log.exception("stream_frame_failed", key=key)
            return
        if frame is None:
            return
        text = frame.model_dump_json()
        for client in readers:
            client.offer(key, text)

    def join(self, principal: Principal) -> StreamClient:
        """A new reader; changes wait for it from now on."""
        client = StreamClient(principal)
        self._clients.add(client)
        STREAM_CLIENTS.set(len(self._clients))
        return client

    def leave(self, client: StreamClient) -> None:
        """A reader is gone."""
        self._clients.discard(client)
        STREAM_CLIENTS.set(len(self._clients))
