"""The checkpoint file: whole or not at all, whatever happens to the process."""

import json
import math
import os
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

MARGIN_S = 2.0
"""Wall seconds by which the clock is moved on at a restart: more than can pass after a checkpoint."""


class CheckpointError(ValueError):
    """A checkpoint file that is there but cannot be used."""


def resume_skip_s(factor: float) -> float:
    """Simulated seconds to skip, so that the clock never goes back."""
    return MARGIN_S * max(1.0, factor)


def read_checkpoint(file: Path) -> dict[str, Any] | None:
    """The last checkpoint, None where there is none.

    Raises:
        CheckpointError: the file is there but broken.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CheckpointError(f"{file}: cannot be read ({error})") from error
    try:
        found = json.loads(text)
    except ValueError as error:
        raise CheckpointError(f"{file}: not a checkpoint ({error})") from error
    if not isinstance(found, dict):
        raise CheckpointError(f"{file}: not a checkpoint")
    return found


def write_atomically(file: Path, text: str) -> None:
    """Replaces a file; a reader or a crash sees the old or the new one, never a part."""
    part = file.with_name(file.name + ".part")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class CheckpointWriter:
    """Writes in a thread of its own, because a disk may take its time; skips when the last one is not done.

    `horizon_s` is the simulated time that may be reached before the next checkpoint is on disk: a restart resumes
    behind it. It is infinite where checkpoints cannot be written at all.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="checkpoint")
        self._running: tuple[Future[None], float] | None = None
        self.horizon_s = math.inf

    def write(self, memory: dict[str, Any], horizon_s: float) -> None:
        """Starts writing what allows time to go on to `horizon_s`."""
        if self._running is None:
            self._running = (self._thread.submit(write_atomically, self._file, json.dumps(memory)), horizon_s)

    def poll(self) -> str | None:
        """Looks whether the write is done; tells its error, once."""
        if self._running is None or not self._running[0].done():
            return None
        (done, horizon_s), self._running = self._running, None
        error = done.exception()
        self.horizon_s = horizon_s if error is None else math.inf
        return None if error is None else f"{self._file}: checkpoint not written ({error})"

    def write_now(self, memory: dict[str, Any], horizon_s: float) -> None:
        """Writes and waits."""
        write_atomically(self._file, json.dumps(memory))
        self.horizon_s = horizon_s

    def close(self, memory: dict[str, Any]) -> None:
        """Writes a last time and waits."""
        self._thread.shutdown(wait=True)
        write_atomically(self._file, json.dumps(memory))
