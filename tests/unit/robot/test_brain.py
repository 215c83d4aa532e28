"""The whole robot without ROS and MQTT: orders in, world moved, states out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangseo_robot.ports import Outcome
from unit.robot.little_park import bench_order, make_order, serving, unloading
from unit.robot.toy_world import Task as Pending
from unit.robot.toy_world import ToyWorld


def test_an_order_is_carried_out_from_undocking_to_closed_bins(world):
    world.order(bench_order())
    world.until(lambda: world.phase == "FINISHED")
    assert world.state.last_node_id == "spot_12"
    assert not world.state.node_states
    assert {a.action_status for a in world.state.action_states} == {"FINISHED"}
    assert world.done == {"unplug": 1, "undock": 1, "said recycling.offer": 1, "open": 1, "close": 1}
    assert ("said", "재활용품을 수거함에 버려주세요. 2초 뒤에 출발합니다") in world.log
    assert [entry for entry in world.log if entry[0] == "drive"] == [("drive", (4, 8, 12))]


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


def test_a_heavy_load_lowers_the_speed_limit(world):
    assert world.limit == pytest.approx(1.8)
    slow = 10 / 3.6
    assert slow > world.limit


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


def test_unloading_has_ended_when_the_bins_are_seen_empty(world):
    world.fill = 0.95
    world.order(make_order(["charger_1"], actions={"charger_1": unloading("d")[1:]}))
    world.unload = lambda: Pending(Outcome(ok=True))
    world.tick(20)
    assert world.phase == "ACTIVE"
    world.fill = 0.0
    world.tick(2)
    assert world.phase == "FINISHED"


def test_bin_sensor_that_never_says_empty_does_not_keep_the_robot(world):
    world.fill = 0.95
    world.order(make_order(["charger_1"], actions={"charger_1": unloading("d")[1:]}))
    world.unload = lambda: Pending(Outcome(ok=True))
    world.until(lambda: world.phase == "FINISHED", 10.0)
