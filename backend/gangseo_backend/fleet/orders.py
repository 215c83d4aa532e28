"""From a stored order to the VDA 5050 message, and from a robot's state to how far the order is. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.models import OrderRow, StepRow
from gangseo_backend.fleet.network import Network
from gangseo_backend.fleet.sides import position
from gangseo_protocol import info
from gangseo_protocol.actions import NODE_ACTIONS, to_action
from gangseo_protocol.vda5050 import (
    Action,
    ActionState,
    ActionStatus,
    Error,
    ErrorLevel,
    NodePosition,
    OrderEdge,
    OrderNode,
    State,
)

_REFUSALS = {
    info.VALIDATION_FAILURE,
    info.UNKNOWN_NODE,
    info.UNKNOWN_ACTION,
    info.ORDER_UPDATE_ERROR,
    "UNKNOWN_EDGE",
    "UNKNOWN_MAP_ID",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """Nodes and edges of an order message."""

    nodes: tuple[OrderNode, ...]
    edges: tuple[OrderEdge, ...]


def action_id(order_id: str, number: int) -> str:
    """Id of the action of a mission's step in an order."""
    return f"{order_id}.{number}"


def is_on_map(order: OrderRow, lanes: LaneGraph) -> bool:
    """Whether the place has all nodes and edges of an order; it may have been made for an earlier map."""
    return lanes.nodes.keys() >= set(order.route) and lanes.edges.keys() >= set(order.edges)


def actions_of(order: OrderRow, steps: Sequence[StepRow]) -> tuple[Action, ...]:
    """The actions at the last node, one after another."""
    return tuple(
        to_action(NODE_ACTIONS[step.kind].model_validate(step.parameters), action_id(order.order_id, step.number))
        for step in steps
        if step.leg == order.leg and step.kind in NODE_ACTIONS
    )


def message_parts(order: OrderRow, steps: Sequence[StepRow], network: Network, map_id: str) -> Parts:
    """Nodes and edges from the seam on: base up to ``released``, horizon the rest; keeping right."""
    lanes = network.lanes
    last = len(order.route) - 1
    nodes = []
    edges = []
    for index in range(order.first, last + 1):
        released = index <= order.released
        node = lanes.nodes[order.route[index]]
        x, y = position(network, order.route, order.edges, index)
        # The seam of an update was sent before with its actions; they are not sent twice.
        repeated_seam = index == order.first and order.update_id > 0
        nodes.append(
            OrderNode(
                node_id=node.node_id,
                sequence_id=2 * index,
                released=released,
                node_position=NodePosition(x=x, y=y, theta=node.theta, map_id=map_id),
                actions=actions_of(order, steps) if index == last and not repeated_seam else (),
            )
        )
        if index < last:
            edge = lanes.edges[order.edges[index]]
            edges.append(
                OrderEdge(
                    edge_id=edge.edge_id,
                    sequence_id=2 * index + 1,
                    released=index + 1 <= order.released,
                    maximum_speed=edge.maximum_speed_mps,
                    length=edge.length_m,
                )
            )
    return Parts(tuple(nodes), tuple(edges))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a state says about an order."""

    passed: int
    refusal: Error | None = None
    known: bool = False
    acknowledged: bool = False
    finished: bool = False
    at_rest: bool = False
    failed: bool = False
    actions: Mapping[str, ActionStatus] = field(default_factory=dict)
    results: Mapping[str, str] = field(default_factory=dict)


def read(order: OrderRow, state: State) -> Reading:
    """How far a robot is with an order."""
    refusal = _refusal(order, state.errors)
    if state.order_id != order.order_id:
        return Reading(passed=order.passed, refusal=refusal)
    acknowledged = state.order_update_id >= order.update_id
    passed = _passed(order, state)
    own: dict[str, ActionState] = {
        item.action_id: item for item in state.action_states if item.action_id.startswith(f"{order.order_id}.")
    }
    statuses = {key: item.action_status for key, item in own.items()}
    all_finished = all(status is ActionStatus.FINISHED for status in statuses.values())
    return Reading(
        known=True,
        acknowledged=acknowledged,
        passed=passed,
        finished=acknowledged and passed == len(order.route) - 1 and not state.node_states and all_finished,
        at_rest=not state.node_states and not state.edge_states and not _busy(statuses),
        failed=any(status is ActionStatus.FAILED for status in statuses.values()),
        refusal=refusal,
        actions=statuses,
        results={key: item.action_result for key, item in own.items() if item.action_result},
    )


def is_at_work(state: State) -> bool:
    """Whether a robot still has something to do for the order it names."""
    own = (item for item in state.action_states if item.action_id.startswith(f"{state.order_id}."))
    ended = {ActionStatus.FINISHED, ActionStatus.FAILED}
    return bool(state.order_id) and (bool(state.node_states) or any(item.action_status not in ended for item in own))


def _passed(order: OrderRow, state: State) -> int:
    index, odd = divmod(state.last_node_sequence_id, 2)
    if odd or not 0 <= index < len(order.route) or order.route[index] != state.last_node_id:
        return order.passed
    return max(order.passed, index)


def _busy(statuses: Mapping[str, ActionStatus]) -> bool:
    moving = {ActionStatus.INITIALIZING, ActionStatus.RUNNING, ActionStatus.PAUSED}
    return any(status in moving for status in statuses.values())


def _refusal(order: OrderRow, errors: Sequence[Error]) -> Error | None:
    for error in errors:
        about: dict[str, Any] = {item.reference_key: item.reference_value for item in error.error_references or ()}
        if error.error_type not in _REFUSALS or about.get("orderId") != order.order_id:
            continue
        if about.get("orderUpdateId", str(order.update_id)) == str(order.update_id):
            return error
    return None


def trouble(order: OrderRow, state: State) -> Error | None:
    """The error that ends this order's way, if there is one: navigation failed or the path is blocked."""
    for error in state.errors:
        about = {item.reference_key: item.reference_value for item in error.error_references or ()}
        if about.get("orderId", order.order_id) != order.order_id:
            continue
        if error.error_type in {info.NAVIGATION_FAILED, info.PATH_BLOCKED} and error.error_level in {
            ErrorLevel.URGENT,
            ErrorLevel.CRITICAL,
            ErrorLevel.FATAL,
        }:
            return error
    return None


def blocked_edge(order: OrderRow, state: State, error: Error) -> str | None:
    """The edge an error speaks of: named, or the next one to drive, or the one to the named node."""
    about = {item.reference_key: item.reference_value for item in error.error_references or ()}
    if about.get("edgeId") in order.edges:
        return about["edgeId"]
    if state.edge_states:
        first = min(state.edge_states, key=lambda edge: edge.sequence_id)
        return first.edge_id if first.edge_id in order.edges else None
    if about.get("nodeId") in order.route[1:]:
        return order.edges[order.route.index(about["nodeId"], 1) - 1]
    return order.edges[order.passed] if order.passed < len(order.edges) else None
