"""Where pedestrians walk: an undirected graph with widths, and areas they stroll on."""

import json
from itertools import pairwise
from typing import Any

from gangseo_sim.lane_graph import LaneGraph
from gangseo_sim.site_layout import area_outline
from gangseo_sim.world_spec import WorldSpec

WALK_WIDTH_M = 3.0


def people_layout_text(spec: WorldSpec, graph: LaneGraph) -> str:
    """JSON with count, nodes [x, y], edges [a, b, width] and areas as polygons; it travels inside world.sdf."""
    used: dict[str, int] = {}
    nodes: list[tuple[float, float]] = []
    edges: list[tuple[int, int, float]] = []
    seen: set[frozenset[str]] = set()

    def number(name: str, x: float, y: float) -> int:
        if name not in used:
            used[name] = len(nodes)
            nodes.append((x, y))
        return used[name]

    for edge in graph.edges:
        pair = frozenset((edge.start, edge.end))
        if edge.people and pair not in seen:
            seen.add(pair)
            a, b = graph.nodes[edge.start], graph.nodes[edge.end]
            edges.append((number(a.node_id, a.x, a.y), number(b.node_id, b.x, b.y), edge.width_m))
    for w, walk in enumerate(spec.people.walks):
        numbers = [number(f"walk {w} {k}", *point) for k, point in enumerate(walk)]
        edges += [(a, b, WALK_WIDTH_M) for a, b in pairwise(numbers)]
    areas = {area.id: area for area in spec.areas}
    layout: dict[str, Any] = {
        "count": spec.people.count,
        "nodes": nodes,
        "edges": edges,
        "areas": [area_outline(areas[name]) for name in spec.people.areas],
    }
    return json.dumps(layout)
