"""What a tour comes to step by step, and what is in its way. Pure."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gangseo_backend.fleet.tour_problem import End, Tour, TourProblem, TourRobot, Visit, VisitKind

NO_ROBOT, TRIED, TOO_MUCH, NO_WAY, FULL, TOO_FAR, TOO_LATE, OTHERS_FIRST = (
    "tour.no_robot", "tour.tried", "tour.too_much", "tour.no_way", "tour.full", "tour.too_far", "tour.too_late",
    "tour.others_first",
)  # fmt: skip
"""Text keys of why not, from hopeless to nearly possible."""
_ORDER = (NO_ROBOT, TRIED, TOO_MUCH, NO_WAY, FULL, TOO_FAR, TOO_LATE)
_A_LITTLE = 1e-6


class Step(NamedTuple):
    """One thing to do on a tour: the stop, the depot, or one end of the shipment of this id."""

    kind: VisitKind
    visit_id: str


class Book:
    """Looks up places, loads and ways of a problem."""

    def __init__(self, problem: TourProblem) -> None:
        self.problem = problem
        self.row = {node: number for number, node in enumerate(problem.travel.nodes)}
        self.robots = {robot.robot_id: robot for robot in problem.robots}
        self.end: dict[Step, End] = {Step("stop", stop.stop_id): stop.at for stop in problem.stops}
        self.end |= {Step("depot", depot.depot_id): End(depot.node_id, depot.service_s) for depot in problem.depots}
        self.end |= {Step("pickup", item.shipment_id): item.pickup for item in problem.shipments}
        self.end |= {Step("drop", item.shipment_id): item.drop for item in problem.shipments}
        self.load: dict[str, Mapping[str, float]] = {stop.stop_id: stop.load for stop in problem.stops}
        self.load |= {item.shipment_id: item.load for item in problem.shipments}
        self.not_by = {stop.stop_id: stop.not_by for stop in problem.stops}
        self.not_by |= {item.shipment_id: item.not_by for item in problem.shipments}
        self.waited_s = {stop.stop_id: stop.waited_s for stop in problem.stops}
        self.waited_s |= {item.shipment_id: item.waited_s for item in problem.shipments}

    def leg(self, start: str, goal: str) -> tuple[float, float]:
        """Seconds and metres from node to node; inf when there is no way."""
        travel, row = self.problem.travel, self.row
        return float(travel.seconds[row[start], row[goal]]), float(travel.metres[row[start], row[goal]])

    def steps_of(self, visit_id: str) -> list[Step]:
        """What doing a stop or a shipment takes."""
        stop = Step("stop", visit_id)
        return [stop] if stop in self.end else [Step("pickup", visit_id), Step("drop", visit_id)]

    def walk(self, robot_id: str, steps: Sequence[Step]) -> Tour | str:
        """The tour of a robot through these steps and home, or the text key of why it cannot be."""
        way = _Way(self, self.robots[robot_id])
        for step in steps:
            if (reason := way.take(step)) is not None:
                return reason
        return way.home()

    def why_not(self, visit_id: str) -> str | None:
        """Why nobody can do this one, were there nothing else; None when somebody can."""
        steps = self.steps_of(visit_id)
        found = [NO_ROBOT]
        for robot_id in self.robots:
            for depot in ([], *([Step("depot", depot.depot_id)] for depot in self.problem.depots)):
                tour = self.walk(robot_id, [*depot, *steps])
                if isinstance(tour, Tour):
                    return None
                found.append(tour)
        return max(found, key=_ORDER.index)


class _Way:
    """A robot on its way through a tour."""

    def __init__(self, book: Book, robot: TourRobot) -> None:
        self._book, self._robot = book, robot
        self._node, self._now_s, self._metres = robot.node_id, robot.free_in_s, 0.0
        self._fill = {name: min(value, robot.room.get(name, 0.0)) for name, value in robot.fill.items()}
        self._on_board: set[str] = set()
        self._visits: list[Visit] = []

    def take(self, step: Step) -> str | None:
        end = self._book.end[step]
        if self._robot.robot_id in self._book.not_by.get(step.visit_id, ()):
            return TRIED
        if (reason := self._drive(end.node_id)) is not None:
            return reason
        arrive_s = self._now_s
        self._now_s = max(arrive_s, end.earliest_s)
        if self._now_s > end.latest_s + _A_LITTLE:
            return TOO_LATE
        if (reason := self._change_load(step)) is not None:
            return reason
        self._now_s += end.service_s
        visit = Visit(step.kind, step.visit_id, end.node_id, arrive_s, self._now_s, dict(self._fill))
        self._visits.append(visit)
        return None

    def home(self) -> Tour | str:
        if self._on_board:
            return FULL
        reason = self._drive(self._robot.home_id)
        return reason or Tour(self._robot.robot_id, tuple(self._visits), self._metres, self._now_s)

    def _drive(self, goal: str) -> str | None:
        seconds, metres = self._book.leg(self._node, goal)
        if not math.isfinite(seconds):
            return NO_WAY
        self._node = goal
        self._now_s += seconds
        self._metres += metres
        return TOO_FAR if self._metres > self._robot.range_m + _A_LITTLE else None

    def _change_load(self, step: Step) -> str | None:
        if step.kind == "depot":
            self._fill = {}
            return FULL if self._on_board else None
        load = self._book.load[step.visit_id]
        if step.kind == "drop":
            if step.visit_id not in self._on_board:
                return FULL
            self._on_board.remove(step.visit_id)
        elif step.kind == "pickup":
            self._on_board.add(step.visit_id)
        sign = -1.0 if step.kind == "drop" else 1.0
        room = self._robot.room
        for name, value in load.items():
            self._fill[name] = self._fill.get(name, 0.0) + sign * value
        if all(value <= room.get(name, 0.0) + _A_LITTLE for name, value in self._fill.items()):
            return None
        return TOO_MUCH if any(value > room.get(name, 0.0) + _A_LITTLE for name, value in load.items()) else FULL
