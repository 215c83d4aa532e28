"""A robot swapped for another, a map that changes: the work goes on elsewhere or ends, nothing gets stuck."""

import pytest

from backend.conftest import wait_until
from backend.small_site import build_site
from backend.vehicle import Vehicle


def on_the_way(city, spot: str = "bench_03") -> tuple[Vehicle, dict]:
    vehicle = city.robot(1, pace=2.0)
    call = city.call_under_way(spot)
    return vehicle, call


@pytest.mark.slow
def test_a_swapped_robot_does_the_mission_from_the_beginning(start_city):
    city = start_city()
    old, call = on_the_way(city)
    city.loop.call(old.die)
    city.loop.runs[old.robot_id].result(5)
    new = city.robot(1)
    city.await_call(call["id"], "served", timeout_s=30)
    assert [action.split(":")[0] for action in new.memory.done][-1] == "closeBins"
    assert old.memory.done == []
    assert "robot_forgot_order" in city.incidents()


def test_a_mission_over_lanes_that_are_gone_takes_another_way(start_city, tmp_path):
    site = build_site()
    city = start_city()
    vehicle, call = on_the_way(city)
    *_, used, _to_the_spot = vehicle.memory.edges
    gone = {used.edge_id, "-".join(reversed(used.edge_id.split("-")))}
    left = site.model_copy(update={"edges": tuple(edge for edge in site.edges if edge.edge_id not in gone)})
    (tmp_path / "changed.json").write_text(left.to_json(), encoding="utf-8")
    city = start_city(site_file=tmp_path / "changed.json")
    vehicle.pace = 60.0
    city.await_call(call["id"], "served", timeout_s=30)


@pytest.mark.slow
def test_a_mission_to_a_place_that_is_gone_fails_in_words(start_city, tmp_path):
    site = build_site()
    city = start_city()
    vehicle, call = on_the_way(city)
    spot = next(spot for spot in site.spots if spot.spot_id == "bench_03")
    left = site.model_copy(
        update={
            "nodes": tuple(node for node in site.nodes if node.node_id != spot.node_id),
            "edges": tuple(e for e in site.edges if spot.node_id not in {e.start_node_id, e.end_node_id}),
            "spots": tuple(other for other in site.spots if other is not spot),
        }
    )
    (tmp_path / "changed.json").write_text(left.to_json(), encoding="utf-8")
    city = start_city(site_file=tmp_path / "changed.json")
    missions = [m for m in city.get("/api/fleet/missions") if m["call_id"] == call["id"]]
    wait_until(lambda: city.get(f"/api/fleet/missions/{missions[0]['id']}")["state"] == "failed", what="failed")
    assert "지도" in city.get(f"/api/fleet/missions/{missions[0]['id']}")["reason"]["ko"]
    wait_until(lambda: not vehicle.active, what="the robot drops it")
