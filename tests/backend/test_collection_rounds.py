"""A round of many spots: planned, begun, driven, with a depot on the way; lost robots, closed areas, cancels."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.conftest import wait_until
from backend.rounds import await_round, begin, body, detail, stops, visits
from gangseo_backend.fleet import tour_desk

NEAR = [[18.0, -8.0], [22.0, -8.0], [22.0, -1.0], [18.0, -1.0]]
"""An area around the bench at (20, −3)."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Handfuls of stops need no long search."""
    monkeypatch.setattr(tour_desk, "SEARCH_S", 0.1)


def test_a_round_is_previewed_begun_and_done_with_a_depot_on_the_way(start_city):
    city = start_city()
    robot = city.robot(1)
    robot.behaviour.fill_by = 0.5
    asked = body("bench_01", "bench_03", "bench_05", litres={"plastic": 20.0})
    seen = city.client.post("/api/recycling/round-preview", json=asked).json()
    assert seen["left_out"] == []
    (tour,) = seen["tours"]
    assert tour["robot_id"] == "robot_01"
    assert [visit["spot_id"] for visit in tour["visits"]].count(None) >= 1, "36 l of plastic are room for one stop"
    assert {visit["spot_id"] for visit in tour["visits"]} == {"bench_01", "bench_03", "bench_05", None}
    arrivals = [visit["arrive_at"] for visit in tour["visits"]]
    assert arrivals == sorted(arrivals)
    assert len(tour["path"]) > 5
    made = city.client.post("/api/recycling/rounds", json=asked)
    assert made.status_code == 201
    done = await_round(city, made.json()["id"])
    assert (done["state"], done["stops_done"], done["stops_left"]) == ("done", 3, 0)
    assert visits(robot) == {"s1": 1, "s3": 1, "s5": 1}
    unloads = [item for item in robot.memory.done if item.startswith("unload")]
    assert len(unloads) >= 2
    assert all(stop["collected"]["plastic"] == pytest.approx(20.0) for stop in done["stop_list"])
    usual = {spot["spot_id"]: spot for spot in city.get("/api/recycling/expected")}
    assert (usual["bench_01"]["litres"]["plastic"], usual["bench_01"]["visits"]) == (20.0, 1)
    assert (usual["bench_00"]["litres"]["plastic"], usual["bench_00"]["visits"]) == (2.0, 0)
    kinds = [event["kind"] for event in city.get("/api/fleet/events") if event["call_id"] == done["id"]]
    assert kinds == ["collection_started", "collection_done"]


def test_a_lost_robots_stops_go_to_the_other_and_each_says_who_comes_and_when(start_city):
    city = start_city()
    first, second = city.robot(1, pace=10.0), city.robot(2, pace=10.0)
    round_id = begin(city, *(f"bench_{number:02}" for number in range(6)))
    planned = wait_until(
        lambda: (found := stops(city, round_id)) and all(s["expected_at"] for s in found.values()) and found,
        what="plan",
    )
    assert {stop["robot_id"] for stop in planned.values()} == {"robot_01", "robot_02"}
    waiting = [stop for stop in planned.values() if stop["state"] == "waiting"]
    assert {stop["reason"]["key"] for stop in waiting} == {"queue.tour_stop"}
    assert all("분 뒤" in stop["reason"]["ko"] for stop in waiting)
    wait_until(lambda: first.orders_seen, what="the first robot drives")
    city.loop.call(first.die)
    wait_until(
        lambda: not [s for s in stops(city, round_id).values() if s["robot_id"] == "robot_01" and not s["ended_at"]],
        15, "everything planned for the other",
    )  # fmt: skip
    city.loop.call(lambda: setattr(second, "pace", 60.0))
    done = await_round(city, round_id)
    assert done["stops_done"] == 6
    assert visits(first, second) == {f"s{number}": 1 for number in range(6)}


def test_a_closed_spot_waits_and_says_so_and_is_visited_when_it_is_opened(start_city):
    city = start_city()
    robot = city.robot(1)
    until = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    closure = city.client.post("/api/fleet/closures", json={"vertices": NEAR, "until": until, "reason": "행사"}).json()
    left = city.client.post("/api/recycling/round-preview", json=body("bench_01", "bench_02")).json()["left_out"]
    assert [(each["spot_id"], each["reason"]["key"]) for each in left] == [("bench_02", "tour.no_way")]
    round_id = begin(city, "bench_01", "bench_02")
    wait_until(lambda: stops(city, round_id)["bench_01"]["state"] == "done", 15, "the open one")
    closed = stops(city, round_id)["bench_02"]
    assert (closed["state"], closed["reason"]["key"]) == ("waiting", "queue.area_closed")
    city.client.post(f"/api/fleet/closures/{closure['id']}/open").raise_for_status()
    assert await_round(city, round_id)["stops_done"] == 2
    assert visits(robot) == {"s1": 1, "s2": 1}


