"""Who drives when: every robot has a whole way to its goal and on to its home, booked before anything moves. Pure.

A plan is kept in its order, resource by resource, whatever the delays (Hoenig et al., 2019), and a new way is found
between the bookings of the others and leaves theirs as they are. All plans end at homes, where nobody else goes, and
a robot may wait at its own: so there is a way to every new goal, whatever the others are about (Cap et al., 2015),
and none waits in a ring. What depends on a robot that cannot move is suspended until it can, or led around it.
"""

import math
import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from gangseo_backend.fleet.network import Network
from gangseo_backend.fleet.plans import Plan, Plans, Vehicle, taken_up
from gangseo_backend.fleet.sipp import Label, Times, along, arrivals, is_way
from gangseo_backend.fleet.timetable import Resource, Timetable

SUSPENDED_S = 1e6
"""How long a robot that cannot move is taken to stay where it is."""
GOALS_TRIED = 3
"""Stays at a goal that are tried before the way home is given up."""
ORDERS_TRIED = 6
SLACK_S = 8.0
GAIN_S = 4.0
IMPROVED_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Site:
    """What planning looks at besides the robots."""

    network: Network
    times: Times
    closed: frozenset[str] = frozenset()
    """Edges nobody may newly enter."""


def update(previous: Plans, vehicles: Sequence[Vehicle], site: Site, now_s: float) -> dict[str, Plan]:
    """Plans for all robots that can have one; those of before are kept where they still hold.

    Args:
        previous: plans of before, advanced by what was released since.
        vehicles: every robot of the site, most urgent first.
        site: network, times and closed edges.
        now_s: the present.
    """
    kept: dict[str, Plan] = {}
    stopped: set[str] = set()
    for vehicle in vehicles:
        before = previous.get(vehicle.robot_id)
        plan = before.beginning_at(vehicle.node) if before else None
        if plan is not None:
            kept[vehicle.robot_id] = plan
            if plan is not before:
                stopped.add(vehicle.robot_id)
    day = _Day(retimed(kept, vehicles, now_s), vehicles, site, now_s)
    day.find_missing()
    day.change_ways(stopped)
    day.improve()
    if all(vehicle.robot_id in day.plans for vehicle in day.hopeful):
        return day.plans
    return _anew(day)


def is_suspended(plan: Plan, now_s: float) -> bool:
    """Whether a plan waits for a robot that cannot move."""
    return bool(plan.visits) and plan.visits[0].enter_s >= now_s + SUSPENDED_S / 2.0


def _anew(day: "_Day") -> dict[str, Plan]:
    """All plans anew in other orders, when that gives a plan to more robots and takes none away."""
    plans = day.plans
    chance = random.Random(len(day.hopeful))
    order = sorted(day.hopeful, key=lambda vehicle: vehicle.robot_id in plans)
    rest = [vehicle for vehicle in day.vehicles if vehicle not in day.hopeful]
    for _ in range(ORDERS_TRIED):
        tried = _Day({}, [*order, *rest], day.site, day.now_s)
        tried.find_missing()
        if len(tried.plans) > len(plans) and plans.keys() <= tried.plans.keys():
            plans = tried.plans
        if len(plans) >= len(day.hopeful):
            break
        chance.shuffle(order)
    return plans


