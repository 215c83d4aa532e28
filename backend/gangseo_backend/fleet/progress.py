"""From what robots say to how far orders and missions are."""

from collections.abc import Mapping

from sqlmodel import select

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.missions import (
    cancel_order,
    close_order,
    end_canceled,
    finish_leg,
    give_back,
    leg_steps,
    set_aside,
    try_again,
)
from gangseo_backend.fleet.models import BlockedLaneRow, MissionRow, OrderRow, StepRow
from gangseo_backend.fleet.open_rows import OPEN_ORDERS
from gangseo_backend.fleet.orders import Reading, action_id, blocked_edge, is_at_work, read, trouble
from gangseo_backend.fleet.public import MissionState, StepState
from gangseo_backend.fleet.record import about
from gangseo_backend.fleet.states import OrderState
from gangseo_protocol import info
from gangseo_protocol.actions import MOVED_BY_HAND
from gangseo_protocol.vda5050 import ActionParameter, ActionStatus, Error, InstantAction, InstantActions, State

_STEP_OF: Mapping[ActionStatus, StepState] = {
    ActionStatus.WAITING: StepState.WAITING,
    ActionStatus.INITIALIZING: StepState.RUNNING,
    ActionStatus.RUNNING: StepState.RUNNING,
    ActionStatus.PAUSED: StepState.RUNNING,
    ActionStatus.RETRIABLE: StepState.RUNNING,
    ActionStatus.FINISHED: StepState.FINISHED,
    ActionStatus.FAILED: StepState.FAILED,
}


def apply(board: Board) -> None:
    """Read every robot's newest state."""
    for robot_id, live in board.live.items():
        if live.state is None or robot_id not in board.robots:
            continue
        order = board.orders.get(robot_id)
        if order is None:
            _drop_stray(board, live, live.state)
        else:
            _apply_order(board, order, live.state)


def _apply_order(board: Board, order: OrderRow, state: State) -> None:
    reading = read(order, state)
    mission = board.missions.get(order.mission_id)
    if reading.known:
        _note_progress(board, order, mission, reading)
    if order.state is OrderState.CANCELING:
        _finish_canceling(board, order, mission, state, reading)
        return
    if mission is None or mission.robot_id != order.robot_id:
        cancel_order(board, order)
    elif reading.finished:
        _finish(board, order, mission)
    elif reading.refusal is not None:
        detail = board.place.wording.error(reading.refusal)
        board.incident("order_refused", about(mission), detail={"ko": detail.ko, "en": detail.en})
        close_order(board, order, OrderState.FAILED)
        give_back(board, mission, "reason.order_refused")
    elif (error := trouble(order, state)) is not None:
        # Also when the robot has given up on it: the lane must be closed, or the next try ends the same way.
        _go_around(board, order, mission, state, error)
    elif MOVED_BY_HAND in reading.results.values():
        close_order(board, order, OrderState.CANCELED)
        set_aside(board, mission, "reason.moved_by_hand")
    elif reading.failed:
        board.fact("step_failed", about(mission))
        cancel_order(board, order)
        give_back(board, mission, "reason.step_failed")


def _note_progress(board: Board, order: OrderRow, mission: MissionRow | None, reading: Reading) -> None:
    if reading.passed > order.passed:
        order.passed = reading.passed
        order.progressed_at = board.now
        board.touch(order)
    if order.state is OrderState.CANCELING:
        return
    if reading.acknowledged and order.unanswered_since is not None:
        order.unanswered_since = None
        order.acknowledged_at = order.acknowledged_at or board.now
        order.progressed_at = board.now
        if order.state is OrderState.SENT:
            order.state = OrderState.ACCEPTED
        board.touch(order)
    if mission is None or not mission.open:
        return
    if order.state is OrderState.ACCEPTED and mission.state is MissionState.ASSIGNED:
        mission.state = MissionState.ACTIVE
        mission.started_at = mission.started_at or board.now
        board.touch(mission)
    _note_steps(board, order, mission, reading)


