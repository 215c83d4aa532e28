"""Who has which resource when. Pure; times are seconds on any one clock."""

import math
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Resource = str


class Booking(NamedTuple):
    """One robot has a resource for a while."""

    start_s: float
    end_s: float
    robot_id: str


class Timetable:
    """Bookings by resource, in order of time."""

    def __init__(self) -> None:
        self._rows: dict[Resource, list[Booking]] = {}
        self._of_robot: dict[str, list[tuple[Resource, Booking]]] = {}

    def book(self, resources: Iterable[Resource], start_s: float, end_s: float, robot_id: str) -> None:
        """Give resources to a robot for a while."""
        booking = Booking(start_s, end_s, robot_id)
        for resource in resources:
            insort(self._rows.setdefault(resource, []), booking)
            self._of_robot.setdefault(robot_id, []).append((resource, booking))

    def cancel(self, robot_id: str) -> None:
        """Take back everything a robot has."""
        for resource, booking in self._of_robot.pop(robot_id, ()):
            row = self._rows[resource]
            del row[bisect_left(row, booking)]

    def gaps(self, resource: Resource, from_s: float) -> Iterator[tuple[float, float]]:
        """Times when nobody has a resource, as (start, end), from a moment on; the last may be endless."""
        free_s = from_s
        for booking in self._rows.get(resource, ()):
            if booking.end_s <= free_s:
                continue
            if booking.start_s > free_s:
                yield free_s, booking.start_s
            free_s = max(free_s, booking.end_s)
        if free_s < math.inf:
            yield free_s, math.inf

    def first_fit(self, resources: Iterable[Resource], from_s: float, duration_s: float) -> float:
        """The earliest moment from which all resources are free for a while; infinity for never."""
        wanted = tuple(resources)
        begin_s = from_s
        while begin_s < math.inf:
            later_s = max((self._fit(resource, begin_s, duration_s) for resource in wanted), default=begin_s)
            if later_s == begin_s:
                return begin_s
            begin_s = later_s
        return math.inf

    def _fit(self, resource: Resource, from_s: float, duration_s: float) -> float:
        for start_s, end_s in self.gaps(resource, from_s):
            if end_s - start_s >= duration_s:
                return start_s
        return math.inf
