"""Reservations: nobody shares what only one fits on, everybody arrives, whatever the delays."""

import json
import random
from dataclasses import dataclass, field

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from backend.small_site import build_site
from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.network import Network
from gangseo_backend.fleet.plans import Plan, Vehicle, from_stored, to_stored
from gangseo_backend.fleet.traffic import Site, is_suspended, update
from gangseo_backend.fleet.turns import grant, in_front

WIDE = Network(LaneGraph(build_site(robots=8, spots=8)))
CLOSED = frozenset({"n1-n2", "n2-n1"})
NARROW = Network(LaneGraph(build_site(robots=8, spots=8, lane_width_m=2.0)))
FAST = settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))


@dataclass
class Robot:
    """Follows what is released to it, at its own pace."""

    name: str
    home: str
    at: str
    goal: str | None = None
    base: list[str] = field(default_factory=list)
    place: str = ""
    dead: bool = False
    halted_on: str = ""
    """Edge on which its order was taken away, when it had left its node."""
    visited: list[str] = field(default_factory=list)


class Drive:
    """Robots that go to a goal each and then home, under the reservations."""

    def __init__(self, network: Network, goals: dict[str, tuple[str, str]], seed: int, wanted: int = 3) -> None:
        self.network, self.wanted = network, wanted
        self.robots = {
            name: Robot(name, home, home, goal, place=f"node:{home}") for name, (home, goal) in goals.items()
        }
        self.random = random.Random(seed)
        self.plans: dict[str, Plan] = {}
        self.times: dict[str, dict[str, float]] = {}
        self.now_s = 0.0

    def site(self) -> Site:
        def times(goal: str) -> dict[str, float]:
            if goal not in self.times:
                self.times[goal] = dict(self.network.lanes.times_to(goal))
            return self.times[goal]

        return Site(self.network, times)

    def vehicle(self, robot: Robot) -> Vehicle:
        if robot.halted_on and not robot.base:
            return self.halted(robot)
        passages = [self.network.passages[edge] for edge in robot.base]
        held = {*self.standing(robot), *(taken for passage in passages for taken in passage.takes)}
        end = passages[-1].end if passages else robot.at
        place = passages[-1].place if passages else robot.place
        goal = None if robot.goal == end else robot.goal
        stops = tuple(stop for stop in (goal, robot.home) if stop and (stop != end or goal))
        ready_s = self.now_s + sum(passage.time_s for passage in passages)
        return Vehicle(
            robot.name, end, frozenset({place}), frozenset(held), ready_s, stops, 5.0, robot.dead, robot.home
        )

    def standing(self, robot: Robot) -> frozenset[str]:
        """What it takes up before it drives on."""
        if not robot.halted_on:
            return frozenset({robot.place})
        turns_back = robot.base[0] != robot.halted_on
        left = self.network.places_at(robot.at) if turns_back else ()
        return frozenset({*self.network.passages[robot.halted_on].stretch, *left})

    def halted(self, robot: Robot) -> Vehicle:
        """A robot without an order between two nodes."""
        stretch = frozenset(self.network.passages[robot.halted_on].stretch)
        stops = tuple(dict.fromkeys(stop for stop in (robot.goal, robot.home) if stop))
        left = frozenset(self.network.places_at(robot.at))
        return Vehicle(robot.name, robot.at, stretch, stretch, self.now_s, stops, 5.0, robot.dead, robot.home, left)

    def halt(self, robot: Robot) -> None:
        """Its order is taken away when it has left the place where it was."""
        if robot.base:
            robot.halted_on, robot.base, robot.place = robot.base[0], [], ""

    def step(self) -> bool:
        for robot in self.robots.values():
            robot.goal = None if robot.goal == robot.at and not robot.base else robot.goal
        vehicles = [self.vehicle(robot) for robot in self.robots.values()]
        self.plans = update(self.plans, vehicles, self.site(), self.now_s)
        # As with orders: a way leads to where the robot is sent now, and on from there when it has been there.
        wanted = {
            vehicle.robot_id: self.wanted - len(self.robots[vehicle.robot_id].base)
            for vehicle in vehicles
            if self.robots[vehicle.robot_id].goal != vehicle.node
            and vehicle.robot_id in self.plans
            and self.plans[vehicle.robot_id].stops == vehicle.stops
        }
        granted = grant(self.plans, vehicles, wanted)
        for name, parts in granted.items():
            robot = self.robots[name]
            robot.base += [visit.passage.edge_id for visit in self.plans[name].visits[:parts]]
            self.plans[name] = self.plans[name].advanced(parts)
        self.check()
        moved = False
        for robot in self.robots.values():
            if robot.dead or not robot.base or self.random.random() < 0.4:
                continue
            passage = self.network.passages[robot.base.pop(0)]
            robot.at, robot.place, robot.halted_on = passage.end, passage.place, ""
            robot.visited.append(passage.end)
            if robot.at == robot.goal:
                robot.goal = None
            moved = True
        self.check()
        self.now_s += self.random.uniform(1.0, 15.0)
        return moved or bool(granted)

    def check(self) -> None:
        owner: dict[str, str] = {}
        for robot in self.robots.values():
            for resource in self.vehicle(robot).held:
                other = owner.setdefault(resource, robot.name)
                assert other == robot.name, f"{robot.name} and {other} on {resource}"

    def run(self, steps: int = 400) -> None:
        still = 0
        for _ in range(steps):
            still = 0 if self.step() else still + 1
            if still > 25:
                return

    def at_home(self) -> set[str]:
        return {name for name, robot in self.robots.items() if robot.at == robot.home and robot.goal is None}


