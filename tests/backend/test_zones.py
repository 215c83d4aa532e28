"""Crosswalk grants: one robot at a time, with a lease."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.small_site import build_site
from gangseo_backend.fleet.zones import Grant, Request, decide, zone_set
from gangseo_protocol.vda5050 import GrantType

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LEASE = timedelta(seconds=60)
ZONE = {"z"}


def ask(robot: str, *, granted: bool = False) -> Request:
    return Request(robot, f"req-{robot}", "z", granted)


def test_first_gets_it_second_is_queued_until_first_has_left():
    held, answers = decide([ask("a"), ask("b")], {}, {"a", "b"}, ZONE, NOW, LEASE)
    assert held["z"].robot_id == "a"
    assert [answer.response.grant_type for answer in answers] == [GrantType.GRANTED, GrantType.QUEUED]
    held, answers = decide([ask("b")], held, {"a", "b"}, ZONE, NOW, LEASE)
    assert held["z"].robot_id == "b"


def test_lease_is_renewed_at_half_time_and_silence_keeps_it_until_its_end():
    held = {"z": Grant("a", "req-a", NOW + LEASE)}
    same, answers = decide([ask("a", granted=True)], held, {"a"}, ZONE, NOW, LEASE)
    assert (same, answers) == (held, [])
    later = NOW + LEASE * 0.6
    renewed, answers = decide([ask("a", granted=True)], held, {"a"}, ZONE, later, LEASE)
    assert renewed["z"].lease_expiry == later + LEASE
    silent, _ = decide([ask("b")], held, {"b"}, ZONE, later, LEASE)
    assert silent["z"].robot_id == "a"
    over, _ = decide([ask("b")], held, {"b"}, ZONE, NOW + LEASE * 1.1, LEASE)
    assert over["z"].robot_id == "b"


def test_nobody_is_let_in_where_another_robot_stands_unasked():
    others = {"z": {"by_hand"}}
    held, answers = decide([ask("a")], {}, {"a", "by_hand"}, ZONE, NOW, LEASE, others)
    assert held == {}
    assert answers[0].response.grant_type is GrantType.QUEUED
    held, answers = decide([ask("a")], {}, {"a"}, ZONE, NOW, LEASE, {"z": {"a"}})
    assert answers[0].response.grant_type is GrantType.GRANTED
    kept, _ = decide([ask("a", granted=True)], held, {"a", "by_hand"}, ZONE, NOW, LEASE, others)
    assert kept == held, "who is on its way over keeps it"


def test_unknown_zone_is_rejected():
    _, answers = decide([Request("a", "r", "nowhere", granted=False)], {}, {"a"}, ZONE, NOW, LEASE)
    assert answers[0].response.grant_type is GrantType.REJECTED


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.booleans()), max_size=30))
def test_never_two_holders(turns):
    asking: dict[str, bool] = {}
    held: dict[str, Grant] = {}
    now = NOW
    for robot, wants in turns:
        now += timedelta(seconds=7)
        if wants:
            asking.setdefault(robot, False)
        else:
            asking.pop(robot, None)
        before = held.get("z")
        held, answers = decide([ask(r, granted=g) for r, g in asking.items()], held, set("abcd"), ZONE, now, LEASE)
        granted = [a.robot_id for a in answers if a.response.grant_type is GrantType.GRANTED]
        assert len(set(granted)) <= 1
        if before is not None and before.robot_id in asking:
            assert held["z"].robot_id == before.robot_id
        for robot_id in granted:
            asking[robot_id] = True


def test_zone_set_fits_the_official_schema(vda5050_schemas):
    import json

    import jsonschema

    from gangseo_protocol.vda5050 import ZoneSetMessage

    message = ZoneSetMessage(header_id=1, timestamp=NOW, serial_number="robot_01", zone_set=zone_set(build_site()))
    schema = json.loads((vda5050_schemas / "zoneSet.schema").read_text(encoding="utf-8"))
    jsonschema.validate(message.to_wire(), schema)
