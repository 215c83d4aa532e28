"""What moves too fast for the database: where an open mission stands this second.

The port between the domain that drives and the domains that asked for the drive.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from gangseo_backend.core.texts import KeyedText


@dataclass(frozen=True, slots=True)
class MissionLive:
    """A mission now; ``queue_position`` from 1 while it waits for a robot.

    ``robot_id`` and ``expected_at`` in the queue: which robot will come, and when, where that is planned.
    """

    robot_id: str | None = None
    x: float | None = None
    y: float | None = None
    eta_s: float | None = None
    countdown_s: float | None = None
    queue_position: int | None = None
    waiting: KeyedText | None = None
    expected_at: datetime | None = None


class RobotPositionMessage(BaseModel):
    """The frame that tells somebody without an account where the robot is that comes to them."""

    type: Literal["robot_position"] = "robot_position"
    robot_id: str
    x: float
    y: float
    eta_s: float | None


Watcher = Callable[[str, MissionLive], None]


class LiveMissions:
    """Latest value by mission id, with watchers told of changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[str, MissionLive] = {}
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> None:
        """Call ``watcher(mission_id, live)`` on every change, from the thread that made it."""
        self._watchers.append(watcher)

    def get(self, mission_id: str) -> MissionLive | None:
        """Latest value of a mission."""
        with self._lock:
            return self._values.get(mission_id)

    def put(self, mission_id: str, live: MissionLive) -> None:
        """Tell where a mission stands."""
        with self._lock:
            if self._values.get(mission_id) == live:
                return
            self._values[mission_id] = live
        for watcher in self._watchers:
            watcher(mission_id, live)

    def drop(self, mission_id: str) -> None:
        """Forget a mission that ended."""
        with self._lock:
            self._values.pop(mission_id, None)
