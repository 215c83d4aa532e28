"""The story of the first issue: a call, a robot, everybody sees it; and every trouble on the way."""

import urllib.error

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.ros, pytest.mark.alone]

FAR_SPOTS = {
    "robot_01/robot": "bench_07",
    "robot_01/navigation": "bench_20",
    "backend": "bench_08",
    "broker": "bench_19",
    "sim_bridge": "bench_06",
}
"""Process to kill → a spot far from the one before, so that the robot is on its way when it happens."""


def test_robot_comes_takes_the_waste_and_goes_home(city, sim):
    call = city.call("bench_12")
    assigned = city.wait_for_call(call["id"], {"assigned", "arrived"}, 20)
    assert assigned["robot_id"] in {"robot_01", "robot_02"}
    assert 0 < assigned["eta_s"] < 180
    arrived = city.wait_for_call(call["id"], {"arrived"}, 120)
    robot = city.robot(arrived["robot_id"])
    city.wait(lambda: all(b["open"] for b in city.robot(arrived["robot_id"])["bins"]), 10, every_s=0.05)
    city.wait(lambda: (city.call_state(call["id"])["countdown_s"] or 0) > 0, 10, every_s=0.05)
    assert {b["stream"] for b in robot["bins"]} == {"plastic", "paper", "can", "other"}
    city.wait_for_call(call["id"], {"served"}, 30)
    said = [e for e in city.events() if e["robot_id"] == arrived["robot_id"] and "수거함" in e["text"]["ko"]]
    assert said, "the robot said nothing"
    city.wait(lambda: city.robot(arrived["robot_id"])["charging"], 120, lambda: str(city.robot(arrived["robot_id"])))
    assert sim.contacts == []


def test_second_call_on_a_spot_is_refused_and_first_goes_on(city):
    call = city.call("bench_03")
    ticket = city.scan("bench_03")["ticket"]
    with pytest.raises(urllib.error.HTTPError) as refused:
        city.resident("POST", "/api/recycling/calls", {"language": "ko"}, ticket)
    assert refused.value.code == 409
    city.wait_for_call(call["id"], {"assigned", "arrived", "served"}, 20)


def test_forged_code_is_refused(city):
    token = city.spots["bench_12"]["page_url"].rsplit("/s/", 1)[1]
    with pytest.raises(urllib.error.HTTPError) as refused:
        city.resident("POST", "/api/recycling/tickets", {"spot_token": token[:-3] + "AAA"})
    assert refused.value.code in {400, 403, 404}


def test_resident_can_cancel_and_robot_is_free_again(city):
    call = city.call("bench_20")
    city.wait_for_call(call["id"], {"assigned"}, 20)
    city.resident("POST", f"/api/recycling/calls/{call['id']}/cancel", {}, call["ticket"])
    city.wait_for_call(call["id"], {"canceled"}, 10)
    city.wait(lambda: {m["state"] for m in city.missions(call["id"])} <= {"canceled", "finished", "failed"}, 30)


def test_full_bin_means_a_trip_to_the_depot(city, sim):
    for robot_id in ("robot_01", "robot_02"):
        sim.fill_bins(robot_id, plastic=0.95)
    call = city.call("bench_05")
    served = city.wait_for_call(call["id"], {"served"}, 150)
    robot_id = served["robot_id"]

    def unloaded():
        return [
            m
            for m in city.missions()
            if m["kind"] == "unload" and m["robot_id"] == robot_id and m["state"] == "finished"
        ]

    city.wait(unloaded, 240, lambda: str(city.robot(robot_id)))
    city.wait(lambda: max(b["fill"] for b in city.robot(robot_id)["bins"]) < 0.1, 20)
    for other in ("robot_01", "robot_02"):
        sim.fill_bins(other, plastic=0.0)


@pytest.mark.parametrize("name", FAR_SPOTS)
def test_kill_9_in_mid_mission_loses_nothing_and_does_nothing_twice(city, kill, name):
    call = city.call(FAR_SPOTS[name])
    moving = city.wait_for_call(call["id"], {"assigned"}, 20)
    robot_id = moving["robot_id"]
    city.wait(lambda: city.robot(robot_id)["activity"] == "driving", 30, lambda: str(city.robot(robot_id)))
    kill(name.replace("robot_01", robot_id))
    city.wait_for_call(call["id"], {"served"}, 200)
    finished = [m for m in city.missions(call["id"]) if m["state"] == "finished"]
    assert len(finished) == 1
    offers = [e for e in city.events() if e["call_id"] == call["id"] and e["kind"] == "call_served"]
    assert len(offers) <= 1


def _ahead(city, call_id):
    route = [node for node in city.missions(call_id)[0]["route"] if not node["passed"]]
    return route if len(route) >= 4 else None


def test_blocked_path_is_driven_around(city, sim):
    call = city.call("bench_16")
    assigned = city.wait_for_call(call["id"], {"assigned"}, 20)
    city.wait(lambda: city.robot(assigned["robot_id"])["activity"] == "driving", 30)
    ahead = city.wait(lambda: _ahead(city, call["id"]), 20)
    a, b = ahead[len(ahead) // 2 - 1], ahead[len(ahead) // 2]
    sim.place("tree_trunk", (a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2, 2.2)
    try:
        city.wait_for_call(call["id"], {"served"}, 240)
    finally:
        sim.remove("tree_trunk")
    assert assigned["robot_id"]


def test_emergency_stop_holds_the_robot_and_release_lets_it_go_on(city):
    import uuid

    call = city.call("bench_18")
    robot_id = city.wait_for_call(call["id"], {"assigned"}, 20)["robot_id"]
    city.wait(lambda: city.robot(robot_id)["speed_mps"] > 0.3, 30)
    commands = f"/api/fleet/robots/{robot_id}/commands"
    stop = city.post(commands, {"command_id": str(uuid.uuid4()), "kind": "emergency_stop", "reason": "test"})
    city.wait(lambda: city.get(f"/api/fleet/commands/{stop['command_id']}")["acknowledged_at"], 10)
    city.wait(
        lambda: city.robot(robot_id)["emergency_stop"] == "REMOTE" and abs(city.robot(robot_id)["speed_mps"]) < 0.02, 10
    )
    city.post(commands, {"command_id": str(uuid.uuid4()), "kind": "release_emergency_stop", "reason": "test over"})
    city.wait_for_call(call["id"], {"served"}, 150)
