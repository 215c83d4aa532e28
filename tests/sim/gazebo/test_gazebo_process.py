"""Start, repeat, die, come back."""

import json
import math
import os
import signal
import sys
import time
from pathlib import Path

import psutil
import pytest

from gangseo_sim.engine.core import DriveCommand
from gangseo_sim.gazebo.errors import GazeboError
from gangseo_sim.gazebo.process import gazebo_folder
from sim.gazebo.conftest import MakeEngine


def server_of(engine_pid: int) -> psutil.Process:
    """The gzserver among what a process has started."""
    for child in psutil.Process(engine_pid).children(recursive=True):
        if child.name().startswith("gzserver"):
            return child
    pytest.fail("no gzserver runs")


@pytest.mark.gazebo
@pytest.mark.slow
def test_closing_leaves_no_process(gazebo_engine: MakeEngine) -> None:
    engine = gazebo_engine()
    server = server_of(os.getpid())
    engine.close()
    psutil.wait_procs([server], timeout=5)
    assert not server.is_running() or server.status() == psutil.STATUS_ZOMBIE


@pytest.mark.gazebo
@pytest.mark.slow
def test_killed_gazebo_is_told_and_a_new_one_goes_on_from_the_checkpoint(gazebo_engine: MakeEngine) -> None:
    engine = gazebo_engine()
    for _ in range(200):
        engine.advance(0.01, {"robot_01": DriveCommand(-0.6, 0.0)})
    memory, before = json.loads(json.dumps(engine.checkpoint())), engine.robot("robot_01")
    server_of(engine._physics.pid).kill()
    with pytest.raises(GazeboError, match=r"Gazebo has ended.*goes on from its checkpoint"):
        engine.advance(0.01, {})
    engine.close()
    again = gazebo_engine()
    again.restore(memory)
    assert again.robot("robot_01") == before
    for _ in range(100):
        again.advance(0.01, {"robot_01": DriveCommand(-0.6, 0.0)})
    after = again.robot("robot_01")
    assert math.dist((after.x, after.y), (before.x, before.y)) == pytest.approx(0.6, abs=0.03)


@pytest.mark.gazebo
@pytest.mark.slow
@pytest.mark.ros
def test_bridge_ends_with_one_clear_line_when_gazebo_dies_and_resumes(
    gazebo: Path, world_dir: Path, tmp_path: Path, start_process, ros_domain_id: int
) -> None:
    state = tmp_path / "state.json"

    def simulated_ns() -> int:
        return int(json.loads(state.read_text())["engine"]["time_ns"]) if state.exists() else 0

    def start(name: str):
        return start_process(
            name,
            [
                sys.executable, "-m", "gangseo_sim.bridge_node", "--ros-args", "-p", "backend:=gazebo_classic",
                "-p", f"world_dir:={world_dir}", "-p", f"state_file:={state}", "-p", "people:=3",
            ],
            env={"ROS_DOMAIN_ID": str(ros_domain_id)},
        )  # fmt: skip

    def wait_until_past(limit_ns: int) -> None:
        deadline = time.monotonic() + 90
        while simulated_ns() <= limit_ns:
            assert time.monotonic() < deadline, "the simulation does not go on"
            time.sleep(0.2)

    first = start("first")
    wait_until_past(11_000_000_000)
    server_of(first.pid).kill()
    assert first.wait(timeout=30) == 1
    assert "Gazebo has ended" in (tmp_path / "first.log").read_text()
    died_at_ns = simulated_ns()
    second = start("second")
    wait_until_past(died_at_ns + 1_000_000_000)
    second.send_signal(signal.SIGTERM)
    assert second.wait(timeout=30) == 0


def test_absent_gazebo_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GazeboError, match=r"run \./gangseo gazebo"):
        gazebo_folder(str(tmp_path))