def drive(network: Network, homes: list[str], goals: list[str], seed: int) -> Drive:
    pairs = enumerate(zip(homes, goals, strict=True))
    return Drive(network, {f"r{number}": pair for number, pair in pairs}, seed)


HOMES = st.permutations([f"c{number}" for number in range(8)])
GOALS = st.permutations([f"s{number}" for number in range(8)])


@FAST
@given(HOMES, GOALS, st.integers(1, 8), st.booleans(), st.integers(0, 10_000))
def test_all_come_to_their_goals_and_home_and_never_share(homes, goals, count, narrow, seed):
    journey = drive(NARROW if narrow else WIDE, homes[:count], goals[:count], seed)
    journey.run()
    assert journey.at_home() == set(journey.robots), (
        f"stuck: {in_front(journey.plans, list(map(journey.vehicle, journey.robots.values())))}"
    )
    assert all(goal in robot.visited for goal, robot in zip(goals, journey.robots.values(), strict=False))


@FAST
@given(HOMES, st.integers(2, 6), st.integers(0, 10_000))
def test_many_with_one_goal_come_there_one_after_another(homes, count, seed):
    """As at a depot: each makes room for the next."""
    journey = drive(NARROW, homes[:count], ["d0"] * count, seed)
    journey.run(800)
    assert journey.at_home() == set(journey.robots)
    assert all("d0" in robot.visited for robot in journey.robots.values())


@FAST
@given(HOMES, GOALS, st.integers(2, 6), st.integers(5, 25), st.integers(0, 10_000))
def test_plans_survive_a_restart(homes, goals, count, after, seed):
    """A backend killed in mid-drive knows its plans as they were stored, what is released and where the robots are."""
    journey = drive(WIDE, homes[:count], goals[:count], seed)
    for step in range(100):
        if step % after == 0:
            stored = json.loads(json.dumps({key: to_stored(plan) for key, plan in journey.plans.items()}))
            journey.plans = {key: from_stored(plan, journey.network) for key, plan in stored.items()}
        journey.step()
    journey.run()
    assert journey.at_home() == set(journey.robots)


@FAST
@given(HOMES, GOALS, st.integers(1, 12), st.integers(0, 10_000))
def test_goals_that_change_on_the_way_end_as_well(homes, goals, after, seed):
    """Missions are given out anew while everybody drives."""
    journey = drive(WIDE, homes[:4], goals[:4], seed)
    for number in range(12):
        for _ in range(after):
            journey.step()
        robot = journey.robots[f"r{number % 4}"]
        taken = {other.goal for other in journey.robots.values()}
        robot.goal = next(goal for goal in goals if goal not in taken)
    journey.run(600)
    assert journey.at_home() == set(journey.robots)


@FAST
@given(HOMES, GOALS, st.integers(1, 12), st.booleans(), st.integers(0, 10_000))
def test_robots_halted_between_two_nodes_go_on_though_others_have_come_behind_them(homes, goals, after, narrow, seed):
    """As with calls that are taken over on the way home: nobody waits for the robot that waits for him."""
    journey = drive(NARROW if narrow else WIDE, homes[:5], goals[:5], seed)
    for number in range(15):
        for _ in range(after):
            journey.step()
        robot = journey.robots[f"r{number % 5}"]
        taken = {other.goal for other in journey.robots.values()}
        journey.halt(robot)
        robot.goal = next(goal for goal in goals if goal not in taken)
    journey.run(600)
    assert journey.at_home() == set(journey.robots)


def test_a_robot_beyond_its_node_is_not_kept_there_by_the_next_one():
    """Found in a simulated district: for four minutes each of two robots waited for the other."""
    behind = Vehicle("behind", "n1", frozenset({"node:n1"}), frozenset({"node:n1"}), 0.0, ("s3", "c0"), 5.0)
    stretch = frozenset(NARROW.passages["n1-n2"].stretch)
    ahead = Vehicle("ahead", "n1", stretch, stretch, 0.0, ("s4", "c1"), 5.0, left=frozenset({"node:n1"}))
    plans = update({}, [behind, ahead], Site(NARROW, NARROW.lanes.times_to), 0.0)
    assert plans["ahead"].stops == ("s4", "c1")
    assert plans["ahead"].visits[0].passage.edge_id == "n1-n2"
    assert grant(plans, [behind, ahead], {"behind": 3, "ahead": 3})["ahead"] == 3


