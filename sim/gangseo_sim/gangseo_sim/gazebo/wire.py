"""Requests to the lockstep plugin and its answers, as sim/gazebo_classic/PROTOCOL.md describes them."""

import socket
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gangseo_sim.engine.world import Floats
from gangseo_sim.gazebo.errors import GazeboError

STEP, MOVE, SCAN, PLACE, FRAME = range(1, 6)
MOTION_COLUMNS = 11
"""x, y, yaw, speed, turn, left and right wheel angle, left and right wheel rate, height, tilt."""
_HEADER = struct.Struct("<II")
_LENGTH = struct.Struct("<I")


@dataclass(frozen=True)
class Stepped:
    """Motion of every robot, one row each, and who touches whom (robot, other body)."""

    motion: Floats
    contacts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Frame:
    """A camera picture (height × width × 3, RGB) and the simulated seconds since Gazebo's start it was taken at."""

    at_s: float
    pixels: NDArray[np.uint8]


class Wire:
    """One connection; every request waits for its answer."""

    def __init__(self, connection: socket.socket, robots: int) -> None:
        self._socket = connection
        self._robots = robots

    def step(self, iterations: int, targets: Floats) -> Stepped:
        """Lets Gazebo go on by `iterations` physics steps.

        Args:
            iterations: physics steps.
            targets: speed and turn rate per robot at the begin and at the end: [v0, w0, v1, w1].
        """
        answer = self._ask(STEP, struct.pack("<d", iterations) + _bytes(targets))
        size = self._robots * MOTION_COLUMNS * 8
        motion = np.frombuffer(answer[:size], dtype="<f8").reshape(self._robots, MOTION_COLUMNS)
        pairs = (line.split("\t") for line in answer[size:].decode().splitlines())
        return Stepped(motion, tuple((one, other) for one, other in pairs))

    def move(self, rows: Floats) -> None:
        """Puts people and obstacles: [index, x, y, yaw, radius or 0, seen]."""
        self._ask(MOVE, _bytes(rows))

    def scan(self, row: int) -> Floats:
        """Ranges of a robot's lidar, now, without noise."""
        return np.frombuffer(self._ask(SCAN, struct.pack("<d", row)), dtype="<f8")

    def place(self, rows: Floats) -> None:
        """Puts robots: [row, x, y, yaw, speed, turn]."""
        self._ask(PLACE, _bytes(rows))

    def frame(self, row: int) -> Frame | None:
        """The last picture of a robot's camera; None before the first."""
        answer = self._ask(FRAME, struct.pack("<d", row))
        at_s, width, height = struct.unpack_from("<ddd", answer)
        if at_s < 0.0:
            return None
        return Frame(at_s, np.frombuffer(answer[24:], dtype=np.uint8).reshape(int(height), int(width), 3))

    def close(self) -> None:
        """Ends the connection, and with it Gazebo."""
        self._socket.close()

    def _ask(self, kind: int, payload: bytes) -> bytes:
        try:
            self._socket.sendall(_HEADER.pack(kind, len(payload)) + payload)
            (length,) = _LENGTH.unpack(self._receive(_LENGTH.size))
            return self._receive(length)
        except TimeoutError as error:
            raise GazeboError("Gazebo does not answer") from error
        except OSError as error:
            raise GazeboError("Gazebo has ended") from error

    def _receive(self, count: int) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            part = self._socket.recv(count - len(parts))
            if not part:
                raise ConnectionResetError("closed")
            parts += part
        return bytes(parts)


def _bytes(values: Floats) -> bytes:
    return np.ascontiguousarray(values, dtype="<f8").tobytes()
