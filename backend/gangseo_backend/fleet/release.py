"""Orders: made for assigned missions, released as far as the traffic allows, sent until answered."""

from collections.abc import Sequence

from gangseo_backend.core.ids import new_id
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.missions import give_back
from gangseo_backend.fleet.models import MissionRow, OrderRow
from gangseo_backend.fleet.orders import message_parts
from gangseo_backend.fleet.public import MissionState
from gangseo_backend.fleet.states import OrderState
from gangseo_backend.fleet.traffic import Claim, grant, stuck
from gangseo_protocol.vda5050 import Order


def apply(board: Board) -> None:
    """Make orders, extend bases, send."""
    for mission in board.missions.values():
        if mission.state is MissionState.ASSIGNED and mission.robot_id not in board.orders:
            _make_order(board, mission)
    claims = _claims(board)
    _extend(board, claims)
    board.memory.in_the_way.clear()
    for blockers in stuck(claims, board.place.lanes.capacity).values():
        board.memory.in_the_way.update(robot_id for robot_id in blockers if robot_id not in board.orders)
    for order in board.orders.values():
        _send_when_due(board, order)


def _make_order(board: Board, mission: MissionRow) -> None:
    robot_id = mission.robot_id or ""
    live = board.live.get(robot_id)
    if live is None or not live.online(board.now) or mission.cancel_requested_at is not None:
        return
    start = board.node_of(robot_id)
    if start is None:
        return
    occupied = {
        node for other in board.robots if other != robot_id and (node := board.node_of(other)) and node != start
    }
    way = board.place.lanes.way(start, mission.target_node_id, set(board.blocked), occupied)
    if way is None:
        give_back(board, mission, "reason.no_way")
        return
    order = OrderRow(
        order_id=new_id(),
        mission_id=mission.id,
        robot_id=robot_id,
        state=OrderState.SENT,
        route=list(way.nodes),
        edges=list(way.edges),
        created_at=board.now,
        unanswered_since=board.now,
    )
    board.session.add(order)
    board.orders[robot_id] = order
    board.touch(order, mission)


def _claims(board: Board) -> list[Claim]:
    """Every robot: those with orders first, the longest waiting before."""

    def urgency(robot_id: str) -> tuple[bool, str, str]:
        order = board.orders.get(robot_id)
        mission = board.missions.get(order.mission_id) if order else None
        return (order is None, mission.id if mission else "", robot_id)

    claims = []
    for robot_id in sorted(board.robots, key=urgency):
        order = board.orders.get(robot_id)
        claim = _claim_of_order(board, order) if order is not None else _claim_of_parked(board, robot_id)
        if claim is not None:
            claims.append(claim)
    return claims


def _claim_of_parked(board: Board, robot_id: str) -> Claim | None:
    node = board.node_of(robot_id)
    if node is None:
        return None
    return Claim(robot_id, frozenset({board.place.lanes.node_resource(node)}))


def _claim_of_order(board: Board, order: OrderRow) -> Claim:
    lanes = board.place.lanes
    held = {lanes.node_resource(order.route[order.passed])}
    for index in range(order.passed, order.released):
        held |= set(_part(board, order, index))
    if order.state is OrderState.CANCELING:
        return Claim(order.robot_id, frozenset(held))
    ahead = tuple(_part(board, order, index) for index in range(order.released, len(order.edges)))
    end = lanes.node_resource(order.route[-1])
    return Claim(order.robot_id, frozenset(held), ahead, _wanted(board, order), end)


def _part(board: Board, order: OrderRow, index: int) -> tuple[str, str]:
    lanes = board.place.lanes
    return lanes.edge_resource(order.edges[index]), lanes.node_resource(order.route[index + 1])


def _wanted(board: Board, order: OrderRow) -> int:
    """Parts to release now: none while an update is unanswered, else up to the look-ahead."""
    if order.sends and order.unanswered_since is not None:
        return 0
    target = order.passed
    length_m = 0.0
    while target < len(order.edges) and (
        length_m < board.policy.lookahead_m or target - order.passed < board.policy.lookahead_parts
    ):
        length_m += board.place.lanes.edges[order.edges[target]].length_m
        target += 1
    return max(0, target - order.released)


def _extend(board: Board, claims: Sequence[Claim]) -> None:
    for robot_id, parts in grant(claims, board.place.lanes.capacity).items():
        order = board.orders[robot_id]
        if order.sends:
            order.first = order.released
            order.update_id += 1
            order.sends = 0
        order.released += parts
        order.unanswered_since = board.now
        board.touch(order)


def _send_when_due(board: Board, order: OrderRow) -> None:
    if order.state is OrderState.CANCELING or order.unanswered_since is None:
        return
    if order.sends and order.sent_at and board.age_s(order.sent_at) < board.policy.resend_after_s:
        return
    order.sends += 1
    order.sent_at = board.now
    board.touch(order)
    parts = message_parts(order, board.steps.get(order.mission_id, []), board.place.lanes, board.place.site.map_id)
    order_id, update_id = order.order_id, order.update_id
    board.send(
        order.robot_id,
        "order",
        lambda header: Order(
            **header, order_id=order_id, order_update_id=update_id, nodes=parts.nodes, edges=parts.edges
        ),
    )
