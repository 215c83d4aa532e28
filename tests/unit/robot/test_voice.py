"""The voice: sound where there is some, captions always, trouble told once."""

import shutil
import struct
import time
import wave

import pytest

from gangseo_voice.speaker import CaptionSpeaker, SpeechError, VoiceSpeaker, make_speaker, speak_in_worker
from gangseo_voice.worker import SynthesisError, check_sound, synthesize


def over(utterance):
    end = time.monotonic() + 5
    while utterance.outcome is None:
        assert time.monotonic() < end
        time.sleep(0.005)
    return utterance.outcome


def test_sentences_are_spoken_one_after_another():
    spoken = []
    speaker = VoiceSpeaker(lambda text, language: spoken.append((language, text)))
    utterances = [speaker.say(text, "ko") for text in ("하나", "둘")]
    assert all(over(utterance).ok for utterance in utterances)
    assert spoken == [("ko", "하나"), ("ko", "둘")]
    assert speaker.audible


def test_a_broken_voice_turns_silent_and_is_told_once(caplog):
    calls = []

    def speak(text, language):
        calls.append((text, language))
        raise SpeechError("no sound card")

    speaker = VoiceSpeaker(speak)
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


@pytest.mark.slow
def test_the_worker_tells_why_there_is_no_sound_or_speaks(tmp_path):
    if shutil.which("espeak-ng"):
        synthesize("안녕하세요", "ko", tmp_path / "hello.wav")
        assert check_sound(tmp_path / "hello.wav") > 0.3
    else:
        with pytest.raises(SpeechError) as caught:
            speak_in_worker("안녕하세요", "ko", attempts=1)
        assert str(caught.value)
