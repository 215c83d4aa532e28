"""How far robots go: learnt, with a reserve, less in the cold and under load."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangseo_backend.core.texts import LocalText
from gangseo_backend.fleet.dispatch import IMPOSSIBLE, Candidate, Wish, cost_s
from gangseo_backend.fleet.energy import RESERVE, capacity, effort, percent_per_m, usable_range_m
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.usage import Sighting, between

METRES = st.floats(0, 1e6)


def test_a_new_robot_is_believed_and_an_old_one_is_known():
    assert percent_per_m(0.0, 0.0, 200.0) == pytest.approx(1 / 200.0)
    assert percent_per_m(200_000.0, 2000.0, 200.0) == pytest.approx(1 / 100.0, rel=0.01)
    assert percent_per_m(0.0, 0.0, None) is None
    assert percent_per_m(1000.0, 10.0, None) == pytest.approx(0.01)


def test_no_sum_of_the_past_keeps_a_full_robot_at_home():
    per_m = percent_per_m(1000.0, 1250.0, 80.0)
    assert per_m == pytest.approx(3 / 80.0)
    assert usable_range_m(100.0, per_m, None) > 2000.0


def test_a_robot_that_restarts_and_does_not_know_its_charge_has_used_none():
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    before = Sighting(now, 0.0, 0.0, 90.0)

    def seen_with(charge: float) -> float:
        power = SimpleNamespace(state_of_charge=charge)
        state = SimpleNamespace(power_supply=power, driving=False)
        live = RobotLive("robot_01", LocalText(ko="로봇", en="robot"), state=state, x=1.0, y=0.0)
        return between(before, live, now + timedelta(seconds=1), busy=False).charge_used

    assert seen_with(89.5) == pytest.approx(0.5)
    assert seen_with(0.0) == 0.0
    assert seen_with(95.0) == 0.0


@given(st.floats(0, 100), st.floats(1e-4, 10), st.floats(-60, 60), st.floats(-60, 60))
def test_the_reserve_is_never_planned_with_and_cold_never_helps(charge, per_m, one_c, other_c):
    colder, warmer = sorted((one_c, other_c))
    near, far = usable_range_m(charge, per_m, colder), usable_range_m(charge, per_m, warmer)
    assert 0.0 <= near <= far
    assert far * per_m <= max(0.0, charge - RESERVE) + 1e-9
    assert 0.5 < capacity(colder) <= capacity(warmer) <= 1.0


def test_a_loaded_robot_is_not_sent_as_far_as_an_empty_one():
    robot = Candidate("r", {"shop": 100.0}, 80.0, range_m=400.0)
    assert cost_s(robot, Wish("m", "shop", 0.0, way_home_m=150.0)) < IMPOSSIBLE
    assert cost_s(robot, Wish("m", "shop", 0.0, way_home_m=150.0, effort=effort(40.0))) == IMPOSSIBLE


def test_how_warm_it_is_is_said_by_people_and_checked(start_city):
    city = start_city()
    assert city.get("/api/fleet/weather") is None
    assert city.client.put("/api/fleet/weather", json={"temperature_c": -15}).json()["temperature_c"] == -15
    said = city.get("/api/fleet/weather")
    assert said["said_by"] == "admin"
    assert said["capacity"] == pytest.approx(0.625)
    assert said["holds_until"] > said["said_at"]
    cold = city.get("/api/fleet/weather/cold")
    assert cold["reserve_percent"] == RESERVE
    assert [point["capacity"] for point in cold["points"]] == [
        capacity(point["temperature_c"]) for point in cold["points"]
    ]
    for wrong in ({"temperature_c": 90}, {"temperature_c": "cold"}, {}):
        assert city.client.put("/api/fleet/weather", json=wrong).status_code == 422
