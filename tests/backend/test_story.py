"""Call → mission → order on MQTT → state → stream, with the real application and a real broker."""

import pytest

from backend.conftest import wait_until
from backend.vehicle import Vehicle

COLLECT = ["say", "openBins", "waitForResident", "closeBins"]


def done_types(vehicle: Vehicle) -> list[str]:
    return [action.split(":")[0] for action in vehicle.memory.done]


def cookie(city) -> dict[str, str]:
    return {"cookie": f"gangseo_session={city.client.cookies['gangseo_session']}"}


def test_call_is_served_and_seen_on_the_stream(start_city):
    city = start_city()
    vehicle = city.robot(1)
    with city.client.websocket_connect("/api/stream", headers=cookie(city)) as stream:
        assert stream.receive_json()["type"] == "snapshot"
        call = city.call("bench_03")
        done = city.await_call(call["id"], "served")
        seen = set()
        while ("call", "served") not in seen:
            frame = stream.receive_json()
            kind = frame["type"]
            seen.add((kind, frame[kind].get("state")) if kind in {"call", "mission"} else (kind, None))
    assert {("call", "assigned"), ("mission", "active"), ("robot", None), ("event", None)} <= seen
    assert done["robot_id"] == "robot_01"
    assert done_types(vehicle) == COLLECT
    assert len({order.order_id for order in vehicle.orders_seen}) == 1


@pytest.mark.slow
def test_resident_sees_robot_eta_and_countdown(start_city):
    city = start_city()
    city.robot(1, pace=20.0)
    ticket = city.ticket("bench_03")
    with city.client.websocket_connect("/api/stream", headers={"cookie": "none=1"}) as stream:
        stream.send_json({"ticket": ticket})
        call = city.call("bench_03")
        kinds, etas, countdowns = set(), [], []
        while True:
            frame = stream.receive_json()
            kinds.add(frame["type"])
            if frame["type"] != "call":
                continue
            assert frame["call"]["id"] == call["id"]
            etas.append(frame["call"]["eta_s"])
            countdowns.append(frame["call"]["countdown_s"])
            if frame["call"]["state"] == "served":
                break
    assert kinds <= {"call", "robot_position", "heartbeat"}
    assert "robot_position" in kinds
    assert any(eta for eta in etas)
    assert any(countdown for countdown in countdowns)


@pytest.mark.slow
def test_two_robots_serve_many_calls_and_one_spot_has_one_call(start_city):
    city = start_city()
    first, second = city.robot(1), city.robot(2)
    calls = [city.call(f"bench_{number:02}") for number in range(6)]
    refused = city.call_raw("bench_05")
    assert refused.status_code == 409
    assert refused.json()["code"] == "spot_has_open_call"
    for call in calls:
        city.await_call(call["id"], "served", timeout_s=40)
    assert done_types(first).count("closeBins") + done_types(second).count("closeBins") == 6
    assert done_types(first).count("closeBins") >= 1
    assert done_types(second).count("closeBins") >= 1


def test_full_bin_goes_over_the_crosswalk_to_the_depot_first(start_city):
    city = start_city()
    vehicle = city.robot(1)
    vehicle.behaviour.fill_by = 0.95
    one = city.call("bench_03")
    city.await_call(one["id"], "served")
    two = city.call("bench_02")
    city.await_call(two["id"], "served", timeout_s=30)
    order = done_types(vehicle)
    assert order.index("unload") < len(order) - 1
    assert order.count("unload") == 1
    assert order[-4:] == COLLECT


@pytest.mark.slow
def test_idle_robot_goes_home_and_is_diverted_on_the_way(start_city):
    from dataclasses import replace

    from backend.city import FAST

    city = start_city(replace(FAST, idle_before_home_s=0.3))
    vehicle = city.robot(1, pace=3.0)
    one = city.call("bench_03")
    city.loop.call(lambda: setattr(vehicle, "pace", 40.0))
    city.await_call(one["id"], "served")
    city.loop.call(lambda: setattr(vehicle, "pace", 3.0))
    wait_until(
        lambda: [m for m in city.get("/api/fleet/missions?state=active") if m["kind"] == "charge"], what="going home"
    )
    two = city.call("bench_02")
    city.await_call(two["id"], "assigned", "arrived")
    city.loop.call(lambda: setattr(vehicle, "pace", 40.0))
    city.await_call(two["id"], "served")
    wait_until(lambda: vehicle.memory.charging, 15, "charging at home")
    kinds = [(m["kind"], m["state"]) for m in city.get("/api/fleet/missions")]
    assert ("charge", "canceled") in kinds
    assert wait_until(
        lambda: ("charge", "finished") in [(m["kind"], m["state"]) for m in city.get("/api/fleet/missions")]
    )


@pytest.mark.slow
def test_robot_that_never_answers_is_replaced(start_city):
    city = start_city()
    near, far = city.robot(1), city.robot(2)
    near.behaviour.deaf = True
    far.behaviour.deaf = True
    call = city.call("bench_00")
    first = city.await_call(call["id"], "assigned")["robot_id"]
    other = far if first == "robot_01" else near
    other.behaviour.deaf = False
    done = city.await_call(call["id"], "served", timeout_s=30)
    assert done["robot_id"] == other.robot_id
    deaf = near if other is far else far
    assert len({order.order_id for order in deaf.orders_seen}) == 1
    assert len(deaf.orders_seen) >= 2, "resent before it was given up"
    assert "robot_does_not_answer" in city.incidents()


