"""Reservations: nobody shares what only one fits on, everybody arrives."""

import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from backend.small_site import build_site
from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.traffic import Claim, grant, stuck

SITE = build_site(robots=8, spots=8)
LANES = LaneGraph(SITE)
NARROW = LaneGraph(build_site(robots=8, spots=8, lane_width_m=2.0))


class Drive:
    """Robots that follow routes in lockstep under the reservations."""

    def __init__(self, lanes: LaneGraph, routes: dict[str, tuple[list[str], list[str]]], seed: int) -> None:
        self.lanes = lanes
        self.routes = routes
        self.passed = dict.fromkeys(routes, 0)
        self.released = dict.fromkeys(routes, 0)
        self.random = random.Random(seed)

    def part(self, robot: str, index: int) -> tuple[str, str]:
        nodes, edges = self.routes[robot]
        return self.lanes.edge_resource(edges[index]), self.lanes.node_resource(nodes[index + 1])

    def claims(self) -> list[Claim]:
        claims = []
        for robot, (nodes, edges) in sorted(self.routes.items()):
            held = {self.lanes.node_resource(nodes[self.passed[robot]])}
            for index in range(self.passed[robot], self.released[robot]):
                held |= set(self.part(robot, index))
            ahead = tuple(self.part(robot, index) for index in range(self.released[robot], len(edges)))
            claims.append(Claim(robot, frozenset(held), ahead, wanted=3, end=self.lanes.node_resource(nodes[-1])))
        return claims

    def check(self) -> None:
        taken: dict[str, int] = {}
        for claim in self.claims():
            for resource in claim.held:
                taken[resource] = taken.get(resource, 0) + 1
        for resource, count in taken.items():
            assert count <= self.lanes.capacity(resource), f"{count} robots on {resource}"

    def step(self) -> bool:
        granted = grant(self.claims(), self.lanes.capacity)
        for robot, parts in granted.items():
            self.released[robot] += parts
        self.check()
        movers = [robot for robot in self.routes if self.passed[robot] < self.released[robot]]
        for robot in movers:
            if self.random.random() < 0.7:
                self.passed[robot] += 1
        self.check()
        return bool(granted or movers)

    def arrived(self) -> set[str]:
        return {robot for robot, (nodes, _) in self.routes.items() if self.passed[robot] == len(nodes) - 1}


def drive(lanes: LaneGraph, pairs: list[tuple[str, str]], seed: int) -> Drive:
    routes = {}
    for number, (start, goal) in enumerate(pairs):
        way = lanes.way(start, goal)
        assert way is not None
        routes[f"r{number}"] = (list(way.nodes), list(way.edges))
    return Drive(lanes, routes, seed)


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    st.permutations([f"c{number}" for number in range(8)]),
    st.permutations([f"s{number}" for number in range(8)]),
    st.integers(1, 8), st.booleans(), st.integers(0, 10_000),
)  # fmt: skip
def test_robots_from_home_to_spots_all_arrive_and_never_share(starts, goals, count, narrow, seed):
    lanes = NARROW if narrow else LANES
    journey = drive(lanes, list(zip(starts, goals, strict=True))[:count], seed)
    for _ in range(600):
        if not journey.step() and len(journey.arrived()) == count:
            break
    assert len(journey.arrived()) == count, f"stuck: {stuck(journey.claims(), lanes.capacity)}"


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.permutations([f"s{number}" for number in range(8)]), st.integers(2, 5), st.integers(0, 10_000))
def test_robots_that_swap_places_over_wide_lanes_never_share(spots, count, seed):
    """Starts may be inherently stuck (a goal is occupied); what is granted is still exclusive and ends."""
    pairs = [(spots[number], spots[number + 1]) for number in range(count)]
    journey = drive(LANES, pairs, seed)
    steps = 0
    while journey.step():
        steps += 1
        assert steps < 1000, "reservations never come to an end"
    # A chain of robots, each going to where the next one stood: all arrive.
    assert len(journey.arrived()) == count


def test_opposite_directions_of_a_narrow_lane_are_one_resource():
    assert NARROW.edge_resource("n0-n1") == NARROW.edge_resource("n1-n0")
    assert LANES.edge_resource("n0-n1") != LANES.edge_resource("n1-n0")


def test_head_on_in_a_dead_end_is_not_entered():
    """A robot that is to leave a spur goes first; the other waits outside."""
    lanes = LANES
    into, out_of = lanes.way("c0", "s0"), lanes.way("s0", "c1")
    assert into
    assert out_of
    journey = Drive(
        lanes,
        {"a_in": (list(into.nodes), list(into.edges)), "b_out": (list(out_of.nodes), list(out_of.edges))},
        seed=1,
    )
    for _ in range(100):
        journey.step()
    assert journey.arrived() == {"a_in", "b_out"}


def test_parked_robot_in_the_way_is_named():
    way = LANES.way("c0", "s3")
    assert way
    going = Claim(
        "going",
        frozenset({"node:c0"}),
        tuple((LANES.edge_resource(e), LANES.node_resource(n)) for e, n in zip(way.edges, way.nodes[1:], strict=True)),
        3,
        "node:s3",
    )
    parked = Claim("parked", frozenset({"node:s3"}))
    assert stuck([going, parked], LANES.capacity) == {"going": frozenset({"parked"})}


def test_route_avoids_blocked_lanes_and_has_none_when_all_are_blocked():
    direct = LANES.way("n0", "n2")
    around = LANES.way("n0", "n2", blocked_lanes={"n1|n2"})
    assert direct
    assert direct.nodes == ("n0", "n1", "n2")
    assert around
    assert "n7" in around.nodes
    assert LANES.way("n0", "s3", blocked_lanes={"n3|s3"}) is None
    assert LANES.way("nowhere", "n1") is None


def test_times_to_and_from_agree():
    for goal in ("s3", "d0", "c1"):
        to = LANES.times_to(goal, {"n1|n2"})
        for start in ("c0", "n4", "s5"):
            assert abs(to[start] - LANES.times_from(start, {"n1|n2"})[goal]) < 1e-9
