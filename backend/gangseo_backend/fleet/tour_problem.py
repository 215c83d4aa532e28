"""What is asked of a plan of tours and what it answers. Values only.

Times are seconds from now, ways are metres, loads are litres (or pieces) by name; what is not named is 0.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Travel:
    """Ways between nodes: ``seconds[a, b]`` and ``metres[a, b]`` by the nodes' order; inf where there is no way."""

    nodes: tuple[str, ...]
    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TourRobot:
    """A robot: at ``node_id`` in ``free_in_s`` with ``fill`` on board; ``range_m`` from there, home included."""

    robot_id: str
    node_id: str
    home_id: str
    room: Mapping[str, float]
    fill: Mapping[str, float] = field(default_factory=dict)
    free_in_s: float = 0.0
    range_m: float = math.inf


@dataclass(frozen=True, slots=True)
class End:
    """A place to be at between two moments, for a while."""

    node_id: str
    service_s: float = 0.0
    earliest_s: float = 0.0
    latest_s: float = math.inf


@dataclass(frozen=True, slots=True)
class TourStop:
    """Something to take on board at one place; ``waited_s`` so far; robots in ``not_by`` must not."""

    stop_id: str
    at: End
    load: Mapping[str, float] = field(default_factory=dict)
    waited_s: float = 0.0
    not_by: frozenset[str] = NOBODY


@dataclass(frozen=True, slots=True)
class TourShipment:
    """Something to take at one place and to bring to another with the same robot."""

    shipment_id: str
    pickup: End
    drop: End
    load: Mapping[str, float] = field(default_factory=dict)
    waited_s: float = 0.0
    not_by: frozenset[str] = NOBODY


@dataclass(frozen=True, slots=True)
class TourDepot:
    """Where robots are emptied."""

    depot_id: str
    node_id: str
    service_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Goal:
    """What counts: metres, seconds from leaving until home, and whether all robots are to end at about the same time.

    ``stretch``: how much longer a tour may get, so that nobody waits much longer than others.
    """

    per_metre: int = 1
    per_second: int = 10
    evenly: bool = True
    stretch: float = 1.1


@dataclass(frozen=True, slots=True)
class TourProblem:
    """Robots, what waits for them, and the ways between."""

    travel: Travel
    robots: tuple[TourRobot, ...]
    stops: tuple[TourStop, ...] = ()
    depots: tuple[TourDepot, ...] = ()
    shipments: tuple[TourShipment, ...] = ()
    goal: Goal = Goal()

    @property
    def loads(self) -> tuple[str, ...]:
        """Every name of a load."""
        loads = [robot.room for robot in self.robots]
        loads += [stop.load for stop in self.stops] + [item.load for item in self.shipments]
        return tuple(dict.fromkeys(name for load in loads for name in load))


VisitKind = Literal["stop", "pickup", "drop", "depot"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One place of a tour; ``visit_id`` of the stop, shipment or depot; ``fill`` when the robot leaves."""

    kind: VisitKind
    visit_id: str
    node_id: str
    arrive_s: float = 0.0
    leave_s: float = 0.0
    fill: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tour:
    """What one robot does, and when it is home again."""

    robot_id: str
    visits: tuple[Visit, ...]
    metres: float
    home_s: float


@dataclass(frozen=True, slots=True)
class TourPlan:
    """Tours that begin at once, and why anything is left: text key by id of the stop or shipment."""

    tours: tuple[Tour, ...] = ()
    unserved: Mapping[str, str] = field(default_factory=dict)
    rounds: int = 0
    """Turns of the search."""

    @property
    def metres(self) -> float:
        """Of all tours together."""
        return sum(tour.metres for tour in self.tours)

    @property
    def last_home_s(self) -> float:
        """When everything is done."""
        return max((tour.home_s for tour in self.tours), default=0.0)
