"""Texts people read: complete in every language, with the fields the robot fills in."""

import re
import string
from pathlib import Path

import pytest

import gangseo_protocol.info as info_types
import gangseo_robot
from gangseo_protocol.messages import LANGUAGES, UnknownTextError, catalog, text, translations


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_text_is_there_in_every_language_with_the_same_fields():
    keys = {language: catalog(language).keys() for language in LANGUAGES}
    assert keys["ko"] == keys["en"]
    for key in keys["ko"]:
        assert fields(catalog("ko")[key]) == fields(catalog("en")[key]), key


def test_the_offer_is_the_sentence_of_the_pilot():
    assert text("recycling.offer", "ko", seconds=30) == "재활용품을 수거함에 버려주세요. 30초 뒤에 출발합니다"


def test_every_error_type_has_a_text_and_a_hint():
    names = ["WAITING_REASON", "UTTERANCE", "COUNTDOWN", "BIN", "COMPARTMENT", "BUILD"]
    types = [v for k, v in vars(info_types).items() if k.isupper() and k not in names]
    for error_type in types:
        assert f"error.{error_type}" in catalog("ko")
        assert f"hint.{error_type}" in catalog("ko")


def test_every_reason_to_wait_named_in_the_robot_has_a_text():
    folder = Path(gangseo_robot.__file__).parent
    roots = [folder, *(folder.parents[1] / f"gangseo_{role}" for role in ("recycling", "delivery", "patrol"))]
    named = {
        key
        for root in roots
        for path in root.rglob("*.py")
        for key in re.findall(r'"(waiting\.\w+)"', path.read_text())
    }
    assert len(named) > 20
    assert named <= catalog("ko").keys()


def test_missing_keys_and_fields_are_named():
    with pytest.raises(UnknownTextError, match=r"no\.such"):
        text("no.such")
    with pytest.raises(UnknownTextError, match="seconds"):
        text("recycling.offer")


def test_translations_carry_both_languages():
    assert [t.translation_key for t in translations("waiting.idle", {})] == ["ko", "en"]
