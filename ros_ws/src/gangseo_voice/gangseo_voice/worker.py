"""Speaks standard input in one language: synthesize to a file, check that it holds sound, play it.

Exit status 0 when sound was played, 1 with one line on standard error otherwise.
"""

import sys
import tempfile
import wave
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from gangseo_voice.playing import PlayError, play

MINIMUM_S = 0.2
LOUD_ENOUGH = 200


class SynthesisError(RuntimeError):
    """The engine made no sound."""


class Voice(Protocol):
    """A voice as pyttsx3 lists it."""

    id: str
    languages: list[str]


def choose_voice(voices: Iterable[Voice], language: str) -> str:
    """Id of the voice of a language: the plain one first, then its common variety. Raises SynthesisError."""
    wanted = (language, f"{language}-gb", f"{language}-us")
    spoken = {str(tag).lower(): voice.id for voice in reversed([*voices]) for tag in voice.languages}
    found = next((spoken[tag] for tag in wanted if tag in spoken), None)
    found = found or next((spoken[tag] for tag in sorted(spoken) if tag.startswith(f"{language}-")), None)
    if found is None:
        raise SynthesisError(f"espeak-ng has no voice for {language!r}; install espeak-ng-data")
    return found


def synthesize(text: str, language: str, path: Path) -> None:
    """Writes a WAV file with pyttsx3. Raises SynthesisError."""
    import pyttsx3  # noqa: PLC0415

    try:
        engine = pyttsx3.init()
        engine.setProperty("voice", choose_voice(engine.getProperty("voices"), language))
        engine.save_to_file(text, str(path))
        engine.runAndWait()
    except (OSError, RuntimeError, ImportError, KeyError, ValueError) as error:
        raise SynthesisError(f"pyttsx3: {error}") from error


def check_sound(path: Path) -> float:
    """Seconds of sound in a WAV file. Raises SynthesisError for an empty or silent one."""
    try:
        with wave.open(str(path)) as sound:
            frames = sound.readframes(sound.getnframes())
            width, rate, channels = sound.getsampwidth(), sound.getframerate(), sound.getnchannels()
    except (OSError, EOFError, wave.Error) as error:
        raise SynthesisError(f"no sound file was made: {error}") from error
    seconds: float = len(frames) / (width * channels * rate)
    samples = memoryview(frames[: len(frames) - len(frames) % 2]).cast("h") if width == 2 else memoryview(frames)
    if seconds < MINIMUM_S or max((abs(s) for s in samples), default=0) < LOUD_ENOUGH:
        raise SynthesisError(f"the sound made is empty ({seconds:.2f} s)")
    return seconds


def main() -> int:
    """Speaks standard input."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentence.wav"
        try:
            synthesize(sys.stdin.buffer.read().decode(), sys.argv[1], path)
            check_sound(path)
            play(path)
        except (SynthesisError, PlayError) as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
