"""Safe interval path planning (Phillips and Likhachev, 2011): the earliest way between the bookings of others. Pure."""

import heapq
import itertools
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gangseo_backend.fleet.network import Network, Passage
from gangseo_backend.fleet.timetable import Timetable

MOST_LABELS = 6000
"""Search ends here: what has not been found by then is full of bookings for minutes."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One edge driven at a time: entered at ``enter_s``, at its end from ``arrive_s`` on."""

    passage: Passage
    enter_s: float

    @property
    def arrive_s(self) -> float:
        """When the node at the end is reached."""
        return self.enter_s + self.passage.time_s


@dataclass(frozen=True, slots=True)
class Label:
    """A robot could be at a node from ``ready_s`` on and must have left its place there by ``until_s``."""

    node: str
    ready_s: float
    until_s: float
    visit: Visit | None = None
    before: "Label | None" = None

    def visits(self) -> tuple[Visit, ...]:
        """The whole way to here."""
        found: list[Visit] = []
        label: Label | None = self
        while label is not None:
            if label.visit is not None:
                found.append(label.visit)
            label = label.before
        return tuple(reversed(found))


Times = Callable[[str], Mapping[str, float]]
"""Seconds from every node to one, on empty lanes."""


def arrivals(
    network: Network,
    table: Timetable,
    starts: Sequence[Label],
    goal: str,
    times: Times,
    closed: Collection[str],
    ends: Collection[str],
) -> Iterator[Label]:
    """Ways to a goal, earliest first, one for each stay that is possible there.

    Args:
        network: the lanes.
        table: bookings of everybody else.
        starts: where a way may begin and from when on; the place there is free until ``until_s``.
        goal: node to come to.
        times: heuristic.
        closed: edges not to use.
        ends: places to stand at that may lie on the way, the goal among them; all others are left to those who have
            to go there.
    """
    rest_s = times(goal)
    order = itertools.count()
    queue = [(start.ready_s + rest_s[start.node], next(order), start) for start in starts if start.node in rest_s]
    heapq.heapify(queue)
    settled: set[tuple[str, str, float]] = set()
    for _ in range(MOST_LABELS):
        if not queue:
            return
        _, _, label = heapq.heappop(queue)
        place = label.visit.passage.place if label.visit else ""
        key = (label.node, place, label.until_s)
        if key in settled:
            continue
        settled.add(key)
        if label.node == goal:
            yield label
        for passage in network.onward[label.node]:
            if passage.end not in rest_s or not is_way(network, passage, closed, ends):
                continue
            for later in along(table, label, passage):
                heapq.heappush(queue, (later.ready_s + rest_s[passage.end], next(order), later))


def is_way(network: Network, passage: Passage, closed: Collection[str], ends: Collection[str]) -> bool:
    """Whether an edge may lie on a way: open, and not into a place that is left to those who have to go there."""
    return passage.edge_id not in closed and (passage.end in ends or not network.is_end(passage.end))


def along(table: Timetable, label: Label, passage: Passage) -> Iterator[Label]:
    """The earliest way along an edge for each stay that is possible at its end."""
    latest_s = label.until_s - passage.clear_s
    for free_s, taken_s in table.gaps(passage.place, label.ready_s):
        if free_s > latest_s:
            return
        enter_s = table.first_fit(passage.stretch, free_s, passage.time_s)
        if enter_s > latest_s or enter_s == math.inf:
            return
        if enter_s + passage.time_s <= taken_s:
            visit = Visit(passage, enter_s)
            yield Label(passage.end, visit.arrive_s, taken_s, visit, label)
