"""Tours of several robots through many places. Pure; PyVRP does the search (ADR 15).

Every bin stream has its own room and robots are emptied at depots on the way; ranges, time windows, and pick-up
before drop are kept. When not all can be served, those that have waited longest come first.
"""

import time
from collections.abc import Callable, Mapping, Sequence

from pyvrp import ProblemData, Solution, solve

from gangseo_backend.fleet.tour_insertion import HANDFUL, polished, with_inserted
from gangseo_backend.fleet.tour_model import OVERTIME, Model
from gangseo_backend.fleet.tour_order import fairer, steps_of
from gangseo_backend.fleet.tour_problem import Tour, TourPlan, TourProblem
from gangseo_backend.fleet.tour_walk import OTHERS_FIRST, Book, Step

_FIRST_SHARE = 0.4
"""Of the time for the shortest tours; the rest makes them alike."""
_SLACK = 1.05
_FEW = 12
"""Up to here it costs little to begin from other sides as well."""
_FEW_ROBOTS = 3
"""A handful of places is also begun with all of them given to one robot, for so many robots."""
_EVENINGS = 4
_SOONER = 0.93
_KEEP = 1.02
"""A plan that people know is only given up for one that is better by more than this."""
_PATIENCE_TURNS = 200
_PATIENCE_TURNS_EACH = 100
Orders = Mapping[str, Sequence[Step]]


