"""The lane graph of a site: ways and times. Pure."""

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gangseo_protocol.polygon import inside, segment_meets
from gangseo_protocol.site import Point, Site, SiteEdge, SiteNode

_NODE_S = 0.5
_SAME_S = 1e-6


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
        for edge in site.edges:
            self._out[edge.start_node_id].append(edge)
            self._into[edge.end_node_id].append(edge)
        self._back: dict[str, tuple[tuple[str, str, float], ...]] = {
            node_id: tuple((edge.edge_id, edge.start_node_id, self.time_s(edge)) for edge in edges)
            for node_id, edges in self._into.items()
        }
        self._of_lane: dict[str, set[str]] = defaultdict(set)
        for edge_id in self.edges:
            self._of_lane[self.lane_id(edge_id)].add(edge_id)

    def lane_id(self, edge_id: str) -> str:
        """The physical lane of an edge: its two ends, whatever the direction."""
        edge = self.edges[edge_id]
        low, high = sorted((edge.start_node_id, edge.end_node_id))
        return f"{low}|{high}"

    def edges_of(self, lanes: Iterable[str]) -> frozenset[str]:
        """Edges of lanes, in both directions."""
        return frozenset().union(*(self._of_lane.get(lane, ()) for lane in lanes))

    def edges_into(self, area: Sequence[Point]) -> frozenset[str]:
        """Edges that lead into or through a polygon from outside; whoever is in it may go on and out."""
        places = {node.node_id: (node.x, node.y) for node in self.nodes.values()}
        outside = {node_id for node_id, place in places.items() if not inside(area, *place)}
        return frozenset(
            edge.edge_id
            for edge in self.edges.values()
            if edge.start_node_id in outside
            and segment_meets(area, places[edge.start_node_id], places[edge.end_node_id])
        )

    def edges_at(self, node_id: str) -> tuple[SiteEdge, ...]:
        """Edges that begin or end at a node."""
        return (*self._out[node_id], *self._into[node_id])

    def reverse(self, edge_id: str) -> str | None:
        """The edge that leads back, if there is one."""
        edge = self.edges[edge_id]
        back = (other.edge_id for other in self._out[edge.end_node_id] if other.end_node_id == edge.start_node_id)
        return next(back, None)

    def nearest(self, x: float, y: float, within_m: float = math.inf) -> str | None:
        """The node nearest to a point."""
        node = min(self.nodes.values(), key=lambda node: math.hypot(node.x - x, node.y - y), default=None)
        if node is None or math.hypot(node.x - x, node.y - y) > within_m:
            return None
        return node.node_id

    def way(self, start: str, goal: str, closed: Collection[str] = ()) -> Way | None:
        """The quickest way, or None.

        Args:
            start: node to start from.
            goal: node to come to.
            closed: edges not to use.
        """
        if start not in self.nodes or goal not in self.nodes:
            return None
        times, came_by = self._search(start, goal, closed)
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
            time_s=sum(self.time_s(edge) for edge in edges),
            length_m=sum(edge.length_m for edge in edges),
        )

    def times_from(self, start: str, closed: Collection[str] = ()) -> Mapping[str, float]:
        """Seconds to every node that can be reached."""
        if start not in self.nodes:
            return {}
        return self._search(start, None, closed)[0]

    def reach_from(self, start: str, closed: Collection[str] = ()) -> Mapping[str, tuple[float, float]]:
        """Seconds, and metres of the same way, to every node that can be reached."""
        if start not in self.nodes:
            return {}
        times, came_by = self._search(start, None, closed)
        reached = {start: (0.0, 0.0)}
        for node in sorted(times, key=times.__getitem__)[1:]:
            edge = came_by[node]
            reached[node] = (times[node], reached[edge.start_node_id][1] + edge.length_m)
        return reached

    def times_to(self, goal: str, closed: Collection[str] = ()) -> Mapping[str, float]:
        """Seconds from every node that can reach the goal."""
        times = {goal: 0.0} if goal in self.nodes else {}
        queue = [(0.0, node) for node in times]
        while queue:
            time_s, node = heapq.heappop(queue)
            if time_s > times[node]:
                continue
            for edge_id, before, edge_s in self._back[node]:
                longer_s = time_s + edge_s
                if longer_s < times.get(before, math.inf) and edge_id not in closed:
                    times[before] = longer_s
                    heapq.heappush(queue, (longer_s, before))
        return times

    def depends(self, times_s: Mapping[str, float], edges: Iterable[str]) -> bool:
        """Whether times to a goal may be others once some edges are closed or open again."""
        for edge_id in edges:
            edge = self.edges[edge_id]
            by_edge_s = times_s.get(edge.end_node_id, math.inf) + self.time_s(edge)
            if by_edge_s < math.inf and by_edge_s <= times_s.get(edge.start_node_id, math.inf) + _SAME_S:
                return True
        return False

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
        return sum(self.time_s(edge) for edge in known), sum(edge.length_m for edge in known)

    def _search(
        self, start: str, goal: str | None, closed: Collection[str]
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
                if edge.edge_id in closed:
                    continue
                arrival_s = time_s + self.time_s(edge)
                if arrival_s < times.get(edge.end_node_id, math.inf):
                    times[edge.end_node_id] = arrival_s
                    came_by[edge.end_node_id] = edge
                    heapq.heappush(queue, (arrival_s, edge.end_node_id))
        return times, came_by

    @staticmethod
    def time_s(edge: SiteEdge) -> float:
        """Seconds along an edge at its speed."""
        return edge.length_m / edge.maximum_speed_mps + _NODE_S
