"""A problem of tours in PyVRP's words, and PyVRP's answer in ours. Pure."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyvrp import Activity, ActivityType, Client, Depot, Location, ProblemData, Route, Shipment, Solution, VehicleType

from gangseo_backend.fleet.tour_problem import TourShipment, TourStop
from gangseo_backend.fleet.tour_walk import Book, Step

_FINE = 1000
"""PyVRP counts in whole numbers: milliseconds and millimetres …"""
_LOAD = 10
"""… and tenths of a litre."""
_FAR = 10**6 * _FINE
"""No tour is as long as this, in time or way."""
_NO_WAY = 10 * _FAR
OVERTIME = 20
"""How much dearer the seconds are by which one robot is home later than its share."""


class Model:
    """Every robot, stop and end of a shipment has a location of its own; depots of robots are where they start."""

    def __init__(self, book: Book, visit_ids: Collection[str]) -> None:
        """``visit_ids``: stops and shipments that must be done, all of them."""
        self._book, self._problem = book, book.problem
        self._stops = [stop for stop in self._problem.stops if stop.stop_id in visit_ids]
        self._shipments = [item for item in self._problem.shipments if item.shipment_id in visit_ids]
        self._nodes: list[str] = []
        self._locations: list[Location] = []
        self._loads = self._problem.loads
        self._clients = [self._client(stop) for stop in self._stops]
        self._pairs = [self._shipment(item) for item in self._shipments]
        self._depots: list[Depot] = []
        reload_from = len(self._problem.robots) * 2
        for robot in self._problem.robots:
            self._depots += [Depot(self._add(robot.node_id)), Depot(self._add(robot.home_id))]
        for depot in self._problem.depots:
            self._depots.append(Depot(self._add(depot.node_id), service_duration=_up(depot.service_s)))
        self._reloads = list(range(reload_from, len(self._depots)))
        self._groups = self._alike()

    # --- to PyVRP ---

    def data(self, share_s: float | None = None) -> ProblemData:
        """The whole problem; with ``share_s`` it costs much to come home later than that."""
        seconds, metres = self._matrices()
        bans = list(dict.fromkeys(self._banned(group[0]) for group in self._groups))
        types = [self._vehicle_type(group, bans.index(self._banned(group[0])), share_s) for group in self._groups]
        ways: list[Any] = [_without(metres, ban) for ban in bans]
        times: list[Any] = [_without(seconds, ban) for ban in bans]
        return ProblemData(self._locations, self._clients, self._depots, types, ways, times, [], self._pairs)

    def _add(self, node_id: str) -> int:
        self._nodes.append(node_id)
        self._locations.append(Location(0, 0))
        return len(self._nodes) - 1

    def _matrices(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows = [self._book.row[node] for node in self._nodes]
        travel = self._problem.travel
        found = []
        for matrix in (travel.seconds, travel.metres):
            part = matrix[np.ix_(rows, rows)]
            found.append(np.where(np.isfinite(part), np.ceil(part * _FINE - 1e-6), _NO_WAY).astype(np.int64))
            np.fill_diagonal(found[-1], 0)
        return found[0], found[1]

    def _amounts(self, loads: Mapping[str, float]) -> list[int]:
        return [_up(loads.get(name, 0.0), _LOAD) for name in self._loads]

    def _client(self, stop: TourStop) -> Client:
        at = stop.at
        return Client(
            self._add(at.node_id), pickup=self._amounts(stop.load), service_duration=_up(at.service_s),
            tw_early=_up(at.earliest_s), tw_late=_down(at.latest_s),
        )  # fmt: skip

    def _shipment(self, item: TourShipment) -> Shipment:
        pickup, drop = item.pickup, item.drop
        return Shipment(
            self._add(pickup.node_id), self._add(drop.node_id),
            _up(pickup.earliest_s), _down(pickup.latest_s), _up(pickup.service_s),
            _up(drop.earliest_s), _down(drop.latest_s), _up(drop.service_s),
            self._amounts(item.load),
        )  # fmt: skip

    def _alike(self) -> list[list[int]]:
        """Robots that differ in nothing but their name are one type: fewer moves to try."""
        groups: dict[object, list[int]] = {}
        for number, robot in enumerate(self._problem.robots):
            key = (
                robot.node_id, robot.home_id, robot.free_in_s, robot.range_m, tuple(self._amounts(robot.fill)),
                tuple(sorted(robot.room.items())), self._banned(number),
            )  # fmt: skip
            groups.setdefault(key, []).append(number)
        return list(groups.values())

    def _banned(self, number: int) -> tuple[int, ...]:
        """Locations a robot must not come to."""
        robot_id = self._problem.robots[number].robot_id
        places = [self._clients[n].location for n, stop in enumerate(self._stops) if robot_id in stop.not_by]
        places += [self._pairs[n].pickup.location for n, item in enumerate(self._shipments) if robot_id in item.not_by]
        return tuple(places)

    def _vehicle_type(self, group: Sequence[int], profile: int, share_s: float | None) -> VehicleType:
        robot, goal = self._problem.robots[group[0]], self._problem.goal
        room = [_down(robot.room.get(name, 0.0), _LOAD) for name in self._loads]
        fill = [min(fill, space) for fill, space in zip(self._amounts(robot.fill), room, strict=True)]
        late = share_s is not None
        return VehicleType(
            len(group), room, 2 * group[0], 2 * group[0] + 1, tw_early=_up(robot.free_in_s), tw_late=_FAR,
            max_distance=_down(robot.range_m), unit_distance_cost=goal.per_metre, unit_duration_cost=goal.per_second,
            profile=profile, initial_load=fill, reload_depots=self._reloads,
            shift_duration=_FAR if share_s is None else _up(max(0.0, share_s - robot.free_in_s)),
            max_overtime=_FAR if late else 0, unit_overtime_cost=goal.per_second * OVERTIME if late else 0,
        )  # fmt: skip

    # --- from PyVRP, and back ---

    def steps(self, solution: Solution) -> dict[str, list[Step]]:
        """What each robot does, by its id; robots with nothing to do are left out."""
        free = [list(group) for group in self._groups]
        found: dict[str, list[Step]] = {}
        for route in solution.routes():
            robot = self._problem.robots[free[route.vehicle_type()].pop(0)]
            found[robot.robot_id] = _tidy([self._step(activity) for activity in route.schedule()[1:-1]])
        return {robot_id: steps for robot_id, steps in found.items() if steps}

    def _step(self, activity: Activity) -> Step:
        if activity.is_depot():
            return Step("depot", self._problem.depots[activity.idx - self._reloads[0]].depot_id)
        if activity.is_client():
            return Step("stop", self._stops[activity.idx].stop_id)
        return Step("pickup" if activity.is_pickup() else "drop", self._shipments[activity.idx].shipment_id)

    def solution(self, data: ProblemData, tours: Mapping[str, Sequence[Step]]) -> Solution:
        """Tours that are known already, as PyVRP wants them."""
        numbers = {robot.robot_id: number for number, robot in enumerate(self._problem.robots)}
        routes = []
        for robot_id, steps in tours.items():
            kind = next(n for n, group in enumerate(self._groups) if numbers[robot_id] in group)
            routes.append(Route(data, [self._activity(step) for step in steps], kind))
        return Solution(data, routes)

    def _activity(self, step: Step) -> Activity:
        if step.kind == "depot":
            ids = [depot.depot_id for depot in self._problem.depots]
            return Activity(ActivityType.DEPOT, self._reloads[ids.index(step.visit_id)])
        if step.kind == "stop":
            number = next(n for n, stop in enumerate(self._stops) if stop.stop_id == step.visit_id)
            return Activity(ActivityType.CLIENT, number)
        number = next(n for n, item in enumerate(self._shipments) if item.shipment_id == step.visit_id)
        return Activity(ActivityType.PICKUP if step.kind == "pickup" else ActivityType.DELIVERY, number)


def _tidy(steps: Sequence[Step]) -> list[Step]:
    """Without depots after which nothing more is taken."""
    kept = list(steps)
    while kept and kept[-1].kind == "depot":
        kept.pop()
    return kept


def _without(matrix: NDArray[np.int64], places: Sequence[int]) -> NDArray[np.int64]:
    if not places:
        return matrix
    closed = matrix.copy()
    closed[:, list(places)] = _NO_WAY
    np.fill_diagonal(closed, 0)
    return closed


def _up(value: float, unit: int = _FINE) -> int:
    return max(0, math.ceil(value * unit - 1e-6))


def _down(value: float, unit: int = _FINE) -> int:
    return _FAR if value * unit > _FAR else math.floor(value * unit + 1e-6)
