"""Areas that people close: driven around, waited for, left by whoever is in them."""

from datetime import timedelta

import pytest

from backend.conftest import wait_until
from backend.small_site import build_site
from gangseo_backend.core.clock import SystemClock
from gangseo_backend.fleet.lanes import LaneGraph


def square(x: float, y: float, half: float = 1.5) -> list[list[float]]:
    return [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]]


def close(city, area, minutes: float = 10.0):
    until = (SystemClock().now() + timedelta(minutes=minutes)).isoformat()
    return city.client.post("/api/fleet/closures", json={"vertices": area, "until": until, "reason": "물웅덩이"})


def test_whoever_is_in_a_closed_area_may_leave_it_and_nobody_comes_in():
    lanes = LaneGraph(build_site())
    into = lanes.edges_into([(8.0, -2.0), (12.0, -2.0), (12.0, 2.0), (8.0, 2.0)])
    assert {"n0-n1", "n2-n1"} <= into
    assert not {"n1-n0", "n1-n2"} & into
    around, out = lanes.way("n0", "n2", into), lanes.way("n1", "n2", into)
    assert around
    assert "n7" in around.nodes
    assert out
    assert out.nodes == ("n1", "n2")
    assert lanes.way("n0", "n1", into) is None


def test_a_robot_under_way_is_led_around(start_city):
    city = start_city()
    vehicle = city.robot(1, pace=2.0)
    call = city.call("bench_02")
    wait_until(lambda: vehicle.driving, what="driving")
    far = vehicle.memory.edges[-2]
    node = next(node for node in city.site.nodes if node.node_id == far.edge_id.split("-")[0])
    assert close(city, square(node.x, node.y)).status_code == 201
    vehicle.pace = 60.0
    city.await_call(call["id"], "served", timeout_s=30)
    assert len(set(vehicle.canceled_orders)) == 1
    assert far.edge_id not in {edge.edge_id for edge in vehicle.memory.edges}


@pytest.mark.slow
def test_a_call_to_a_closed_place_waits_in_words_and_goes_on_when_it_is_open(start_city):
    city = start_city()
    city.robot(1)
    spot = next(node for node in city.site.nodes if node.node_id == "s3")
    closure = close(city, square(spot.x, spot.y)).json()
    call = city.call("bench_03")
    wait_until(lambda: "닫힌" in ((city.call_state(call["id"])["reason"] or {}).get("ko") or ""), what="told")
    assert city.call_state(call["id"])["state"] == "queued"
    assert [item["id"] for item in city.get("/api/fleet/closures")] == [closure["id"]]
    for _ in range(2):
        assert city.client.post(f"/api/fleet/closures/{closure['id']}/open").status_code == 200
    city.await_call(call["id"], "served", timeout_s=30)
    assert city.get("/api/fleet/closures") == []


@pytest.mark.parametrize(
    "body",
    [
        {"vertices": [[0, 0], [1, 1]], "reason": "x"},
        {"vertices": [[0, 0], [1, 1], ["a", 2]], "reason": "x"},
        {"vertices": square(0, 0), "reason": ""},
        {"vertices": square(0, 0), "reason": "x", "until": "2020-01-01T00:00:00Z"},
        {"vertices": square(0, 0), "reason": "x", "until": "2090-01-01T00:00:00"},
    ],
)
def test_a_closure_that_makes_no_sense_is_refused(start_city, body):
    city = start_city()
    whole = {"until": "2090-01-01T00:00:00Z"} | body
    assert city.client.post("/api/fleet/closures", json=whole).status_code == 422
    assert city.client.post("/api/fleet/closures/none/open").status_code == 404
