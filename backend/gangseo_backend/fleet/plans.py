"""The way of one robot, booked in time. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gangseo_backend.fleet.network import Network, Passage
from gangseo_backend.fleet.sipp import Visit
from gangseo_backend.fleet.timetable import Resource

REMEMBERED = 12
"""Released edges that are remembered, in case the robot is stopped on its way."""
Stored = Sequence[Any]
"""A plan, JSON-ready."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One robot as traffic sees it.

    Attributes:
        node: end of what has been released to it.
        places: what it takes up there.
        held: everything it has now, the places included.
        ready_s: when it can drive on from there.
        stops: where it goes, one after another; none for a robot that stays.
        dwell_s: how long it stays at all stops but the last.
        fixed: it cannot be expected to move: off line, stopped, stuck.
        home: its own place, where it may always wait.
        left: what it would need again to turn back, when it has left its node for the edge it stands on; ``places``
            are then what it takes up there.
    """

    robot_id: str
    node: str
    places: frozenset[Resource]
    held: frozenset[Resource]
    ready_s: float
    stops: tuple[str, ...] = ()
    dwell_s: float = 0.0
    fixed: bool = False
    home: str | None = None
    left: frozenset[Resource] = frozenset()

    def goes_on(self, passage: Passage) -> bool:
        """Whether an edge from its node is the one it stands on, rather than one it has to turn back for."""
        return not self.left or not self.places.isdisjoint(passage.stretch)


@dataclass(frozen=True, slots=True)
class Plan:
    """The way of one robot from the end of what is released: to its stops, one after another.

    Attributes:
        node: where it begins.
        stops: nodes to go to.
        visits: edges with times.
        stays: for every stop, how many visits lead to it.
        behind: edges released lately, oldest first.
    """

    node: str
    stops: tuple[str, ...]
    visits: tuple[Visit, ...]
    stays: tuple[int, ...]
    behind: tuple[Visit, ...] = ()

    @property
    def to_first_stop(self) -> tuple[Visit, ...]:
        """The way to the next stop."""
        return self.visits[: self.stays[0]]

    @property
    def first_stop_s(self) -> float:
        """When the next stop is reached; 0 when the robot is there."""
        return self.to_first_stop[-1].arrive_s if self.stays[0] else 0.0

    @property
    def edges(self) -> tuple[str, ...]:
        """The way without times."""
        return tuple(visit.passage.edge_id for visit in self.visits)

    def advanced(self, parts: int) -> "Plan":
        """The rest after some edges up to the next stop have been released."""
        if parts == 0:
            return self
        at_stop = parts == self.stays[0] and len(self.stops) > 1
        return Plan(
            self.visits[parts - 1].passage.end,
            self.stops[at_stop:],
            self.visits[parts:],
            tuple(count - parts for count in self.stays[at_stop:]),
            (*self.behind, *self.visits[:parts])[-REMEMBERED:],
        )

    def beginning_at(self, node: str) -> "Plan | None":
        """The plan of a robot that was stopped on what had been released to it; None when it is not there."""
        if node == self.node:
            return self
        for back in range(1, len(self.behind) + 1):
            if self.behind[-back].passage.start == node:
                # What was released comes before what anybody has planned since, whenever it was to be driven.
                again = (replace(visit, enter_s=-math.inf) for visit in self.behind[-back:])
                return Plan(
                    node,
                    self.stops,
                    (*again, *self.visits),
                    tuple(count + back for count in self.stays),
                    self.behind[:-back],
                )
        return None

    def at_times(self, times_s: Sequence[float]) -> "Plan":
        """The same way, its edges entered at other times."""
        visits = (replace(visit, enter_s=time_s) for visit, time_s in zip(self.visits, times_s, strict=True))
        return replace(self, visits=tuple(visits))


Plans = Mapping[str, Plan]


def taken_up(vehicle: Vehicle, plan: Plan | None) -> frozenset[Resource]:
    """Where a robot is until it drives on, with what it needs to turn back when its plan wants that."""
    turns_back = plan is not None and plan.visits and not vehicle.goes_on(plan.visits[0].passage)
    return vehicle.places | vehicle.left if turns_back else vehicle.places


def to_stored(plan: Plan) -> Stored:
    """JSON-ready."""
    return [plan.node, plan.stops, plan.stays, _pairs(plan.visits), _pairs(plan.behind)]


def from_stored(stored: Stored, network: Network) -> Plan | None:
    """A plan as it was stored; None for one with edges the site has no more."""
    node, stops, stays, visits, behind = stored
    try:
        return Plan(node, tuple(stops), _visits(visits, network), tuple(stays), _visits(behind, network))
    except KeyError:
        return None


def _pairs(visits: Sequence[Visit]) -> list[tuple[str, float]]:
    return [(visit.passage.edge_id, round(visit.enter_s, 1)) for visit in visits]


def _visits(pairs: Sequence[tuple[str, float]], network: Network) -> tuple[Visit, ...]:
    return tuple(Visit(network.passages[edge_id], enter_s) for edge_id, enter_s in pairs)
