"""Tours through many stops: nothing is done twice or left without a reason, and the plans are good."""

import math
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.tour_cases import STREAMS, complaints, least_metres, litres, problems, travel
from gangseo_backend.fleet.tour_order import steps_of
from gangseo_backend.fleet.tour_problem import (
    End,
    Goal,
    TourDepot,
    TourProblem,
    TourRobot,
    TourShipment,
    TourStop,
)
from gangseo_backend.fleet.tour_walk import Book
from gangseo_backend.fleet.tours import plan_tours

ROOM = dict.fromkeys(STREAMS, 36.0)
SHORTEST = Goal(per_metre=1, per_second=0, evenly=False, stretch=1.0)


def line(*xs: float) -> TourProblem:
    """Places on a street: n0 the robot's, n1 its home, n2 the depot, then one stop each."""
    spots = [(float(x), 0.0) for x in xs]
    stops = tuple(TourStop(f"s{n}", End(f"n{n + 3}", 30.0), {"can": 9.0}) for n in range(len(xs) - 3))
    return TourProblem(travel(spots), (TourRobot("r0", "n0", "n1", ROOM),), stops, (TourDepot("d", "n2", 15.0),))


def served(plan) -> list[str]:
    return [visit.visit_id for tour in plan.tours for visit in tour.visits]


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(problems(), st.integers(0, 5))
def test_every_stop_is_served_once_within_all_bounds_or_told_why_not(problem, seed):
    plan = plan_tours(problem, seconds=1.0, seed=seed, turns=60)
    assert complaints(problem, plan) == []


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 5))
def test_same_seed_and_turns_give_the_same_plan(problem, seed):
    assert plan_tours(problem, seconds=9.0, seed=seed, turns=40) == plan_tours(
        problem, seconds=9.0, seed=seed, turns=40
    )


@settings(max_examples=40, deadline=None)
@given(problems(most_stops=6))
def test_what_nobody_could_do_alone_has_its_own_reason_and_the_rest_is_left_for_others(problem):
    plan = plan_tours(problem, seconds=1.0, turns=60)
    book = Book(problem)
    for visit_id, reason in plan.unserved.items():
        alone = book.why_not(visit_id)
        assert reason == (alone or "tour.others_first")


def tiny(number: int) -> TourProblem:
    """At most five stops and two robots, all within a street or two: many ways cost the same."""
    draw = random.Random(number)
    where = [(draw.randint(0, 3), draw.randint(0, 1)) for _ in range(8)]
    stops = tuple(
        TourStop(f"s{n}", End(f"n{n + 3}", 10.0), {"can": draw.choice([5.0, 12.0, 20.0])})
        for n in range(draw.randint(1, 5))
    )
    robots = tuple(
        TourRobot(f"r{n}", f"n{n}", "n1", {"can": 36.0}, {"can": draw.choice([0.0, 20.0])})
        for n in range(draw.randint(1, 2))
    )
    return TourProblem(travel(where), robots, stops, (TourDepot("d", "n2", 15.0),), (), SHORTEST)


@pytest.mark.slow
def test_nearly_every_small_plan_is_the_best_there_is():
    """A search, no proof: one in some hundreds may be a street too long."""
    over_m = []
    for number in range(300):
        problem = tiny(number)
        plan = plan_tours(problem, seconds=9.0, turns=400)
        assert not plan.unserved
        over_m.append(plan.metres - least_metres(problem))
    assert min(over_m) > -0.05, "the optimum of the test is none"
    assert sum(over > 0.05 for over in over_m) <= 2
    assert max(over_m) <= 2.05


def test_a_depot_is_put_in_where_a_stream_would_overflow():
    plan = plan_tours(line(0, 0, 50, 10, 20, 30, 40, 60), seconds=9.0, turns=200)
    fills = [visit.fill.get("can", 0.0) for visit in plan.tours[0].visits]
    assert served(plan).count("d") == 1
    assert max(fills) <= 36.0


def test_litres_on_board_count():
    problem = line(0, 0, 5, 10)
    full = replace(problem, robots=(replace(problem.robots[0], fill={"can": 30.0}),))
    assert served(plan_tours(full, seconds=9.0, turns=50)) == ["d", "s0"]
    nowhere = replace(full, depots=())
    assert plan_tours(nowhere, seconds=9.0, turns=50).unserved == {"s0": "tour.full"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"load": {"can": 40.0}}, "tour.too_much"),
        ({"load": {"glass": 1.0}}, "tour.too_much"),
        ({"at": End("n3", 0.0, 0.0, 5.0)}, "tour.too_late"),
        ({"not_by": frozenset({"r0"})}, "tour.tried"),
    ],
)
def test_the_reason_is_the_stops_own(change, reason):
    problem = line(0, 0, 50, 100)
    stops = (replace(problem.stops[0], **change),)
    assert plan_tours(replace(problem, stops=stops), seconds=9.0, turns=20).unserved == {"s0": reason}


