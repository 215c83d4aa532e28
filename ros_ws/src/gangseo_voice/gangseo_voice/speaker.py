"""The Speaker port: turns sentences into sound, or says honestly that it cannot."""

import logging
import queue
import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from gangseo_voice.playing import PLAYERS, PlayError, installed_players, probe, run_to_end

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


WORKER = (sys.executable, "-m", "gangseo_voice.worker")


def speak_in_worker(
    text: str, language: str, *, worker: Sequence[str] = WORKER, attempts: int = 3, timeout_s: float = 20.0
) -> None:
    """Synthesizes and plays in a process of its own, which a driver of the sound card may take down.

    A fresh process each attempt, as the engine at times writes an empty file. Raises SpeechError.
    """
    reason = ""
    for _ in range(attempts):
        reason = run_to_end([*worker, language], text.encode(), timeout_s)
        if not reason:
            return
    raise SpeechError(reason)


class VoiceSpeaker:
    """Speaks through ``speak`` in a thread; the first failure turns it silent and is reported once."""

    def __init__(self, speak: Speak = speak_in_worker, check: Callable[[], None] = probe) -> None:
        """``check`` runs first and raises PlayError where no sound can come out."""
        self._speak, self._check = speak, check
        self._waiting: queue.SimpleQueue[tuple[str, str, Utterance]] = queue.SimpleQueue()
        self._checked = threading.Event()
        self.trouble = ""
        threading.Thread(target=self._work, name="voice", daemon=True).start()

    @property
    def audible(self) -> bool:
        """Whether sound has been proved to come out and has not failed since."""
        return self._checked.is_set() and not self.trouble

    def say(self, text: str, language: str) -> Utterance:
        """Begins to speak; ends at once where there is no sound."""
        if self.trouble:
            return Utterance(Spoken(ok=True))
        utterance = Utterance()
        self._waiting.put((text, language, utterance))
        return utterance

    def _work(self) -> None:
        self._watch(self._check)
        self._checked.set()
        while True:
            text, language, utterance = self._waiting.get()
            if not self.trouble:
                self._watch(partial(self._speak, text, language))
            utterance.outcome = Spoken(ok=not self.trouble, reason=self.trouble)

    def _watch(self, sound: Callable[[], None]) -> None:
        try:
            sound()
        except (SpeechError, PlayError, OSError) as error:
            self.trouble = str(error) or type(error).__name__
            log.warning("audio_unavailable captions_only reason=%s", self.trouble)


def missing_for_sound() -> str:
    """What the machine lacks to speak, "" when nothing."""
    if not (shutil.which("espeak-ng") or shutil.which("espeak")):
        return "espeak-ng is not installed"
    if not installed_players():
        return f"no player of sound is installed (one of {', '.join(PLAYERS)})"
    return ""


def make_speaker(audio: bool) -> Speaker:
    """The best speaker of this machine; a missing one is logged once and becomes captions."""
    if not audio:
        return CaptionSpeaker()
    trouble = missing_for_sound()
    if not trouble:
        return VoiceSpeaker()
    log.warning("audio_unavailable captions_only reason=%s", trouble)
    return CaptionSpeaker(trouble)