class _Day:
    """Plans with their timetable; every change leaves the bookings of the others as they are."""

    def __init__(self, plans: Plans, vehicles: Sequence[Vehicle], site: Site, now_s: float) -> None:
        self.plans = dict(plans)
        self.vehicles, self.site, self.now_s = vehicles, site, now_s
        self.hopeful = [vehicle for vehicle in vehicles if vehicle.stops and not vehicle.fixed]
        self._table = Timetable()
        for vehicle in vehicles:
            self._book(vehicle)

    def find_missing(self) -> None:
        """Plans for those who have none; again while one lets the next one through."""
        waiting = [vehicle for vehicle in self.hopeful if vehicle.robot_id not in self.plans]
        while waiting:
            left = [vehicle for vehicle in waiting if not self._replace(vehicle, math.inf)]
            if len(left) == len(waiting):
                return
            waiting = left

    def change_ways(self, stopped: Collection[str]) -> None:
        """New ways for those who go elsewhere now, were stopped, or would drive over a closed lane."""
        for vehicle in self.hopeful:
            key = vehicle.robot_id
            plan = self.plans.get(key)
            if plan is not None and (plan.stops != vehicle.stops or key in stopped or self._is_closed(plan)):
                self._replace(vehicle, math.inf)

    def improve(self) -> None:
        """Earlier ways for those who wait longest for others."""
        late = [(self._slack_s(vehicle), vehicle.robot_id, vehicle) for vehicle in self.hopeful]
        for slack_s, key, vehicle in sorted(late, reverse=True, key=lambda item: item[:2])[:IMPROVED_AT_ONCE]:
            if slack_s > SLACK_S and self.plans[key].stops == vehicle.stops:
                self._replace(vehicle, self.plans[key].first_stop_s - GAIN_S)

    def _slack_s(self, vehicle: Vehicle) -> float:
        plan = self.plans.get(vehicle.robot_id)
        if plan is None or not plan.stays[0]:
            return 0.0
        return plan.first_stop_s - vehicle.ready_s - sum(visit.passage.time_s for visit in plan.to_first_stop)

    def _is_closed(self, plan: Plan) -> bool:
        return not self.site.closed.isdisjoint(plan.edges)

    def _replace(self, vehicle: Vehicle, before_s: float) -> bool:
        """Another plan for a robot when it leads to the first stop early enough; else everything stays."""
        self._table.cancel(vehicle.robot_id)
        found = self._find(vehicle)
        good = found is not None and found.first_stop_s < before_s
        if found is not None and good:
            old = self.plans.get(vehicle.robot_id)
            self.plans[vehicle.robot_id] = replace(found, behind=old.behind if old else ())
        self._book(vehicle)
        return good

    def _find(self, vehicle: Vehicle) -> Plan | None:
        """The earliest way to the first stop from which all the others can be reached."""
        old = self.plans.get(vehicle.robot_id)
        ends = {*vehicle.stops, *((vehicle.home,) if vehicle.home else ())}
        if old is not None:
            # At worst the old way is driven to its end, which is a home, and the new one from there.
            ends.update(old.stops, (visit.passage.end for visit in old.visits))
        legs = self._legs(self._beginnings(vehicle, ends), vehicle.stops, vehicle.dwell_s, ends)
        if legs is None:
            return None
        return Plan(vehicle.node, vehicle.stops, legs[-1].visits(), tuple(len(leg.visits()) for leg in legs))

    def _beginnings(self, vehicle: Vehicle, ends: Collection[str]) -> Sequence[Label]:
        """Where a way can begin: at the robot's node, or along the edge it stands on; there it may also turn back."""
        begin_s = max(vehicle.ready_s, self.now_s)
        here = Label(vehicle.node, begin_s, self._free_until(vehicle.places, begin_s))
        if not vehicle.left:
            return (here,)
        back = replace(here, until_s=min(here.until_s, self._free_until(vehicle.left, begin_s)))
        site, found = self.site, list[Label]()
        for passage in site.network.onward[vehicle.node]:
            if vehicle.goes_on(passage):
                found += along(self._table, here, passage)
            elif is_way(site.network, passage, site.closed, ends):
                found += along(self._table, back, passage)
        return found

    def _free_until(self, resources: Iterable[Resource], from_s: float) -> float:
        return min((_end_of_gap(self._table, resource, from_s) for resource in resources), default=math.inf)

    def _legs(
        self, begin: Sequence[Label], stops: Sequence[str], dwell_s: float, ends: Collection[str]
    ) -> tuple[Label, ...] | None:
        site, tried = self.site, 0
        for label in arrivals(site.network, self._table, begin, stops[0], site.times, site.closed, ends):
            if len(stops) == 1:
                if label.until_s == math.inf:
                    return (label,)
                continue
            tried += 1
            stayed = replace(label, ready_s=label.ready_s + dwell_s)
            onward = self._legs((stayed,), stops[1:], dwell_s, ends) if stayed.ready_s < stayed.until_s else None
            if onward is not None:
                return (label, *onward)
            if tried == GOALS_TRIED:
                return None
        return None

    def _book(self, vehicle: Vehicle) -> None:
        table, robot_id, plan = self._table, vehicle.robot_id, self.plans.get(vehicle.robot_id)
        ready_s = _ready_s(vehicle, self.now_s)
        places: Iterable[Resource] = taken_up(vehicle, plan)
        table.book(vehicle.held.difference(places), self.now_s, ready_s, robot_id)
        since_s = self.now_s
        for visit in plan.visits if plan else ():
            table.book(places, since_s, visit.enter_s + visit.passage.clear_s, robot_id)
            table.book(visit.passage.stretch, visit.enter_s, visit.arrive_s, robot_id)
            places, since_s = (visit.passage.place,), visit.enter_s
        table.book(places, since_s, math.inf, robot_id)


