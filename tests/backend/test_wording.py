"""Texts of robots with the site's names instead of ids."""

import pytest

from gangseo_backend.core.texts import LocalText
from gangseo_backend.fleet.wording import Wording
from gangseo_protocol.vda5050 import Error, ErrorLevel, ErrorReference, Translation


@pytest.fixture
def wording(site) -> Wording:
    return Wording(site)


def error(error_type: str, translations: tuple[str, str] | None = None, **about: str) -> Error:
    ko, en = translations or ("", "")
    return Error(
        error_type=error_type,
        error_level=ErrorLevel.WARNING,
        error_description=en or None,
        error_description_translations=(
            Translation(translation_key="ko", translation_value=ko),
            Translation(translation_key="en", translation_value=en),
        )
        if translations
        else None,
        error_references=tuple(ErrorReference(reference_key=k, reference_value=v) for k, v in about.items()) or None,
    )


@pytest.mark.parametrize(
    ("key", "values", "ko", "en"),
    [
        ("waiting.driving", {"node": "s1"}, "bench 1 자리 쪽으로 이동 중입니다", "Driving to bench 1"),
        ("waiting.driving", {"node": "n4"}, "다음 지점 쪽으로 이동 중입니다", "Driving to the next point"),
        ("waiting.driving", {"node": "d0"}, "depot 자리 쪽으로 이동 중입니다", "Driving to depot"),
        ("waiting.docking", {"station": "charger_00"}, "charger 0 자리에 도킹하고 있습니다", "Docking at charger 0"),
        (
            "waiting.crosswalk_grant",
            {"crosswalk": "crosswalk_01"},
            "crosswalk 자리 통행 허가를 기다리고 있습니다",
            "Waiting for permission to use crosswalk",
        ),
        ("waiting.driving", {"node": "nowhere"}, "nowhere 쪽으로 이동 중입니다", "Driving to nowhere"),
        ("waiting.driving", {}, "waiting.driving", "waiting.driving"),
        ("waiting.never_heard_of", {"node": "s1"}, "waiting.never_heard_of", "waiting.never_heard_of"),
    ],
)
def test_waiting_names_places_not_ids(wording, key, values, ko, en):
    said = wording.say(key, values)
    assert (said.key, said.ko, said.en) == (key, ko, en)


def test_error_is_told_anew_with_names_when_its_values_suffice(wording):
    words = ("s1까지 가지 못했습니다 (주행 오류 205)", "Could not reach s1 (navigation error 205)")
    said = wording.error(error("navigationFailed", words, nodeId="s1", node="s1", code="205"))
    assert said.ko == "bench 1 자리까지 가지 못했습니다 (주행 오류 205)"
    assert said.en == "Could not reach bench 1 (navigation error 205)"


def test_error_names_bins_steps_and_robots(wording):
    assert wording.error(error("binFull", stream="can", percent="90")).ko == "캔 수거함이 가득 찼습니다 (90%)"
    assert wording.error(error("collision", bodies="robot_02, tree_7")).en == "Contact with robot 2, tree_7"
    assert wording.error(error("actionFailed", action="dock", reason="slip")).ko.startswith("작업 정위치에 대기에")


def test_error_of_unknown_kind_keeps_the_robots_words_with_names(wording):
    words = ("s1에서 바퀴가 헛돌았습니다. s10은 괜찮습니다", "Wheels slipped at s1, near n4; s10 is fine")
    said = wording.error(error("wheelSlip", words, nodeId="s1", node="n4"))
    assert said.ko == "bench 1 자리에서 바퀴가 헛돌았습니다. s10은 괜찮습니다"
    assert said.en == "Wheels slipped at bench 1, near the next point; s10 is fine"


def test_error_with_too_few_values_keeps_the_robots_words(wording):
    said = wording.error(error("pathBlocked", ("s1 길이 막힘", "s1 blocked"), nodeId="s1"))
    assert (said.ko, said.en) == ("bench 1 자리 길이 막힘", "bench 1 blocked")


def test_error_without_any_words_is_its_type(wording):
    assert wording.error(error("somethingElse")).ko == "somethingElse"


def test_a_hint_is_told_in_both_languages_and_a_stranger_s_in_his_own(wording):
    translations = (Translation(translation_key="ko", translation_value="기다리세요"),)
    error = Error(
        error_type="x", error_level=ErrorLevel.URGENT, error_hint="Wait", error_hint_translations=translations
    )
    assert wording.hint(error) == LocalText(ko="기다리세요", en="Wait")
    assert wording.hint(Error(error_type="x", error_level=ErrorLevel.URGENT)) is None
