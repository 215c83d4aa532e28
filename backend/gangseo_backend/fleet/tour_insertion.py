"""Places put into tours one after another, those that have waited longest first. Pure."""

import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from gangseo_backend.fleet.tour_problem import Tour
from gangseo_backend.fleet.tour_walk import Book, Step

_PATIENCE_S = 900.0
"""Those whose waiting differs by less are equal: the nearer one goes first."""
HANDFUL = 6
"""Up to here every pair and every whole tour is tried anew: some tens of milliseconds."""
_ORDERS = 24
"""So many orders are tried of a whole tour that is put in anew."""


def with_inserted(
    book: Book, orders: Mapping[str, Sequence[Step]], visit_ids: Collection[str], robots: Collection[str] | None = None
) -> dict[str, list[Step]]:
    """The tours with all of these in them that still fit, each where it costs least; a depot goes with it.

    Args:
        book: the problem.
        orders: what is in the tours already.
        visit_ids: what is to be put in.
        robots: those that may be used; None for all.
    """
    found = {robot_id: list(orders.get(robot_id, ())) for robot_id in robots or book.robots}
    planned = _places(found)
    for visit_id in sorted(set(visit_ids) - planned, key=lambda visit_id: _turn(book, visit_id)):
        best: tuple[float, str, list[Step]] | None = None
        for robot_id, steps in found.items():
            now = _cost(book, book.walk(robot_id, steps)) if steps else 0.0
            for way in _ways(book, steps, visit_id):
                tour = book.walk(robot_id, way)
                if isinstance(tour, Tour) and (best is None or _cost(book, tour) - now < best[0]):
                    best = (_cost(book, tour) - now, robot_id, way)
        if best is not None:
            found[best[1]] = best[2]
    return {robot_id: steps for robot_id, steps in found.items() if steps}


def polished(book: Book, orders: Mapping[str, Sequence[Step]]) -> dict[str, list[Step]]:
    """Places taken out and put in again where they cost least, while that helps; a handful in pairs and tours, too."""
    best = {robot_id: list(steps) for robot_id, steps in orders.items()}
    least, again = _sum(book, best), True
    while again:
        again = False
        for group in _groups(best):
            found = best
            for visit_id in group:
                found = {robot_id: _without(book, robot_id, steps, visit_id) for robot_id, steps in found.items()}
            for visit_id in group:
                found = with_inserted(book, found, [visit_id])
            if _places(found) == _places(best) and (cost := _sum(book, found)) < least - 1e-6:
                best, least, again = found, cost, True
                break
    return best


def _groups(orders: Mapping[str, Sequence[Step]]) -> Iterator[Sequence[str]]:
    """What is taken out together, in the order in which it is put in again."""
    places = sorted(_places(orders))
    yield from ([visit_id] for visit_id in places)
    if len(places) > HANDFUL:
        return
    yield from itertools.permutations(places, 2)
    for steps in orders.values():
        yield from itertools.islice(itertools.permutations(sorted(_places({"": steps}))), _ORDERS)


def _places(orders: Mapping[str, Sequence[Step]]) -> set[str]:
    """Stops and shipments of all tours."""
    return {step.visit_id for steps in orders.values() for step in steps if step.kind != "depot"}


def _without(book: Book, robot_id: str, steps: Sequence[Step], visit_id: str) -> list[Step]:
    """Without a visit, and without depots that nothing needs any more."""
    kept = [step for step in steps if step.kind == "depot" or step.visit_id != visit_id]
    for place in reversed(range(len(kept))):
        less = kept[:place] + kept[place + 1 :]
        if kept[place].kind == "depot" and isinstance(book.walk(robot_id, less), Tour):
            kept = less
    return kept


def _sum(book: Book, orders: Mapping[str, Sequence[Step]]) -> float:
    """Of all tours together."""
    return sum(_cost(book, book.walk(robot_id, steps)) for robot_id, steps in orders.items())


def _turn(book: Book, visit_id: str) -> tuple[int, float, str]:
    """Whose turn it is: by quarters of an hour of waiting, then by the way to it."""
    node = book.end[book.steps_of(visit_id)[0]].node_id
    nearest_s = min(book.leg(robot.node_id, node)[0] for robot in book.robots.values())
    return -int(book.waited_s[visit_id] // _PATIENCE_S), nearest_s, visit_id


def _ways(book: Book, steps: Sequence[Step], visit_id: str) -> Iterator[list[Step]]:
    first, *last = book.steps_of(visit_id)
    depots: list[list[Step]] = [[], *([Step("depot", depot.depot_id)] for depot in book.problem.depots)]
    for place in range(len(steps) + 1):
        ends = range(place, len(steps) + 1) if last else (place,)
        for depot in depots:
            for end in ends:
                yield [*steps[:place], *depot, first, *steps[place:end], *last, *steps[end:]]


def _cost(book: Book, tour: Tour | str) -> float:
    """Of a tour that can be; late homecomings count double when all are to end at about the same time."""
    if isinstance(tour, str):
        return math.inf
    goal, free_s = book.problem.goal, book.robots[tour.robot_id].free_in_s
    busy_s = tour.home_s - free_s + (tour.home_s if goal.evenly else 0.0)
    return goal.per_metre * tour.metres + goal.per_second * busy_s
