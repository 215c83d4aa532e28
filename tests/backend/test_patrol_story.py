"""Timetable → round → mission → observations with pictures → done, with the real application and a real broker."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.conftest import wait_until
from backend.small_site import build_site
from backend.watchman import POINTS, picture, watchman, with_patrol
from gangseo_backend.core.clock import ManualClock
from gangseo_protocol.site import Site

SEVEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
"""19:00 in Seoul."""


class MovingClock(ManualClock):
    """Goes on by itself from where a test has put it."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self._began = datetime.now(UTC)

    def now(self) -> datetime:
        return super().now() + (datetime.now(UTC) - self._began)

    def monotonic(self) -> float:
        return super().monotonic() + (datetime.now(UTC) - self._began).total_seconds()


@pytest.fixture(scope="session")
def site() -> Site:
    return with_patrol(build_site())


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock(SEVEN - timedelta(seconds=2))


def rounds(city, state: str | None = None) -> list[dict]:
    return city.get("/api/patrol/rounds" + (f"?state={state}" if state else ""))


def await_round(city, *states: str, timeout_s: float = 30.0) -> dict:
    return wait_until(
        lambda: (found := rounds(city)) and found[0]["state"] in states and found[0], timeout_s, f"round {states}"
    )


def detail(city, round_id: str) -> dict:
    return city.get(f"/api/patrol/rounds/{round_id}")


def test_a_due_round_is_gone_and_everything_seen_on_it_is_kept(start_city, clock):
    city = start_city(clock=clock)
    robot = watchman(city, 1)
    done = await_round(city, "done")
    assert datetime.fromisoformat(done["due_at"]) == SEVEN
    assert (done["robot_id"], done["extra"], done["reason"]) == ("robot_01", False, None)
    wait_until(lambda: len(detail(city, done["id"])["observations"]) == 3, what="observations")
    found = detail(city, done["id"])
    assert found["points_seen"] == 3
    assert [item["point_id"] for item in found["observations"]] == [f"p_{node}" for node in POINTS]
    assert [(item["people_seen"], item["has_picture"]) for item in found["observations"]] == [(2, True)] * 3
    image = city.client.get(f"/api/patrol/observations/{found['observations'][0]['id']}/picture")
    assert image.content == picture()
    assert (image.headers["content-type"], image.headers["cache-control"]) == ("image/jpeg", "private, no-store")
    assert [action.split(":")[0] for action in robot.memory.done[:3]] == ["observe"] * 3
    mission = city.get(f"/api/fleet/missions/{done['mission_id']}")
    assert (mission["kind"], mission["state"]) == ("patrol", "finished")
    kinds = [event["kind"] for event in city.get("/api/fleet/events") if event["call_id"] == done["id"]]
    assert {"round_due", "round_done", "point_observed_people"} <= set(kinds)
    assert kinds.count("point_observed_people") == 3
    assert not robot.unsent


@pytest.mark.slow
def test_the_same_robot_collects_by_day_and_patrols_at_night(start_city, clock):
    city = start_city(clock=clock)
    robot = watchman(city, 1)
    city.await_call(city.call("bench_03")["id"], "served", timeout_s=30)
    await_round(city, "done")
    city.await_call(city.call("bench_01")["id"], "served", timeout_s=30)
    done = [action.split(":")[0] for action in robot.memory.done]
    assert done.index("closeBins") < done.index("observe")
    assert done[-1] == "closeBins"


@pytest.mark.slow
def test_restart_of_the_backend_in_mid_round_loses_and_repeats_nothing(start_city, clock):
    city = start_city(clock=clock)
    robot = watchman(city, 1, pace=6.0)
    robot.copies = 3
    await_round(city, "under_way")
    city = start_city(clock=clock)
    city.loop.call(lambda: setattr(robot, "pace", 40.0))
    done = await_round(city, "done")
    wait_until(lambda: not robot.unsent, what="everything confirmed")
    assert len(rounds(city)) == 1
    assert [item["point_id"] for item in detail(city, done["id"])["observations"]] == [f"p_{node}" for node in POINTS]
    assert [action.split(":")[0] for action in robot.memory.done].count("observe") == 3


@pytest.mark.slow
def test_a_broker_that_dies_costs_no_observation(start_city, clock):
    city = start_city(clock=clock)
    robot = watchman(city, 1, pace=6.0)
    await_round(city, "under_way")
    city.broker.stop(hard=True)
    city.loop.call(lambda: robot.see(rounds(city)[0]["id"], "p_n2", people_seen=7))
    city.broker.start()
    city.loop.call(lambda: setattr(robot, "pace", 40.0))
    done = await_round(city, "done", timeout_s=60)
    wait_until(lambda: not robot.unsent, what="everything confirmed")
    seen = detail(city, done["id"])["observations"]
    assert sorted(item["people_seen"] for item in seen) == [2, 2, 2, 7]


def test_a_round_can_be_called_off_and_asked_for(start_city, clock):
    city = start_city(clock=clock)
    watchman(city, 1, pace=1.0)
    await_round(city, "assigned", "under_way")
    path = f"/api/patrol/rounds/{rounds(city)[0]['id']}/cancel"
    assert city.client.post(path).status_code == 202
    canceled = await_round(city, "canceled")
    assert canceled["reason"]["key"] == "reason.called_off"
    over = city.client.post(path)
    assert (over.status_code, over.json()["code"]) == (409, "round_over")
    made = city.client.post("/api/patrol/rounds", json={"route_id": "evening"})
    assert made.status_code == 201
    assert made.json()["extra"]
    again = city.client.post("/api/patrol/rounds", json={"route_id": "evening"})
    assert (again.status_code, again.json()["code"]) == (409, "extra_round_open")
    await_round(city, "assigned", "under_way")
    unknown = city.client.post("/api/patrol/rounds", json={"route_id": "nowhere"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_route")
