"""Ports that are free, and those that are not."""

import socket

from gangseo_starter.errors import StartError


def port_is_free(host: str, port: int) -> bool:
    """True when nothing listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def check_port(host: str, port: int) -> None:
    """Raises StartError when the console's port is taken."""
    if not port_is_free(host, port):
        raise StartError(
            f"port {port} on {host} is in use", "Choose another with --port; ./gangseo down ends a running system."
        )


def free_port(preferred: int) -> int:
    """The preferred port of this machine or the next free one after it.

    Raises StartError where the hundred after it are all taken.
    """
    for port in range(preferred, preferred + 100):
        if port_is_free("127.0.0.1", port):
            return port
    raise StartError(f"ports {preferred} to {preferred + 99} are all in use", "End what listens there.")
