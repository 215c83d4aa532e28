"""Rounds are due at the times of the place, whatever its clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangseo_backend.core.timetable import Timetable

EVERY_DAY = frozenset(range(7))
ZONES = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("posix"))
CHANGING = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia")
HOUR = timedelta(hours=1)


def table(zone: str, *starts: str, days: frozenset[int] = EVERY_DAY) -> Timetable:
    return Timetable(tuple(time.fromisoformat(start) for start in starts), days, zone)


def local(zone: str, *moments: datetime) -> list[str]:
    return [f"{moment.astimezone(ZoneInfo(zone)):%m-%d %H:%M}" for moment in moments]


def test_four_rounds_an_evening_in_seoul():
    seoul = table("Asia/Seoul", "19:00", "20:30", "22:00", "23:30")
    noon = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    due = seoul.due(noon, noon + timedelta(days=1))
    assert local("Asia/Seoul", *due) == ["11-22 19:00", "11-22 20:30", "11-22 22:00", "11-22 23:30"]
    assert seoul.next_due(due[0]) == [due[1]], "the moment itself has been"
    assert seoul.due(noon, due[0]) == [due[0]], "the moment itself is due"


def test_only_on_its_days():
    weekend = table("Asia/Seoul", "19:00", days=frozenset({5, 6}))
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    assert local("Asia/Seoul", *weekend.next_due(monday, 3)) == ["11-28 19:00", "11-29 19:00", "12-05 19:00"]


def test_a_time_that_the_clocks_leave_out_comes_as_much_later():
    berlin = table("Europe/Berlin", "01:30", "02:30", "04:00")
    night = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    due = berlin.due(night, night + timedelta(hours=8))
    assert local("Europe/Berlin", *due) == ["03-29 01:30", "03-29 03:30", "03-29 04:00"]
    assert due[1] - due[0] == HOUR


def test_a_time_that_comes_twice_is_due_once():
    berlin = table("Europe/Berlin", "02:30")
    night = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert berlin.due(night, night + timedelta(hours=10)) == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_two_starts_that_fall_on_one_moment_are_one():
    berlin = table("Europe/Berlin", "02:30", "03:30")
    night = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert local("Europe/Berlin", *berlin.due(night, night + timedelta(hours=8))) == ["03-29 03:30"]


def test_a_day_that_a_zone_left_out_does_not_stop_the_timetable():
    samoa = table("Pacific/Apia", "19:00", days=frozenset({4}))  # Friday 30 December 2011 never was
    before = datetime(2011, 12, 28, tzinfo=UTC)
    assert local("Pacific/Apia", *samoa.next_due(before, 2)) == ["12-31 19:00", "01-06 19:00"]


moments = st.integers(0, 34 * 366 * 86_400).map(lambda s: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
tables = st.builds(
    lambda starts, days, zone: Timetable(tuple(starts), days, zone),
    st.lists(st.builds(time, st.integers(0, 23), st.integers(0, 59)), min_size=1, max_size=6, unique=True),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.one_of(st.sampled_from(CHANGING), st.sampled_from(ZONES)),
)


@settings(deadline=None)
@given(tables, moments, st.lists(st.floats(0.0, 90.0), max_size=6))
def test_however_time_is_cut_every_round_is_due_once(timetable, after, days):
    cuts = sorted({after, *(after + timedelta(days=day) for day in days)})
    whole = timetable.due(cuts[0], cuts[-1])
    parts = [moment for begin, end in pairwise(cuts) for moment in timetable.due(begin, end)]
    assert parts == whole
    assert whole == sorted(set(whole))
    assert all(cuts[0] < moment <= cuts[-1] for moment in whole)


@settings(deadline=None)
@given(tables, moments)
def test_every_local_time_that_exists_once_is_due_exactly_once_on_its_days(timetable, after):
    zone = ZoneInfo(timetable.timezone)
    until = after + timedelta(days=20)
    due = timetable.due(after, until)
    shown = [moment.astimezone(zone).replace(tzinfo=None) for moment in due]
    day: date = (after + timedelta(days=2)).astimezone(zone).date()
    while day < (until - timedelta(days=2)).astimezone(zone).date():
        for start in timetable.starts:
            wanted = datetime.combine(day, start)
            there = [wanted.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
            exists_once = there[0] == there[1] and there[0].astimezone(zone).replace(tzinfo=None) == wanted
            if exists_once:
                assert shown.count(wanted) == (1 if day.weekday() in timetable.days else shown.count(wanted))
                assert day.weekday() not in timetable.days or there[0] in due
        day += timedelta(days=1)


@settings(deadline=None)
@given(tables, moments)
def test_the_next_rounds_are_those_that_will_be_due(timetable, after):
    coming = timetable.next_due(after, 3)
    assert coming == timetable.due(after, coming[-1])
    assert len(coming) == 3
    assert coming[0] - after <= timedelta(days=9)


@pytest.mark.parametrize("zone", CHANGING)
def test_a_year_has_its_rounds_in_zones_that_change_their_clocks(zone):
    year = table(zone, "00:15", "02:30", "19:00").due(
        datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert len(year) == 3 * 365
