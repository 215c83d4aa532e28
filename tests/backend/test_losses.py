"""Robots whose navigation or sensors are gone: their work goes on elsewhere, they get none until they recover."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backend.conftest import wait_until
from gangseo_backend.fleet.losses import after, gets_no_work, is_lasting
from gangseo_backend.fleet.policy import Policy
from gangseo_protocol import info

COLLECT = ["say", "openBins", "waitForResident", "closeBins"]
START = datetime(2026, 1, 1, tzinfo=UTC)
POLICY = Policy()


def done_types(*vehicles) -> list[str]:
    return [action.split(":")[0] for vehicle in vehicles for action in vehicle.memory.done]


def later(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def on_the_way(city, spot: str = "bench_03"):
    vehicle = city.robot(1, pace=2.0)
    call = city.call_under_way(spot)
    return vehicle, call


def mission_left(city, call: dict) -> dict:
    """The call's mission once it is back in the queue."""
    return wait_until(
        lambda: next(
            (m for m in city.get("/api/fleet/missions") if m["call_id"] == call["id"] and m["state"] == "queued"), None
        ),
        what="back in the queue",
    )


@pytest.mark.parametrize("error_type", [info.NAVIGATION_LOST, info.SENSOR_LOST])
def test_mission_of_a_lost_robot_goes_to_another(start_city, error_type):
    city = start_city()
    lost, call = on_the_way(city)
    city.loop.call(lambda: lost.lose(error_type))
    other = city.robot(2)
    done = city.await_call(call["id"], "served", timeout_s=20)
    assert done["robot_id"] == "robot_02"
    assert not lost.active
    assert lost.canceled_orders
    assert done_types(lost) == []
    assert done_types(other) == COLLECT
    kind = "navigation_lost" if error_type == info.NAVIGATION_LOST else "sensor_lost"
    told = [item for item in city.get("/api/fleet/incidents") if item["kind"] == kind]
    assert [(item["robot_id"], item["call_id"]) for item in told] == [("robot_01", call["id"])]


def test_lost_robot_gets_no_calls_until_it_recovers(start_city):
    city = start_city()
    lost = city.robot(1)
    city.loop.call(lambda: lost.lose(info.NAVIGATION_LOST))
    wait_until(lambda: city.robots()["robot_01"]["errors"], what="the error is seen")
    call = city.call("bench_00")
    wait_until(lambda: "navigation_lost" in city.incidents(), what="incident without a mission")
    waiting = wait_until(lambda: city.call_state(call["id"])["reason"], what="a reason")
    assert waiting["key"] == "queue.robots_lost"
    assert waiting["ko"] != waiting["en"] != waiting["key"]
    assert lost.orders_seen == []
    city.loop.call(lost.recover)
    city.await_call(call["id"], "served")
    assert done_types(lost) == COLLECT


@pytest.mark.slow
def test_call_of_the_only_robot_waits_and_is_served_after_every_recovery(start_city):
    city = start_city()
    lost, call = on_the_way(city)
    for _ in range(2):
        city.loop.call(lambda: lost.lose(info.NAVIGATION_LOST))
        mission = mission_left(city, call)
        assert mission["reason"]["key"] == "reason.navigation_lost"
        assert mission["attempt"] == 0, "a loss is no try"
        assert city.call_state(call["id"])["state"] == "queued"
        city.loop.call(lost.recover)
        city.await_call(call["id"], "assigned")
        wait_until(lambda: lost.driving, what="driving again")
    city.loop.call(lambda: setattr(lost, "pace", 60.0))
    done = city.await_call(call["id"], "served", timeout_s=20)
    assert done["robot_id"] == "robot_01"
    assert done["mission_id"] == mission["id"]
    assert done_types(lost) == COLLECT, "never lost, never done twice"


def test_short_loss_costs_no_mission():
    loss = after(None, "navigation_lost", START)
    assert not is_lasting(after(loss, "navigation_lost", later(20)), POLICY, later(20))
    assert gets_no_work(loss, POLICY, later(1)), "no new work from the first moment"
    gone = after(loss, None, later(15))
    assert not is_lasting(gone, POLICY, later(25))
    assert not gets_no_work(gone, POLICY, later(15)), "work again at once"


def test_loss_lasts_after_twenty_seconds():
    loss = after(after(None, "sensor_lost", START), "sensor_lost", later(20.5))
    assert is_lasting(loss, POLICY, later(20.5))


def test_rest_grows_with_losses_in_a_row_and_is_forgotten():
    rests = []
    loss, at = None, 0.0
    for _ in range(6):
        loss = after(loss, "navigation_lost", later(at))
        gone = after(replace(loss, handed_on=loss.handed_on + 1), None, later(at + 30))
        rests.append(next(s for s in range(1000) if not gets_no_work(gone, POLICY, later(at + 30 + s))))
        loss, at = gone, at + 300
    assert rests == [10, 20, 40, 80, 160, 160]
    assert after(loss, None, later(at + 1000)) is None
