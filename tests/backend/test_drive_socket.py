"""The holder's window on the wheel: who may open it, what it passes on, and how it ends."""

import time
from datetime import timedelta

import pytest
from starlette.websockets import WebSocketDisconnect

from backend.conftest import wait_until
from backend.people import ROBOT, Person
from gangseo_backend.fleet import takeovers
from gangseo_protocol.drive import DEAD_MAN_S, LATE_S


@pytest.fixture
def city(start_city):
    return start_city()


@pytest.fixture
def vehicle(city):
    return city.robot(1)


@pytest.fixture
def operator(city, vehicle):
    person = Person(city, "operator")
    assert person.take_over().status_code == 201
    wait_until(lambda: vehicle.memory.lease, what="held")
    return person


def wishes(vehicle) -> list[tuple[float, float]]:
    return [(said.v, said.w) for _, said in vehicle.steered if said.v is not None]


def close_code(socket) -> int:
    with pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    return closed.value.code


def test_what_the_holder_presses_reaches_the_robot_with_the_lease_in_order(vehicle, operator):
    with operator.wheel() as wheel:
        wheel.press(0.5, 0.1)
        wait_until(lambda: (0.5, 0.1) in wishes(vehicle), what="first wish")
        wheel.press(0.6, 0.0)
        wait_until(lambda: (0.6, 0.0) in wishes(vehicle), what="second wish")
    said = [message for _, message in vehicle.steered]
    assert {message.lease_id for message in said} == {vehicle.memory.lease}
    assert [message.sequence for message in said] == sorted({message.sequence for message in said})


def test_a_window_that_closes_or_falls_silent_stops_the_robot_at_once(vehicle, operator):
    with operator.wheel() as wheel:
        wheel.press(0.5)
        wait_until(lambda: wishes(vehicle)[-1:] == [(0.5, 0.0)], what="driving")
        silent_at = vehicle.steered[-1][0]
        wait_until(lambda: wishes(vehicle)[-1] == (0.0, 0.0), what="stop after silence")
        assert vehicle.steered[-1][0] - silent_at < DEAD_MAN_S + 1.0
        wheel.press(0.5)
        wait_until(lambda: wishes(vehicle)[-1] == (0.5, 0.0), what="driving again")
    wait_until(lambda: wishes(vehicle)[-1] == (0.0, 0.0), what="stop after closing")


def test_no_more_than_twenty_wishes_a_second_and_the_newest_wins(vehicle, operator):
    with operator.wheel() as wheel:
        began = time.monotonic()
        for number in range(100):
            wheel.press(0.001 * (number + 1), passed_ms=5.0)
        wait_until(lambda: (0.1, 0.0) in wishes(vehicle), what="the newest")
        passed_s = time.monotonic() - began
    turning = [wish for wish in wishes(vehicle) if wish != (0.0, 0.0)]
    assert len(turning) <= passed_s / 0.045 + 2
    assert turning == sorted(turning)


def test_a_wish_that_was_long_on_its_way_is_not_passed_on(vehicle, operator):
    with operator.wheel() as wheel:
        wheel.press(0.2)
        wait_until(lambda: (0.2, 0.0) in wishes(vehicle), what="first wish")
        time.sleep(LATE_S + 0.3)  # the wish is held up on its way: its own clock says it is hardly later
        wheel.press(0.7, passed_ms=10.0)
        time.sleep(0.3)
        assert (0.7, 0.0) not in wishes(vehicle)


def test_only_the_holder_turns_the_wheel(city, vehicle, operator):
    admin = Person(city, "admin")
    with admin.wheel() as wheel:
        assert close_code(wheel.socket) == 4409
    viewer = Person(city, "viewer")
    with viewer.wheel() as wheel:
        assert close_code(wheel.socket) == 4401
    with operator.wheel(origin="http://elsewhere.example") as wheel:
        assert close_code(wheel.socket) == 4401
    with city.client.websocket_connect(f"{ROBOT}/drive", headers={"cookie": "gangseo_session=forged"}) as socket:
        assert close_code(socket) == 4401
    assert wishes(vehicle) == []


@pytest.mark.parametrize("frame", ["{", '{"v": 5.0, "w": 0.0, "sequence": 1, "at": 1.0}', '{"v": 0.5}'])
def test_nonsense_ends_the_window_and_stops_the_robot(vehicle, operator, frame):
    with operator.wheel() as wheel:
        wheel.press(0.5)
        wait_until(lambda: wishes(vehicle)[-1:] == [(0.5, 0.0)], what="driving")
        wheel.socket.send_text(frame)
        assert close_code(wheel.socket) == 4400
    wait_until(lambda: wishes(vehicle)[-1] == (0.0, 0.0), what="stop")


@pytest.mark.parametrize("end", ["release", "force", "lapse", "hand over", "log out"])
def test_the_window_ends_with_the_lease(city, vehicle, operator, monkeypatch, end):
    admin = Person(city, "admin")
    if end == "lapse":
        monkeypatch.setattr(takeovers, "LEASE", timedelta(seconds=0.8))
        operator.renew()
    if end == "log out":
        monkeypatch.setattr("gangseo_backend.fleet.drive_routes.CHECK_EVERY_S", 0.1)
    with operator.wheel() as wheel:
        wheel.press(0.5)
        wait_until(lambda: wishes(vehicle)[-1:] == [(0.5, 0.0)], what="driving")
        if end == "release":
            operator.release()
        elif end == "force":
            admin.release()
        elif end == "hand over":
            operator.post(f"{ROBOT}/takeover/hand-over", to="admin")
            admin.post(f"{ROBOT}/takeover/accept").raise_for_status()
        elif end == "log out":
            operator.http.delete("/api/session")
        assert close_code(wheel.socket) == (4401 if end == "log out" else 4409)
    wait_until(lambda: wishes(vehicle)[-1] == (0.0, 0.0), what="stop")


def test_a_second_window_of_the_holder_takes_the_wheel_from_the_first(vehicle, operator):
    with operator.wheel() as first:
        first.press(0.3)
        wait_until(lambda: (0.3, 0.0) in wishes(vehicle), what="first window")
        with operator.wheel() as second:
            second.press(0.4)
            assert close_code(first.socket) == 4410
            wait_until(lambda: (0.4, 0.0) in wishes(vehicle), what="second window")


def test_renewing_reaches_the_robot_without_touching_its_wheels(vehicle, operator):
    operator.renew()
    wait_until(lambda: vehicle.steered, what="renewal")
    assert vehicle.steered[-1][1].v is None
    assert vehicle.steered[-1][1].lease_id == vehicle.memory.lease
