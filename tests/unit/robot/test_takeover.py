"""A person takes the robot over: lease, dead-man, hand-over, lapse, and the rules that hold by hand too."""

import pytest

from gangseo_protocol.drive import DEAD_MAN_S, HAND_MPS, LATE_S, LEASE_S
from gangseo_protocol.vda5050 import ActionStatus
from gangseo_robot.journal import InstantProgress
from gangseo_robot.senses import SignalColor
from unit.robot.little_park import bench_order
from unit.robot.taking_over import drive, taken, undocked


def test_a_taken_robot_stands_keeps_its_order_and_goes_on_when_released(world):
    world.order(bench_order())
    world.until(lambda: world.x > 5.0)
    taken(world)
    stood = world.x
    world.tick(20)
    assert world.x == stood
    state = world.state
    assert state.operating_mode == "INTERVENED"
    assert state.order_id == "order-1"
    assert state.node_states
    assert world.waiting == "waiting.taken_over"
    assert world.instant_state("lease-1") == "RUNNING"
    world.instant("endTakeover", "end-1", leaseId="lease-1")
    assert world.instant_state("lease-1") == "FINISHED"
    world.until(lambda: world.phase == "FINISHED")
    assert world.state.operating_mode == "AUTOMATIC"
    assert world.done["open"] == 1


def test_the_holder_drives_and_the_dead_man_stops(world):
    undocked(world)
    before = world.x
    drive(world, 2.0)
    assert world.x > before + 1.9
    world.press(0.6)
    assert world.steered == (0.6, 0.0)
    world.now_s += DEAD_MAN_S - 0.01
    world.brain.hands.watch(world.now_s)
    assert world.steered == (0.6, 0.0)
    world.now_s += 0.01
    world.brain.hands.watch(world.now_s)
    assert world.steered == (0.0, 0.0)
    world.press(0.6)
    world.tick(4)
    assert world.steered == (0.0, 0.0), "the tick stops, too"


def test_what_a_message_took_on_its_way_is_counted_to_its_age(world):
    undocked(world)
    world.press(0.5)
    world.tick()
    world.press(0.4, late_s=LATE_S - 0.05)
    assert world.steered == (0.4, 0.0)
    world.brain.hands.watch(world.now_s + DEAD_MAN_S - LATE_S + 0.06)
    assert world.steered == (0.0, 0.0)
    world.press(0.5, late_s=LATE_S + 0.05)
    assert world.steered == (0.0, 0.0), "it says what was wanted a while ago"


@pytest.mark.parametrize("wrong", ["lease", "sequence", "junk", "too fast"])
def test_nobody_else_steers(world, wrong):
    undocked(world)
    world.press(0.0)
    if wrong == "lease":
        world.press(0.5, lease="lease-2")
    elif wrong == "sequence":
        world.press(0.5, sequence=world.hand)
    elif wrong == "junk":
        world.brain.takeover.hear(b'{"leaseId": "lease-1"', world.now_s)
    else:
        body = '{"leaseId":"lease-1","sequence":99,"sentAt":"2026-11-22T01:02:03Z","v":3.0,"w":0.0}'
        world.brain.takeover.hear(body.encode(), world.now_s)
    world.tick()
    assert world.steered == (0.0, 0.0)


def test_a_robot_nobody_has_taken_over_is_not_steered(world):
    world.press(0.5)
    world.tick(3)
    assert ("steer", (0.5, 0.0)) not in world.log
    assert world.x == 0.0


def test_a_lease_lapses_and_the_robot_stands_until_the_fleet_says_so(world):
    world.order(bench_order())
    world.until(lambda: world.x > 5.0)
    taken(world)
    for _ in range(3):
        world.tick(100)
        world.press(None, None)
    assert world.instant_state("lease-1") == "RUNNING"
    stood = world.x
    world.tick(round(LEASE_S * 10) + 2)
    assert world.instant_state("lease-1") == "FAILED"
    assert world.waiting == "waiting.takeover_lapsed"
    assert "takeoverLapsed" in world.errors()
    assert world.state.operating_mode == "INTERVENED"
    world.press(0.5)
    world.tick(600)
    assert world.x == stood, "a lapsed lease moves nothing"
    world.crash()
    world.tick(20)
    assert world.waiting == "waiting.takeover_lapsed"
    world.instant("endTakeover", "end-1", leaseId="lease-1")
    world.until(lambda: world.phase == "FINISHED")
    assert "takeoverLapsed" not in world.errors()


def test_a_lapsed_robot_may_be_taken_over_anew(world):
    undocked(world)
    world.tick(200)
    assert world.waiting == "waiting.takeover_lapsed"
    taken(world, "lease-2")
    drive(world, 1.0, lease="lease-2")
    assert world.x == pytest.approx(5.0, abs=0.3)
    assert "takeoverLapsed" not in world.errors()


def test_kill_9_leaves_the_robot_in_the_hands_of_its_holder(world):
    world.order(bench_order())
    world.until(lambda: world.x > 5.0)
    taken(world)
    drive(world, 0.5)
    world.crash()
    world.tick(5)
    stood = world.x
    assert world.state.operating_mode == "INTERVENED"
    assert world.instant_state("lease-1") == "RUNNING"
    world.tick(20)
    assert world.x == stood
    drive(world, 0.5)
    assert world.x > stood + 0.4
    world.instant("endTakeover", "end-1", leaseId="lease-1")
    world.until(lambda: world.phase == "FINISHED")


