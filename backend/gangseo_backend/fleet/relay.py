"""What people want of a robot's wheels, on its way to the robot: numbered, dated, newest only."""

import threading
from collections.abc import Callable

from gangseo_backend.core.clock import Clock
from gangseo_protocol.drive import DriveMessage

Steer = Callable[[str, DriveMessage], None]
"""Sends a message to a robot at once, or never."""


class Relay:
    """Numbers rise over all leases and restarts, as the clock does."""

    def __init__(self, clock: Clock, steer: Steer) -> None:
        self._clock, self._steer = clock, steer
        self._lock = threading.Lock()
        self._sequence = 0

    def drive(self, robot_id: str, lease_id: str, v: float, w: float) -> None:
        """What the wheels should do now, m/s and rad/s."""
        self._send(robot_id, lease_id, v, w)

    def renew(self, robot_id: str, lease_id: str) -> None:
        """The holder is still there."""
        self._send(robot_id, lease_id, None, None)

    def _send(self, robot_id: str, lease_id: str, v: float | None, w: float | None) -> None:
        with self._lock:
            now = self._clock.now()
            self._sequence = max(self._sequence + 1, int(now.timestamp() * 1000))
            message = DriveMessage(lease_id=lease_id, sequence=self._sequence, sent_at=now, v=v, w=w)
            self._steer(robot_id, message)
