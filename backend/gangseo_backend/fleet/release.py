"""Orders: made for assigned missions, released as far as the traffic allows, sent until answered."""

from collections.abc import Sequence

from sqlmodel import col, delete, select

from gangseo_backend.core.db import after_commit
from gangseo_backend.core.ids import new_id
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.missions import give_back
from gangseo_backend.fleet.models import MissionRow, OrderRow, RobotPlanRow
from gangseo_backend.fleet.orders import message_parts
from gangseo_backend.fleet.plans import Plan, Plans, from_stored, to_stored
from gangseo_backend.fleet.public import MissionState
from gangseo_backend.fleet.states import OrderState
from gangseo_backend.fleet.traffic import Site as TrafficSite
from gangseo_backend.fleet.traffic import update
from gangseo_backend.fleet.turns import grant, in_front
from gangseo_backend.fleet.vehicles import vehicles_of
from gangseo_protocol.vda5050 import Order


def apply(board: Board) -> None:
    """Plan all ways, make orders, extend bases, send."""
    now_s = board.robot_time_s()
    vehicles = vehicles_of(board, now_s)
    closed = board.closed
    lanes = board.place.lanes
    site = TrafficSite(board.place.network, lambda goal: board.memory.times_to(lanes, goal, closed), closed)
    before = _remembered(board)
    plans = update(before, vehicles, site, now_s)
    for mission in board.missions.values():
        unordered = mission.state is MissionState.ASSIGNED and mission.robot_id not in board.orders
        if unordered and mission.robot_id not in board.undecided and not board.waits_its_turn(mission):
            _make_order(board, mission, plans)
    granted = grant(plans, vehicles, _wanted(board, plans))
    for robot_id, parts in granted.items():
        _extend(board, board.orders[robot_id], plans[robot_id], parts)
        plans[robot_id] = plans[robot_id].advanced(parts)
    board.memory.in_the_way = {other for other in in_front(plans, vehicles).values() if other not in board.orders}
    _remember(board, before, plans)
    for order in board.orders.values():
        _send_when_due(board, order)


def _remembered(board: Board) -> Plans:
    """Plans of the step before; after a restart as they were stored."""
    if board.memory.plans is None:
        stored = {row.robot_id: row.plan for row in board.session.exec(select(RobotPlanRow))}
        found = {robot_id: from_stored(plan, board.place.network) for robot_id, plan in stored.items()}
        return {robot_id: plan for robot_id, plan in found.items() if plan is not None}
    return board.memory.plans


def _remember(board: Board, before: Plans, plans: Plans) -> None:
    """Store the plans that have changed; times alone are not worth it: only the order counts."""
    for robot_id, plan in plans.items():
        if robot_id not in before or _way(plan) != _way(before[robot_id]):
            row = board.session.get(RobotPlanRow, robot_id) or RobotPlanRow(robot_id=robot_id, plan=[])
            row.plan = list(to_stored(plan))
            board.session.add(row)
    gone = before.keys() - plans.keys()
    if gone:
        board.session.exec(delete(RobotPlanRow).where(col(RobotPlanRow.robot_id).in_(gone)))
    after_commit(board.session, lambda: board.memory.keep_plans(plans))


def _way(plan: Plan) -> tuple[object, ...]:
    return plan.node, plan.stops, plan.edges


def _make_order(board: Board, mission: MissionRow, plans: Plans) -> None:
    robot_id = mission.robot_id or ""
    live = board.live.get(robot_id)
    if robot_id in board.held:
        return
    if live is None or not live.online(board.now) or mission.cancel_requested_at is not None:
        return
    start = board.node_of(robot_id)
    if start is None:
        return
    lanes, goal = board.place.lanes, mission.target_node_id
    if start not in board.memory.times_to(lanes, goal, board.closed):
        by_people = lanes.way(start, goal, lanes.edges_of(board.blocked)) is not None
        give_back(board, mission, "reason.area_closed" if by_people else "reason.no_way", counts=not by_people,
                  exclude=not by_people)  # fmt: skip
        return
    plan = plans.get(robot_id)
    if plan is None or plan.stops[0] != mission.target_node_id:
        return
    order = OrderRow(
        order_id=new_id(),
        mission_id=mission.id,
        leg=mission.leg,
        robot_id=robot_id,
        state=OrderState.SENT,
        route=[start, *(visit.passage.end for visit in plan.to_first_stop)],
        edges=[visit.passage.edge_id for visit in plan.to_first_stop],
        created_at=board.now,
        unanswered_since=board.now,
    )
    board.session.add(order)
    board.orders[robot_id] = order
    board.touch(order, mission)


def _wanted(board: Board, plans: Plans) -> dict[str, int]:
    """Edges to release now: none while an update is unanswered, else up to the look-ahead."""
    wanted = {}
    for robot_id, order in board.orders.items():
        waits = order.sends and order.unanswered_since is not None
        plan = plans.get(robot_id)
        whole = order.released == len(order.edges)
        if plan is None or plan.stops[0] != order.route[-1] or waits or whole or order.state is OrderState.CANCELING:
            continue
        edges = [*order.edges[order.passed : order.released], *_edges(plan)]
        wanted[robot_id] = max(0, _look_ahead(board, edges) - (order.released - order.passed))
    return wanted


def _look_ahead(board: Board, edges: Sequence[str]) -> int:
    length_m = 0.0
    for count, edge in enumerate(edges):
        if length_m >= board.policy.lookahead_m and count >= board.policy.lookahead_parts:
            return count
        length_m += board.place.lanes.edges[edge].length_m
    return len(edges)


def _edges(plan: Plan) -> list[str]:
    return [visit.passage.edge_id for visit in plan.to_first_stop]


def _extend(board: Board, order: OrderRow, plan: Plan, parts: int) -> None:
    """Release more edges; the horizon becomes the way as it is planned now."""
    if order.sends:
        order.first = order.released
        order.update_id += 1
        order.sends = 0
    order.edges = [*order.edges[: order.released], *_edges(plan)]
    order.route = [*order.route[: order.released + 1], *(visit.passage.end for visit in plan.to_first_stop)]
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
    parts = message_parts(order, board.steps.get(order.mission_id, []), board.place.network, board.place.site.map_id)
    order_id, update_id = order.order_id, order.update_id
    board.send(
        order.robot_id,
        "order",
        lambda header: Order(
            **header, order_id=order_id, order_update_id=update_id, nodes=parts.nodes, edges=parts.edges
        ),
    )
