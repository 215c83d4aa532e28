"""Where on a lane a robot passes a node: on the right of wide two-way lanes. Pure."""

import math
from collections.abc import Sequence

from gangseo_backend.fleet.network import Network

_SHARP = -0.2
"""Cosine of the turn from which on the corner of both right-hand lines lies too far out."""


def position(network: Network, route: Sequence[str], edges: Sequence[str], index: int) -> tuple[float, float]:
    """Metres in the map frame of one node of a way; ends of a way and places to stand at stay where they are."""
    node = network.lanes.nodes[route[index]]
    if not 0 < index < len(edges) or node.kind != "waypoint":
        return node.x, node.y
    shifts = [_shift(network, edge) for edge in edges[index - 1 : index + 1]]
    shift_x, shift_y = _corner(*shifts)
    return round(node.x + shift_x, 3), round(node.y + shift_y, 3)


def _shift(network: Network, edge_id: str) -> tuple[float, float]:
    """To the right of an edge, by its offset."""
    edge = network.lanes.edges[edge_id]
    start, end = network.lanes.nodes[edge.start_node_id], network.lanes.nodes[edge.end_node_id]
    dx, dy = end.x - start.x, end.y - start.y
    length_m = math.hypot(dx, dy) or 1.0
    offset_m = network.offset_m(edge_id)
    return dy / length_m * offset_m, -dx / length_m * offset_m


def _corner(into: tuple[float, float], out: tuple[float, float]) -> tuple[float, float]:
    """Where the right-hand line of one edge meets that of the next."""
    into_m, out_m = math.hypot(*into), math.hypot(*out)
    if into_m == 0.0 or out_m == 0.0:
        return into if into_m else out
    cosine = (into[0] * out[0] + into[1] * out[1]) / (into_m * out_m)
    if cosine < _SHARP:
        return into
    share = 1.0 / (1.0 + cosine)
    return (into[0] + out[0]) * share, (into[1] + out[1]) * share