def test_a_process_that_ends_in_order_stops_what_is_driven_by_hand(world):
    undocked(world)
    world.press(0.5)
    assert world.steered == (0.5, 0.0)
    world.brain.close()
    assert world.steered == (0.0, 0.0)
    assert world.task is None


def test_a_takeover_cut_off_by_a_crash_is_carried_out_at_the_next_start(world):
    world.brain._journal.save_instant_action(InstantProgress("lease-1", "startTakeover", ActionStatus.RUNNING))
    world.crash()
    world.tick(2)
    assert world.state.operating_mode == "INTERVENED"
    world.tick(200)
    assert world.instant_state("lease-1") == "FAILED"


def test_a_new_lease_takes_the_wheels_from_the_old_one_at_once(world):
    undocked(world)
    world.press(0.5)
    assert world.steered == (0.5, 0.0)
    world.instant("startTakeover", "lease-2")
    assert world.steered == (0.0, 0.0)
    assert world.instant_state("lease-1") == "FINISHED"
    world.press(0.5, lease="lease-1")
    world.tick()
    assert world.steered == (0.0, 0.0)
    world.instant("endTakeover", "end-1", leaseId="lease-1")
    world.tick()
    assert world.state.operating_mode == "INTERVENED", "the end of the old lease is not the end of the new one"
    world.press(0.5, lease="lease-2")
    assert world.steered == (0.5, 0.0)


def test_an_end_that_names_no_lease_ends_nothing(world):
    taken(world)
    world.instant("endTakeover", "end-1")
    assert world.instant_state("end-1") == "FAILED"
    assert world.state.operating_mode == "INTERVENED"


def test_wheels_turn_by_hand_only_with_closed_lids_and_off_the_plug(world):
    world.open = True
    taken(world)
    assert world.open
    assert world.charging
    world.press(-0.4)
    for _ in range(5):
        world.tick()
        world.press(-0.4)
    assert not world.open
    assert not world.charging
    assert world.done["undock"] == 0, "a person backs off the dock themselves"
    world.until(lambda: world.x < -0.05 or world.press(-0.4))


def test_the_fence_lets_a_robot_back_in_and_not_out(world):
    undocked(world)
    world.x = 36.0
    world.tick(25)
    drive(world, 10.0)
    assert 38.0 < world.x < 39.6
    assert world.waiting == "waiting.by_hand_fence" or not world.press(0.5)
    world.x = 43.0
    world.tick(20)
    assert "outsideGeofence" in world.errors()
    drive(world, 2.0)
    assert world.x == pytest.approx(43.0, abs=0.01)
    drive(world, 4.0, v=-0.5)
    assert world.x < 40.0
    world.tick(3)
    assert "outsideGeofence" not in world.errors()


@pytest.mark.parametrize(("color", "may"), [("RED", False), ("FLASHING", False), ("GREEN", True), (None, True)])
def test_a_road_is_stepped_onto_only_by_its_signal_where_it_is_known(world, color, may):
    undocked(world)
    world.x = 14.0
    world.tick(20)
    for _ in range(60):
        if color:
            world.signal(SignalColor[color], 30.0)
        world.press(HAND_MPS)
        world.tick()
    assert (world.x > 17.0) == may
    if color is None:
        return
    if not may:
        assert world.waiting == "waiting.crosswalk_signal"
    world.x = 20.0
    world.tick(20)
    world.signal(SignalColor.RED, 30.0)
    drive(world, 2.0)
    assert world.x > 21.5, "off the road it must get"


def test_without_a_signal_the_holder_is_told_so(world):
    undocked(world)
    world.x = 15.9
    world.tick(20)
    world.press(HAND_MPS)
    world.tick()
    assert world.waiting == "waiting.signal_unknown"


@pytest.mark.parametrize("trouble", ["contact", "blind", "overload", "stop"])
def test_what_stops_a_robot_stops_it_in_peoples_hands_too(world, trouble):
    undocked(world)
    world.press(0.5)
    changes = {}
    if trouble == "contact":
        world.touching = ("person_1",)
    elif trouble == "blind":
        changes = {"pose_stale": True}
    elif trouble == "overload":
        world.limits = world.brain._identity.limits
        world.brain.executor._speed._limits = type(world.limits)(empty_mass_kg=600.0)
    else:
        world.instant("emergencyStop", "e-1")
    world.tick(**changes)
    world.press(0.5)
    world.tick(**changes)
    assert world.steered == (0.0, 0.0)
    assert world.waiting in {
        "waiting.collision", "waiting.localization", "waiting.overloaded", "waiting.emergency_stop",
    }  # fmt: skip


def test_the_law_holds_for_people_too(world):
    undocked(world)
    world.brain.executor._speed._limits = type(world.limits)(empty_mass_kg=240.0)
    world.press(HAND_MPS)
    world.tick()
    assert world.limit == pytest.approx(5 / 3.6)
