"""Simulated time of a running city, read from the simulator's checkpoints: right also where the machine is too slow."""

import contextlib
import json
import threading
import time
from pathlib import Path
from typing import Self

import numpy as np


class SimClock:
    """Samples wall and simulated time while the block runs; then tells simulated time at any wall moment of it."""

    def __init__(self, data: Path) -> None:
        self._file = data / "sim_state.json"
        self._wall: list[float] = []
        self._simulated: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _sample(self) -> None:
        while not self._stop.wait(0.1):
            with contextlib.suppress(OSError, ValueError, KeyError):
                wall = self._file.stat().st_mtime - time.time() + time.monotonic()
                if not self._wall or wall > self._wall[-1] + 1e-3:
                    simulated = json.loads(self._file.read_text())["engine"]["time_ns"] / 1e9
                    self._wall.append(wall)
                    self._simulated.append(simulated)

    def at(self, wall: float) -> float:
        """Simulated seconds at a moment of ``time.monotonic``, between the checkpoints round it."""
        return float(np.interp(wall, self._wall, self._simulated))

    @property
    def speed(self) -> float:
        """Simulated seconds per wall second over the whole time."""
        return (self._simulated[-1] - self._simulated[0]) / (self._wall[-1] - self._wall[0])
