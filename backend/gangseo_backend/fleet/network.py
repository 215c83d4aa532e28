"""What driving takes up: every edge with the stretch it needs and the place at its end. Pure."""

import itertools
import math
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_protocol.site import SiteEdge

PASSING_M = 2.8
"""From this width on two robots of 0.66 m pass each other, each on its right."""
KEEP_RIGHT_MARGIN_M = 0.7
"""From the middle of a robot that keeps right to the rim of the lane."""
KEEP_RIGHT_MOST_M = 0.9
CLEAR_S = 3.0
"""Seconds after leaving a place until another robot may come there."""
_HALF_BODY_M = 0.45
_CELL_M = 10.0


@dataclass(frozen=True, slots=True)
class Passage:
    """Driving along one edge to the node at its end.

    The resources of ``stretch`` are taken while the robot is on the edge, ``place`` from then on until it has
    well begun the next edge.
    """

    edge_id: str
    start: str
    end: str
    time_s: float
    stretch: tuple[str, ...]
    place: str

    @property
    def takes(self) -> tuple[str, ...]:
        """Everything that must be free before the edge is entered."""
        return (*self.stretch, self.place)

    @property
    def clear_s(self) -> float:
        """From entering this edge until the place before it is free."""
        return min(self.time_s, CLEAR_S)


class _Beside(NamedTuple):
    """A point seen from an edge: how far along, how far to the right, and the edge's length."""

    along_m: float
    right_m: float
    length_m: float


class Network:
    """The lane graph as resources, each for one robot at a time.

    On a wide two-way lane each direction is a resource of its own, and so is its place at a node where nothing
    joins. A narrow lane, a crosswalk, and a node where ways meet are one resource for everybody.
    """

    def __init__(self, lanes: LaneGraph) -> None:
        self.lanes = lanes
        self.passages = {edge_id: self._passage(edge) for edge_id, edge in lanes.edges.items()}
        self.onward: dict[str, tuple[Passage, ...]] = dict.fromkeys(lanes.nodes, ())
        self._into: dict[str, tuple[Passage, ...]] = dict.fromkeys(lanes.nodes, ())
        self._places: dict[str, tuple[str, ...]] = dict.fromkeys(lanes.nodes, ())
        self._near: dict[tuple[int, int], list[Passage]] = defaultdict(list)
        for passage in self.passages.values():
            self.onward[passage.start] += (passage,)
            self._into[passage.end] += (passage,)
            self._places[passage.end] = tuple(sorted({*self._places[passage.end], passage.place}))
            for cell in self._cells(passage):
                self._near[cell].append(passage)

    def places_at(self, node_id: str) -> tuple[str, ...]:
        """Every place at a node."""
        return self._places[node_id] or (f"node:{node_id}",)

    def is_end(self, node_id: str) -> bool:
        """Whether a node is somewhere to go to, not to drive through: spots, chargers, depots, shops."""
        return self.lanes.nodes[node_id].kind not in {"waypoint", "crosswalk"}

    def offset_m(self, edge_id: str) -> float:
        """How far to the right of the lane's middle a robot drives; 0 where nobody comes the other way."""
        edge = self.lanes.edges[edge_id]
        if not self._is_two_way(edge):
            return 0.0
        return min(KEEP_RIGHT_MOST_M, max(0.0, edge.width_m / 2.0 - KEEP_RIGHT_MARGIN_M))

    def standing_at(self, node_id: str, x: float, y: float) -> frozenset[str]:
        """Places at a node that a robot at a point takes up: on a wide lane those of its side."""
        places = self.places_at(node_id)
        if len(places) == 1:
            return frozenset(places)
        return frozenset(
            passage.place for passage in self._into[node_id] if self._beside(passage, x, y).right_m >= -_HALF_BODY_M
        ) or frozenset(places)

    def standing_on(self, x: float, y: float) -> frozenset[str]:
        """Stretches a robot at a point stands in the way of."""
        found: set[str] = set()
        for passage in self._near.get(_cell(x, y), ()):
            spot = self._beside(passage, x, y)
            if not -_HALF_BODY_M <= spot.along_m <= spot.length_m + _HALF_BODY_M:
                continue
            width_m = self.lanes.edges[passage.edge_id].width_m
            least_m = -_HALF_BODY_M if self.offset_m(passage.edge_id) else -width_m / 2.0
            if least_m <= spot.right_m <= width_m / 2.0:
                found.update(passage.stretch)
        return frozenset(found)

    def _cells(self, passage: Passage) -> Iterator[tuple[int, int]]:
        """Squares in which a robot can stand in the way of a passage."""
        ends = (self.lanes.nodes[passage.start], self.lanes.nodes[passage.end])
        margin_m = max(self.lanes.edges[passage.edge_id].width_m / 2.0, _HALF_BODY_M) + _HALF_BODY_M
        left, low = _cell(min(end.x for end in ends) - margin_m, min(end.y for end in ends) - margin_m)
        right, high = _cell(max(end.x for end in ends) + margin_m, max(end.y for end in ends) + margin_m)
        return itertools.product(range(left, right + 1), range(low, high + 1))

    def _beside(self, passage: Passage, x: float, y: float) -> "_Beside":
        start, end = self.lanes.nodes[passage.start], self.lanes.nodes[passage.end]
        dx, dy = end.x - start.x, end.y - start.y
        length_m = math.hypot(dx, dy) or 1e-9
        px, py = x - start.x, y - start.y
        return _Beside((px * dx + py * dy) / length_m, (px * dy - py * dx) / length_m, length_m)

    def _is_two_way(self, edge: SiteEdge) -> bool:
        return edge.width_m >= PASSING_M and self.lanes.reverse(edge.edge_id) is not None

    def _passage(self, edge: SiteEdge) -> Passage:
        lanes = self.lanes
        wide = self._is_two_way(edge)
        stretch = [f"edge:{edge.edge_id}" if wide else f"lane:{lanes.lane_id(edge.edge_id)}"]
        if edge.crosswalk_id is not None:
            stretch.append(f"crosswalk:{edge.crosswalk_id}")
        end = edge.end_node_id
        own_place = wide and lanes.nodes[end].kind == "waypoint" and self._is_plain(end)
        place = f"place:{edge.edge_id}" if own_place else f"node:{end}"
        return Passage(edge.edge_id, edge.start_node_id, end, lanes.time_s(edge), tuple(stretch), place)

    def _is_plain(self, node_id: str) -> bool:
        """Whether a wide lane simply goes on here: two neighbours, both directions on both sides."""
        edges = self.lanes.edges_at(node_id)
        return len(_neighbours(node_id, edges)) == 2 and all(map(self._is_two_way, edges))


def _cell(x: float, y: float) -> tuple[int, int]:
    return math.floor(x / _CELL_M), math.floor(y / _CELL_M)


def _neighbours(node_id: str, edges: Collection[SiteEdge]) -> set[str]:
    ends = {edge.start_node_id for edge in edges} | {edge.end_node_id for edge in edges}
    return ends - {node_id}