def _note_steps(board: Board, order: OrderRow, mission: MissionRow, reading: Reading) -> None:
    if order.leg != mission.leg:
        return
    there = reading.passed == len(order.route) - 1
    for step in leg_steps(board, mission):
        state = _step_state(step, order, reading, there)
        result = reading.results.get(action_id(order.order_id, step.number), step.result)
        if state is not step.state or result != step.result:
            step.state, step.result = state, result
            order.progressed_at = board.now
            board.touch(step)
    if there and not mission.arrived:
        mission.arrived = True
        mission.arrived_at = mission.arrived_at or board.now
        board.touch(mission)
        if mission.call_id is not None:
            board.fact("robot_arrived", about(mission))
            board.tell_call(mission, "arrived")
    elif not there and mission.near_leg < mission.leg and mission.call_id is not None:
        _, left_m = board.place.lanes.remaining(order.edges[order.passed :])
        if left_m <= board.policy.near_m:
            mission.near_leg = mission.leg
            board.touch(mission)
            board.tell_call(mission, "near")


def _step_state(step: StepRow, order: OrderRow, reading: Reading, there: bool) -> StepState:
    if step.kind == "goTo":
        return StepState.FINISHED if there else StepState.RUNNING
    status = reading.actions.get(action_id(order.order_id, step.number))
    return _STEP_OF[status] if status is not None else step.state


def _finish(board: Board, order: OrderRow, mission: MissionRow) -> None:
    close_order(board, order, OrderState.FINISHED)
    finish_leg(board, mission)


def _finish_canceling(
    board: Board, order: OrderRow, mission: MissionRow | None, state: State, reading: Reading
) -> None:
    """The robot has dropped the order, or never had it, or was quicker than the cancel."""
    if reading.finished and mission is not None and mission.robot_id == order.robot_id and mission.open:
        _finish(board, order, mission)
        return
    answered = any(
        item.action_id == cancel_id(order) and item.action_status in {ActionStatus.FINISHED, ActionStatus.FAILED}
        for item in state.instant_action_states
    )
    if (answered and (reading.at_rest or not reading.known)) or (reading.known and reading.at_rest):
        close_order(board, order, OrderState.CANCELED)
        if mission is not None and mission.open and mission.cancel_requested_at and mission.robot_id == order.robot_id:
            end_canceled(board, mission)


def cancel_id(order: OrderRow) -> str:
    """Action id of an order's cancel: the same for every repeat."""
    return f"cancel-{order.order_id}"


def send_cancel(board: Board, robot_id: str, order_id: str) -> None:
    """Ask a robot to drop this order, or never to begin it."""
    named = ActionParameter(key="orderId", value=order_id)  # so that the order is refused, too, when it comes late
    action = InstantAction(action_type="cancelOrder", action_id=f"cancel-{order_id}", action_parameters=(named,))
    board.send(robot_id, "instantActions", lambda header: InstantActions(**header, actions=(action,)))


def _go_around(board: Board, order: OrderRow, mission: MissionRow, state: State, error: Error) -> None:
    """Close the lane for a while; the same robot tries another way while its tries last."""
    edge_id = blocked_edge(order, state, error)
    lanes = board.place.lanes
    if edge_id is not None:
        lane = board.blocked.get(lanes.lane_id(edge_id)) or BlockedLaneRow(
            lane_id=lanes.lane_id(edge_id), robot_id=order.robot_id, until=board.now
        )
        lane.until = board.now + board.policy.lane_time
        board.session.add(lane)
        board.blocked[lane.lane_id] = lane
    cancel_order(board, order)
    start = board.node_of(order.robot_id)
    way = lanes.way(start, mission.target_node_id, board.closed) if start else None
    key = "reason.path_blocked" if error.error_type == info.PATH_BLOCKED else "reason.navigation_failed"
    board.incident("path_blocked", about(mission), lane=edge_id or "?")
    if way is None or mission.attempt >= board.policy.attempts:
        give_back(board, mission, key)
        return
    board.fact("mission_rerouted", about(mission), lane=edge_id or "?")
    mission.attempt += 1
    try_again(board, mission)


def _drop_stray(board: Board, live: RobotLive, state: State) -> None:
    """A robot that comes back with an order that was taken from it must not do it a second time."""
    if not is_at_work(state):
        return
    known = board.session.exec(select(OrderRow.state).where(OrderRow.order_id == state.order_id)).first()
    if known in OPEN_ORDERS:
        return
    asked_at = board.memory.strays.get(state.order_id)
    if asked_at is not None and board.age_s(asked_at) < board.policy.cancel_resend_s:
        return
    board.memory.strays[state.order_id] = board.now
    send_cancel(board, live.robot_id, state.order_id)
