"""The order within a tour, so that nobody waits much longer than others. Pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gangseo_backend.fleet.tour_problem import Tour
from gangseo_backend.fleet.tour_walk import Book, Step

_LONGEST = 3
"""How many of those that wait longest are tried earlier at a time."""
_PASSES = 4


def fairer(book: Book, tour: Tour) -> Tour:
    """The same visits with less squared waiting; neither way nor time grows to more than ``stretch`` times."""
    free_s, stretch = book.robots[tour.robot_id].free_in_s, book.problem.goal.stretch
    latest_s, most_m = free_s + (tour.home_s - free_s) * stretch, tour.metres * stretch
    best, best_waiting = tour, waiting(book, tour)
    for _ in range(_PASSES):
        better = None
        for steps in _others(book, best):
            found = book.walk(tour.robot_id, steps)
            if isinstance(found, str) or found.home_s > latest_s or found.metres > most_m:
                continue
            if (waits := waiting(book, found)) < best_waiting * (1 - 1e-9):
                better, best_waiting = found, waits
        if better is None:
            break
        best = better
    return best


def waiting(book: Book, tour: Tour) -> float:
    """Sum of the squared seconds of waiting until the robot comes: one long wait counts more than many short ones."""
    served = [visit for visit in tour.visits if visit.kind in {"stop", "drop"}]
    return sum((book.waited_s[visit.visit_id] + visit.arrive_s) ** 2 for visit in served)


def steps_of(tour: Tour) -> list[Step]:
    """The visits of a tour without times."""
    return [Step(visit.kind, visit.visit_id) for visit in tour.visits]


def _others(book: Book, tour: Tour) -> Iterator[Sequence[Step]]:
    """Trips between depots turned round, and those that wait longest moved to the front of others."""
    steps = steps_of(tour)
    ends = [-1, *(n for n, step in enumerate(steps) if step.kind == "depot"), len(steps)]
    for before, after in pairwise(ends):
        if after - before > 2:
            yield [*steps[: before + 1], *reversed(steps[before + 1 : after]), *steps[after:]]

    def wait_s(number: int) -> float:
        return book.waited_s[steps[number].visit_id] + tour.visits[number].arrive_s

    served = [n for n, step in enumerate(steps) if step.kind != "depot"]
    for number in sorted(served, key=wait_s, reverse=True)[:_LONGEST]:
        for place in range(number):
            yield [*steps[:place], steps[number], *steps[place:number], *steps[number + 1 :]]
