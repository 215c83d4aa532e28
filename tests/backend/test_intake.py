"""Messages that are odd, late or not ours: one robot's trouble stays its own."""

import itertools
import json
from datetime import timedelta

import aiomqtt
import pytest

from backend.conftest import wait_until
from backend.test_story import COLLECT, done_types
from gangseo_protocol.topics import topic


def publish(city, name: str, robot_id: str, payload: str) -> None:
    async def send() -> None:
        async with aiomqtt.Client("127.0.0.1", city.broker.port, identifier="stranger") as client:
            await client.publish(topic(robot_id, name), payload, qos=1)

    city.loop.spawn(send()).result(5)


def test_malformed_and_foreign_messages_change_nothing(start_city):
    city = start_city()
    vehicle = city.robot(1)
    publish(city, "state", "robot_01", "{not json")
    publish(city, "state", "robot_01", json.dumps({"headerId": -1}))
    publish(city, "connection", "robot_77", json.dumps({}))
    wait_until(lambda: "malformed_message" in city.incidents(), what="incident")
    call = city.call("bench_01")
    city.await_call(call["id"], "served")
    assert done_types(vehicle) == COLLECT
    assert "gangseo_link_malformed_total" in city.client.get("/api/metrics").text


@pytest.mark.slow
def test_robot_whose_news_cannot_be_stored_does_not_stop_the_others(start_city, monkeypatch):
    from gangseo_backend.fleet import news

    store = news._store_robot

    def fail_for_second(board, robot_id, live) -> None:
        if robot_id == "robot_02":
            raise ValueError("odd news")
        store(board, robot_id, live)

    monkeypatch.setattr(news, "_store_robot", fail_for_second)
    city = start_city()
    city.robot(1)
    city.robot(2)
    done = city.await_call(city.call("bench_03")["id"], "served")
    assert done["robot_id"] == "robot_01"
    assert 'gangseo_fleet_news_failed_total{robot="robot_02"}' in city.client.get("/api/metrics").text


def test_old_state_that_comes_late_changes_nothing(start_city):
    city = start_city()
    vehicle = city.robot(1)
    old = vehicle.state().to_json()
    call = city.call("bench_01")
    city.await_call(call["id"], "served")
    before = city.robots()["robot_01"]
    publish(city, "state", "robot_01", old)
    publish(city, "state", "robot_01", old)
    city.loop.call(vehicle._changed.set)
    wait_until(lambda: city.robots()["robot_01"]["state_at"] != before["state_at"])
    assert city.robots()["robot_01"]["last_node_id"] == before["last_node_id"]


def test_a_robot_whose_clock_is_set_back_is_still_heard(start_city):
    city = start_city()
    vehicle = city.robot(1)
    hour = timedelta(hours=1)
    numbers = itertools.count(vehicle.state().header_id + 1000)

    def is_heard() -> bool:
        """Told again each time: the vehicle goes on telling with the right clock where it is."""
        state = vehicle.state()
        odd = {"timestamp": state.timestamp - hour, "header_id": next(numbers), "last_node_id": "n5"}
        publish(city, "state", "robot_01", state.model_copy(update=odd).to_json())
        return city.robots()["robot_01"]["last_node_id"] == "n5"

    wait_until(is_heard, what="heard")
