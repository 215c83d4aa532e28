"""Everything the backend says and hears against the official VDA 5050 schemas."""

import json
from collections import defaultdict
from dataclasses import replace

import aiomqtt
import pytest

from backend.city import FAST
from backend.conftest import wait_until
from backend.test_intake import publish
from gangseo_backend.core.config import ConfigError
from gangseo_backend.fleet.board import Outgoing
from gangseo_backend.main import create_app
from gangseo_protocol.schema import SchemaChecker
from gangseo_protocol.topics import TO_ROBOT, parse_topic, topic


def listen(city) -> dict[str, list[bytes]]:
    """Everything that is sent to robots from now on, by message kind."""
    heard: dict[str, list[bytes]] = defaultdict(list)

    async def run() -> None:
        async with aiomqtt.Client("127.0.0.1", city.broker.port, identifier="listener") as client:
            for name in TO_ROBOT:
                await client.subscribe(topic("+", name), qos=1)
            heard["ready"] = []
            async for message in client.messages:
                heard[parse_topic(str(message.topic)).name].append(bytes(message.payload))

    city.loop.spawn(run(), "listener")
    wait_until(lambda: "ready" in heard, what="listener")
    return heard


@pytest.mark.slow
def test_every_kind_of_message_sent_validates(start_city, vda5050_schemas):
    near = replace(FAST, lookahead_m=5.0, lookahead_parts=1)  # so that orders are extended on the way
    city = start_city(near, schema_dir=vda5050_schemas)
    heard = listen(city)
    vehicle = city.robot(1)
    vehicle.behaviour.fill_by = 0.95
    city.await_call(city.call("bench_03")["id"], "served")
    city.loop.call(lambda: setattr(vehicle.behaviour, "fill_by", 0.0))
    city.await_call(city.call("bench_02")["id"], "served", timeout_s=30)  # over the crosswalk, bins emptied
    city.loop.call(lambda: setattr(vehicle, "pace", 1.0))
    call = city.call("bench_05")
    mission_id = city.await_call(call["id"], "assigned")["mission_id"]
    city.await_mission(mission_id, "active")
    city.client.post(f"/api/recycling/calls/{call['id']}/cancel").raise_for_status()
    city.await_call(call["id"], "canceled")
    body = {"command_id": "command-0001", "kind": "pause", "reason": "시험"}
    city.client.post("/api/fleet/robots/robot_01/commands", json=body).raise_for_status()
    wait_until(lambda: vehicle.paused, what="pause")
    checker = SchemaChecker(vda5050_schemas)
    for name in TO_ROBOT:
        assert heard[name], f"no {name} was sent"
        assert [checker.problems(name, payload) for payload in heard[name] if checker.problems(name, payload)] == []
    assert {json.loads(payload)["orderUpdateId"] for payload in heard["order"]} > {0}, "no update was sent"
    types = {action["actionType"] for payload in heard["instantActions"] for action in json.loads(payload)["actions"]}
    assert {"cancelOrder", "startPause", "stateRequest"} <= types
    assert city.incidents().isdisjoint({"unfit_message", "malformed_message"})


def test_received_message_that_breaks_the_schema_is_malformed(start_city, vda5050_schemas):
    city = start_city(schema_dir=vda5050_schemas)
    vehicle = city.robot(1)
    state = json.loads(vehicle.state().to_json())
    del state["version"]  # our own reader would let it pass
    publish(city, "state", "robot_01", json.dumps(state))
    wait_until(lambda: "malformed_message" in city.incidents(), what="incident")
    city.await_call(city.call("bench_01")["id"], "served")


def test_own_message_that_breaks_the_schema_raises_an_incident_and_stops_nothing(start_city, vda5050_schemas):
    class Unfit:
        def to_json(self) -> str:
            return "{}"

    city = start_city(schema_dir=vda5050_schemas)
    city.robot(1)
    link = city.client.app.state.backend.fleet.link
    link.publish(Outgoing("robot_02", "instantActions", lambda _header: Unfit()))
    found = wait_until(
        lambda: [item for item in city.get("/api/fleet/incidents") if item["kind"] == "unfit_message"], what="incident"
    )
    assert "robot_02" in found[0]["text"]["ko"]
    assert 'gangseo_link_unfit_total{topic="instantActions"}' in city.client.get("/api/metrics").text
    city.await_call(city.call("bench_01")["id"], "served")


def test_folder_without_schemas_is_told_at_start(settings, tmp_path):
    with pytest.raises(ConfigError, match=r"GANGSEO_SCHEMA_DIR: .*missing"):
        create_app(settings.model_copy(update={"schema_dir": tmp_path}))
