"""A navigation under contract with a small vehicle that obeys it.

By default the real gangseo_navigation process. With GANGSEO_NAV2_NAMESPACE set, a Nav2 that runs already in that
namespace (see docker/README.md): then only the vehicle is started, in the domain of ROS_DOMAIN_ID, and gives the
transforms that gangseo_navigation makes itself.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ros.nav2_contract.client import Client
from ros.nav2_contract.vehicle import NAMESPACE, Robot, navigation_program, write_world

FOREIGN = os.environ.get("GANGSEO_NAV2_NAMESPACE", "")
ENVIRONMENT = {"ROS_AUTOMATIC_DISCOVERY_RANGE": "LOCALHOST", "FASTDDS_BUILTIN_TRANSPORTS": "UDPv4"}


@pytest.fixture(scope="module")
def domain() -> Iterator[int]:
    """A ROS domain for all tests of a module, locked like ``ros_domain_id``."""
    if FOREIGN:
        yield int(os.environ.get("ROS_DOMAIN_ID", "0"))
        return
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
    if FOREIGN:
        yield from _beside_foreign(domain, tmp_path_factory.mktemp("world"))
        return
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


def _beside_foreign(domain: int, folder: Path) -> Iterator[Robot]:
    vehicle = Robot(domain, write_world(folder), FOREIGN, transforms=True)
    deadline = time.monotonic() + 120.0
    while vehicle.believed is None and time.monotonic() < deadline:
        time.sleep(0.1)
    if vehicle.believed is None:
        vehicle.close()
        pytest.fail(f"no amcl_pose in namespace {FOREIGN!r}, domain {domain}: is Nav2 up and active?")
    yield vehicle
    vehicle.close()


@pytest.fixture
def client(robot: Robot) -> Client:
    """A client in an empty yard."""
    robot.put()
    return Client(robot)
