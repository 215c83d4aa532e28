"""The Speaker port: turns sentences into sound, or says honestly that it cannot."""

import logging
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a sentence ended."""

    ok: bool
    reason: str = ""
    code: int = 0
    blocked: bool = False
    lost: bool = False


class Utterance:
    """A sentence being spoken; ``outcome`` is set from another thread when it is over."""

    def __init__(self, outcome: Spoken | None = None) -> None:
        self.outcome = outcome


class Speaker(Protocol):
    """Speaks sentences one after another. Never raises."""

    def say(self, text: str, language: str) -> Utterance:
        """Begins to speak and returns at once."""

    @property
    def audible(self) -> bool:
        """Whether anybody can hear it."""

    @property
    def trouble(self) -> str:
        """Why nobody can, "" when all is well or sound is not wanted."""


class CaptionSpeaker:
    """No sound: captions carry the words."""

    audible = False

    def __init__(self, trouble: str = "") -> None:
        self.trouble = trouble

    def say(self, text: str, language: str) -> Utterance:  # noqa: ARG002
        """Ends at once: there is nothing to wait for."""
        return Utterance(Spoken(ok=True))


Speak = Callable[[str, str], None]
"""Speaks one sentence and returns when it is over; raises SpeechError."""


class SpeechError(RuntimeError):
    """No sound came out."""


def speak_in_worker(text: str, language: str, *, attempts: int = 3, timeout_s: float = 20.0) -> None:
    """Synthesizes and plays in a process of its own, which a driver of the sound card may take down.

    Raises SpeechError.
    """
    command = [sys.executable, "-m", "gangseo_voice.worker", language]
    reason = ""
    for _ in range(attempts):
        try:
            done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=timeout_s, check=False)
        except subprocess.TimeoutExpired:
            reason = f"no end after {timeout_s:.0f} s"
            continue
        if done.returncode == 0:
            return
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2] or f"exit status {done.returncode}"
    raise SpeechError(reason)


class VoiceSpeaker:
    """Speaks through ``speak`` in a thread; the first failure turns it silent and is reported once."""

    def __init__(self, speak: Speak = speak_in_worker) -> None:
        self._speak = speak
        self._waiting: queue.SimpleQueue[tuple[str, str, Utterance]] = queue.SimpleQueue()
        self.audible = True
        self.trouble = ""
        threading.Thread(target=self._work, name="voice", daemon=True).start()

    def say(self, text: str, language: str) -> Utterance:
        """Begins to speak; ends at once where there is no sound."""
        if not self.audible:
            return Utterance(Spoken(ok=True))
        utterance = Utterance()
        self._waiting.put((text, language, utterance))
        return utterance

    def _work(self) -> None:
        while True:
            text, language, utterance = self._waiting.get()
            if self.audible:
                self._say_one(text, language)
            utterance.outcome = Spoken(ok=self.audible, reason=self.trouble)

    def _say_one(self, text: str, language: str) -> None:
        try:
            self._speak(text, language)
        except (SpeechError, OSError) as error:
            self.trouble = str(error)
            self.audible = False
            log.warning("audio_unavailable captions_only reason=%s", error)


def missing_for_sound() -> str:
    """What the machine lacks to speak, "" when nothing."""
    if not (shutil.which("espeak-ng") or shutil.which("espeak")):
        return "espeak-ng is not installed"
    if not any(shutil.which(player) for player in PLAYERS):
        return f"no player of sound is installed (one of {', '.join(PLAYERS)})"
    return ""


PLAYERS = ("aplay", "paplay", "pw-play")


def make_speaker(audio: bool) -> Speaker:
    """The best speaker of this machine; a missing one is logged once and becomes captions."""
    if not audio:
        return CaptionSpeaker()
    trouble = missing_for_sound()
    if not trouble:
        return VoiceSpeaker()
    log.warning("audio_unavailable captions_only reason=%s", trouble)
    return CaptionSpeaker(trouble)
