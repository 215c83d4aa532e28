"""How fast a robot may drive now: law by mass, edges of the order, speed zones of the fleet. Pure."""

import math
from collections.abc import Callable, Iterator

from gangseo_protocol.law import speed_limit_mps
from gangseo_protocol.polygon import off_segment_m, segment_meets
from gangseo_protocol.site import Point
from gangseo_protocol.vda5050 import OrderEdge, OrderNode, ZoneSet
from gangseo_robot.guards import Limits, mass_kg
from gangseo_robot.orders import OrderBook
from gangseo_robot.senses import Pose, Senses

LOOK_AHEAD_M = 1.5
"""Enough to brake from the highest speed to any other; fixed, so that braking does not move the limit."""
LEAST_MPS = 0.05
"""Navigation takes 0 for "no limit"."""


class SpeedRule:
    """Gives the limit that navigation is told."""

    def __init__(
        self,
        limits: Limits,
        pose_of: Callable[[OrderNode], Pose],
        zone_set: Callable[[], ZoneSet | None],
        goods_kg: Callable[[Senses], float],
    ) -> None:
        self._limits, self._pose_of, self._zone_set, self._goods_kg = limits, pose_of, zone_set, goods_kg
        self._zones = SpeedZones(None)
        self.mass_kg = limits.empty_mass_kg
        """Of robot and all load, at the last look."""
        self.overloaded = False
        """Whether it was so heavy at the last look that it must not drive at all."""

    def limit_mps(self, book: OrderBook, senses: Senses) -> float:
        """The lowest of all that apply where the robot is and just ahead of it."""
        self.mass_kg = mass_kg(self._limits, senses.bins) + self._goods_kg(senses)
        lawful_mps = speed_limit_mps(self.mass_kg)
        self.overloaded = lawful_mps == 0.0
        bounds = [self._limits.maximum_speed_mps, lawful_mps]
        if senses.pose is not None:
            edges = edges_at(book, senses.pose, self._pose_of)
            bounds += [edge.maximum_speed for edge in edges if edge.maximum_speed is not None]
            if self._zones.zone_set is not (zone_set := self._zone_set()):
                self._zones = SpeedZones(zone_set)
            bounds += self._zones.bounds(senses.pose)
        return max(LEAST_MPS, min(bounds))


def edges_at(book: OrderBook, pose: Pose, pose_of: Callable[[OrderNode], Pose]) -> Iterator[OrderEdge]:
    """The edge a robot is on, and the next one when it is near. A node counts as reached a little before it is."""
    if book.order is None or not book.active:
        return
    nodes = {node.sequence_id: pose_of(node) for node in book.order.nodes if abs(node.sequence_id - book.reached) <= 2}
    edges = {edge.sequence_id: edge for edge in book.order.edges}
    before, here, there = (nodes.get(book.reached + step) for step in (-2, 0, 2))
    if (edge := edges.get(book.reached + 1)) is not None:
        yield edge
    still_before = before and here and there and _off(pose, before, here) < _off(pose, here, there)
    if still_before and (edge := edges.get(book.reached - 1)) is not None:
        yield edge
    if there and pose.distance_to(there.x, there.y) <= LOOK_AHEAD_M and (edge := edges.get(book.reached + 3)):
        yield edge


class SpeedZones:
    """The SPEED_LIMIT zones of one zone set, made ready once: a robot asks ten times a second."""

    def __init__(self, zone_set: ZoneSet | None) -> None:
        self.zone_set = zone_set
        self._zones: list[tuple[tuple[float, float, float, float], list[Point], float]] = []
        for zone in zone_set.zones if zone_set else ():
            if zone.zone_type == "SPEED_LIMIT" and zone.maximum_speed is not None:
                corners = [(corner.x, corner.y) for corner in zone.vertices]
                xs, ys = zip(*corners, strict=True)
                self._zones.append(((min(xs), min(ys), max(xs), max(ys)), corners, zone.maximum_speed))

    def bounds(self, pose: Pose) -> list[float]:
        """Speeds in m/s of the zones a robot is in or heads into."""
        x, y = pose.x, pose.y
        ahead_x, ahead_y = x + LOOK_AHEAD_M * math.cos(pose.theta), y + LOOK_AHEAD_M * math.sin(pose.theta)
        left, right, low, high = min(x, ahead_x), max(x, ahead_x), min(y, ahead_y), max(y, ahead_y)
        return [
            speed
            for (x1, y1, x2, y2), corners, speed in self._zones
            if x1 <= right and left <= x2 and y1 <= high and low <= y2
            and segment_meets(corners, (x, y), (ahead_x, ahead_y))
        ]  # fmt: skip


def _off(pose: Pose, start: Pose, end: Pose) -> float:
    """Distance of a pose from a straight edge."""
    return off_segment_m((pose.x, pose.y), (start.x, start.y), (end.x, end.y))