def _ready_s(vehicle: Vehicle, now_s: float) -> float:
    return max(vehicle.ready_s, now_s) + (SUSPENDED_S if vehicle.fixed else 0.0)


def _end_of_gap(table: Timetable, resource: Resource, from_s: float) -> float:
    for start_s, end_s in table.gaps(resource, from_s):
        return end_s if start_s == from_s else from_s
    return from_s


def retimed(plans: Plans, vehicles: Sequence[Vehicle], now_s: float) -> dict[str, Plan]:
    """The same ways in the same order, with times as they are now; without those whose way is taken for good."""
    held = dict(plans)
    while True:
        times = _times(held, vehicles, now_s)
        lost = [key for key, found in times.items() if math.inf in found]
        if not lost:
            return {key: plan.at_times(times[key]) for key, plan in held.items()}
        for key in lost:
            del held[key]


def _times(plans: Plans, vehicles: Sequence[Vehicle], now_s: float) -> dict[str, list[float]]:
    """When each edge is entered, keeping who comes first on every resource."""
    ready_s = {vehicle.robot_id: _ready_s(vehicle, now_s) for vehicle in vehicles}
    places: dict[str, Collection[Resource]] = {
        vehicle.robot_id: taken_up(vehicle, plans.get(vehicle.robot_id)) for vehicle in vehicles
    }
    free_s: dict[Resource, tuple[float, str]] = {}
    for vehicle in vehicles:
        key = vehicle.robot_id
        free_s.update(dict.fromkeys(vehicle.held.difference(places[key]), (ready_s[key], key)))
        free_s.update(dict.fromkeys(places[key], (math.inf, key)))
    dwell_s = {vehicle.robot_id: vehicle.dwell_s for vehicle in vehicles}
    found: dict[str, list[float]] = {key: [] for key in plans}
    order = sorted(
        (visit.enter_s, key, index) for key, plan in plans.items() for index, visit in enumerate(plan.visits)
    )
    for _, key, index in order:
        passage = plans[key].visits[index].passage
        enter_s = ready_s[key] + (dwell_s[key] if index in plans[key].stays[:-1] else 0.0)
        for resource in passage.takes:
            until_s, owner = free_s.get(resource, (0.0, key))
            if owner != key:
                enter_s = max(enter_s, until_s)
        found[key].append(enter_s)
        ready_s[key] = enter_s + passage.time_s
        free_s.update(dict.fromkeys(places[key], (enter_s + passage.clear_s, key)))
        free_s.update(dict.fromkeys(passage.stretch, (ready_s[key], key)))
        free_s[passage.place] = (math.inf, key)
        places[key] = (passage.place,)
    return found
