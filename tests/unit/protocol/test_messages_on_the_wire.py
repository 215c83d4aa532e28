"""Every message we can make is valid by the official schemas, and reads back as itself."""

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from gangseo_protocol.factsheet import Factsheet
from gangseo_protocol.schema import SchemaChecker, SchemaFolderError
from gangseo_protocol.vda5050 import (
    Connection,
    InstantActions,
    Order,
    Responses,
    State,
    Visualization,
    ZoneSetMessage,
)
from unit.protocol.wire_strategies import models

MESSAGES = {
    "order": Order,
    "instantActions": InstantActions,
    "state": State,
    "visualization": Visualization,
    "connection": Connection,
    "factsheet": Factsheet,
    "zoneSet": ZoneSetMessage,
    "responses": Responses,
}
# Messages are large: shrinking one takes minutes and tells no more than the place the checker names.
QUICK = [Phase.explicit, Phase.reuse, Phase.generate]
SLACK = settings(max_examples=12, deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def checker(vda5050_schemas):
    return SchemaChecker(vda5050_schemas)


@pytest.mark.parametrize("name", MESSAGES)
def test_messages_are_valid_and_round_trip(name, checker):
    model = MESSAGES[name]

    @SLACK
    @given(models(model))
    def check(message):
        text = message.to_json()
        assert checker.problems(name, text) == ()
        assert model.model_validate_json(text) == message
        assert json.loads(text) == message.to_wire()

    check()


@pytest.mark.parametrize("name", MESSAGES)
@SLACK
@given(payload=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode), st.just(b"{}")))
def test_malformed_payloads_give_a_clear_error_and_nothing_else(name, payload):
    with pytest.raises(ValidationError) as caught:
        MESSAGES[name].model_validate_json(payload)
    assert caught.value.errors()[0]["msg"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"timestamp": "2026-11-22T09:00:00"}, "timestamp"),
        ({"headerId": -1}, "headerId"),
        ({"headerId": "7"}, "headerId"),
        ({"orderUpdateId": True}, "orderUpdateId"),
        ({"nodes": []}, "nodes"),
        ({"nodes": [{"nodeId": "a", "sequenceId": 0}]}, "nodes.0.released"),
    ],
)
def test_a_wrong_field_is_named(change, place):
    good = {
        "headerId": 0, "timestamp": "2026-11-22T09:00:00.000Z", "version": "3.0.0", "manufacturer": "gangseo",
        "serialNumber": "robot_01", "orderId": "o", "orderUpdateId": 0,
        "nodes": [{"nodeId": "a", "sequenceId": 0, "released": True, "actions": []}], "edges": [],
    }  # fmt: skip
    assert Order.model_validate_json(json.dumps(good)).order_id == "o"
    with pytest.raises(ValidationError) as caught:
        Order.model_validate_json(json.dumps({**good, **change}))
    assert ".".join(str(part) for part in caught.value.errors()[0]["loc"]) == place


def test_unknown_keys_of_newer_peers_are_ignored():
    text = Connection.model_validate_json(
        '{"headerId":1,"timestamp":"2026-11-22T18:00:00.5+09:00","version":"3.0.0","manufacturer":"gangseo",'
        '"serialNumber":"robot_01","connectionState":"ONLINE","mood":"good"}'
    ).to_json()
    assert '"timestamp":"2026-11-22T09:00:00.500Z"' in text
    assert "mood" not in text


def test_checker_tells_the_place_of_a_problem(checker):
    assert checker.problems("connection", "{") == (
        "$: not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
    )
    problems = checker.problems("connection", {"headerId": "x"})
    assert any(problem.startswith("$.headerId: ") for problem in problems)


def test_checker_says_what_is_wrong_with_its_folder(tmp_path):
    with pytest.raises(SchemaFolderError, match=r"order\.schema is missing"):
        SchemaChecker(tmp_path)
    (tmp_path / "order.schema").write_text("{")
    with pytest.raises(SchemaFolderError, match=r"order\.schema is not JSON"):
        SchemaChecker(tmp_path)
