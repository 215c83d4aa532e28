"""Random problems of tours, a checker and an optimum that know nothing of the planner's own arithmetic."""

import itertools
import math
from collections.abc import Iterator, Sequence

import numpy as np
from hypothesis import strategies as st

from gangseo_backend.fleet.tour_problem import (
    End,
    Goal,
    Tour,
    TourDepot,
    TourPlan,
    TourProblem,
    TourRobot,
    TourShipment,
    TourStop,
    Travel,
)

STREAMS = ("plastic", "paper", "can", "other")
SPEED_MPS = 1.2


def travel(places: Sequence[tuple[float, float]], closed: Sequence[tuple[int, int]] = ()) -> Travel:
    """Ways along a street grid; ``closed`` pairs have none."""
    xy = np.array(places, float)
    metres = np.abs(xy[:, None] - xy[None]).sum(-1)
    for start, goal in closed:
        metres[start, goal] = math.inf
    return Travel(tuple(f"n{number}" for number in range(len(places))), metres / SPEED_MPS, metres)


places = st.tuples(st.integers(0, 200), st.integers(0, 120))
litres = st.fixed_dictionaries({}, optional={stream: st.sampled_from([0.5, 3.0, 9.0, 20.0]) for stream in STREAMS})


@st.composite
def problems(draw: st.DrawFn, most_stops: int = 9, most_robots: int = 3, goal: Goal | None = None) -> TourProblem:
    robots, stops = draw(st.integers(1, most_robots)), draw(st.integers(0, most_stops))
    shipments, depots = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    where = draw(st.lists(places, min_size=14, max_size=14))
    node = st.sampled_from([f"n{number}" for number in range(len(where))])
    closed = draw(
        st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)).filter(lambda p: p[0] != p[1]), max_size=6)
    )

    def end() -> End:
        early = draw(st.sampled_from([0.0, 0.0, 60.0, 300.0]))
        return End(draw(node), draw(st.sampled_from([0.0, 20.0, 45.5])), early,
                   early + draw(st.sampled_from([math.inf, math.inf, 200.0, 900.0])))  # fmt: skip

    def barred() -> frozenset[str]:
        return frozenset(draw(st.lists(st.sampled_from([f"r{n}" for n in range(robots)]), max_size=1)))

    room = st.sampled_from([36.0, 24.0, 10.0])
    return TourProblem(
        travel(where, closed),
        tuple(
            TourRobot(
                f"r{number}", draw(node), draw(node), {stream: draw(room) for stream in STREAMS},
                {stream: draw(st.sampled_from([0.0, 0.0, 8.25])) for stream in STREAMS},
                draw(st.sampled_from([0.0, 12.0, 240.0])), draw(st.sampled_from([math.inf, 2500.0, 600.0])),
            )
            for number in range(robots)
        ),
        tuple(
            TourStop(f"s{n}", end(), draw(litres), draw(st.sampled_from([0.0, 100.0, 4000.0])), barred())
            for n in range(stops)
        ),
        tuple(TourDepot(f"d{number}", draw(node), draw(st.sampled_from([0.0, 15.0]))) for number in range(depots)),
        tuple(TourShipment(f"p{n}", end(), end(), draw(litres), 0.0, barred()) for n in range(shipments)),
        goal or Goal(),
    )  # fmt: skip


def complaints(problem: TourProblem, plan: TourPlan) -> list[str]:
    """Everything that is wrong with a plan."""
    found: list[str] = []
    wanted = [stop.stop_id for stop in problem.stops]
    pairs = [item.shipment_id for item in problem.shipments]
    done = [(visit.kind, visit.visit_id) for tour in plan.tours for visit in tour.visits]
    found += [
        f"{stop_id} is not served once or told why not"
        for stop_id in wanted
        if done.count(("stop", stop_id)) + (stop_id in plan.unserved) != 1
    ]
    for pair in pairs:
        counts = (done.count(("pickup", pair)), done.count(("drop", pair)))
        if counts not in {(1, 1), (0, 0)} or (counts == (0, 0)) != (pair in plan.unserved):
            found.append(f"{pair} is half done")
    if len({tour.robot_id for tour in plan.tours}) != len(plan.tours):
        found.append("a robot has two tours")
    for tour in plan.tours:
        found += _complaints_of(problem, tour)
    return found


