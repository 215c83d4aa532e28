"""Plays sound files with whichever player the machine has."""

import os
import shutil
import signal
import subprocess
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path

PLAYERS = ("aplay", "paplay", "pw-play")
PROBE_S = 0.05
PROBE_PATIENCE_S = 5.0


class PlayError(RuntimeError):
    """No sound came out of the machine."""


def run_to_end(command: Sequence[str], given: bytes, timeout_s: float) -> str:
    """Runs a program; the last words of a failed one, "" when it ended well. Takes its children down with it."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            _, complaint = process.communicate(given, timeout_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return f"no end after {timeout_s:.0f} s"
    if process.returncode == 0:
        return ""
    words = complaint.decode(errors="replace").strip().rpartition("\n")[2]
    return words or f"exit status {process.returncode}"


def installed_players() -> tuple[str, ...]:
    """Players of this machine, best first."""
    return tuple(found for name in PLAYERS if (found := shutil.which(name)))


def play(path: Path, timeout_s: float = 60.0) -> None:
    """Plays a WAV file with the first player that can. Raises PlayError with what each said."""
    players = installed_players()
    if not players:
        raise PlayError(f"no player of sound is installed (one of {', '.join(PLAYERS)})")
    complaints = []
    for player in players:
        complaint = run_to_end([player, str(path)], b"", timeout_s)
        if not complaint:
            return
        name = Path(player).name
        complaints.append(f"{name}: {complaint.removeprefix(f'{name}: ')}")
    raise PlayError("; ".join(complaints))


def probe() -> None:
    """Plays a moment of silence, which needs a sound device as words do. Raises PlayError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "silence.wav"
        with wave.open(str(path), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(22050)
            sound.writeframes(bytes(2 * int(22050 * PROBE_S)))
        play(path, PROBE_PATIENCE_S)