def test_a_call_comes_before_what_is_left_of_a_round(start_city):
    city = start_city()
    robot = city.robot(1, pace=8.0)
    robot.behaviour.fill_by = 0.45  # much more than is expected: full after two visits
    round_id = begin(city, "bench_00", "bench_01", "bench_03", "bench_05")
    wait_until(lambda: robot.orders_seen, what="under way")
    call = city.call("bench_05")
    city.loop.call(lambda: setattr(robot, "pace", 60.0))
    city.await_call(call["id"], "served")
    assert detail(city, round_id)["state"] == "under_way", "people wait for a call, nobody for a stop"
    done = await_round(city, round_id)
    assert done["stops_done"] == 4
    assert stops(city, round_id)["bench_05"]["reason"]["key"] == "reason.round_served_by_call"
    assert visits(robot) == {"s0": 1, "s1": 1, "s3": 1, "s5": 1}, "what the call brought is not fetched again"
    assert [item for item in robot.memory.done if item.startswith("unload")]


def test_a_stop_that_one_robot_fails_at_is_done_by_another(start_city):
    city = start_city()
    broken, other = city.robot(1), city.robot(2)
    broken.behaviour.fail_action = "openBins"
    assert await_round(city, begin(city, "bench_00"))["stops_done"] == 1
    assert broken.orders_seen, "it was the nearer one"
    assert visits(broken, other) == visits(other) == {"s0": 1}


def test_a_round_is_called_off_and_what_is_too_late_is_left_out(start_city):
    city = start_city()
    late = begin(city, "bench_03", latest_at=(datetime.now(UTC) + timedelta(seconds=1)).isoformat())
    other = begin(city, "bench_00", "bench_05")
    over = await_round(city, late)
    nobody = {"queue.no_robot_online"}
    wait_until(lambda: {stop["reason"]["key"] for stop in stops(city, other).values()} == nobody, what="why not")
    assert (over["state"], over["stops_left"]) == ("done", 1)
    assert [(s["state"], s["reason"]["key"]) for s in over["stop_list"]] == [("left_out", "reason.round_too_late")]
    robot = city.robot(1, pace=1.0)
    wait_until(lambda: robot.orders_seen, what="a robot that joins takes its stops")
    path = f"/api/recycling/rounds/{other}/cancel"
    assert [city.client.post(path).status_code for _ in range(2)] == [202, 202]
    over = await_round(city, other)
    assert over["state"] == "canceled"
    assert {stop["reason"]["key"] for stop in over["stop_list"]} == {"reason.round_called_off"}
    again = city.client.post(path)
    assert (again.status_code, again.json()["code"]) == (409, "collection_over")


def test_what_cannot_be_a_round_is_refused_in_words(start_city):
    city = start_city(mqtt_enabled=False)
    past = datetime.now(UTC) - timedelta(minutes=1)
    begin(city, "bench_00")
    for wanted, status, code in (
        (body("nowhere"), 404, "round_unknown_spot"),
        (body("bench_01", "bench_01"), 409, "round_spot_twice"),
        (body("bench_00"), 409, "round_spot_taken"),
        (body("bench_01", latest_at=past.isoformat()), 409, "round_latest_over"),
        ({"spots": []}, 422, "invalid"),
        (body("bench_01", litres={"glass": 1.0}), 422, "invalid"),
        (body("bench_01", litres={"paper": -1.0}), 422, "invalid"),
        (body("bench_01", latest_at="2026-01-01T00:00:00"), 422, "invalid"),
    ):
        for path in ("rounds", "round-preview"):
            answer = city.client.post(f"/api/recycling/{path}", json=wanted)
            assert (answer.status_code, answer.json()["code"]) == (status, code)
            assert answer.json()["messages"]["ko"]
    assert city.client.post("/api/recycling/rounds", json={}).json()["stops"] == 5, "every spot that is free"
    assert city.client.post("/api/recycling/rounds", json={}).json()["code"] == "round_nothing_to_do"
    nobody = city.client.get("/api/recycling/rounds/0193")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "not_found")
    city.log_in("viewer")
    assert city.client.post("/api/recycling/rounds", json={}).status_code == 403
    assert len(city.get("/api/recycling/rounds")) == 2


def test_nobody_to_do_it_is_told_in_the_preview(start_city):
    city = start_city(mqtt_enabled=False)
    left = city.client.post("/api/recycling/round-preview", json=body("bench_01")).json()
    assert (left["tours"], left["left_out"][0]["reason"]["key"]) == ([], "tour.no_robot")
