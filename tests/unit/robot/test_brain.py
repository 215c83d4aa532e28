"""The whole robot without ROS and MQTT: orders in, world moved, states out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangseo_protocol.schema import SchemaChecker
from gangseo_protocol.vda5050 import ActionStatus
from gangseo_robot.journal import InstantProgress
from gangseo_robot.ports import Outcome
from gangseo_robot.senses import SignalColor
from unit.robot.little_park import LINE, charging, make_order, serving, unloading
from unit.robot.toy_world import ToyWorld

TO_BENCH = ["charger_1", "w1", "w2", "spot_12"]


@pytest.fixture
def world(tmp_path, vda5050_schemas, caplog):
    world = ToyWorld(tmp_path, SchemaChecker(vda5050_schemas))
    world.tick(3)
    yield world
    assert "invalid_message" not in caplog.text


def bench_order(**changes):
    return make_order(TO_BENCH, actions={"spot_12": serving("a")}, **changes)


def test_an_order_is_carried_out_from_undocking_to_closed_bins(world):
    world.order(bench_order())
    world.until(lambda: world.phase == "FINISHED")
    assert world.state.last_node_id == "spot_12"
    assert not world.state.node_states
    assert {a.action_status for a in world.state.action_states} == {"FINISHED"}
    assert world.done == {"unplug": 1, "undock": 1, "said recycling.offer": 1, "open": 1, "close": 1}
    assert ("said", "재활용품을 수거함에 버려주세요. 2초 뒤에 출발합니다") in world.log
    assert [entry for entry in world.log if entry[0] == "drive"] == [("drive", (4, 8, 12))]


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


def test_extending_the_base_never_stops_the_wheels(world):
    world.order(bench_order(released=2))
    world.until(lambda: world.x > 2.0)
    update = make_order(["w1", "w2", "spot_12"], update_id=1, first_sequence=2, actions={"spot_12": serving("a")})
    world.order(update)
    world.until(lambda: world.x > 5.0)
    assert not [entry for entry in world.log if entry[0] == "cancel"]
    assert world.log[-1] == ("drive", (4, 8, 12))


def test_the_end_of_the_base_is_a_stop_with_a_reason(world):
    world.order(bench_order(released=3))
    world.until(lambda: world.state.last_node_id == "w2")
    world.tick(20)
    assert world.x == pytest.approx(8.0)
    assert world.waiting == "waiting.release"
    assert world.state.new_base_request
    world.linked = False
    world.tick()
    assert world.waiting == "waiting.link_lost"


def test_pause_stops_and_resume_goes_on_with_the_countdown(world):
    world.order(make_order(TO_BENCH, actions={"spot_12": serving("a", 10.0)}))
    world.until(lambda: world.x > 5.0)
    world.instant("startPause", "p-1")
    world.tick(5)
    stood = world.x
    world.tick(50)
    assert world.x == stood
    assert world.state.paused
    assert world.waiting == "waiting.paused"
    world.instant("stopPause", "p-2")
    world.until(lambda: world.open)
    world.tick(40)
    world.instant("startPause", "p-3")
    world.tick(300)
    assert world.open
    world.instant("stopPause", "p-4")
    began = world.now_s
    world.until(lambda: world.phase == "FINISHED")
    assert 4.0 < world.now_s - began < 8.0
    assert world.done["open"] == 1


def test_cancel_ends_stops_and_closes_the_bins(world):
    world.order(make_order(TO_BENCH, actions={"spot_12": serving("a", 60.0)}))
    world.until(lambda: world.open)
    world.instant("cancelOrder", "c-1")
    world.tick(10)
    assert world.phase == "CANCELED"
    assert world.instant_state("c-1") == "FINISHED"
    assert not world.open
    assert not world.state.node_states
    world.order(make_order(["spot_12", "w2"], order_id="order-2"))
    world.until(lambda: world.phase == "FINISHED")


def test_cancel_with_nothing_to_cancel_fails_with_its_error(world):
    world.instant("cancelOrder", "c-1")
    assert world.instant_state("c-1") == "FAILED"
    assert "NO_ORDER_TO_CANCEL" in world.errors()


def test_a_cancel_that_overtakes_its_order_still_cancels_it(world):
    world.instant("cancelOrder", "c-1", orderId="order-1")
    assert world.instant_state("c-1") == "FINISHED"
    world.order(bench_order())
    world.tick(20)
    assert world.phase == "NONE"
    assert "OUTDATED_ORDER_UPDATE" in world.errors()


def test_a_cancel_of_another_order_leaves_the_held_one(world):
    world.order(bench_order())
    world.instant("cancelOrder", "c-1", orderId="order-9")
    world.until(lambda: world.phase == "FINISHED")


def test_instant_actions_are_done_once_by_their_id(world):
    world.instant("startPause", "p-1")
    world.instant("stopPause", "p-2")
    world.instant("startPause", "p-1")
    world.tick()
    assert not world.state.paused
    world.crash()
    world.instant("startPause", "p-1")
    world.tick()
    assert not world.state.paused


def test_unknown_instant_actions_fail_with_a_reason(world):
    world.instant("dance", "d-1")
    assert world.instant_state("d-1") == "FAILED"


@pytest.mark.parametrize("kind", ["REMOTE", "MANUAL"])
def test_emergency_stop_cuts_the_drive_until_released(world, kind):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    if kind == "REMOTE":
        world.instant("emergencyStop", "e-1")
    else:
        world.button = True
        world.tick()
    assert world.held
    stood = world.x
    world.tick(30)
    assert world.x == stood
    assert world.state.safety_state.active_emergency_stop == kind
    assert "emergencyStop" in world.errors()
    if kind == "REMOTE":
        world.crash()
        world.tick(5)
        assert world.held
        world.instant("releaseEmergencyStop", "e-2")
    else:
        world.button = False
    world.until(lambda: world.phase == "FINISHED")
    assert world.done["open"] == 1


def test_a_stop_released_before_the_next_tick_leaves_the_drive_free(world):
    world.instant("emergencyStop", "e-1")
    assert world.held
    world.instant("releaseEmergencyStop", "e-2")
    world.tick()
    assert not world.held


def test_a_stop_cut_off_by_a_crash_is_carried_out_at_the_next_start(world):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    half_done = InstantProgress("e-1", "emergencyStop", ActionStatus.RUNNING)
    world.brain._journal.save_instant_action(half_done)
    world.crash()
    world.tick(2)
    assert world.held
    assert world.instant_state("e-1") == "FINISHED"


def test_contact_holds_until_it_has_ended_for_two_seconds(world):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    world.touching = ("person_3",)
    world.tick(10)
    assert world.held
    assert world.waiting == "waiting.collision"
    assert world.state.safety_state.field_violation
    world.touching = ()
    world.tick(15)
    assert world.held
    world.until(lambda: world.phase == "FINISHED")


def test_outside_the_geofence_the_robot_stands(world):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    world.y = 50.0
    world.tick(5)
    assert world.waiting == "waiting.geofence"
    assert "outsideGeofence" in world.errors()
    assert world.task is None


def test_silent_sensors_stop_the_robot(world):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    world.tick(5, pose_stale=True)
    assert world.waiting == "waiting.localization"
    assert "sensorLost" in world.errors()
    world.until(lambda: world.phase == "FINISHED")


def test_a_heavy_load_lowers_the_speed_limit(world):
    assert world.limit == pytest.approx(1.8)
    slow = 10 / 3.6
    assert slow > world.limit


def test_low_battery_is_told_and_critical_stops_at_the_next_node(world):
    world.order(bench_order())
    world.until(lambda: world.x > 4.5)
    world.charge = 0.2
    world.tick(5)
    assert "batteryLow" in world.errors()
    world.charge = 0.08
    world.until(lambda: world.waiting == "waiting.battery_critical")
    assert world.x == pytest.approx(8.0)
    assert "batteryCritical" in world.errors()


def test_critical_battery_does_not_stop_the_way_to_the_charger(world):
    world.order(bench_order())
    world.until(lambda: world.phase == "FINISHED")
    world.charge = 0.05
    back = [*reversed(TO_BENCH)]
    world.order(make_order(back, order_id="home", actions={"charger_1": charging("h")}))
    world.until(lambda: world.phase == "FINISHED")
    assert world.charging
    world.tick(5)
    assert world.waiting == "waiting.charging"


def test_a_blocked_way_is_retried_then_given_up_with_references(world):
    world.order(bench_order())
    world.until(lambda: world.x > 4.5)
    world.blocked = True
    world.task = None
    world.brain.executor.halt()
    world.tick(2)
    assert world.waiting == "waiting.retrying_path"
    assert "pathBlocked" in world.errors()
    world.until(lambda: world.phase == "FAILED", 60)
    error = next(e for e in world.state.errors if e.error_type == "pathBlocked")
    assert error.error_level == "CRITICAL"
    assert ("orderId", "order-1") in [(r.reference_key, r.reference_value) for r in error.error_references]
    assert world.state.node_states
    world.blocked = False
    world.order(make_order(["w1", "w2"], order_id="order-2"))
    world.until(lambda: world.phase == "FINISHED")
    assert "pathBlocked" not in world.errors()


def test_a_way_freed_in_time_is_driven(world):
    world.blocked = True
    world.order(bench_order())
    world.until(lambda: world.waiting == "waiting.retrying_path")
    world.blocked = False
    world.until(lambda: world.phase == "FINISHED")
    assert "pathBlocked" not in world.errors()


def test_navigation_that_comes_back_is_used_again(world):
    world.ready = False
    world.order(bench_order())
    world.until(lambda: world.waiting == "waiting.navigation")
    world.tick(600)
    assert "navigationLost" in world.errors()
    assert world.phase == "ACTIVE"
    world.ready = True
    world.until(lambda: world.phase == "FINISHED")


def test_a_failed_action_fails_the_order_with_its_reason(world):
    world.refuse.add("set_bins")
    world.order(bench_order())
    world.until(lambda: world.phase == "FAILED", 60)
    statuses = {a.action_id: a.action_status for a in world.state.action_states}
    assert statuses == {"a-say": "FINISHED", "a-open": "FAILED", "a-wait": "FAILED", "a-close": "FAILED"}
    (error,) = [e for e in world.state.errors if e.error_type == "actionFailed"]
    assert "lid is stuck" in error.error_description
    assert world.done["open"] == 3


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b"\xff\xfe", b'{"headerId": 1}', b"null"])
@pytest.mark.parametrize("name", ["order", "instantActions", "responses", "zoneSet"])
def test_malformed_messages_become_an_error_and_change_nothing(world, name, payload):
    world.order(bench_order())
    world.put(name, payload)
    world.tick(2)
    error = next(e for e in world.state.errors if e.error_type == "VALIDATION_FAILURE")
    assert name in error.error_description
    world.until(lambda: world.phase == "FINISHED")


def test_repeated_and_older_orders_do_nothing(world):
    world.order(bench_order(update_id=3))
    world.until(lambda: world.x > 3.0)
    world.order(bench_order(update_id=3))
    assert not world.errors()
    world.order(bench_order(update_id=2))
    assert "OUTDATED_ORDER_UPDATE" in world.errors()
    world.until(lambda: world.phase == "FINISHED")
    world.order(bench_order(update_id=3))
    world.tick(50)
    assert world.done["open"] == 1


def test_states_come_on_change_and_at_least_every_ten_seconds(world):
    world.sent.clear()
    world.tick(305)
    assert 2 <= len([1 for name, _ in world.sent if name == "state"]) <= 4
    world.order(bench_order())
    world.until(lambda: world.phase == "FINISHED")
    numbers = [m["headerId"] for n, m in world.sent if n == "state"]
    assert numbers == sorted(set(numbers))
    assert any(name == "visualization" and "plannedPath" in m for name, m in world.sent)


def test_the_factsheet_is_sent_on_request(world):
    world.sent.clear()
    world.instant("factsheetRequest", "f-1")
    assert "factsheet" in [name for name, _ in world.sent]


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(crashes=st.lists(st.integers(1, 140), min_size=1, max_size=4), repeat=st.booleans())
def test_crashes_at_any_moment_lose_nothing_and_do_nothing_twice(tmp_path, crashes, repeat):
    """However often the process dies, the order ends finished, each lid moves once, the countdown is not longer."""
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    world = ToyWorld(folder)
    world.tick(3)
    world.order(bench_order())
    for ticks in crashes:
        world.tick(ticks)
        world.crash()
        if repeat:
            world.order(bench_order())
    world.until(lambda: world.phase == "FINISHED", 60)
    assert world.x == pytest.approx(12.0)
    assert not world.open
    assert {a.action_status for a in world.state.action_states} == {"FINISHED"}
    # A crash in the tenth of a second of a running call asks once more; asking for an open lid to open is no harm.
    assert world.done["open"] <= 1 + len(crashes)
    assert world.done["unplug"] <= 1 + len(crashes)


def test_a_robot_that_cannot_save_stops_at_the_next_node_and_goes_on_when_it_can(world):
    world.order(bench_order())
    world.until(lambda: world.x > 5.0)
    world.disk(writable=False)
    world.instant("stateRequest", "s-1")
    world.until(lambda: world.waiting == "waiting.journal")
    world.tick(20)
    assert world.x == pytest.approx(8.0)
    (error,) = [e for e in world.state.errors if e.error_type == "journalFailed"]
    assert error.error_level == "CRITICAL"
    assert "readonly" in error.error_description
    assert {t.translation_key for t in error.error_hint_translations} == {"ko", "en"}
    world.disk(writable=True)
    world.until(lambda: world.phase == "FINISHED")
    assert "journalFailed" not in world.errors()
    assert world.done["open"] == 1


def test_a_service_begun_is_ended_though_nothing_can_be_saved(world):
    world.order(bench_order())
    world.until(lambda: world.open)
    world.disk(writable=False)
    world.until(lambda: world.phase == "FINISHED")
    assert not world.open
    assert "journalFailed" in world.errors()
    back = make_order([*reversed(TO_BENCH)], order_id="home")
    world.order(back)
    world.tick(50)
    assert world.x == pytest.approx(12.0)
    assert world.waiting == "waiting.journal"
    world.disk(writable=True)
    world.until(lambda: world.phase == "FINISHED")
    assert world.state.last_node_id == "charger_1"


def test_a_service_is_not_begun_when_nothing_can_be_saved(world):
    world.order(bench_order())
    world.until(lambda: world.x > 9.0)
    world.disk(writable=False)
    world.tick(100)
    assert world.x == pytest.approx(12.0)
    assert not world.done["said recycling.offer"]


def test_a_stop_comes_though_nothing_can_be_saved_and_is_remembered_later(world):
    world.disk(writable=False)
    world.instant("emergencyStop", "e-1")
    assert world.held
    world.tick(2)
    assert {"journalFailed", "emergencyStop"} <= world.errors()
    world.disk(writable=True)
    world.tick(15)
    world.crash()
    world.tick(2)
    assert world.state.safety_state.active_emergency_stop == "REMOTE"
    assert world.instant_state("e-1") == "FINISHED"


def test_an_idle_robot_finds_out_that_nothing_can_be_saved(world):
    world.disk(writable=False)
    world.tick(105)
    assert "journalFailed" in world.errors()
    world.disk(writable=True)
    world.tick(15)
    assert "journalFailed" not in world.errors()


@pytest.mark.parametrize(("far_side", "stands_at"), [(24.0, 24.0), (20.0, 28.0)])
def test_a_robot_that_must_stop_at_the_next_node_leaves_the_road_first(world, far_side, stands_at):
    """A node in the middle of the carriageway is passed, not stopped at."""
    order = make_order([*LINE, "w4"])
    nodes = [
        node.model_copy(update={"node_position": node.node_position.model_copy(update={"x": far_side})})
        if node.sequence_id == 10
        else node
        for node in order.nodes
    ]
    world.order(order.model_copy(update={"nodes": tuple(nodes)}))
    while world.x < 18.0:
        world.signal(SignalColor.GREEN, 30.0)
        world.tick()
    world.disk(writable=False)
    world.instant("stateRequest", "s-1")
    world.until(lambda: world.waiting == "waiting.journal")
    assert world.x == pytest.approx(stands_at)


def test_a_voice_that_breaks_in_a_sentence_is_told_as_silent(world):
    world.audible = True
    world.order(bench_order())
    world.until(lambda: world.done["said recycling.offer"])
    assert said(world.state)["audible"] == "true"
    world.audible, world.trouble = False, "no sound card"
    world.saying.outcome = Outcome(ok=False, reason="no sound card")
    world.until(lambda: world.phase == "FINISHED")
    assert said(world.state)["audible"] == "false"
    assert "audioUnavailable" in world.errors()
    assert {a.action_status for a in world.state.action_states} == {"FINISHED"}


def said(state):
    (told,) = [i for i in state.information if i.info_type == "utterance"]
    return {r.reference_key: r.reference_value for r in told.info_references}


def test_the_tree_tells_itself(world):
    world.tick()
    text = world.brain.executor.describe()
    assert text.index("emergency stop") < text.index("geofence") < text.index("battery") < text.index("mission")


def test_a_robot_nobody_drives_says_so_even_without_an_order(world):
    world.ready = False
    world.tick(70)
    assert "navigationLost" not in world.errors()
    world.tick(20)
    assert "navigationLost" in world.errors()
    world.ready = True
    world.tick(2)
    assert "navigationLost" not in world.errors()
