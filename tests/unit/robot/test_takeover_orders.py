"""What becomes of an order, its zones and its place when people drive the robot; and the three stops."""

from gangseo_robot.ports import Outcome
from gangseo_robot.senses import SignalColor
from unit.robot.little_park import LINE, TO_BENCH, bench_order, make_order, serving
from unit.robot.taking_over import drive, taken, undocked


def test_an_order_left_too_far_behind_is_dropped_and_the_robot_says_where_it_is(world):
    world.order(bench_order())
    world.until(lambda: world.x > 5.0)
    taken(world)
    world.x = 28.0
    world.tick(20)
    world.instant("endTakeover", "end-1", leaseId="lease-1")
    world.tick(5)
    state = world.state
    assert world.phase == "CANCELED"
    assert {action.action_result for action in state.action_states} == {"moved_by_hand"}
    assert not state.node_states
    assert state.last_node_id == "depot_1"
    assert not world.task


def test_what_was_begun_at_a_node_is_not_done_elsewhere(world):
    world.order(make_order(TO_BENCH, actions={"spot_12": serving("a", 60.0)}))
    world.until(lambda: world.open)
    world.tick(10)
    taken(world)
    drive(world, 3.0)
    assert not world.open
    world.instant("endTakeover", "end-1", leaseId="lease-1")
    world.tick(20)
    assert world.phase == "CANCELED"
    assert world.done["open"] == 1


def test_a_robot_driven_over_a_road_by_hand_does_not_come_back_for_its_order(world):
    world.order(make_order([*LINE[:5]], actions={"w3": serving("a")}))
    world.until(lambda: world.x > 13.0)
    taken(world)
    world.x = 23.5
    world.tick(20)
    world.instant("endTakeover", "end-1", leaseId="lease-1")
    world.tick(5)
    assert world.phase == "CANCELED"


def test_zone_requests_are_given_back_when_people_take_over(world):
    world.order(make_order([*LINE]))
    world.until(lambda: world.x > 12.0 and world.state.zone_requests)
    taken(world)
    world.tick(5)
    assert not world.state.zone_requests
    world.instant("endTakeover", "end-1", leaseId="lease-1")
    for _ in range(200):
        world.signal(SignalColor.GREEN, 30.0)
        world.tick()
    assert world.phase == "FINISHED"


def test_a_robot_without_an_order_knows_where_it_was_driven_to(world):
    undocked(world)
    world.x = 8.2
    world.tick(20)
    assert world.state.last_node_id == "w2"
    world.x = 20.0
    world.tick(20)
    assert world.state.last_node_id in {"w3", "w4"}, "on a road the nearest node counts"
    world.instant("endTakeover", "end-1", leaseId="lease-1")
    world.order(make_order(["w3", "spot_12"] if world.state.last_node_id == "w3" else ["w4", "depot_1"]))
    world.until(lambda: world.phase == "FINISHED")


def test_navigation_that_is_gone_is_told_and_found_again(world):
    undocked(world)
    world.ready = False
    world.task.outcome = Outcome(ok=False, lost=True)
    world.tick()
    world.press(0.5)
    world.tick()
    assert world.waiting == "waiting.navigation"
    world.ready = True
    before = world.x
    drive(world, 1.0)
    assert world.x > before + 0.8


def test_three_stops_are_three_switches(world):
    world.order(bench_order())
    world.until(lambda: world.x > 2.0)
    world.instant("emergencyStop", "e-1")
    world.instant("fleetEmergencyStop", "f-1")
    world.button = True
    world.tick(2)
    assert world.state.safety_state.active_emergency_stop == "MANUAL"
    world.instant("releaseEmergencyStop", "e-2")
    assert world.instant_state("e-2") == "FAILED"
    world.tick()
    assert world.held
    world.crash()
    world.tick(2)
    world.button = False
    world.tick(2)
    assert world.held
    assert world.waiting == "waiting.fleet_stop"
    assert world.state.safety_state.active_emergency_stop == "REMOTE"
    world.instant("emergencyStop", "e-3")
    world.instant("releaseFleetEmergencyStop", "f-2")
    world.tick()
    assert world.held
    assert world.waiting == "waiting.emergency_stop"
    world.instant("releaseEmergencyStop", "e-4")
    assert world.instant_state("e-4") == "FINISHED"
    world.until(lambda: world.phase == "FINISHED")
