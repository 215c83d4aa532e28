"""Keeps the processes of a plan running and ends them in order."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import yaml

from gangseo_launch.plan import PARAMETERS, Plan
from gangseo_launch.reading import Process

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
_STOP_STEP_S = 5.0
_POLL_S = 0.1
_QUICK_S = 5.0


@dataclass
class _Running:
    process: Process
    handle: subprocess.Popen[bytes] | None = None
    starts: int = 0
    ended_at: float = 0.0
    started_at: float = 0.0
    quick_ends: int = 0

    @property
    def alive(self) -> bool:
        return self.handle is not None and self.handle.poll() is None


class Runner:
    """Runs a plan until told to stop, a `shutdown` process ends, or all have ended.

    Args:
        plan: what to run.
        log_dir: one log file per process; None sends everything to the screen.
        on_event: told of starts and ends as (event, process name, detail).
        state_file: kept as JSON {name: [process id, kernel start time]}, so that others can find and end them.
    """

    def __init__(
        self,
        plan: Plan,
        log_dir: Path | None,
        on_event: Callable[[str, str, str], None],
        state_file: Path | None = None,
    ) -> None:
        self._plan = plan
        self._log_dir = log_dir
        self._on_event = on_event
        self._running = [_Running(process) for process in plan.processes]
        self._state_file = state_file
        self._stopping = False
        self._parameters = Path(tempfile.mkdtemp(prefix="gangseo-launch-"))

    def request_stop(self) -> None:
        """Ends the run; safe to call from a signal handler, unlike ``threading.Event.set``.

        The lock of an event may be held by the very wait that the signal interrupts.
        """
        self._stopping = True

    def run(self) -> int:
        """Runs to the end; 0 after a requested stop, else the status of the process that ended it."""
        status = 0
        try:
            for running in self._running:
                self._start(running)
            while not self._stopping:
                ended = self._supervise()
                if ended is not None:
                    status = ended
                    break
                time.sleep(_POLL_S)
        finally:
            self._end_all()
            for file in self._parameters.glob("*"):
                file.unlink()
            self._parameters.rmdir()
        return status

    def _supervise(self) -> int | None:
        for running in self._running:
            if running.handle is None or running.alive:
                continue
            if not running.ended_at:
                running.ended_at = time.monotonic()
                running.quick_ends = running.quick_ends + 1 if running.ended_at - running.started_at < _QUICK_S else 0
                self._on_event("ended", running.process.name, f"status {running.handle.returncode}")
            if running.process.shutdown_on_exit:
                return running.handle.returncode or 0
            retries = running.process.respawn_max_retries
            if running.process.respawn and (retries < 0 or running.starts <= retries):
                if time.monotonic() - running.ended_at >= self._delay_s(running):
                    self._start(running)
                continue
        if all(r.handle is not None and not r.alive and not r.process.respawn for r in self._running):
            return max((abs(r.handle.returncode) for r in self._running if r.handle), default=0)
        return None

    @staticmethod
    def _delay_s(running: _Running) -> float:
        """Respawn delay; doubled, up to 10 s, for each end within 5 s of a start."""
        return min(10.0, running.process.respawn_delay_s * float(2 ** max(0, running.quick_ends - 1)))

    def _start(self, running: _Running) -> None:
        process = running.process
        command = [self._parameter_file(process) if word == PARAMETERS else word for word in process.command]
        log = self._log(process)
        running.starts += 1
        running.started_at, running.ended_at = time.monotonic(), 0.0
        try:
            running.handle = subprocess.Popen(
                command, cwd=process.cwd, env=dict(process.environment), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        except OSError as err:
            raise RuntimeError(f"cannot start {process.name} ({command[0]}): {err.strerror}") from err
        finally:
            if log is not None:
                log.close()
        self._on_event("started", process.name, f"pid {running.handle.pid}")
        self._write_state()

    def _write_state(self) -> None:
        if self._state_file is None:
            return
        pids = {r.process.name: r.handle.pid for r in self._running if r.handle is not None} | {"launch": os.getpid()}
        part = self._state_file.with_suffix(".part")
        part.write_text(json.dumps({name: [pid, _start_time(pid)] for name, pid in pids.items()}))
        part.replace(self._state_file)

    def _parameter_file(self, process: Process) -> str:
        file = self._parameters / (process.name.replace("/", "_") + ".yaml")
        file.write_text(yaml.safe_dump({"/**": {"ros__parameters": dict(process.parameters)}}, allow_unicode=True))
        return str(file)

    def _log(self, process: Process) -> IO[bytes] | None:
        if self._log_dir is None or process.output == "screen":
            return None
        self._log_dir.mkdir(parents=True, exist_ok=True)
        return (self._log_dir / (process.name.replace("/", ".") + ".log")).open("ab")

    def _end_all(self) -> None:
        """Ends the ROS nodes first, then what they stand on, so that nodes can still say goodbye."""
        for group in ([r for r in self._running if r.process.is_node], self._running):
            self._end(group)
        for running in self._running:
            if running.handle is not None:
                running.handle.wait()

    def _end(self, group: list[_Running]) -> None:
        for stop_signal in _STOP_SIGNALS:
            alive = [running for running in reversed(group) if running.alive]
            for running in alive:
                self._signal(running, stop_signal)
            deadline = time.monotonic() + _STOP_STEP_S
            while any(running.alive for running in alive) and time.monotonic() < deadline:
                time.sleep(_POLL_S / 4)

    @staticmethod
    def _signal(running: _Running, stop_signal: signal.Signals) -> None:
        if running.handle is None:
            return
        with contextlib.suppress(ProcessLookupError):
            # a process that ended between the check and here has nothing left to be told
            os.killpg(running.handle.pid, stop_signal) if stop_signal is signal.SIGKILL else running.handle.send_signal(
                stop_signal
            )


def _start_time(pid: int) -> int:
    """Kernel start time of a process in clock ticks; -1 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()[19])
    except OSError:
        return -1


def print_event(event: str, name: str, detail: str) -> None:
    """Reports starts and ends on standard error."""
    sys.stderr.write(f"[{event}] {name}: {detail}\n")
    sys.stderr.flush()
