"""Figures of the service: right sums, by the days of the place."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.conftest import wait_until
from gangseo_backend.core.texts import LocalText
from gangseo_backend.fleet import robot_days
from gangseo_backend.fleet.figures import day_figures, percentile
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.models import MissionRow
from gangseo_backend.fleet.public import MissionKind, MissionState
from gangseo_backend.fleet.usage import Sighting, Usage, between

START = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def mission(arrived_s: float | None, state: MissionState = MissionState.FINISHED, **values) -> MissionRow:
    arrived_at = None if arrived_s is None else START + timedelta(seconds=arrived_s)
    return MissionRow(
        id="m", kind=MissionKind.COLLECT, state=state, target_node_id="s", created_at=START,
        arrived_at=arrived_at, **values
    )  # fmt: skip


@given(st.lists(st.floats(0, 1e4), min_size=1), st.sampled_from([0.5, 0.95, 1.0]))
def test_a_percentile_is_a_value_that_the_share_does_not_exceed(values, share):
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


def test_a_day_counts_calls_by_how_they_ended():
    day = day_figures(
        "2026-11-26",
        [
            mission(60.0),
            mission(100.0, attempt=2),
            mission(130.0),
            mission(None, MissionState.CANCELED),
            mission(None, MissionState.FAILED, reason_key="reason.robot_silent"),
            mission(None, MissionState.QUEUED),
        ],
        factor=1.0,
        target_s=120.0,
    )
    assert (day.missions, day.served, day.canceled, day.failed, day.reassigned) == (6, 3, 1, 1, 1)
    assert (day.arrival_p50_s, day.arrival_p95_s, day.on_time) == (100.0, 130.0, pytest.approx(2 / 3))
    assert [cause.count for cause in day.causes] == [1]
    assert day.causes[0].text.ko != "reason.robot_silent"


def test_a_day_without_calls_has_no_times():
    day = day_figures("2026-11-26", [], factor=8.0, target_s=120.0)
    assert (day.missions, day.arrival_p50_s, day.done_p50_s, day.on_time) == (0, None, None, None)


def test_work_without_a_target_has_times_all_the_same():
    finished = mission(60.0, ended_at=START + timedelta(seconds=200))
    failed = mission(70.0, MissionState.FAILED, ended_at=START + timedelta(seconds=900))
    day = day_figures("2026-11-26", [finished, failed], factor=1.0, target_s=None)
    assert (day.arrival_p95_s, day.done_p50_s, day.done_p95_s, day.on_time) == (70.0, 200.0, 200.0, None)


def test_times_are_those_of_the_robots():
    assert day_figures("2026-11-26", [mission(10.0)], factor=8.0, target_s=120.0).arrival_p50_s == 80.0


def live(x: float, y: float = 0.0) -> RobotLive:
    return RobotLive("r", LocalText(ko="", en=""), x=x, y=y)


def test_only_what_was_seen_counts():
    before = Sighting(START, 0.0, 0.0, 50.0)
    soon, late = START + timedelta(seconds=1), START + timedelta(seconds=60)
    assert between(before, live(1.5), soon, busy=True) == Usage(1.5, 1.0, 0.0, 1.0, 0.0), "charge unknown"
    assert between(before, live(1.5), late, busy=True) == Usage()
    assert between(before, live(500.0), soon, busy=False).distance_m == 0.0, "carried, not driven"
    assert between(before, live(1.5), START, busy=False) == Usage()


def test_figures_of_a_running_service(start_city, monkeypatch):
    monkeypatch.setattr(robot_days, "KEEP_S", 0.2)
    city = start_city()
    city.robot(1, pace=20.0)
    city.await_call(city.call("bench_03")["id"], "served", timeout_s=30)
    found = wait_until(
        lambda: (figures := city.get("/api/fleet/figures?days=3"))["robots"] and figures, what="robot figures"
    )
    assert [day["missions"] for day in found["days"]] == [0, 0, 1]
    today = found["days"][-1]
    assert (today["served"], today["failed"]) == (1, 0)
    assert 0.0 < today["arrival_p50_s"] < 30.0
    (robot,) = found["robots"]
    assert robot["served"] == 1
    assert robot["online_s"] > 0
    text = city.client.get("/api/fleet/figures.csv?days=3").text
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[0][:2] == ["day", "missions"]
    assert len(rows[0]) == len(rows[1])
    for kind in ("deliver", "round", "patrol", "unload", "charge"):
        other = city.get(f"/api/fleet/figures?days=3&kind={kind}")
        assert (other["kind"], other["target_s"]) == (kind, None)
        assert [robot["served"] for robot in other["robots"]] == [0]
    assert city.client.get("/api/fleet/figures?kind=dance").status_code == 422
    assert city.client.get("/api/fleet/figures?days=0").status_code == 422
    city.client.cookies.clear()
    assert city.client.get("/api/fleet/figures").status_code == 401
