"""Robots that must not drive get no work; every incident keeps the robot's last minute."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend.city import FAST
from backend.conftest import wait_until
from gangseo_backend.core.clock import SystemClock
from gangseo_backend.fleet.lawful import paper_state
from gangseo_protocol.topics import topic
from gangseo_robot.factsheet import make_factsheet
from gangseo_robot.guards import Limits
from gangseo_robot.role import Role

SOON = (SystemClock().now() + timedelta(days=10)).date().isoformat()
LATER = (SystemClock().now() + timedelta(days=400)).date().isoformat()
PAST = (SystemClock().now() - timedelta(days=2)).date().isoformat()


def put_paper(city, kind: str, until: str, robot: str = "robot_01"):
    return city.client.put(f"/api/fleet/robots/{robot}/papers/{kind}", json={"number": "A-1", "valid_until": until})


def incident(city, kind: str) -> dict:
    return wait_until(
        lambda: next((item for item in city.get("/api/fleet/incidents") if item["kind"] == kind), None), what=kind
    )


def test_a_robot_whose_paper_has_ended_gets_no_work_until_it_is_renewed(start_city):
    city = start_city()
    vehicle = city.robot(1)
    assert put_paper(city, "insurance", PAST).status_code == 200
    assert incident(city, "robot_unlawful")["robot_id"] == "robot_01"
    call = city.call("bench_03")
    with pytest.raises(pytest.fail.Exception):
        city.await_call(call["id"], "assigned", timeout_s=1.5)
    assert put_paper(city, "insurance", LATER).status_code == 200
    city.await_call(call["id"], "served")
    assert vehicle.orders_seen
    assert [paper["valid_until"] for paper in city.get("/api/fleet/papers")] == [LATER]


def test_papers_that_are_required_must_be_there(start_city):
    city = start_city(policy=replace(FAST, papers_required=True))
    city.robot(1)
    incident(city, "robot_unlawful")


def test_people_are_told_a_month_before_a_paper_ends(start_city):
    city = start_city()
    city.robot(1)
    put_paper(city, "certificate", SOON)
    assert SOON in incident(city, "paper_ends_soon")["text"]["ko"]
    assert "robot_unlawful" not in city.incidents()


def test_papers_are_for_administrators_and_robots_of_the_site(start_city):
    city = start_city()
    assert put_paper(city, "insurance", LATER, robot="robot_99").status_code == 404
    assert put_paper(city, "driving_licence", LATER).status_code == 422
    assert put_paper(city, "insurance", "tomorrow").status_code == 422
    city.log_in("operator")
    assert put_paper(city, "insurance", LATER).status_code == 403


def standing(city) -> dict[str, dict]:
    return {each["robot_id"]: each for each in city.get("/api/fleet/papers/standing")}


def test_everybody_sees_how_each_robot_stands_and_why_it_is_not_sent_out(start_city):
    city = start_city()
    put_paper(city, "insurance", PAST)
    put_paper(city, "certificate", SOON)
    city.log_in("viewer")
    found = standing(city)
    assert set(found) == {home.robot_id for home in city.site.robots}
    first = found["robot_01"]
    assert not first["lawful"]
    assert "기한" in first["reason"]["ko"]
    assert [(paper["kind"], paper["state"], paper["days_left"] < 0) for paper in first["papers"]] == [
        ("insurance", "ended", True), ("certificate", "ends_soon", False),
    ]  # fmt: skip
    other = next(each for robot_id, each in found.items() if robot_id != "robot_01")
    assert other["lawful"]
    assert {(paper["state"], paper["required"], paper["number"]) for paper in other["papers"]} == {
        ("missing", False, None)
    }


def test_where_papers_are_required_a_missing_one_keeps_a_robot_in(start_city):
    city = start_city(policy=replace(FAST, papers_required=True))
    put_paper(city, "insurance", LATER)
    assert "등록" in standing(city)["robot_01"]["reason"]["ko"]
    put_paper(city, "certificate", LATER)
    assert standing(city)["robot_01"]["lawful"]


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, "ended"), (0, "ends_soon"), (30, "ends_soon"), (31, "valid"), (None, "missing")],
)
def test_the_last_day_of_a_paper_still_counts(days, state):
    today = date(2026, 11, 27)
    until = None if days is None else today + timedelta(days=days)
    assert paper_state(until, today) == state


def test_a_robot_wider_than_the_pavement_allows_gets_no_work(start_city):
    city = start_city()
    vehicle = city.robot(1)
    sheet = make_factsheet("robot_01", Limits(), Role({}), 1, SystemClock().now())
    wide = sheet.model_copy(update={"physical_parameters": sheet.physical_parameters.model_copy(update={"width": 1.3})})
    city.loop.spawn(vehicle._client.publish(topic("robot_01", "factsheet"), wide.to_json(), qos=1)).result(5)
    assert "폭" in incident(city, "robot_unlawful")["text"]["ko"]


def test_an_incident_keeps_the_last_minute_of_its_robot(start_city):
    city = start_city()
    vehicle = city.robot(1, pace=4.0)
    city.call_under_way("bench_03")
    vehicle.lose("navigationLost")
    found = incident(city, "navigation_lost")
    recording = city.get(f"/api/fleet/incidents/{found['id']}/recording")
    moments = recording["moments"]
    assert recording["robot_id"] == "robot_01"
    assert any(moment["driving"] for moment in moments)
    assert moments[-1]["errors"] == ["navigationLost"]
    assert [moment["at"] for moment in moments] == sorted(moment["at"] for moment in moments)
    assert city.client.get("/api/fleet/incidents/none/recording").status_code == 404