def plan_tours(
    problem: TourProblem, *, seconds: float, seed: int = 0, turns: int | None = None, before: Orders | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> TourPlan:  # fmt: skip
    """The best tours found in the time.

    Args:
        problem: robots, places and ways.
        seconds: of ``clock``, for the search.
        seed: the same seed and ``turns`` give the same plan.
        turns: how long to search, instead of ``seconds``.
        before: what each robot was to do by the plan before, kept when it is about as good.
        clock: seconds that only grow.
    """
    book = Book(problem)
    ids = [*(stop.stop_id for stop in problem.stops), *(item.shipment_id for item in problem.shipments)]
    unserved = {visit_id: reason for visit_id in ids if (reason := book.why_not(visit_id)) is not None}
    possible = [visit_id for visit_id in ids if visit_id not in unserved]
    if not possible:
        return TourPlan(unserved=unserved)
    patience = _PATIENCE_TURNS + _PATIENCE_TURNS_EACH * len(ids)
    search = _Search(clock() + seconds, turns, seed, patience, clock)
    tours = _kept(book, _walked(book, before or {}), _planned(book, possible, search))
    served = set(_served(tours))
    unserved |= dict.fromkeys((visit_id for visit_id in possible if visit_id not in served), OTHERS_FIRST)
    return TourPlan(tuple(fairer(book, tour) for tour in tours), unserved, search.done)


def _planned(book: Book, possible: Sequence[str], search: "_Search") -> list[Tour]:
    """All of them if that can be; else as many as fit, then better tours for these, then what fits now."""
    model = Model(book, possible)
    data = model.data()
    found = search.run(data, _FIRST_SHARE)
    if found.is_feasible():
        best = _walked(book, model.steps(found))
        if len(possible) <= _FEW:
            alone = list(book.robots)[:_FEW_ROBOTS] if len(possible) <= HANDFUL else []
            begins = [with_inserted(book, {}, possible, [robot_id]) for robot_id in alone]
            for orders in (_orders(best), with_inserted(book, {}, possible), *begins):
                best = _better(book, best, polished(book, orders))
        return _evened(book, model, _orders(best), search)
    orders = with_inserted(book, {}, possible)
    model = Model(book, _visit_ids(orders))
    data = model.data()
    orders = model.steps(search.run(data, _FIRST_SHARE, model.solution(data, orders)))
    orders = with_inserted(book, orders, possible)
    model = Model(book, _visit_ids(orders))
    return _evened(book, model, orders, search)


def _evened(book: Book, model: Model, orders: Orders, search: "_Search") -> list[Tour]:
    """Better tours, such that the robot that is home last is home sooner."""
    robots, best = len(book.robots), _walked(book, orders)
    if not book.problem.goal.evenly or robots == 1:
        data = model.data()
        return _better(book, best, model.steps(search.run(data, 1.0, model.solution(data, orders))))
    share_s = sum(tour.home_s for tour in best) / robots * _SLACK
    for turn in range(_EVENINGS):
        last_s = max((tour.home_s for tour in best), default=0.0)
        data = model.data(max(share_s, last_s * _SOONER) if turn else share_s)
        begin = model.solution(data, _orders(best)) if turn else None
        found = _better(book, best, model.steps(search.run(data, 1 / (_EVENINGS - turn), begin)))
        if turn and found is best:
            break
        best = found
    return best


def _better(book: Book, tours: list[Tour], orders: Orders) -> list[Tour]:
    """The new tours where they serve the same and cost less."""
    found = _walked(book, orders)
    return found if _served(found) == _served(tours) and _cost(book, found) < _cost(book, tours) else tours


def _visit_ids(orders: Orders) -> set[str]:
    return {step.visit_id for steps in orders.values() for step in steps if step.kind != "depot"}


def _orders(tours: Sequence[Tour]) -> Orders:
    return {tour.robot_id: steps_of(tour) for tour in tours}


def _walked(book: Book, orders: Orders) -> list[Tour]:
    """The tours as they come to pass; what cannot be is left out."""
    possible = {robot_id: steps for robot_id, steps in orders.items() if robot_id in book.robots}
    found = [
        book.walk(robot_id, [step for step in steps if step in book.end]) for robot_id, steps in possible.items()
    ]  # fmt: skip
    return [tour for tour in found if isinstance(tour, Tour) and tour.visits]


def _kept(book: Book, before: list[Tour], after: list[Tour]) -> list[Tour]:
    """The plan people know, unless the new one serves others or is better by more than a little."""
    same = _served(before) == _served(after)
    return before if same and _cost(book, before) <= _cost(book, after) * _KEEP else after


def _served(tours: list[Tour]) -> list[str]:
    return sorted(visit.visit_id for tour in tours for visit in tour.visits if visit.kind in {"stop", "drop"})


def _cost(book: Book, tours: list[Tour]) -> float:
    goal = book.problem.goal
    busy_s = sum(tour.home_s - book.robots[tour.robot_id].free_in_s for tour in tours)
    last_s = max((tour.home_s for tour in tours), default=0.0) if goal.evenly else 0.0
    return goal.per_metre * sum(tour.metres for tour in tours) + goal.per_second * (busy_s + OVERTIME * last_s)


class _Search:
    """PyVRP until a moment, or for some turns."""

    def __init__(self, end_s: float, turns: int | None, seed: int, patience: int, clock: Callable[[], float]) -> None:
        self._end_s, self._turns, self._seed = end_s, turns, seed
        self._patience, self._clock = patience, clock
        self.done = 0

    def run(self, data: ProblemData, share: float = 1.0, begin: Solution | None = None) -> Solution:
        """The best that was found within a share of what is left."""
        now_s = self._clock()
        until_s = now_s + max(0.0, self._end_s - now_s) * share
        turns = None if self._turns is None else max(1, round(self._turns * share))
        stop = _Stop(until_s, turns, self._patience, self._clock)
        result = solve(data, stop, self._seed, collect_stats=False, initial_solution=begin)
        self.done += result.num_iterations
        return result.best


class _Stop:
    """The end of a search: its time or turns are over, or nothing better was found for long."""

    def __init__(self, until_s: float, turns: int | None, patience: int, clock: Callable[[], float]) -> None:
        self._until_s, self._turns, self._patience, self._clock = until_s, turns, patience, clock
        self._best: float | None = None
        self._since = self._done = 0

    def __call__(self, best_cost: float) -> bool:
        if self._best is None or best_cost < self._best:
            self._best, self._since = best_cost, 0
        self._since += 1
        self._done += 1
        if self._since > self._patience:
            return True
        return self._done > self._turns if self._turns is not None else self._clock() >= self._until_s
