"""How fast a robot may drive now: law by mass, edges of the order, speed zones of the fleet. Pure."""

import math
from collections.abc import Callable, Iterator

from gangseo_protocol.vda5050 import OrderEdge, OrderNode, ZoneSet
from gangseo_robot.guards import Limits, inside, law_speed_mps, mass_kg, segment_meets
from gangseo_robot.orders import OrderBook
from gangseo_robot.senses import Pose, Senses

LOOK_AHEAD_M = 1.5
"""Enough to brake from the highest speed to any other; fixed, so that braking does not move the limit."""
LEAST_MPS = 0.05
"""Navigation takes 0 for "no limit"."""


class SpeedRule:
    """Gives the limit that navigation is told."""

    def __init__(
        self, limits: Limits, pose_of: Callable[[OrderNode], Pose], zone_set: Callable[[], ZoneSet | None]
    ) -> None:
        self._limits, self._pose_of, self._zone_set = limits, pose_of, zone_set

    def limit_mps(self, book: OrderBook, senses: Senses) -> float:
        """The lowest of all that apply where the robot is and just ahead of it."""
        bounds = [self._limits.maximum_speed_mps, law_speed_mps(mass_kg(self._limits, senses.bins))]
        if senses.pose is not None:
            edges = edges_at(book, senses.pose, self._pose_of)
            bounds += [edge.maximum_speed for edge in edges if edge.maximum_speed is not None]
            bounds += zone_bounds(self._zone_set(), senses.pose)
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


def zone_bounds(zone_set: ZoneSet | None, pose: Pose) -> list[float]:
    """Speeds of the SPEED_LIMIT zones a robot is in or heads into."""
    ahead = (pose.x + LOOK_AHEAD_M * math.cos(pose.theta), pose.y + LOOK_AHEAD_M * math.sin(pose.theta))
    bounds = []
    for zone in zone_set.zones if zone_set else ():
        if zone.zone_type != "SPEED_LIMIT" or zone.maximum_speed is None:
            continue
        corners = [(corner.x, corner.y) for corner in zone.vertices]
        if inside(corners, pose.x, pose.y) or segment_meets(corners, (pose.x, pose.y), ahead):
            bounds.append(zone.maximum_speed)
    return bounds


def _off(pose: Pose, start: Pose, end: Pose) -> float:
    """Distance of a pose from a straight edge."""
    way_x, way_y = end.x - start.x, end.y - start.y
    length_2 = way_x * way_x + way_y * way_y
    along = ((pose.x - start.x) * way_x + (pose.y - start.y) * way_y) / length_2 if length_2 else 0.0
    along = min(1.0, max(0.0, along))
    return pose.distance_to(start.x + along * way_x, start.y + along * way_y)
