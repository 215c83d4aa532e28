"""Takeovers and robots in step: what was asked is repeated until it is so, what has lapsed is told."""

from datetime import datetime

from sqlmodel import col, select

from gangseo_backend.fleet.board import Board, Outgoing
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.models_control import TakeoverRow
from gangseo_backend.fleet.public_control import TakeoverPublic, TakeoverState
from gangseo_backend.fleet.record import About
from gangseo_protocol.vda5050 import (
    ActionParameter,
    ActionState,
    ActionStatus,
    InstantAction,
    InstantActions,
    OperatingMode,
    State,
)

_OVER = {ActionStatus.FAILED, ActionStatus.FINISHED}


def public(row: TakeoverRow) -> TakeoverPublic:
    """The takeover as people see it."""
    return TakeoverPublic.model_validate(row.model_dump())


def beginning(row: TakeoverRow) -> Outgoing:
    """Tells the robot who holds it; the lease is the action's id, so a repeat changes nothing."""
    return _instant(row.robot_id, InstantAction(action_type="startTakeover", action_id=row.id))


def ending(row: TakeoverRow, now: datetime) -> Outgoing:
    """Tells the robot that nobody holds it any more; a new action each time, for the last one may have come early."""
    stamp = int(now.timestamp() * 1000)
    lease = ActionParameter(key="leaseId", value=row.id)
    action = InstantAction(action_type="endTakeover", action_id=f"end-{row.id}-{stamp}", action_parameters=(lease,))
    return _instant(row.robot_id, action)


def apply(board: Board) -> None:
    """Compare what people hold with what robots say."""
    for row in board.held.values():
        _watch(board, row)
    for robot_id, live in board.live.items():
        if robot_id not in board.held and live.state is not None and live.online(board.now):
            _set_free(board, robot_id, live.state)


def _watch(board: Board, row: TakeoverRow) -> None:
    live = board.live.get(row.robot_id)
    said = _said_of(row, live, board)
    if row.state is not TakeoverState.LAPSED and (
        row.lease_until <= board.now or (said is not None and said.action_status in _OVER)
    ):
        _change(board, row, TakeoverState.LAPSED)
        board.fact("takeover_lapsed", About(row.robot_id), holder=row.holder)
        board.incident("takeover_lapsed", About(row.robot_id), holder=row.holder)
    elif row.state is TakeoverState.REQUESTED and said is not None:
        _change(board, row, TakeoverState.HELD)
    if said is None and live is not None and live.online(board.now) and board.memory.may_repeat(board.now, row.id):
        board.outgoing.append(beginning(row))


def _said_of(row: TakeoverRow, live: RobotLive | None, board: Board) -> ActionState | None:
    if live is None or live.state is None or not live.online(board.now):
        return None
    return next((item for item in live.state.instant_action_states if item.action_id == row.id), None)


def _change(board: Board, row: TakeoverRow, state: TakeoverState) -> None:
    row.state = state
    board.session.add(row)
    board.recorder.takeover_changed(board.session, row.robot_id, public(row))


def _set_free(board: Board, robot_id: str, state: State) -> None:
    """A robot that stands under a lease that people have ended is told so again; one nobody knows of stays."""
    if state.operating_mode is not OperatingMode.INTERVENED:
        return
    leases = [item.action_id for item in state.instant_action_states if item.action_type == "startTakeover"]
    known = select(TakeoverRow).where(col(TakeoverRow.id).in_(leases)).order_by(col(TakeoverRow.id).desc())
    row = board.session.exec(known).first()
    if row is None:
        board.incident("takeover_unknown", About(robot_id))
    elif board.memory.may_repeat(board.now, f"end-{row.id}"):
        board.outgoing.append(ending(row, board.now))


def _instant(robot_id: str, action: InstantAction) -> Outgoing:
    return Outgoing(robot_id, "instantActions", lambda header: InstantActions(**header, actions=(action,)))
