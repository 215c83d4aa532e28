"""What happens when nothing happens: no answer, silence, loss, no progress, a cancel nobody confirms."""

from dataclasses import replace

from gangseo_backend.core.db import after_commit
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.losses import Loss, after, is_lasting, lost_part
from gangseo_backend.fleet.missions import (
    cancel_order,
    close_order,
    end_canceled,
    give_back,
    leg_steps,
    set_aside,
)
from gangseo_backend.fleet.models import MissionRow, OrderRow
from gangseo_backend.fleet.models_control import TakeoverRow
from gangseo_backend.fleet.progress import send_cancel
from gangseo_backend.fleet.public import StepState
from gangseo_backend.fleet.record import About, about
from gangseo_backend.fleet.states import OrderState

ASKED_AT_LEAST = 2
"""Times an order is sent before silence counts as an answer."""


def apply(board: Board) -> None:
    """Let nothing wait for ever."""
    _note_losses(board)
    for mission in list(board.missions.values()):
        if mission.open and mission.cancel_requested_at is not None:
            _cancel(board, mission)
    for robot_id, order in list(board.orders.items()):
        live = board.live.get(robot_id)
        if live is not None:
            _watch(board, order, live)
    for mission in list(board.missions.values()):
        if mission.open and mission.robot_id is not None and mission.robot_id not in board.orders:
            _watch_unordered(board, mission)


def _note_losses(board: Board) -> None:
    losses = board.memory.losses
    for robot_id, live in board.live.items():
        loss = after(losses.get(robot_id), lost_part(live.state), board.now)
        if loss is not None:
            losses[robot_id] = loss
        else:
            losses.pop(robot_id, None)
        if loss is not None and is_lasting(loss, board.policy, board.now) and board.mission_of(robot_id) is None:
            _tell_loss(board, loss, About(robot_id))


def _lasting_loss(board: Board, robot_id: str | None) -> Loss | None:
    loss = board.memory.losses.get(robot_id or "")
    return loss if is_lasting(loss, board.policy, board.now) else None


def _tell_loss(board: Board, loss: Loss, subject: About, handed_on: int = 0) -> None:
    """An incident once for every loss; remembered only when it is stored."""
    robot_id = subject.robot_id
    if robot_id is None or (loss.told and not handed_on):
        return
    if not loss.told:
        board.incident(loss.kind, subject)
    known = replace(loss, told=True, handed_on=loss.handed_on + handed_on)
    after_commit(board.session, lambda: board.memory.losses.update({robot_id: known}))


def _hand_on(board: Board, mission: MissionRow, order: OrderRow | None, loss: Loss) -> None:
    """To whoever can; the robot itself may have it again once it has recovered, so it is not excluded."""
    _tell_loss(board, loss, about(mission), handed_on=1)
    if order is not None:
        cancel_order(board, order)
    give_back(board, mission, f"reason.{loss.kind}", exclude=False, counts=False)


def _cancel(board: Board, mission: MissionRow) -> None:
    order = board.orders.get(mission.robot_id or "")
    if order is None or order.mission_id != mission.id:
        end_canceled(board, mission)
    else:
        cancel_order(board, order)


def _watch(board: Board, order: OrderRow, live: RobotLive) -> None:
    mission = board.missions.get(order.mission_id)
    if order.state is OrderState.CANCELING:
        _watch_cancel(board, order, mission, live)
        return
    if mission is None:
        cancel_order(board, order)
        return
    if _is_silent(board, mission, live):
        close_order(board, order, OrderState.LOST)
        give_back(board, mission, "reason.robot_silent")
    elif (loss := _loss_to_hand_on(board, mission)) is not None:
        _hand_on(board, mission, order, loss)
    elif _does_not_answer(board, order):
        board.incident("robot_does_not_answer", about(mission, order.robot_id))
        _abandon(board, order, mission, "reason.robot_does_not_answer")
    elif order.robot_id in board.held:
        _watch_held(board, order, mission, board.held[order.robot_id])
    elif not live.able:
        _watch_unable(board, order, mission, live)
    elif _still_s(board, order, live) > board.policy.stuck_after_s + _patience_s(board, mission):
        board.incident("no_progress", about(mission, order.robot_id))
        _abandon(board, order, mission, "reason.no_progress")


def _does_not_answer(board: Board, order: OrderRow) -> bool:
    """Whether an order was sent again and again in vain; a backend that slept has to ask once more first."""
    if order.unanswered_since is None or order.sent_at is None or order.sends < ASKED_AT_LEAST:
        return False
    had_its_time = board.age_s(order.sent_at) > board.policy.resend_after_s
    return had_its_time and board.age_s(order.unanswered_since) > board.policy.give_up_after_s


