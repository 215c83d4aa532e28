"""Speaks standard input in one language: synthesize to a file, check that it holds sound, play it.

Exit status 0 when sound was played, 1 with one line on standard error otherwise.
"""

import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from gangseo_voice.speaker import PLAYERS

MINIMUM_S = 0.2
LOUD_ENOUGH = 200


class SynthesisError(RuntimeError):
    """The engine made no sound."""


def synthesize(text: str, language: str, path: Path) -> None:
    """Writes a WAV file with pyttsx3. Raises SynthesisError."""
    import pyttsx3  # noqa: PLC0415

    try:
        engine = pyttsx3.init()
        voices = [v.id for v in engine.getProperty("voices") if language in str(v.languages) or v.id.endswith(language)]
        if voices:
            engine.setProperty("voice", voices[0])
        engine.save_to_file(text, str(path))
        engine.runAndWait()
    except (OSError, RuntimeError, ImportError, KeyError) as error:
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


def play(path: Path) -> None:
    """Plays a WAV file with what the machine has. Raises SynthesisError."""
    player = next((found for name in PLAYERS if (found := shutil.which(name))), None)
    if player is None:
        raise SynthesisError(f"no player of sound is installed (one of {', '.join(PLAYERS)})")
    done = subprocess.run([player, str(path)], capture_output=True, check=False)
    if done.returncode != 0:
        raise SynthesisError(f"{Path(player).name}: {done.stderr.decode(errors='replace').strip()}")


def main() -> int:
    """Speaks standard input."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sentence.wav"
        try:
            synthesize(sys.stdin.buffer.read().decode(), sys.argv[1], path)
            check_sound(path)
            play(path)
        except SynthesisError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
