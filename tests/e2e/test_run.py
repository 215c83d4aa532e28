"""`./gangseo run` as a user has it: up, used, Ctrl-C, up again, down."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from city_client import OPEN_CALLS, CityClient

from gangseo_starter.city import City, CityOptions
from gangseo_starter.layout import ROOT as LAYOUT

pytestmark = [pytest.mark.slow, pytest.mark.ros, pytest.mark.alone]

GANGSEO = LAYOUT.root / "gangseo"


@pytest.fixture
def command(tmp_path, free_port, ros_domain_id, monkeypatch):
    if not (LAYOUT.made / "stamps" / "workspace").is_file():
        pytest.skip("this checkout was not set up by ./gangseo")
    monkeypatch.setenv("ROS_DOMAIN_ID", str(ros_domain_id))
    ports = ["--port", str(free_port()), "--mqtt-port", str(free_port())]
    return [
        sys.executable, str(GANGSEO), "run", "--headless", "--no-audio", "--speed", "5",
        "--data", str(tmp_path / "data"), *ports,
    ]  # fmt: skip


def _start(command: list[str]) -> tuple[subprocess.Popen[str], str]:
    hears_ctrl_c = ["env", "--default-signal=INT"]  # what a shell starts in the background does not
    process = subprocess.Popen(
        [*hears_ctrl_c, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    shown = ""
    for line in process.stdout or ():
        shown += line
        if "Ctrl-C" in line:
            return process, shown
    process.wait()
    raise AssertionError(f"did not come up: {shown}")


def _client(shown: str, data: Path) -> CityClient:
    port = int(re.search(r"http://127\.0\.0\.1:(\d+)\s", shown)[1])
    city = City(LAYOUT, CityOptions(data, LAYOUT.world("magok_hanui"), 2, 5.0, port))
    city._log_in()
    return CityClient(city)


def _alive(data: Path) -> list[int]:
    listed = json.loads((data / "processes.json").read_text())
    return [pid for pid, _ in listed.values()]


def test_ctrl_c_stops_everything_and_the_next_start_remembers(command, tmp_path):
    data = tmp_path / "data"
    process, shown = _start(command)
    try:
        assert "operator" in shown
        page = re.search(r"http://\S+/s/\S+", shown)[0]
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(page, timeout=5) as answer:
            assert "html" in answer.headers["Content-Type"]
        call = _client(shown, data).call("bench_19")
        pids = _alive(data)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=40)
    assert process.returncode == 0
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    process, shown = _start(command)
    try:
        client = _client(shown, data)
        assert client.call_state(call["id"])["state"] in OPEN_CALLS | {"served"}
        client.wait_for_call(call["id"], {"served"}, 150)
        assert len([m for m in client.missions(call["id"]) if m["state"] == "finished"]) == 1
        down = subprocess.run(
            [sys.executable, str(GANGSEO), "down", "--data", str(data)], capture_output=True, text=True, check=True
        )
        assert "stopped" in down.stdout
        process.communicate(timeout=40)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=40)
    again = subprocess.run(
        [sys.executable, str(GANGSEO), "down", "--data", str(data)], capture_output=True, text=True, check=True
    )
    assert "nothing was running" in again.stdout


def test_launch_killed_hard_leaves_nothing_behind(command, tmp_path):
    data = tmp_path / "data"
    process, _ = _start(command)
    pids = _alive(data)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    subprocess.run([sys.executable, str(GANGSEO), "down", "--data", str(data)], capture_output=True, check=True)
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < deadline, "processes left behind"
        time.sleep(0.1)