def _abandon(board: Board, order: OrderRow, mission: MissionRow, reason_key: str) -> None:
    """Take the mission away, and the order too once the robot has confirmed or had its time."""
    cancel_order(board, order)
    give_back(board, mission, reason_key)


def _watch_held(board: Board, order: OrderRow, mission: MissionRow, takeover: TakeoverRow) -> None:
    """In somebody's hands: residents do not wait for that for ever; goods on board stay with the robot."""
    if not mission.goods and board.age_s(takeover.since) > board.policy.unable_after_s:
        cancel_order(board, order)
        set_aside(board, mission, "reason.taken_over")


def _watch_unable(board: Board, order: OrderRow, mission: MissionRow, live: RobotLive) -> None:
    """Stopped or paused: its mission goes on elsewhere after a while, but for a stop of all there is no elsewhere."""
    if board.fleet_stopped:
        return
    since = max(filter(None, (order.progressed_at, live.moved_at, order.created_at)))
    if board.age_s(since) > board.policy.unable_after_s:
        board.incident("robot_unable", about(mission, order.robot_id))
        _abandon(board, order, mission, "reason.robot_unable")


def _watch_cancel(board: Board, order: OrderRow, mission: MissionRow | None, live: RobotLive) -> None:
    waited_s = board.age_s(order.cancel_requested_at)
    if waited_s > board.policy.cancel_give_up_s:
        board.incident("cancel_not_confirmed", About(order.robot_id, order.mission_id))
        close_order(board, order, OrderState.LOST)
        if mission is not None and mission.open and mission.robot_id == order.robot_id:
            if mission.cancel_requested_at is not None:
                end_canceled(board, mission)
            else:
                give_back(board, mission, "reason.robot_does_not_answer")
    elif order.cancel_sent_at is None or board.age_s(order.cancel_sent_at) > board.policy.cancel_resend_s:
        order.cancel_sent_at = board.now
        board.touch(order)
        send_cancel(board, live.robot_id, order.order_id)


def _watch_unordered(board: Board, mission: MissionRow) -> None:
    """Assigned, but no order could be made: no way there, or the robot went silent first."""
    live = board.live.get(mission.robot_id or "")
    if mission.robot_id in board.held:
        if not mission.goods:
            set_aside(board, mission, "reason.taken_over")
    elif live is None or _is_silent(board, mission, live):
        give_back(board, mission, "reason.robot_silent")
    elif (loss := _loss_to_hand_on(board, mission)) is not None:
        _hand_on(board, mission, None, loss)
    elif not board.waits_its_turn(mission) and board.age_s(mission.assigned_at) > board.policy.stuck_after_s:
        board.incident("no_progress", about(mission))
        give_back(board, mission, "reason.no_progress")


def _is_silent(board: Board, mission: MissionRow, live: RobotLive) -> bool:
    """Whether a mission is to be taken from a silent robot; with goods on board it keeps it for longer."""
    silent_s, policy = _silent_s(board, live), board.policy
    if silent_s > policy.silent_after_s:
        board.incident("robot_silent_with_goods" if mission.goods else "robot_silent", about(mission))
    return silent_s > (policy.goods_silent_after_s if mission.goods else policy.silent_after_s)


def _loss_to_hand_on(board: Board, mission: MissionRow) -> Loss | None:
    """A lasting loss for which another robot is to take over; with goods on board people are only told."""
    loss = _lasting_loss(board, mission.robot_id)
    if loss is not None and mission.goods:
        _tell_loss(board, loss, about(mission))
        return None
    return loss


def _silent_s(board: Board, live: RobotLive) -> float:
    if live.online(board.now):
        return 0.0
    since = live.silent_since()
    return board.age_s(since) if since is not None else board.policy.silent_after_s + 1.0


def _patience_s(board: Board, mission: MissionRow) -> float:
    """Wall seconds that people may take at what the robot does just now, in which nothing else happens."""
    running = (step for step in leg_steps(board, mission) if step.state is StepState.RUNNING)
    return board.policy.of_robot(max((float(step.parameters.get("duration_s", 0.0)) for step in running), default=0.0))


def _still_s(board: Board, order: OrderRow, live: RobotLive) -> float:
    moments = (order.progressed_at, live.moved_at, order.created_at)
    return min(board.age_s(moment) for moment in moments if moment is not None)
