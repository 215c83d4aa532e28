"""Whether an order makes sense in itself and at this site, before the state machine sees it."""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

from pydantic import ValidationError

from gangseo_protocol import info
from gangseo_protocol.actions import parse_action
from gangseo_protocol.site import Site
from gangseo_protocol.vda5050 import Action, ErrorLevel, Order, OrderEdge, OrderNode
from gangseo_robot.faults import Fault


def check_order(order: Order, site: Site, can_do: Collection[str]) -> tuple[Fault, ...]:
    """All that is wrong with an order; empty when it may be accepted."""
    about = (("orderId", order.order_id), ("orderUpdateId", str(order.order_update_id)))
    found = [*_sequence_faults(order), *_place_faults(order, site), *_action_faults(order, can_do)]
    return tuple(
        Fault(error_type, ErrorLevel.WARNING, (*about, *references), values) for error_type, references, values in found
    )


_Found = tuple[str, tuple[tuple[str, str], ...], Mapping[str, str]]


def _invalid(reason: str) -> _Found:
    return info.VALIDATION_FAILURE, (), {"message": "order", "reason": reason}


def _sequence_faults(order: Order) -> Iterator[_Found]:
    start = order.nodes[0].sequence_id
    if start % 2:
        yield _invalid(f"sequenceId {start} of the first node is odd")
    if len(order.edges) != len(order.nodes) - 1:
        yield _invalid(f"{len(order.nodes)} nodes need {len(order.nodes) - 1} edges, not {len(order.edges)}")
        return
    parts: list[OrderNode | OrderEdge] = sorted([*order.nodes, *order.edges], key=lambda part: part.sequence_id)
    if [part.sequence_id for part in parts] != list(range(start, start + len(parts))):
        yield _invalid("sequenceIds of nodes and edges are not consecutive")
    if [node.sequence_id for node in order.nodes] != list(range(start, start + len(parts), 2)):
        yield _invalid("nodes are not in the order of their even sequenceIds")
    elif [edge.sequence_id for edge in order.edges] != list(range(start + 1, start + len(parts), 2)):
        yield _invalid("edges are not in the order of their odd sequenceIds")
    elif slow := next((e for e in order.edges if e.maximum_speed is not None and not e.maximum_speed > 0.0), None):
        yield _invalid(f"maximumSpeed of edge {slow.edge_id} is not above 0")
    elif not order.nodes[0].released:
        yield _invalid("the first node is not released")
    elif any(later.released and not earlier.released for earlier, later in pairwise(parts)):
        yield _invalid("a released part follows one that is not released")
    elif parts[-1].released is False and any(
        edge.released != node.released for edge, node in zip(order.edges, order.nodes[1:], strict=True)
    ):
        yield _invalid("an edge and the node at its end are not released together")


def _place_faults(order: Order, site: Site) -> Iterator[_Found]:
    nodes = {node.node_id for node in site.nodes}
    edges = {edge.edge_id: (edge.start_node_id, edge.end_node_id) for edge in site.edges}
    for node in order.nodes:
        if node.node_id not in nodes:
            yield info.UNKNOWN_NODE, (("nodeId", node.node_id),), {"node": node.node_id}
        elif node.node_position and node.node_position.map_id != site.map_id:
            map_id = node.node_position.map_id
            yield info.UNKNOWN_MAP_ID, (("nodeId", node.node_id), ("mapId", map_id)), {"map": map_id}
    if len(order.edges) != len(order.nodes) - 1:
        return
    for edge, start, end in zip(order.edges, order.nodes, order.nodes[1:], strict=False):
        if edges.get(edge.edge_id) != (start.node_id, end.node_id):
            yield info.UNKNOWN_EDGE, (("edgeId", edge.edge_id),), {"edge": edge.edge_id}


def _action_faults(order: Order, can_do: Collection[str]) -> Iterator[_Found]:
    seen: set[str] = set()
    for node in order.nodes:
        for action in node.actions:
            if action.action_id in seen:
                yield _invalid(f"actionId {action.action_id} is used twice")
            seen.add(action.action_id)
            reason = _unfit(action, can_do)
            if reason:
                about = (("nodeId", node.node_id), ("actionId", action.action_id))
                yield info.UNKNOWN_ACTION, about, {"action": reason}
    for edge in order.edges:
        for action in edge.actions:
            about = (("edgeId", edge.edge_id), ("actionId", action.action_id))
            yield info.UNKNOWN_ACTION, about, {"action": f"{action.action_type} on an edge"}


def _unfit(action: Action, can_do: Collection[str]) -> str:
    if action.action_type not in can_do:
        return action.action_type
    try:
        parse_action(action)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return f"{action.action_type} ({where}: {first['msg']})"
    return ""
