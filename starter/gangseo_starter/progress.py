"""Shows what set-up is doing: a live line on a terminal, plain lines elsewhere."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from gangseo_starter.errors import StartError

_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_TAIL_LINES = 25


class Step(AbstractContextManager["Step"]):
    """One step of set-up with its elapsed time and latest detail."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._detail = ""
        self._begin = time.monotonic()
        self._done = threading.Event()
        self._live = sys.stdout.isatty()
        self._thread = threading.Thread(target=self._animate, daemon=True)

    def __enter__(self) -> Self:
        if self._live:
            self._thread.start()
        else:
            _tell(f"… {self._title}\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        if self._live:
            self._thread.join()
            _tell("\r\x1b[2K")
        mark = "✓" if kind is None else "✗"
        _tell(f"{mark} {self._title} ({time.monotonic() - self._begin:.1f} s)\n")

    def detail(self, text: str) -> None:
        """What is going on right now."""
        self._detail = text.strip()

    def _animate(self) -> None:
        frame = 0
        while not self._done.wait(0.1):
            frame += 1
            seconds = time.monotonic() - self._begin
            line = f"{_FRAMES[frame % len(_FRAMES)]} {self._title} {seconds:4.0f} s  {self._detail}"
            _tell("\r\x1b[2K" + line[:110])

    def run(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        remedy: str = "",
        detail_of: Callable[[str], str | None] = lambda line: line,
    ) -> str:
        """Runs a command and gives its output; raises StartError with the tail when it fails."""
        lines: list[str] = []
        try:
            process = subprocess.Popen(
                [str(word) for word in command], cwd=cwd, env=dict(env) if env is not None else None,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            )  # fmt: skip
        except OSError as err:
            raise StartError(f"cannot run {command[0]}: {err.strerror}", remedy) from err
        with process:
            for line in process.stdout or ():
                lines.append(line)
                detail = detail_of(line)
                if detail:
                    self.detail(detail)
        if process.returncode:
            tail = "".join(lines[-_TAIL_LINES:])
            raise StartError(f"{self._title} failed ({command[0]}, status {process.returncode}):\n{tail}", remedy)
        return "".join(lines)


def _tell(text: str) -> None:
    """Write at once; with the terminal closed nobody reads it, and what is under way goes on."""
    with suppress(OSError):
        sys.stdout.write(text)
        sys.stdout.flush()
