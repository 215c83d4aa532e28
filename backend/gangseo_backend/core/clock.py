"""Time as aware UTC, injected everywhere."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        ...


SLEW = 0.1
"""How much faster or slower than real time the clock may run to come near the machine's."""


class SystemClock:
    """The machine's time, without its jumps: when it is set, this clock follows at most 10 % faster or slower.

    So nobody seems to have been silent for an hour because a time server corrected the machine.
    """

    def __init__(self, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._lock = threading.Lock()
        self._at_s = monotonic()
        self._ahead_s = wall() - self._at_s

    def now(self) -> datetime:
        """Aware UTC; never runs backwards."""
        with self._lock:
            at_s = self._monotonic()
            most_s = SLEW * (at_s - self._at_s)
            self._ahead_s += max(-most_s, min(most_s, self._wall() - at_s - self._ahead_s))
            self._at_s = at_s
            return datetime.fromtimestamp(at_s + self._ahead_s, UTC)

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return self._monotonic()


class ManualClock:
    """A clock that tests move."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._elapsed_s = 0.0

    def now(self) -> datetime:
        """Aware UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds moved since the start."""
        return self._elapsed_s

    def advance(self, seconds: float) -> None:
        """Move time on."""
        self._now += timedelta(seconds=seconds)
        self._elapsed_s += seconds