def _complaints_of(problem: TourProblem, tour: Tour) -> Iterator[str]:
    robot = next(robot for robot in problem.robots if robot.robot_id == tour.robot_id)
    number = {node: n for n, node in enumerate(problem.travel.nodes)}
    stops = {stop.stop_id: stop for stop in problem.stops}
    pairs = {item.shipment_id: item for item in problem.shipments}
    depots = {depot.depot_id: depot for depot in problem.depots}
    node, now, way, load, carried = robot.node_id, robot.free_in_s, 0.0, dict.fromkeys(STREAMS, 0.0), []
    load |= robot.fill
    for visit in tour.visits:
        if visit.kind == "depot":
            end, item, sign = End(depots[visit.visit_id].node_id, depots[visit.visit_id].service_s), None, 0
        elif visit.kind == "stop":
            item, sign = stops[visit.visit_id], 1
            end = item.at
        else:
            item = pairs[visit.visit_id]
            end, sign = (item.pickup, 1) if visit.kind == "pickup" else (item.drop, -1)
        now += problem.travel.seconds[number[node], number[end.node_id]]
        way += problem.travel.metres[number[node], number[end.node_id]]
        node = end.node_id
        if abs(now - visit.arrive_s) > 0.01:
            yield f"{tour.robot_id} is not at {visit.visit_id} when it says"
        now = max(now, end.earliest_s)
        if now > end.latest_s + 0.01:
            yield f"{tour.robot_id} comes to {visit.visit_id} too late"
        now += end.service_s
        if item is None:
            if carried:
                yield "a shipment is tipped into the depot"
            load = dict.fromkeys(STREAMS, 0.0)
            continue
        if tour.robot_id in item.not_by:
            yield f"{tour.robot_id} must not do {visit.visit_id}"
        for stream, value in item.load.items():
            load[stream] += sign * value
        if visit.kind == "pickup":
            carried.append(visit.visit_id)
        elif visit.kind == "drop":
            if visit.visit_id not in carried:
                yield f"{visit.visit_id} is dropped before it is picked up"
            carried = [other for other in carried if other != visit.visit_id]
        yield from (f"{stream} overflows" for stream in STREAMS if load[stream] > robot.room[stream] + 0.01)
    if carried:
        yield "a shipment comes home"
    way += problem.travel.metres[number[node], number[robot.home_id]]
    now += problem.travel.seconds[number[node], number[robot.home_id]]
    if way > robot.range_m + 0.01 or not math.isfinite(way):
        yield f"{tour.robot_id} has not the range"
    if abs(way - tour.metres) > 0.01 or abs(now - tour.home_s) > 0.01:
        yield f"{tour.robot_id} is not home when it says"


def least_metres(problem: TourProblem) -> float:
    """By trying everything: one load, no windows, every stop by some robot, a depot between any two where it helps."""
    names = [stop.stop_id for stop in problem.stops]
    best = math.inf
    for owners in itertools.product(problem.robots, repeat=len(names)):
        total = 0.0
        for robot in problem.robots:
            own = [stop for stop, owner in zip(problem.stops, owners, strict=True) if owner is robot]
            total += min((_metres(problem, robot, order) for order in itertools.permutations(own)), default=0.0)
        best = min(best, total)
    return best


def _metres(problem: TourProblem, robot: TourRobot, order: Sequence[TourStop]) -> float:
    if not order:
        return 0.0
    row = {node: n for n, node in enumerate(problem.travel.nodes)}
    metres = problem.travel.metres
    states = {(robot.node_id, sum(robot.fill.values())): 0.0}
    for stop in order:
        goal, load, after = row[stop.at.node_id], sum(stop.load.values()), {}
        for (node, fill), way in states.items():
            ways = [(fill, way + metres[row[node], goal])]
            ways += [
                (0.0, way + metres[row[node], row[depot.node_id]] + metres[row[depot.node_id], goal])
                for depot in problem.depots
            ]
            for before, length in ways:
                if before + load <= sum(robot.room.values()):
                    key = (stop.at.node_id, before + load)
                    after[key] = min(after.get(key, math.inf), length)
        states = after
    return min((way + metres[row[node], row[robot.home_id]] for (node, _), way in states.items()), default=math.inf)
