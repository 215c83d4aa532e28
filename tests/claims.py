"""Ports and ROS domains that no other test of this machine uses."""

import socket
from collections.abc import Iterable

_PORTS = range(20_000, 32_000)
"""Below what Linux gives to outgoing connections and to port 0, so that nothing takes one that is not in use yet."""
_claimed_ports: list[socket.socket] = []


def claim(kind: str, numbers: Iterable[int]) -> tuple[int, socket.socket]:
    """The first number that no process holds, and the lock that holds it until it is closed.

    Raises LookupError where all are held.
    """
    for number in numbers:
        lock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            lock.bind(f"\0gangseo-{kind}-{number}")  # an abstract name: it ends with the process
        except OSError:
            lock.close()
        else:
            return number, lock
    raise LookupError(f"every {kind} is in use")


def free_port() -> int:
    """A TCP port of 127.0.0.1 on which nothing listens, this process's until it ends."""
    numbers = iter(_PORTS)
    while True:
        port, lock = claim("port", numbers)
        _claimed_ports.append(lock)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
