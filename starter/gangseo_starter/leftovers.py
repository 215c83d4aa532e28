"""Processes of a data folder: which live, and ending them."""

import contextlib
import json
import os
import signal
import time
from pathlib import Path


def processes(data: Path) -> dict[str, int]:
    """Process ids of the system on this data folder that still live, by launch name."""
    file = data / "processes.json"
    try:
        listed: dict[str, list[int]] = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return {name: pid for name, (pid, started) in listed.items() if _start_time(pid) == started}


def _start_time(pid: int) -> int:
    """Kernel start time of a process, so that a reused number is not taken for ours; -1 when gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except (OSError, IndexError):
        return -1
    return -1 if fields[0] == "Z" else int(fields[19])


def end_leftovers(data: Path) -> int:
    """Ends processes a killed launch left behind; gives their number."""
    left = processes(data)
    for stop_signal in (signal.SIGTERM, signal.SIGKILL):
        for pid in left.values():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, stop_signal)
        deadline = time.monotonic() + 5
        while processes(data) and time.monotonic() < deadline:
            time.sleep(0.05)
    (data / "processes.json").unlink(missing_ok=True)
    return len(left)


def down(data: Path) -> bool:
    """Ends a system running on this data folder; False when there was none."""
    launch = processes(data).get("launch")
    if launch is None:
        return end_leftovers(data) > 0
    os.kill(launch, signal.SIGINT)
    deadline = time.monotonic() + 30
    while processes(data).get("launch") and time.monotonic() < deadline:
        time.sleep(0.1)
    end_leftovers(data)
    return True
