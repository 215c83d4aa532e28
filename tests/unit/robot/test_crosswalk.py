"""Over the road: only with the fleet's grant and a green light that lasts, and never to a stop on it."""

import pytest

from gangseo_robot.senses import SignalColor
from unit.robot.little_park import LINE, make_order, unloading


def test_a_tour_over_the_crosswalk_to_the_depot(world):
    nodes = [*LINE]
    world.fill = 0.95
    world.order(make_order(nodes, actions={"depot_1": unloading("d")}))
    world.tick(5)
    assert "binFull" in world.errors()
    for _ in range(3000):
        world.signal(SignalColor.GREEN, 15.0)
        world.tick()
        if world.phase == "FINISHED":
            break
    assert world.done["unload"] == 1
    assert world.done["dock depot_1"] == 1
    assert [entry for entry in world.log if entry[0] == "drive"][-1][1][-1] == 27
    assert not world.state.zone_requests
    world.tick(20)
    assert "binFull" not in world.errors()


@pytest.mark.parametrize("trouble", ["no grant", "red", "short green", "flashing", "no signal"])
def test_the_robot_waits_before_the_crosswalk(world, trouble):
    world.grants = trouble != "no grant"
    world.order(make_order([*LINE]))
    for _ in range(600):
        if trouble == "red":
            world.signal(SignalColor.RED, 1.0)
        elif trouble == "short green":
            world.signal(SignalColor.GREEN, 2.5)
        elif trouble == "flashing":
            world.signal(SignalColor.FLASHING, 60.0)
        elif trouble == "no grant":
            world.signal(SignalColor.GREEN, 30.0)
        world.tick()
        assert world.x <= 16.0
    assert world.x == pytest.approx(16.0)
    assert world.waiting == {
        "no grant": "waiting.crosswalk_grant",
        "no signal": "waiting.signal_unknown",
    }.get(trouble, "waiting.crosswalk_signal")
    world.grants = True
    for request in world.state.zone_requests:
        world.grant(request.request_id)
    for _ in range(300):
        world.signal(SignalColor.GREEN, 30.0)
        world.tick()
    assert world.phase == "FINISHED"


def test_a_robot_on_the_road_goes_on_when_the_lease_ends_or_the_light_turns(world):
    world.order(make_order([*LINE]))
    while world.x < 19.0:
        world.signal(SignalColor.GREEN, 30.0)
        world.tick()
    world.grant(world.state.zone_requests[0].request_id, "REVOKED")
    for _ in range(100):
        world.signal(SignalColor.RED, 20.0)
        world.tick()
        assert world.phase == "FINISHED" or ("cancel", round(world.x, 1)) not in world.log
    assert world.x >= 24.0


def test_a_robot_behind_the_road_but_before_its_node_waits_for_no_signal(world):
    world.order(make_order([*LINE], released=6))
    while world.x < 23.4:
        world.signal(SignalColor.GREEN, 30.0)
        world.tick()
    update = make_order(LINE[5:], update_id=1, first_sequence=10)
    world.order(update)
    for _ in range(100):
        world.signal(SignalColor.RED, 20.0)
        world.tick()
        assert world.waiting != "waiting.crosswalk_signal"
    assert world.phase == "FINISHED"


def test_an_expired_lease_is_asked_for_again(world):
    world.grants = False
    world.order(make_order([*LINE]))
    world.signal(SignalColor.RED, 100.0)
    world.until(lambda: world.state.zone_requests)
    first = world.state.zone_requests[0].request_id
    world.grant(first, lease_s=1.0)
    world.tick(80)
    assert world.state.zone_requests[0].request_id != first
    assert world.state.zone_requests[0].request_status == "REQUESTED"


@pytest.mark.parametrize("granted", [False, True])
def test_a_robot_restarted_before_the_crosswalk_asks_by_the_same_id(world, granted):
    world.grants = granted
    world.order(make_order([*LINE]))
    world.signal(SignalColor.RED, 100.0)
    world.until(lambda: world.x == pytest.approx(16.0) and world.state.zone_requests)
    (before,) = world.state.zone_requests
    assert before.request_status == ("GRANTED" if granted else "REQUESTED")
    for _ in range(3):
        world.sent.clear()
        world.crash()
        world.tick(20)
        asked = {r["requestId"] for name, m in world.sent if name == "state" for r in m["zoneRequests"]}
        assert asked == {before.request_id}
        assert world.state.zone_requests == (before,)
    world.grant(before.request_id)
    world.crash()
    for _ in range(300):
        world.signal(SignalColor.GREEN, 30.0)
        world.tick()
    assert world.phase == "FINISHED"
    assert not world.state.zone_requests
    world.crash()
    world.tick(3)
    assert not world.state.zone_requests


def test_a_lease_that_ran_out_during_a_restart_is_asked_for_again(world):
    world.grants = False
    world.order(make_order([*LINE]))
    world.signal(SignalColor.RED, 100.0)
    world.until(lambda: world.state.zone_requests)
    first = world.state.zone_requests[0].request_id
    world.grant(first, lease_s=5.0)
    world.now_s += 60.0
    world.crash()
    world.until(lambda: world.state.zone_requests[0].request_status == "EXPIRED")
    world.until(lambda: world.state.zone_requests[0].request_id != first)
    assert world.state.zone_requests[0].request_status == "REQUESTED"


def test_zones_are_given_back_with_the_order_but_for_the_one_stood_in(world):
    world.order(make_order([*LINE]))
    world.until(lambda: world.x > 12.0 and world.state.zone_requests)
    world.instant("cancelOrder", "c-1")
    world.tick(3)
    assert not world.state.zone_requests
    world.until(lambda: not world.state.driving)
    world.order(make_order(["spot_12", "w3", "w4"], order_id="order-2"))
    while world.x < 19.0:
        world.signal(SignalColor.GREEN, 30.0)
        world.tick()
    world.instant("cancelOrder", "c-2")
    world.tick(20)
    assert [r.request_status for r in world.state.zone_requests] == ["GRANTED"]


def test_a_journal_from_another_time_is_no_hindrance(world):
    world.brain._journal.set_flag("zone_asks", '{"cw_1": {"asked": "long ago"}}')
    world.crash()
    world.tick(3)
    assert not world.state.zone_requests
