"""The lane graph of a world: junctions, cuts of long lanes, and spurs to spots and stations."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from shapely.geometry import LineString
from shapely.geometry import Point as Shape

from gangseo_sim.world_spec import LaneSpec, Point, SpotSpec, StationSpec, WorldSpec

MAX_EDGE_M = 17.0
SPOT_STANDOFF_M = 1.5
"""From the middle of a bench to the robot that serves it."""
JOIN_M = 2.0
"""A spur closer than this to a node of its lane starts at that node."""
SPUR_SPEED_MPS = 0.8
SPUR_WIDTH_M = 2.0

NodeKind = Literal["waypoint", "spot", "charger", "depot", "shop", "crosswalk"]


@dataclass(frozen=True)
class LaneNode:
    """A node in the map frame."""

    node_id: str
    x: float
    y: float
    theta: float | None = None
    kind: NodeKind = "waypoint"


@dataclass(frozen=True)
class LaneEdge:
    """A directed stretch of lane; `people` says whether pedestrians use it."""

    start: str
    end: str
    length_m: float
    speed_mps: float
    width_m: float
    lane_id: str
    crosswalk_id: str | None = None
    people: bool = True


@dataclass(frozen=True)
class LaneGraph:
    """Nodes by name and directed edges."""

    nodes: dict[str, LaneNode]
    edges: tuple[LaneEdge, ...]

    def reachable(self, start: str) -> set[str]:
        """Names of all nodes that can be driven to."""
        following: dict[str, list[str]] = {name: [] for name in self.nodes}
        for edge in self.edges:
            following[edge.start].append(edge.end)
        seen, stack = {start}, [start]
        while stack:
            for name in following[stack.pop()]:
                if name not in seen:
                    seen.add(name)
                    stack.append(name)
        return seen

    def reversed(self) -> "LaneGraph":
        """The same graph driven backwards."""
        return LaneGraph(self.nodes, tuple(replace(edge, start=edge.end, end=edge.start) for edge in self.edges))


@dataclass(frozen=True)
class _Mark:
    """Something that must be a node at a distance along a lane."""

    along_m: float
    node: LaneNode
    fixed: bool


def lane_points(spec: WorldSpec, lane: LaneSpec) -> list[Point]:
    """Corner points of a lane."""
    return [spec.junctions[point] if isinstance(point, str) else point for point in lane.through]


def lane_line(spec: WorldSpec, lane: LaneSpec) -> LineString:
    """Centre line of a lane."""
    return LineString(lane_points(spec, lane))


def serving_point(spec: WorldSpec, spot: SpotSpec) -> Point:
    """Where a robot stands to serve a spot: between the furniture and its lane."""
    lane = next(lane for lane in spec.lanes if lane.id == spot.lane)
    line = lane_line(spec, lane)
    foot = line.interpolate(line.project(Shape(spot.at)))
    distance = math.hypot(foot.x - spot.at[0], foot.y - spot.at[1])
    share = SPOT_STANDOFF_M / distance
    return (_mm(spot.at[0] + (foot.x - spot.at[0]) * share), _mm(spot.at[1] + (foot.y - spot.at[1]) * share))


def build_lane_graph(spec: WorldSpec) -> LaneGraph:
    """Cuts lanes into edges of 5 to 17 m where geometry allows, and hangs spots and stations on spurs."""
    crossing = {name for lane in spec.lanes if lane.crosswalk for name in lane.through if isinstance(name, str)}
    nodes = {
        name: LaneNode(name, *point, kind="crosswalk" if name in crossing else "waypoint")
        for name, point in spec.junctions.items()
    }
    edges: list[LaneEdge] = []
    for lane in spec.lanes:
        marks, spurs = _marks(spec, lane, nodes)
        chain = [mark.node for mark in marks]
        nodes |= {node.node_id: node for node in chain}
        edges += _chain_edges(lane, chain)
        for place, foot in spurs:
            nodes[place.node_id] = place
            edges += _spur_edges(lane, place, nodes[foot])
    return LaneGraph(nodes, tuple(edges))


def _marks(
    spec: WorldSpec, lane: LaneSpec, nodes: dict[str, LaneNode]
) -> tuple[list[_Mark], list[tuple[LaneNode, str]]]:
    points, along = lane_points(spec, lane), 0.0
    marks: list[_Mark] = []
    for index, (name, point) in enumerate(zip(lane.through, points, strict=True)):
        along += math.dist(points[index - 1], point) if index else 0.0
        node = nodes[name] if isinstance(name, str) else LaneNode(f"{lane.id}_c{index}", *point)
        marks.append(_Mark(along, node, fixed=isinstance(name, str)))
    spurs = []
    line = LineString(points)
    for place, foot_m in _places(spec, lane, line):
        near = min(marks, key=lambda mark: abs(mark.along_m - foot_m))
        if abs(near.along_m - foot_m) > JOIN_M:
            foot = line.interpolate(foot_m)
            near = _Mark(foot_m, LaneNode(f"{lane.id}_{place.node_id}", _mm(foot.x), _mm(foot.y)), fixed=True)
            marks.append(near)
        spurs.append((place, near.node.node_id))
    marks.sort(key=lambda mark: mark.along_m)
    return _cut(lane, line, marks), spurs


def _places(spec: WorldSpec, lane: LaneSpec, line: LineString) -> list[tuple[LaneNode, float]]:
    found = [(_spot_node(spec, spot), spot.at) for spot in spec.spots if spot.lane == lane.id]
    found += [(_station_node(station), station.at) for station in spec.stations if station.lane == lane.id]
    return [(node, float(line.project(Shape(at)))) for node, at in found]


def _spot_node(spec: WorldSpec, spot: SpotSpec) -> LaneNode:
    x, y = serving_point(spec, spot)
    return LaneNode(spot.id, x, y, kind="spot")


def _station_node(station: StationSpec) -> LaneNode:
    return LaneNode(station.id, *station.at, theta=round(math.radians(station.heading_deg), 6), kind=station.kind)


def _cut(lane: LaneSpec, line: LineString, marks: list[_Mark]) -> list[_Mark]:
    cut = [marks[0]]
    for mark in marks[1:]:
        start, gap = cut[-1].along_m, mark.along_m - cut[-1].along_m
        parts = math.ceil(gap / MAX_EDGE_M - 1e-9)
        for part in range(1, parts):
            at = start + gap * part / parts
            point = line.interpolate(at)
            name = f"{lane.id}_{round(at):03d}"
            cut.append(_Mark(at, LaneNode(name, _mm(point.x), _mm(point.y)), fixed=False))
        cut.append(mark)
    return cut


def _chain_edges(lane: LaneSpec, chain: list[LaneNode]) -> Iterable[LaneEdge]:
    for a, b in pairwise(chain):
        for start, end in ((a, b),) if lane.one_way else ((a, b), (b, a)):
            yield LaneEdge(
                start.node_id, end.node_id, _length(a, b), lane.speed, lane.width, lane.id, lane.crosswalk, lane.people
            )


def _spur_edges(lane: LaneSpec, place: LaneNode, foot: LaneNode) -> Iterable[LaneEdge]:
    speed = min(SPUR_SPEED_MPS, lane.speed)
    for start, end in ((foot, place), (place, foot)):
        yield LaneEdge(start.node_id, end.node_id, _length(place, foot), speed, SPUR_WIDTH_M, lane.id, people=False)


def _length(a: LaneNode, b: LaneNode) -> float:
    return _mm(math.hypot(a.x - b.x, a.y - b.y))


def _mm(value: float) -> float:
    return round(value, 3)
