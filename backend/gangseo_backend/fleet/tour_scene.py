"""Robots, stops, goods and depots at one moment, for a search that goes on beside the planner. Values only."""

from dataclasses import dataclass
from datetime import datetime

from gangseo_backend.fleet.tour_problem import TourDepot, TourProblem, TourRobot, TourShipment, TourStop
from gangseo_backend.fleet.tour_travel import Ways
from gangseo_backend.fleet.tours import Orders


@dataclass(frozen=True, slots=True)
class Scene:
    """What a plan of tours begins with; ``before``: what each robot was to do by the plan before."""

    now: datetime
    robots: tuple[TourRobot, ...]
    closed: frozenset[str]
    before: Orders
    stops: tuple[TourStop, ...] = ()
    depots: tuple[TourDepot, ...] = ()
    shipments: tuple[TourShipment, ...] = ()

    def problem(self, ways: Ways) -> TourProblem:
        """The same with the ways between all places."""
        nodes = [robot.node_id for robot in self.robots] + [robot.home_id for robot in self.robots]
        nodes += [stop.at.node_id for stop in self.stops] + [depot.node_id for depot in self.depots]
        nodes += [end.node_id for item in self.shipments for end in (item.pickup, item.drop)]
        return TourProblem(ways.between(nodes, self.closed), self.robots, self.stops, self.depots, self.shipments)
