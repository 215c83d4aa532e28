"""The real robot process between a real broker and a stand-in world."""

import os
import resource
import subprocess
import sys
import time

import pytest

from ros.robot.fleet_double import action_status, await_that, finished, kill_hard
from unit.robot.little_park import little_park, make_order, serving

pytestmark = pytest.mark.ros


def errors(state):
    return {error.error_type for error in state.errors}


@pytest.mark.slow
def test_an_order_is_driven_and_its_actions_are_done(rig):
    rig.fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and s.last_node_id == "charger_1", what="robot ready")
    rig.fleet.order(make_order(["charger_1", "w1", "w2", "spot_12"], actions={"spot_12": serving("a")}))
    rig.fleet.seen(finished("order-1"), 40, "order finished")
    assert rig.fleet.state.last_node_id == "spot_12"
    assert [entry["open"] for entry in rig.asked("set_bins")] == [True, False]
    assert len(rig.asked("undock")) == 1


@pytest.mark.slow
def test_trouble_on_the_wire_and_kills_end_in_one_finished_mission(rig):
    """One long story, as starting processes is what costs: repeats, junk, pause, kills of robot and broker."""
    fleet = rig.fleet
    fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and s.last_node_id == "charger_1", what="robot ready")
    order = make_order(["charger_1", "w1", "w2", "spot_12"], actions={"spot_12": serving("a", 6.0)})

    fleet.put("order", b"{ this is no json")
    fleet.seen(lambda s: "VALIDATION_FAILURE" in errors(s), what="junk is told")
    fleet.order(order)
    fleet.order(order)
    fleet.seen(lambda s: s.last_node_id == "w1", what="driving")

    fleet.instant("startPause", "p-1")
    fleet.seen(lambda s: s.paused and not s.driving and action_status(s, "p-1") == "FINISHED", what="paused")
    kill_hard(rig.robot)
    await_that(lambda: fleet.connection() == "CONNECTION_BROKEN", 20, "last will")
    fleet.order(order)
    fleet.forget()
    robot = rig.start_robot()
    fleet.seen(lambda s: s.paused and s.order_id == "order-1", what="still paused after the kill")
    assert fleet.connection() == "ONLINE"
    fleet.instant("stopPause", "p-2")

    fleet.seen(lambda s: action_status(s, "a-wait") == "RUNNING", what="waiting for the resident")
    kill_hard(robot)
    fleet.forget()
    robot = rig.start_robot()
    fleet.seen(lambda s: action_status(s, "a-wait") == "RUNNING", what="waiting goes on")
    kill_hard(rig.broker)
    rig.start_broker()
    fleet.seen(finished("order-1"), 40, "order finished")
    assert [entry["open"] for entry in rig.asked("set_bins")] == [True, False]
    assert len(rig.asked("undock")) == 1
    fleet.order(order)
    fleet.instant("cancelOrder", "c-1")
    fleet.seen(
        lambda s: action_status(s, "c-1") == "FAILED" and "NO_ORDER_TO_CANCEL" in errors(s), what="nothing to cancel"
    )
    robot.terminate()
    assert robot.wait(10) == 0
    await_that(lambda: fleet.connection() == "OFFLINE", 5, "a clean goodbye")


@pytest.mark.slow
def test_an_order_that_came_while_the_disk_was_full_is_not_lost(rig):
    """The broker keeps what the robot has not confirmed; nothing is driven that a restart would forget."""
    fleet = rig.fleet
    fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and s.last_node_id == "charger_1", what="robot ready")
    full_at = (rig.folder / "journal.db-wal").stat().st_size
    assert full_at > 2 * (rig.folder / "robot.log").stat().st_size
    resource.prlimit(rig.robot.pid, resource.RLIMIT_FSIZE, (full_at, resource.RLIM_INFINITY))
    fleet.order(make_order(["charger_1", "w1", "w2", "spot_12"]))
    state = fleet.seen(lambda s: "journalFailed" in errors(s), what="a full disk is told")
    assert state.order_id == "order-1"
    assert not rig.asked("undock")
    kill_hard(rig.robot)
    fleet.forget()
    rig.start_robot()
    fleet.seen(finished("order-1"), 40, "order finished")
    assert "journalFailed" not in errors(fleet.state)


@pytest.mark.slow
def test_stops_cancel_and_a_lost_navigation(rig):
    fleet = rig.fleet
    fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and s.last_node_id == "charger_1", what="robot ready")
    fleet.order(make_order(["charger_1", "w1", "w2", "spot_12"]))
    fleet.seen(lambda s: s.driving, what="driving")
    asked_at = time.monotonic()
    fleet.instant("emergencyStop", "e-1")
    fleet.seen(lambda s: s.safety_state.active_emergency_stop == "REMOTE", what="stopped")
    acknowledged_s = fleet.states[-1][0] - asked_at
    await_that(lambda: rig.asked("emergency_stop")[-1]["on"], 5, "drive cut")
    assert acknowledged_s < 1.0
    fleet.seen(lambda s: not s.driving, what="standing")
    fleet.instant("releaseEmergencyStop", "e-2")
    fleet.seen(lambda s: s.driving, what="driving again")

    kill_hard(rig.stand_in)
    fleet.seen(lambda s: errors(s) & {"navigationLost", "sensorLost"}, what="loss is told")
    rig.start_stand_in()
    fleet.seen(lambda s: s.driving, 30, "driving after navigation is back")
    fleet.instant("cancelOrder", "c-1")
    fleet.seen(lambda s: action_status(s, "c-1") == "FINISHED" and not s.node_states and not s.driving, what="canceled")


@pytest.mark.slow
def test_one_robot_may_not_speak_for_another(rig):
    """The broker's permissions hold what the robot is told to do: it hears only its own orders."""
    fleet = rig.fleet
    fleet.seen(lambda s: s.operating_mode == "AUTOMATIC", what="robot ready")
    order = make_order(["charger_1", "w1"]).model_copy(update={"serial_number": "robot_02"})
    fleet.order(order)
    fleet.seen(lambda s: "VALIDATION_FAILURE" in errors(s), what="an order for another robot is refused")
    assert fleet.state.order_id == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parameter", "value", "says"),
    [
        ("site_file", "/nowhere/site.json", "generate the world first"),
        ("schema_dir", "/nowhere", "set schema_dir to the folder"),
        ("roles", "[cooking]", "roles cooking: give some of recycling, delivery, patrol"),
    ],
)
def test_wrong_settings_end_with_one_clear_line(tmp_path, ros_domain_id, parameter, value, says):
    site = tmp_path / "site.json"
    site.write_text(little_park().to_json())
    settings = {"robot_id": "robot_01", "site_file": site, "journal_file": tmp_path / "j.db", parameter: value}
    arguments = [part for key, setting in settings.items() for part in ("-p", f"{key}:={setting}")]
    command = [sys.executable, "-m", "gangseo_service.robot", "--ros-args", *arguments]
    environment = {**os.environ, "ROS_DOMAIN_ID": str(ros_domain_id)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