@pytest.mark.slow
def test_silent_robot_loses_its_mission_and_does_not_do_it_when_it_comes_back(start_city):
    city = start_city()
    vehicle = city.robot(1, pace=1.0)
    call = city.call_under_way("bench_03")
    city.loop.call(vehicle.die)
    other = city.robot(2)
    done = city.await_call(call["id"], "served", timeout_s=30)
    assert done["robot_id"] == "robot_02"
    again = Vehicle(city.site, "robot_01", city.broker.port, node_id="c0", pace=1.0, memory=vehicle.memory)
    city.loop.spawn(again.run())
    wait_until(lambda: not again.active, 20, what="stray order canceled")
    assert done_types(again) == []
    assert done_types(other) == COLLECT
    assert "robot_silent" in city.incidents()


@pytest.mark.slow
def test_cancel_ends_whatever_the_robot_does(start_city):
    city = start_city()
    vehicle = city.robot(1, pace=1.0)
    call = city.call("bench_03")
    assigned = city.await_call(call["id"], "assigned")
    city.await_mission(assigned["mission_id"], "active")
    canceled = city.client.post(f"/api/recycling/calls/{call['id']}/cancel")
    assert canceled.status_code == 202
    assert city.await_call(call["id"], "canceled")["reason"]["key"] == "reason.call_canceled"
    assert not vehicle.active
    assert set(vehicle.canceled_orders) == {vehicle.orders_seen[-1].order_id}, "the cancel names its order"
    vehicle.behaviour.deaf = True
    call = city.call("bench_03")
    mission_id = city.await_call(call["id"], "assigned")["mission_id"]
    answer = city.client.post(f"/api/fleet/missions/{mission_id}/cancel", json={"reason": "시험"})
    assert answer.status_code == 202
    city.await_mission(mission_id, "canceled")
    assert city.await_call(call["id"], "canceled")["reason"]["key"] == "reason.operator_canceled"
    over = city.client.post(f"/api/fleet/missions/{mission_id}/cancel", json={"reason": "again"})
    assert (over.status_code, over.json()["code"]) == (409, "mission_over")


def test_blocked_path_is_gone_around(start_city):
    city = start_city()
    vehicle = city.robot(1)
    vehicle.behaviour.blocked_edges = {"n1-n2"}
    call = city.call("bench_02")
    city.await_call(call["id"], "served", timeout_s=30)
    assert len({order.order_id for order in vehicle.orders_seen}) == 2
    assert "path_blocked" in city.incidents()
    assert done_types(vehicle) == COLLECT


def test_tries_are_bounded_and_the_call_fails_with_a_reason(start_city):
    city = start_city()
    vehicle = city.robot(1)
    vehicle.behaviour.fail_action = "openBins"
    call = city.call("bench_01")
    failed = city.await_call(call["id"], "failed", timeout_s=40)
    assert failed["reason"]["key"] == "reason.step_failed"
    assert failed["reason"]["ko"]
    assert "mission_failed" in city.incidents()


def test_refused_order_raises_an_incident(start_city):
    city = start_city()
    vehicle = city.robot(1)
    vehicle.behaviour.refuse = True
    call = city.call("bench_01")
    wait_until(lambda: "order_refused" in city.incidents(), what="incident")
    vehicle.behaviour.refuse = False
    city.await_call(call["id"], "served", "failed", timeout_s=30)


def test_commands_are_acknowledged_and_done_once(start_city):
    city = start_city()
    vehicle = city.robot(1)
    body = {"command_id": "command-0001", "kind": "pause", "reason": "시험"}
    for _ in range(2):
        assert city.client.post("/api/fleet/robots/robot_01/commands", json=body).status_code == 202
    path = "/api/fleet/commands/command-0001"
    done = wait_until(lambda: (row := city.get(path))["state"] == "finished" and row, what="command")
    assert done["requested_at"] <= done["sent_at"] <= done["acknowledged_at"]
    assert vehicle.paused
    assert list(vehicle.memory.instant).count("command-0001") == 1
    taken = city.client.post("/api/fleet/robots/robot_01/commands", json=body | {"kind": "resume"})
    assert (taken.status_code, taken.json()["code"]) == (409, "command_id_taken")
    vehicle.behaviour.deaf = True


@pytest.mark.slow
def test_unable_robot_hands_its_mission_on(start_city):
    city = start_city()
    city.robot(1, pace=2.0)
    call = city.call_under_way("bench_03")
    body = {"command_id": "stop-000001", "kind": "emergency_stop", "reason": "시험"}
    city.client.post("/api/fleet/robots/robot_01/commands", json=body).raise_for_status()
    city.robot(2)
    done = city.await_call(call["id"], "served", timeout_s=30)
    assert done["robot_id"] == "robot_02"
    assert city.robots()["robot_01"]["emergency_stop"] == "REMOTE"
    assert "robot_unable" in city.incidents()


def test_restart_of_the_application_goes_on(start_city):
    city = start_city()
    vehicle = city.robot(1, pace=4.0)
    call = city.call("bench_03")
    mission_id = city.await_call(call["id"], "assigned")["mission_id"]
    wait_until(lambda: vehicle.driving, what="driving")
    city = start_city()
    city.loop.call(lambda: setattr(vehicle, "pace", 40.0))
    done = city.await_call(call["id"], "served", timeout_s=30)
    assert done["mission_id"] == mission_id
    assert done_types(vehicle) == COLLECT
    assert len({order.order_id for order in vehicle.orders_seen}) == 1


@pytest.mark.slow
def test_broker_that_dies_costs_nothing(start_city):
    city = start_city()
    vehicle = city.robot(1, pace=4.0)
    call = city.call("bench_03")
    city.await_call(call["id"], "assigned")
    city.broker.stop(hard=True)
    other = city.call("bench_02")
    city.broker.start()
    city.loop.call(lambda: setattr(vehicle, "pace", 40.0))
    for waiting in (call, other):
        city.await_call(waiting["id"], "served", timeout_s=40)
    assert done_types(vehicle) == COLLECT * 2
