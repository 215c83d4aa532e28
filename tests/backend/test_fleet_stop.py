"""The emergency stop of all robots: pressed, survived, released, and beside the other stops."""

import pytest

from backend.conftest import wait_until
from backend.people import Person
from backend.test_takeover import audited, facts, problem

STOP, RELEASE = "/api/fleet/emergency-stop", "/api/fleet/emergency-stop/release"


def command(city, kind: str, number: int = 1) -> None:
    body = {"command_id": f"{kind}-{number:04}", "kind": kind, "reason": "시험"}
    city.client.post("/api/fleet/robots/robot_01/commands", json=body).raise_for_status()


@pytest.mark.slow
def test_every_robot_stops_and_goes_on_after_the_release(start_city):
    city = start_city()
    first, second = city.robot(1, pace=4.0), city.robot(2)
    call = city.call("bench_03")
    city.await_call(call["id"], "assigned")
    operator, admin = Person(city, "operator"), Person(city, "admin")
    answer = operator.post(STOP, reason="공원에 불이 났음")
    assert answer.status_code == 202
    wait_until(lambda: first.memory.stops == second.memory.stops == {"fleet"}, what="both stopped")
    shown = city.get(STOP)
    assert (shown["by"], shown["reason"]) == ("operator", "공원에 불이 났음")
    assert operator.post(STOP, reason="한 번 더").json()["id"] == answer.json()["id"], "pressed twice is pressed once"
    waiting = city.call("bench_05")
    wait_until(
        lambda: (city.call_state(waiting["id"])["reason"] or {}).get("key") == "queue.fleet_stopped", what="reason told"
    )
    problem(operator.post(RELEASE, reason="꺼졌음"), 403, "not_allowed")
    problem(admin.post(RELEASE, reason=""), 422, "invalid")
    assert admin.post(RELEASE, reason="꺼졌음").status_code == 202
    problem(admin.post(RELEASE, reason="꺼졌음"), 409, "fleet_not_stopped")
    wait_until(lambda: not first.memory.stops and not second.memory.stops, what="both free")
    assert city.get(STOP) is None
    for found in (call, waiting):
        city.await_call(found["id"], "served", timeout_s=30)
    assert {"fleet_stopped", "fleet_stop_released"} <= set(facts(city))
    assert {("operator", "fleet_stopped"), ("admin", "fleet_stop_released")} <= set(audited(city))
    assert "robot_unable" not in city.incidents()


@pytest.mark.parametrize("order", ["robot first", "fleet first"])
def test_releasing_one_stop_leaves_the_other_on(start_city, order):
    city = start_city()
    vehicle = city.robot(1)
    command(city, "emergency_stop")
    city.client.post(STOP, json={"reason": "x"}).raise_for_status()
    wait_until(lambda: vehicle.memory.stops == {"robot", "fleet"}, what="both on")
    if order == "robot first":
        command(city, "release_emergency_stop")
        wait_until(lambda: vehicle.memory.stops == {"fleet"}, what="fleet's left")
        wait_until(lambda: city.robots()["robot_01"]["stops"] == ["fleet"], what="shown")
        assert city.robots()["robot_01"]["emergency_stop"] == "REMOTE"
        city.client.post(RELEASE, json={"reason": "x"}).raise_for_status()
    else:
        city.client.post(RELEASE, json={"reason": "x"}).raise_for_status()
        wait_until(lambda: vehicle.memory.stops == {"robot"}, what="the robot's left")
        wait_until(lambda: city.robots()["robot_01"]["stops"] == ["robot"], what="shown")
        assert city.robots()["robot_01"]["emergency_stop"] == "REMOTE"
        command(city, "release_emergency_stop")
    wait_until(lambda: vehicle.stop.value == "NONE", what="free")


@pytest.mark.parametrize("kind", ["fleet_stop", "release_fleet_stop"])
def test_the_fleets_stop_is_no_command_to_one_robot(start_city, kind):
    city = start_city()
    city.robot(1)
    body = {"command_id": "sneaky-0001", "kind": kind, "reason": "x"}
    problem(city.client.post("/api/fleet/robots/robot_01/commands", json=body), 422, "invalid")


def test_a_robot_that_comes_on_line_later_is_stopped_and_released_too(start_city):
    city = start_city()
    city.robot(1)
    city.client.post(STOP, json={"reason": "x"}).raise_for_status()
    late = city.robot(2)
    wait_until(lambda: late.memory.stops == {"fleet"}, what="stopped on its coming")
    city.client.post(RELEASE, json={"reason": "x"}).raise_for_status()
    wait_until(lambda: not late.memory.stops, what="released")


@pytest.mark.slow
def test_the_stop_survives_a_restart_of_the_backend(start_city):
    city = start_city()
    city.robot(1)
    city.client.post(STOP, json={"reason": "x"}).raise_for_status()
    city = start_city()
    assert city.get(STOP)["reason"] == "x"
    late = city.robot(2)
    wait_until(lambda: late.memory.stops == {"fleet"}, what="stopped on its coming")
    city.client.post(RELEASE, json={"reason": "x"}).raise_for_status()
    city = start_city()
    wait_until(lambda: not late.memory.stops, what="released")


def test_a_robot_that_does_not_confirm_the_stop_raises_an_incident(start_city):
    from dataclasses import replace

    from backend.city import FAST

    city = start_city(replace(FAST, stop_worries_s=1.0))
    vehicle = city.robot(1)
    vehicle.behaviour.deaf = True
    city.client.post(STOP, json={"reason": "x"}).raise_for_status()
    wait_until(lambda: "fleet_stop_unconfirmed" in city.incidents(), what="incident")
    vehicle.behaviour.deaf = False
    wait_until(lambda: vehicle.memory.stops == {"fleet"}, what="stopped after all")


def test_the_stream_tells_of_the_stop_from_its_first_frame(start_city):
    city = start_city()
    operator = Person(city, "operator")
    with city.client.websocket_connect("/api/stream", headers=operator.headers) as stream:
        assert stream.receive_json()["fleet_stop"] is None
        operator.post(STOP, reason="x")
        frame = stream.receive_json()
        while frame["type"] != "fleet_stop":
            frame = stream.receive_json()
        assert frame["stop"]["by"] == "operator"
    with city.client.websocket_connect("/api/stream", headers=operator.headers) as stream:
        assert stream.receive_json()["fleet_stop"]["reason"] == "x"