def test_range_and_missing_ways_are_told():
    problem = line(0, 0, 50, 100)
    weak = replace(problem, robots=(replace(problem.robots[0], range_m=150.0),))
    assert plan_tours(weak, seconds=9.0, turns=20).unserved == {"s0": "tour.too_far"}
    cut = replace(problem, travel=travel([(0, 0), (0, 0), (50, 0), (100, 0)], [(3, 1)]))
    assert plan_tours(cut, seconds=9.0, turns=20).unserved == {"s0": "tour.no_way"}
    assert plan_tours(replace(problem, robots=()), seconds=9.0, turns=20).unserved == {"s0": "tour.no_robot"}


def test_who_has_waited_longest_is_not_left_out():
    problem = line(0, 0, 5, 100, 90, 95, 105)
    stops = tuple(
        replace(stop, waited_s=waited) for stop, waited in zip(problem.stops, (0.0, 7200.0, 0.0, 0.0), strict=True)
    )
    # Room for one stop only, and the one that has waited is neither nearest nor farthest.
    small = replace(problem.robots[0], room={"can": 9.0})
    plan = plan_tours(replace(problem, stops=stops, robots=(small,), depots=()), seconds=9.0, turns=200)
    assert served(plan) == ["s1"]
    assert set(plan.unserved.values()) == {"tour.others_first"}


def test_no_stop_waits_for_ever():
    """One stop far away against two near ones that are new each time; the battery lasts for the one or the others."""
    waited_s = 0.0
    for _ in range(40):
        problem = line(0, 0, 5, 100, 10, 20)
        stops = (replace(problem.stops[0], waited_s=waited_s), *problem.stops[1:])
        robot = replace(problem.robots[0], room={"can": 18.0}, range_m=205.0, fill={"can": 0.0})
        late = tuple(replace(stop, at=replace(stop.at, latest_s=110.0)) for stop in stops[1:])
        plan = plan_tours(replace(problem, stops=(stops[0], *late), robots=(robot,), depots=()), seconds=9.0, turns=60)
        if "s0" in served(plan):
            break
        waited_s += 600.0
    assert "s0" in served(plan)


def test_the_tour_turns_towards_those_who_have_waited():
    problem = line(0, 0, 5, 10, 20, 30, 40)
    stops = (*problem.stops[:3], replace(problem.stops[3], waited_s=900.0))
    forth = plan_tours(problem, seconds=9.0, turns=100)
    back = plan_tours(replace(problem, stops=stops), seconds=9.0, turns=100)
    arrivals = [next(v.arrive_s for v in plan.tours[0].visits if v.visit_id == "s3") for plan in (forth, back)]
    assert arrivals[1] < 0.6 * arrivals[0]
    assert back.last_home_s <= forth.last_home_s * 1.1 + 0.01


def test_robots_share_the_work():
    problem = line(0, 0, 5, 40, 50, 60, 70, 80, 90)
    two = replace(problem, robots=(problem.robots[0], replace(problem.robots[0], robot_id="r1")))
    plan = plan_tours(two, seconds=9.0, turns=400)
    alone = plan_tours(problem, seconds=9.0, turns=400)
    assert len(plan.tours) == 2
    assert plan.last_home_s < 0.75 * alone.last_home_s


def test_a_plan_that_people_know_is_kept_when_it_is_as_good():
    problem = line(0, 0, 5, 40, -40, 60, -60)
    two = replace(problem, robots=(problem.robots[0], replace(problem.robots[0], robot_id="r1")))
    first = plan_tours(two, seconds=9.0, turns=200)
    swapped = {"r0": steps_of(first.tours[1]), "r1": steps_of(first.tours[0])}
    again = plan_tours(two, seconds=9.0, seed=3, turns=200, before=swapped)
    assert {tour.robot_id: steps_of(tour) for tour in again.tours} == swapped


def test_a_shipment_stays_with_its_robot():
    problem = replace(
        line(0, 0, 5, 10), shipments=(TourShipment("p", End("n3", 10.0), End("n2", 10.0), {"can": 9.0}),)
    )  # fmt: skip
    plan = plan_tours(problem, seconds=9.0, turns=100)
    kinds = [visit.kind for visit in plan.tours[0].visits if visit.visit_id == "p"]
    assert kinds == ["pickup", "drop"]
    assert plan.unserved == {}


def test_time_is_kept():
    ticks = iter(range(10_000))
    plan_tours(line(0, 0, 5, 10, 20, 30), seconds=50.0, clock=lambda: float(next(ticks)))
    assert next(ticks) < 60


@given(st.lists(litres, max_size=3))
@settings(max_examples=20, deadline=None)
def test_nothing_to_do_is_no_tour(loads):
    problem = replace(line(0, 0, 5, *range(10, 10 + len(loads))), robots=())
    plan = plan_tours(problem, seconds=1.0)
    assert plan.tours == ()
    assert plan.last_home_s == 0.0
    assert math.isclose(plan.metres, 0.0)
