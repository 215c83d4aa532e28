"""The lane graph as nav2_route's GeoJSON."""

import json
from typing import Any

from gangseo_sim.lane_graph import LaneGraph


def route_graph_text(graph: LaneGraph) -> str:
    """One feature per line: nodes as Point, directed edges as MultiLineString, as nav2_route's parser reads them."""
    number = {name: index for index, name in enumerate(graph.nodes)}
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "properties": {"id": number[n.node_id], "frame": "map", "metadata": {"node_id": n.node_id, "kind": n.kind}},
            "geometry": {"type": "Point", "coordinates": [n.x, n.y]},
        }
        for n in graph.nodes.values()
    ]
    for index, edge in enumerate(graph.edges, start=len(number)):
        start, end = graph.nodes[edge.start], graph.nodes[edge.end]
        metadata: dict[str, Any] = {"edge_id": f"{edge.start}-{edge.end}", "abs_speed_limit": edge.speed_mps}
        if edge.crosswalk_id is not None:
            metadata["crosswalk_id"] = edge.crosswalk_id
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "id": index,
                    "startid": number[edge.start],
                    "endid": number[edge.end],
                    "cost": edge.length_m,
                    "overridable": True,
                    "metadata": metadata,
                },
                "geometry": {"type": "MultiLineString", "coordinates": [[[start.x, start.y], [end.x, end.y]]]},
            }
        )
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    head = '{"type": "FeatureCollection", "name": "graph", "features": [\n'
    return f"{head}{lines}\n]}}\n"