def test_a_robot_turns_back_when_its_node_is_free():
    stretch = frozenset(WIDE.passages["n1-n2"].stretch)
    ahead = Vehicle("ahead", "n1", stretch, stretch, 0.0, ("s1", "c1"), 5.0, left=frozenset(WIDE.places_at("n1")))
    plans = update({}, [ahead], Site(WIDE, WIDE.lanes.times_to), 0.0)
    assert plans["ahead"].visits[0].passage.edge_id == "n1-s1"
    coming = Vehicle("coming", "n0", frozenset({"place:n7-n0"}), frozenset({"place:n7-n0"}), 0.0, ("s1", "c0"), 5.0)
    assert "coming" not in grant(plans, [coming, ahead], {"coming": 2})


@FAST
@given(HOMES, GOALS, st.integers(1, 30), st.integers(0, 10_000))
def test_dead_robot_stops_only_those_who_cannot_get_around_it(homes, goals, after, seed):
    journey = drive(WIDE, homes[:4], goals[:4], seed)
    for _ in range(after):
        journey.step()
    journey.robots["r0"].dead = True
    journey.run()
    blocked = journey.vehicle(journey.robots["r0"]).held
    for name in {"r1", "r2", "r3"} - journey.at_home():
        robot = journey.robots[name]
        plan = journey.plans.get(name)
        assert plan is None or is_suspended(plan, journey.now_s), f"{robot} has a way but does not drive: {blocked}"
    journey.robots["r0"].dead = False
    journey.run(600)
    assert journey.at_home() == set(journey.robots)


def test_opposite_directions_of_a_narrow_lane_are_one_resource():
    assert NARROW.passages["n0-n1"].stretch == NARROW.passages["n1-n0"].stretch
    assert WIDE.passages["n0-n1"].stretch != WIDE.passages["n1-n0"].stretch


def test_two_out_of_neighbouring_homes_in_opposite_directions_pass_each_other():
    """The stand-off of two calls in the first second: both leave for the other's side."""
    journey = drive(WIDE, ["c0", "c1"], ["s7", "s0"], 1)
    journey.run()
    assert journey.at_home() == {"r0", "r1"}


def test_head_on_in_a_dead_end_is_not_entered():
    """A robot that is to leave a spur goes first; the other waits outside."""
    journey = Drive(WIDE, {"a": ("c0", "s0"), "b": ("c1", "s0")}, seed=1)
    journey.run()
    assert journey.at_home() == {"a", "b"}


def test_idle_robot_at_somebodys_goal_is_named():
    network = WIDE
    idle = Vehicle("idle", "s3", frozenset({"node:s3"}), frozenset({"node:s3"}), 0.0, ("c1",))
    going = Vehicle("going", "n1", frozenset({"node:n1"}), frozenset({"node:n1"}), 0.0, ("s3", "c0"), 5.0)
    site = Site(network, network.lanes.times_to)
    plans = update({}, [going, idle], site, 0.0)
    assert set(plans) == {"idle", "going"}
    assert grant(plans, [going, idle], {"going": 3}) == {"going": 1}  # up to n2, not onto s3
    going = Vehicle("going", "n2", frozenset({"node:n2"}), frozenset({"node:n2"}), 0.0, ("s3", "c0"), 5.0)
    plans["going"] = plans["going"].advanced(1)
    assert in_front(plans, [going, idle])["going"] == "idle"


def test_route_avoids_blocked_lanes_and_has_none_when_all_are_blocked():
    lanes = WIDE.lanes
    direct, around = lanes.way("n0", "n2"), lanes.way("n0", "n2", closed=CLOSED)
    assert direct
    assert direct.nodes == ("n0", "n1", "n2")
    assert around
    assert "n7" in around.nodes
    assert lanes.way("n0", "s3", closed={"n3-s3", "s3-n3"}) is None
    assert lanes.way("nowhere", "n1") is None


def test_plan_avoids_closed_lanes():
    start = Vehicle("r", "n0", frozenset({"node:n0"}), frozenset({"node:n0"}), 0.0, ("s2", "c0"), 5.0)
    closed = Site(WIDE, lambda goal: WIDE.lanes.times_to(goal, CLOSED), CLOSED)
    way = [visit.passage.end for visit in update({}, [start], closed, 0.0)["r"].to_first_stop]
    assert "n7" in way
    assert way[-1] == "s2"


def test_times_to_and_from_agree():
    lanes = WIDE.lanes
    for goal in ("s3", "d0", "c1"):
        to = lanes.times_to(goal, CLOSED)
        for start in ("c0", "n4", "s5"):
            assert abs(to[start] - lanes.times_from(start, CLOSED)[goal]) < 1e-9
