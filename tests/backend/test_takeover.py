"""One named person in control of a robot: races, leases, hand-over, forced release, restarts."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import select

from backend.conftest import wait_until
from backend.people import ROBOT, Person, held_by
from gangseo_backend.core.access import Role
from gangseo_backend.core.audit import AuditRow
from gangseo_backend.fleet import takeovers
from gangseo_protocol.vda5050 import ActionStatus


@pytest.fixture
def city(start_city):
    return start_city()


@pytest.fixture
def kim(city):
    """A second operator."""
    backend = city.client.app.state.backend
    with backend.db.write() as session:
        backend.accounts.add(session, "kim", "kim-password", Role.OPERATOR)
    return Person(city, "kim", "kim-password")


def takeover(city):
    return city.robots()["robot_01"]["takeover"]


def facts(city) -> list[str]:
    return [event["kind"] for event in city.get("/api/fleet/events")]


def audited(city) -> list[tuple[str, str]]:
    with city.client.app.state.backend.db.read() as session:
        return [(row.actor, row.action) for row in session.exec(select(AuditRow))]


def problem(response, status: int, code: str) -> dict:
    assert response.status_code == status, response.text
    assert response.json()["code"] == code
    return response.json()["messages"]


def test_the_first_of_two_operators_gets_the_robot_and_the_other_is_told_who_has_it(city, kim):
    vehicle = city.robot(1)
    people = [Person(city, "operator"), kim]
    start, answers = threading.Barrier(2), {}

    def take(person: Person) -> None:
        start.wait()
        answers[person.username] = person.take_over()

    for _ in range(5):
        threads = [threading.Thread(target=take, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answer.status_code for answer in answers.values()) == [201, 409]
        winner = next(person for person in people if answers[person.username].status_code == 201)
        loser = next(person for person in people if person is not winner)
        assert winner.username in problem(answers[loser.username], 409, "robot_taken_over")["ko"]
        assert held_by(city) == winner.username
        problem(loser.renew(), 409, "robot_taken_over")
        problem(loser.release(), 409, "robot_taken_over")
        wait_until(lambda: vehicle.memory.lease == takeover(city)["id"], what="robot held")
        assert winner.release().status_code == 200
        wait_until(lambda: not vehicle.memory.lease, what="robot free")
    assert held_by(city) is None


@pytest.mark.slow
def test_a_held_robot_says_so_keeps_its_order_and_goes_on_afterwards(city):
    vehicle = city.robot(1, pace=6.0)
    call = city.call_under_way("bench_03")
    operator = Person(city, "operator")
    answer = operator.take_over().json()
    assert answer["state"] == "requested"
    wait_until(lambda: takeover(city)["state"] == "held", what="confirmed by the robot")
    shown = city.robots()["robot_01"]
    assert shown["operating_mode"] == "INTERVENED"
    assert shown["activity"] == "manual"
    assert operator.take_over().json()["id"] == answer["id"], "who holds it keeps it"
    order = vehicle.memory.order_id
    assert operator.release().status_code == 200
    city.await_call(call["id"], "served")
    assert vehicle.memory.order_id == order or vehicle.memory.done
    assert city.call_state(call["id"])["state"] == "served"
    assert {"takeover_started", "takeover_released"} <= set(facts(city))
    assert {("operator", "takeover_started"), ("operator", "takeover_released")} <= set(audited(city))
    (past,) = city.get("/api/fleet/takeovers?robot_id=robot_01")
    assert (past["holder"], past["outcome"], past["end_reason"]) == ("operator", "released", "지나갔음")


def test_a_held_robot_gets_no_new_work_and_the_call_waits_for_it(city):
    vehicle = city.robot(1)
    operator = Person(city, "operator")
    operator.take_over()
    wait_until(lambda: vehicle.memory.lease, what="held")
    call = city.call("bench_03")
    with pytest.raises(pytest.fail.Exception):
        city.await_call(call["id"], "assigned", timeout_s=1.5)
    operator.release()
    city.await_call(call["id"], "served")


@pytest.mark.slow
def test_a_call_does_not_wait_for_ever_for_a_held_robot(city):
    first = city.robot(1, pace=2.0)
    call = city.call("bench_01")
    city.await_call(call["id"], "assigned")
    wait_until(lambda: first.driving, what="driving")
    operator = Person(city, "operator")
    operator.take_over()
    city.robot(2)
    wait_until(
        lambda: operator.renew().status_code == 200 and city.call_state(call["id"])["robot_id"] == "robot_02", 20
    )
    city.await_call(call["id"], "served")
    assert city.incidents().isdisjoint({"robot_unable", "mission_failed"})


def test_a_lease_that_nobody_renews_lapses_and_somebody_else_may_take_over(city, kim, monkeypatch):
    monkeypatch.setattr(takeovers, "LEASE", timedelta(seconds=0.8))
    vehicle = city.robot(1)
    operator = Person(city, "operator")
    first = operator.take_over().json()["id"]
    assert operator.renew().status_code == 200
    wait_until(lambda: takeover(city)["state"] == "lapsed", what="lapsed")
    assert held_by(city) == "operator", "nobody must think that nobody had it"
    assert "takeover_lapsed" in city.incidents()
    problem(operator.renew(), 409, "takeover_lapsed")
    assert vehicle.memory.lease == first, "the robot is not set free by a lapse"
    assert kim.take_over().status_code == 201
    wait_until(lambda: vehicle.memory.lease not in {"", first}, what="new lease at the robot")
    assert kim.release().status_code == 200
    wait_until(lambda: not vehicle.memory.lease, what="free")
    outcomes = {row["holder"]: row["outcome"] for row in city.get("/api/fleet/takeovers")}
    assert outcomes == {"operator": "superseded", "kim": "released"}


def test_a_lease_that_lapsed_on_the_robot_has_lapsed_for_people_too(city):
    vehicle = city.robot(1)
    operator = Person(city, "operator")
    operator.take_over()
    wait_until(lambda: takeover(city)["state"] == "held", what="held")
    city.loop.call(vehicle.lapse)
    wait_until(lambda: takeover(city)["state"] == "lapsed", what="lapsed")
    problem(operator.renew(), 409, "takeover_lapsed")


def test_a_robot_is_handed_over_in_one_step(city, kim):
    vehicle = city.robot(1)
    operator = Person(city, "operator")
    first = operator.take_over().json()["id"]
    hand_over = f"{ROBOT}/takeover/hand-over"
    problem(operator.post(hand_over, to="viewer"), 422, "no_such_operator")
    problem(operator.post(hand_over, to="operator"), 422, "no_such_operator")
    problem(kim.post(f"{ROBOT}/takeover/accept"), 409, "takeover_not_offered")
    problem(kim.post(hand_over, to="kim"), 409, "robot_taken_over")
    assert set(operator.http.get("/api/fleet/operators").json()) == {"admin", "operator", "kim"}
    assert operator.post(hand_over, to="kim").json()["offered_to"] == "kim"
    assert held_by(city) == "operator", "an offer changes nothing"
    assert operator.renew().status_code == 200
    assert kim.post(f"{ROBOT}/takeover/accept").status_code == 201
    assert held_by(city) == "kim"
    problem(operator.renew(), 409, "robot_taken_over")
    wait_until(lambda: vehicle.memory.lease not in {"", first}, what="new lease at the robot")
    problem(operator.post(f"{ROBOT}/takeover/accept"), 409, "takeover_not_offered")
    assert {"takeover_offered", "takeover_accepted"} <= set(facts(city))
    kim.release()


def test_an_administrator_may_release_what_others_hold_and_it_is_written_down(city):
    vehicle = city.robot(1)
    operator, admin = Person(city, "operator"), Person(city, "admin")
    operator.take_over()
    wait_until(lambda: vehicle.memory.lease, what="held")
    assert admin.release("교대").json()["outcome"] == "forced"
    wait_until(lambda: not vehicle.memory.lease, what="free")
    problem(operator.renew(), 409, "robot_not_taken_over")
    assert ("admin", "takeover_forced") in audited(city)
    assert "takeover_forced" in facts(city)


def test_viewers_take_nothing_over_and_unknown_robots_are_not_there(city):
    viewer, operator = Person(city, "viewer"), Person(city, "operator")
    problem(viewer.take_over(), 403, "not_allowed")
    problem(operator.post("/api/fleet/robots/robot_99/takeover", reason="x"), 404, "not_found")
    problem(operator.take_over(""), 422, "invalid")
    problem(operator.renew(), 409, "robot_not_taken_over")
    problem(operator.release(), 409, "robot_not_taken_over")


@pytest.mark.slow
def test_a_takeover_survives_a_restart_of_the_backend(city, start_city):
    vehicle = city.robot(1)
    lease = Person(city, "operator").take_over().json()["id"]
    wait_until(lambda: vehicle.memory.lease == lease, what="held")
    city = start_city()
    wait_until(lambda: city.robots().get("robot_01", {}).get("online"), what="robot on line again")
    assert takeover(city)["id"] == lease
    operator = Person(city, "operator")
    assert operator.renew().status_code == 200
    assert operator.release().status_code == 200
    wait_until(lambda: not vehicle.memory.lease, what="free")


@pytest.mark.slow
def test_what_a_robot_did_not_hear_is_said_again(city):
    vehicle = city.robot(1)
    operator = Person(city, "operator")
    vehicle.behaviour.deaf = True
    lease = operator.take_over().json()["id"]
    wait_until(lambda: takeover(city)["state"] == "requested", what="asked")
    vehicle.behaviour.deaf = False
    wait_until(lambda: vehicle.memory.lease == lease, what="start repeated")
    wait_until(lambda: takeover(city)["state"] == "held", what="confirmed")
    vehicle.behaviour.deaf = True
    operator.release()
    wait_until(lambda: held_by(city) is None, what="released")
    vehicle.behaviour.deaf = False
    wait_until(lambda: not vehicle.memory.lease, what="end repeated")


def test_a_robot_under_a_lease_nobody_knows_stays_and_people_are_told(city):
    vehicle = city.robot(1)

    def hold() -> None:
        vehicle.memory.lease = "from-elsewhere"
        vehicle._answer("from-elsewhere", "startTakeover", ActionStatus.RUNNING)
        vehicle._changed.set()

    city.loop.call(hold)
    wait_until(lambda: "takeover_unknown" in city.incidents(), what="incident")
    assert vehicle.memory.lease == "from-elsewhere"
    operator = Person(city, "operator")
    operator.take_over()
    wait_until(lambda: vehicle.memory.lease not in {"", "from-elsewhere"}, what="taken over")
    operator.release()
    wait_until(lambda: not vehicle.memory.lease, what="free")


@pytest.mark.slow
def test_an_order_dropped_after_driving_by_hand_is_tried_again_without_blame(city):
    vehicle = city.robot(1, pace=6.0)
    call = city.call_under_way("bench_03")
    operator = Person(city, "operator")
    operator.take_over()
    wait_until(lambda: vehicle.memory.lease, what="held")
    city.loop.call(vehicle.drop)
    operator.release()
    city.await_call(call["id"], "served")
    assert city.incidents().isdisjoint({"path_blocked", "mission_failed"})
    reasons = [event["text"]["ko"] for event in city.get("/api/fleet/events") if event["kind"] == "mission_requeued"]
    assert any("옮겼습니다" in reason for reason in reasons)
