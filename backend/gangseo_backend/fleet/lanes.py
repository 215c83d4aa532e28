"""The lane graph of a site: ways, times, and what a robot takes up on its way. Pure."""

import heapq
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gangseo_protocol.site import Site, SiteEdge, SiteNode

NARROW_M = 2.5
"""Below this width two robots of 0.66 m cannot pass each other safely."""
OCCUPIED_PENALTY_S = 60.0
_NODE_S = 0.5


@dataclass(frozen=True, slots=True)
class Way:
    """Nodes and the edges between them, with the time and length of the whole."""

    nodes: tuple[str, ...]
    edges: tuple[str, ...]
    time_s: float
    length_m: float


class LaneGraph:
    """Directed lanes with widths; two edges between the same nodes are one lane in both directions."""

    def __init__(self, site: Site) -> None:
        self.nodes: dict[str, SiteNode] = {node.node_id: node for node in site.nodes}
        self.edges: dict[str, SiteEdge] = {edge.edge_id: edge for edge in site.edges}
        self._out: dict[str, list[SiteEdge]] = {node_id: [] for node_id in self.nodes}
        self._into: dict[str, list[SiteEdge]] = {node_id: [] for node_id in self.nodes}
        widest: dict[str, float] = dict.fromkeys(self.nodes, 0.0)
        for edge in site.edges:
            self._out[edge.start_node_id].append(edge)
            self._into[edge.end_node_id].append(edge)
            for end in (edge.start_node_id, edge.end_node_id):
                widest[end] = max(widest[end], edge.width_m)
        self._single = {
            node_id for node_id, node in self.nodes.items() if node.kind != "waypoint" or widest[node_id] < NARROW_M
        }

    def lane_id(self, edge_id: str) -> str:
        """The physical lane of an edge: its two ends, whatever the direction."""
        edge = self.edges[edge_id]
        low, high = sorted((edge.start_node_id, edge.end_node_id))
        return f"{low}|{high}"

    def edge_resource(self, edge_id: str) -> str:
        """What driving along an edge takes: a narrow lane as a whole, a wide one in one direction."""
        return f"lane:{self.lane_id(edge_id)}" if self.edges[edge_id].width_m < NARROW_M else f"edge:{edge_id}"

    def node_resource(self, node_id: str) -> str:
        """What standing at a node takes."""
        return f"node:{node_id}"

    def capacity(self, resource: str) -> int:
        """How many robots fit: two at a node of wide lanes, else one."""
        kind, _, name = resource.partition(":")
        return 2 if kind == "node" and name not in self._single else 1

    def nearest(self, x: float, y: float, within_m: float = math.inf) -> str | None:
        """The node nearest to a point."""
        node = min(self.nodes.values(), key=lambda node: math.hypot(node.x - x, node.y - y), default=None)
        if node is None or math.hypot(node.x - x, node.y - y) > within_m:
            return None
        return node.node_id

    def way(
        self, start: str, goal: str, blocked_lanes: Collection[str] = (), occupied: Collection[str] = ()
    ) -> Way | None:
        """The quickest way, or None.

        Args:
            start: node to start from.
            goal: node to come to.
            blocked_lanes: lanes not to use.
            occupied: nodes where somebody stands; used only when there is no other way.
        """
        if start not in self.nodes or goal not in self.nodes:
            return None
        times, came_by = self._search(start, goal, blocked_lanes, occupied)
        if goal not in times:
            return None
        edges: list[SiteEdge] = []
        node = goal
        while node != start:
            edges.append(came_by[node])
            node = came_by[node].start_node_id
        edges.reverse()
        return Way(
            nodes=(start, *(edge.end_node_id for edge in edges)),
            edges=tuple(edge.edge_id for edge in edges),
            time_s=sum(self._time_s(edge) for edge in edges),
            length_m=sum(edge.length_m for edge in edges),
        )

    def times_from(self, start: str, blocked_lanes: Collection[str] = ()) -> Mapping[str, float]:
        """Seconds to every node that can be reached."""
        if start not in self.nodes:
            return {}
        return self._search(start, None, blocked_lanes, ())[0]

    def times_to(self, goal: str, blocked_lanes: Collection[str] = ()) -> Mapping[str, float]:
        """Seconds from every node that can reach the goal."""
        times = {goal: 0.0} if goal in self.nodes else {}
        queue = [(0.0, node) for node in times]
        while queue:
            time_s, node = heapq.heappop(queue)
            if time_s > times[node]:
                continue
            for edge in self._into[node]:
                if blocked_lanes and self.lane_id(edge.edge_id) in blocked_lanes:
                    continue
                longer_s = time_s + self._time_s(edge)
                if longer_s < times.get(edge.start_node_id, math.inf):
                    times[edge.start_node_id] = longer_s
                    heapq.heappush(queue, (longer_s, edge.start_node_id))
        return times

    def metres_to(self, goals: Collection[str]) -> Mapping[str, float]:
        """Metres from every node to the nearest of some goals."""
        metres = {goal: 0.0 for goal in goals if goal in self.nodes}
        queue = [(0.0, goal) for goal in metres]
        heapq.heapify(queue)
        while queue:
            way_m, node = heapq.heappop(queue)
            if way_m > metres[node]:
                continue
            for edge in self._into[node]:
                longer_m = way_m + edge.length_m
                if longer_m < metres.get(edge.start_node_id, math.inf):
                    metres[edge.start_node_id] = longer_m
                    heapq.heappush(queue, (longer_m, edge.start_node_id))
        return metres

    def remaining(self, edges: Sequence[str]) -> tuple[float, float]:
        """Seconds and metres along edges."""
        known = [self.edges[edge_id] for edge_id in edges]
        return sum(self._time_s(edge) for edge in known), sum(edge.length_m for edge in known)

    def _search(
        self, start: str, goal: str | None, blocked_lanes: Collection[str], occupied: Collection[str]
    ) -> tuple[dict[str, float], dict[str, SiteEdge]]:
        times = {start: 0.0}
        came_by: dict[str, SiteEdge] = {}
        done: set[str] = set()
        queue: list[tuple[float, str]] = [(0.0, start)]
        while queue:
            time_s, node = heapq.heappop(queue)
            if node in done:
                continue
            done.add(node)
            if node == goal:
                break
            for edge in self._out[node]:
                if blocked_lanes and self.lane_id(edge.edge_id) in blocked_lanes:
                    continue
                arrival_s = time_s + self._time_s(edge)
                if edge.end_node_id in occupied:
                    arrival_s += OCCUPIED_PENALTY_S
                if arrival_s < times.get(edge.end_node_id, math.inf):
                    times[edge.end_node_id] = arrival_s
                    came_by[edge.end_node_id] = edge
                    heapq.heappush(queue, (arrival_s, edge.end_node_id))
        return times, came_by

    @staticmethod
    def _time_s(edge: SiteEdge) -> float:
        return edge.length_m / edge.maximum_speed_mps + _NODE_S
