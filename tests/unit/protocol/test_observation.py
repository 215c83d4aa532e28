"""Observations on the wire, and our own topics beside those of VDA 5050."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gangseo_protocol import topics
from gangseo_protocol.ids import new_id
from gangseo_protocol.observation import LARGEST_PICTURE_BYTES, Observation, ObservationReceived
from gangseo_protocol.site import Site
from unit.robot.little_park import little_park

MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
texts = st.text(min_size=1, max_size=64)


@st.composite
def observations(draw) -> Observation:
    return Observation(
        observation_id=new_id(),
        round_id=draw(texts),
        point_id=draw(texts),
        taken_at=MOMENT + timedelta(milliseconds=draw(st.integers(0, 10**9))),
        people_seen=draw(st.none() | st.integers(0, 10_000)),
        jpeg=draw(st.none() | st.binary(min_size=4, max_size=300)),
    )


@given(observations())
def test_an_observation_reads_back_as_itself(seen):
    assert Observation.model_validate_json(seen.to_json()) == seen
    wire = json.loads(seen.to_json())
    assert ("jpeg" in wire) == (seen.jpeg is not None)
    assert seen.jpeg is None or base64.b64decode(wire["jpeg"]) == seen.jpeg


@given(st.none() | texts)
def test_the_answer_reads_back_as_itself(refused):
    answer = ObservationReceived(observation_id=new_id(), refused=refused)
    assert ObservationReceived.model_validate_json(answer.to_json()) == answer


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("observationId", "3f2b1c0a-0000-4000-8000-000000000000"),  # not version 7
        ("observationId", ""),
        ("roundId", ""),
        ("takenAt", "2026-11-22T10:00:00"),  # no zone
        ("peopleSeen", -1),
        ("peopleSeen", "3"),
        ("jpeg", "!!!!"),
        ("jpeg", base64.b64encode(bytes(LARGEST_PICTURE_BYTES + 1)).decode()),
    ],
)
def test_what_is_wrong_is_told_by_its_name(field, value):
    seen = Observation(
        observation_id=new_id(), round_id="r", point_id="p", taken_at=MOMENT, people_seen=1, jpeg=b"\xff\xd8\xff\xd9"
    )
    with pytest.raises(ValidationError, match=field):
        Observation.model_validate_json(json.dumps(seen.to_wire() | {field: value}))


def test_the_largest_picture_fits_the_largest_message_of_the_broker():
    seen = Observation(
        observation_id=new_id(), round_id="r" * 64, point_id="p" * 64, taken_at=MOMENT, people_seen=10_000,
        jpeg=bytes(LARGEST_PICTURE_BYTES),
    )  # fmt: skip
    assert len(seen.to_json()) < 1_000_000


def test_topics_of_both_families_are_told_apart():
    for name in (*topics.OWN_FROM_ROBOT, *topics.OWN_TO_ROBOT):
        text = topics.topic("robot_01", name)
        assert text == f"gangseo/v1/robot_01/{name}"
        assert topics.parse_own_topic(text) == ("robot_01", name)
        assert topics.parse_topic(text) is None
    for name in (*topics.FROM_ROBOT, *topics.TO_ROBOT):
        text = topics.topic("robot_01", name)
        assert topics.parse_topic(text) == ("gangseo", "robot_01", name)
        assert topics.parse_own_topic(text) is None
    for stray in ("", "gangseo/v1/robot_01", "gangseo/v2/robot_01/observation", "gangseo/v1/robot_01/state"):
        assert topics.parse_own_topic(stray) is None


def test_a_site_of_before_has_no_patrols():
    old = json.loads(little_park().to_json())
    old.pop("patrols", None)
    assert Site.model_validate_json(json.dumps(old)).patrols == ()


def test_ids_sort_by_the_time_of_making():
    made = [new_id() for _ in range(1000)]
    assert made == sorted(set(made))
