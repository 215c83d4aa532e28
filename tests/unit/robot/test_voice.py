"""The voice: sound where there is some, captions always, trouble told once."""

import math
import shutil
import struct
import sys
import time
import wave
from types import SimpleNamespace

import pytest

from gangseo_protocol.messages import text
from gangseo_voice.playing import PlayError, play, probe
from gangseo_voice.speaker import CaptionSpeaker, SpeechError, VoiceSpeaker, make_speaker, speak_in_worker
from gangseo_voice.worker import SynthesisError, check_sound, choose_voice, synthesize


def over(utterance, limit_s=5.0):
    end = time.monotonic() + limit_s
    while utterance.outcome is None:
        assert time.monotonic() < end
        time.sleep(0.005)
    return utterance.outcome


def test_sentences_are_spoken_one_after_another():
    spoken = []
    speaker = VoiceSpeaker(lambda text, language: spoken.append((language, text)), lambda: None)
    utterances = [speaker.say(text, "ko") for text in ("하나", "둘")]
    assert all(over(utterance).ok for utterance in utterances)
    assert spoken == [("ko", "하나"), ("ko", "둘")]
    assert speaker.audible


def test_a_broken_voice_turns_silent_and_is_told_once(caplog):
    calls = []

    def speak(text, language):
        calls.append((text, language))
        raise SpeechError("no sound card")

    speaker = VoiceSpeaker(speak, lambda: None)
    assert not over(speaker.say("하나", "ko")).ok
    assert not speaker.audible
    assert speaker.trouble == "no sound card"
    assert over(speaker.say("둘", "ko")).ok
    assert len(calls) == 1
    assert caplog.text.count("audio_unavailable") == 1


def test_no_sound_wanted_is_no_trouble():
    speaker = make_speaker(audio=False)
    assert isinstance(speaker, CaptionSpeaker)
    assert speaker.trouble == ""
    assert speaker.say("하나", "ko").outcome.ok


def test_a_machine_without_espeak_says_so(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert make_speaker(audio=True).trouble == "espeak-ng is not installed"


def write_sound(path, samples):
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def test_sound_is_checked(tmp_path):
    path = tmp_path / "a.wav"
    write_sound(path, [0, 5000] * 4000)
    assert check_sound(path) == pytest.approx(1.0)
    write_sound(path, [0] * 8000)
    with pytest.raises(SynthesisError, match="empty"):
        check_sound(path)
    write_sound(path, [])
    with pytest.raises(SynthesisError, match="empty"):
        check_sound(path)
    path.write_bytes(b"")
    with pytest.raises(SynthesisError, match="no sound file"):
        check_sound(path)


needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed: no voice to test")


@needs_espeak
def test_the_korean_offer_becomes_sound_of_plausible_length(tmp_path):
    path = tmp_path / "offer.wav"
    synthesize(text("recycling.offer", "ko", seconds=30), "ko", path)
    seconds = check_sound(path)
    with wave.open(str(path)) as sound:
        samples = memoryview(sound.readframes(sound.getnframes())).cast("h")
    loudness = math.sqrt(sum(s * s for s in samples) / len(samples))
    assert 3.0 < seconds < 10.0
    assert loudness > 500


@needs_espeak
def test_a_language_nobody_speaks_is_told(tmp_path):
    with pytest.raises(SynthesisError, match="no voice for 'zz'"):
        synthesize("hello", "zz", tmp_path / "a.wav")


def test_the_plain_voice_of_a_language_is_chosen():
    tags = ["af", "en-029", "en-gb", "en-us", "kok", "ko", "pt-br"]
    voices = [SimpleNamespace(id=f"family/{tag}", languages=[tag]) for tag in tags]
    assert choose_voice(voices, "ko") == "family/ko"
    assert choose_voice(voices, "en") == "family/en-gb"
    assert choose_voice(voices, "pt") == "family/pt-br"


def worker(tmp_path, fails):
    """A worker that fails some times before it speaks; each start leaves a line."""
    code = (
        "import sys; from pathlib import Path; starts = Path(sys.argv[1]);"
        "starts.open('a').write(sys.argv[3] + sys.stdin.read() + '\\n');"
        "sys.exit('the sound made is empty (0.00 s)' if len(starts.read_text().split()) <= int(sys.argv[2]) else 0)"
    )
    return (sys.executable, "-c", code, str(tmp_path / "starts"), str(fails))


def test_an_empty_file_is_made_again(tmp_path):
    speak_in_worker("하나", "ko", worker=worker(tmp_path, 2))
    assert (tmp_path / "starts").read_text().split() == ["ko하나"] * 3
    with pytest.raises(SpeechError, match="the sound made is empty"):
        speak_in_worker("둘", "ko", worker=worker(tmp_path, 99))


def test_a_hanging_worker_is_ended_with_all_it_started(tmp_path):
    left = tmp_path / "left"
    hanging = ("sh", "-c", f"(sleep 0.5; touch {left}) & sleep 60")
    with pytest.raises(SpeechError, match="no end after"):
        speak_in_worker("하나", "ko", worker=hanging, attempts=1, timeout_s=0.1)
    time.sleep(0.6)
    assert not left.exists()


@pytest.fixture
def players(tmp_path, monkeypatch):
    """A machine with just these players, each a line of shell."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def install(**programs):
        for name, line in programs.items():
            (folder / name).write_text(f"#!/bin/sh\n{line}\n")
            (folder / name).chmod(0o755)

    return install


NO_CARD = "echo 'ALSA lib: cannot find card' >&2; echo 'audio open error: No such file or directory' >&2; exit 1"


def test_the_first_player_that_can_plays(tmp_path, players):
    players(aplay=NO_CARD, paplay=f'echo "$1" > {tmp_path}/played')
    play(tmp_path / "a.wav")
    assert (tmp_path / "played").read_text().strip() == str(tmp_path / "a.wav")


def test_a_machine_without_a_sound_device_says_so_before_the_first_sentence(players, caplog):
    players(aplay=NO_CARD, **{"espeak-ng": ""})
    with pytest.raises(PlayError, match="aplay: audio open error"):
        probe()
    speaker = make_speaker(audio=True)
    end = time.monotonic() + 5
    while not speaker.trouble:
        assert time.monotonic() < end
        time.sleep(0.005)
    assert not speaker.audible
    assert over(speaker.say("하나", "ko")).ok
    assert caplog.text.count("audio_unavailable") == 1


def test_a_machine_without_a_player_says_so(players):
    players(**{"espeak-ng": ""})
    assert "no player of sound is installed" in make_speaker(audio=True).trouble
    with pytest.raises(PlayError, match="no player"):
        probe()


@needs_espeak
@pytest.mark.slow
def test_a_sentence_goes_through_engine_and_player(tmp_path, monkeypatch):
    """The whole way with the real engine; only the loudspeaker is a file."""
    player = tmp_path / "aplay"
    player.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/heard.wav\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    speaker = make_speaker(audio=True)
    spoken = over(speaker.say(text("recycling.offer", "ko", seconds=30), "ko"), 20)
    assert spoken.ok, spoken.reason
    assert speaker.audible
    assert check_sound(tmp_path / "heard.wav") > 3.0
