"""Commands as rows: sent at once, repeated until acknowledged, never done twice."""

from datetime import datetime

from sqlmodel import Session, col, select

from gangseo_backend.core.domain_events import CompartmentAnswered
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.fleet.board import Board, Outgoing
from gangseo_backend.fleet.models import CommandRow
from gangseo_backend.fleet.public import CommandKind, CommandPublic, CommandState
from gangseo_protocol.vda5050 import ActionParameter, ActionStatus, InstantAction, InstantActions, State

_ACTION_TYPES = {
    CommandKind.PAUSE: "startPause",
    CommandKind.RESUME: "stopPause",
    CommandKind.CANCEL_ORDER: "cancelOrder",
    CommandKind.EMERGENCY_STOP: "emergencyStop",
    CommandKind.RELEASE_EMERGENCY_STOP: "releaseEmergencyStop",
    CommandKind.STATE_REQUEST: "stateRequest",
    CommandKind.OPEN_COMPARTMENT: "openCompartment",
    CommandKind.CLOSE_COMPARTMENT: "closeCompartment",
    CommandKind.FLEET_STOP: "fleetEmergencyStop",
    CommandKind.RELEASE_FLEET_STOP: "releaseFleetEmergencyStop",
}
_UNANSWERED = (CommandState.REQUESTED, CommandState.SENT)
_WAITING = (CommandState.REQUESTED, CommandState.SENT, CommandState.ACKNOWLEDGED)


def message(row: CommandRow) -> Outgoing:
    """The command on the wire; its id is the action's."""
    named = (ActionParameter(key="deliveryId", value=row.call_id),) if row.call_id is not None else None
    action = InstantAction(action_type=_ACTION_TYPES[row.kind], action_id=row.command_id, action_parameters=named)
    return Outgoing(row.robot_id, "instantActions", lambda header: InstantActions(**header, actions=(action,)))


def public(row: CommandRow) -> CommandPublic:
    """The command as people see it."""
    return CommandPublic.model_validate(row.model_dump(exclude={"actor", "call_id"}))


def apply(board: Board) -> None:
    """Note answers, repeat what is unanswered, give up in time."""
    for row in board.session.exec(select(CommandRow).where(col(CommandRow.state).in_(_WAITING))):
        live = board.live.get(row.robot_id)
        if live is not None and live.state is not None and live.state_at is not None:
            _note_answer(row, live.state, live.state_at)
        waited_s = board.age_s(row.requested_at)
        if row.state in _WAITING and waited_s > board.policy.command_expires_s:
            row.state = CommandState.FINISHED if row.state is CommandState.ACKNOWLEDGED else CommandState.EXPIRED
        elif row.state in _UNANSWERED and _due(board, row):
            row.sent_at = board.now
            row.state = CommandState.SENT
            board.outgoing.append(message(row))
        board.session.add(row)
        if row.call_id is not None and row.state not in _WAITING:
            answer(board.outbox, board.session, row.call_id, row.command_id, done=row.state is CommandState.FINISHED)


def answer(outbox: Outbox, session: Session, call_id: str, request_id: str, *, done: bool) -> None:
    """Tell whose goods a command was about what became of it."""
    outbox.publish(session, CompartmentAnswered(call_id=call_id, request_id=request_id, done=done))


def _due(board: Board, row: CommandRow) -> bool:
    return row.sent_at is None or board.age_s(row.sent_at) > board.policy.command_resend_s


def _note_answer(row: CommandRow, state: State, at: datetime) -> None:
    found = next((item for item in state.instant_action_states if item.action_id == row.command_id), None)
    if found is None:
        return
    row.acknowledged_at = row.acknowledged_at or at
    row.result = found.action_result
    if found.action_status is ActionStatus.FINISHED:
        row.state = CommandState.FINISHED
    elif found.action_status is ActionStatus.FAILED:
        row.state = CommandState.FAILED
    else:
        row.state = CommandState.ACKNOWLEDGED
