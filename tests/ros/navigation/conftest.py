"""The real navigation process with a small vehicle that obeys it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from ros.navigation.vehicle import NAMESPACE, Robot, navigation_program, write_world

ENVIRONMENT = {"ROS_AUTOMATIC_DISCOVERY_RANGE": "LOCALHOST", "FASTDDS_BUILTIN_TRANSPORTS": "UDPv4"}


@pytest.fixture(scope="module")
def domain() -> Iterator[int]:
    """A ROS domain for all tests of a module, locked like ``ros_domain_id``."""
    for number in range(20, 100):
        lock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            lock.bind(f"\0gangseo-ros-domain-{number}")
        except OSError:
            lock.close()
            continue
        yield number
        lock.close()
        return
    pytest.fail("no free ROS domain between 20 and 99")


@pytest.fixture(scope="module")
def robot(domain: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Robot]:
    """Navigation and vehicle, ready to drive."""
    folder = tmp_path_factory.mktemp("world")
    blocked = write_world(folder)
    os.environ.update(ENVIRONMENT)
    log = (folder / "navigation.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, navigation_program(), "--ros-args", "-r", f"__ns:=/{NAMESPACE}",
         "-p", f"map_yaml:={folder}/map.yaml", "-p", f"stations_file:={folder}/site.json"],
        env={**os.environ, **ENVIRONMENT, "ROS_DOMAIN_ID": str(domain)},
        stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip
    vehicle = Robot(domain, blocked)
    deadline = time.monotonic() + 60.0
    while vehicle.heard_at == 0.0 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.1)
    if vehicle.heard_at == 0.0:
        process.kill()
        pytest.fail(f"navigation did not come up: {(folder / 'navigation.log').read_text()}")
    yield vehicle
    vehicle.close()
    process.send_signal(signal.SIGTERM)
    ended = process.wait(timeout=10)
    text = (folder / "navigation.log").read_text()
    assert "Traceback" not in text, text
    assert ended in (0, -signal.SIGTERM), text
