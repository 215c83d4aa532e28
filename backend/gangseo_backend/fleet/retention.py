"""Old rows of the fleet that may go."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from gangseo_backend.fleet.board import OPEN_MISSIONS
from gangseo_backend.fleet.models import CommandRow, IncidentRow, MissionRow, OrderRow, RecordingRow, StepRow
from gangseo_backend.fleet.models_control import FleetStopRow, TakeoverRow
from gangseo_backend.fleet.open_rows import OPEN_ORDERS
from gangseo_backend.fleet.public import CommandState, IncidentState

_OPEN_COMMANDS = (CommandState.REQUESTED, CommandState.SENT, CommandState.ACKNOWLEDGED)


def prune_missions(session: Session, before: datetime) -> int:
    """Missions that ended before a moment, with their steps and orders."""
    busy = select(OrderRow.mission_id).where(col(OrderRow.state).in_(OPEN_ORDERS))
    old = select(MissionRow.id).where(
        col(MissionRow.state).not_in(OPEN_MISSIONS), col(MissionRow.ended_at) < before, col(MissionRow.id).not_in(busy)
    )
    session.exec(delete(StepRow).where(col(StepRow.mission_id).in_(old)))
    session.exec(delete(OrderRow).where(col(OrderRow.mission_id).in_(old)))
    return session.exec(delete(MissionRow).where(col(MissionRow.id).in_(old))).rowcount


def prune_commands(session: Session, before: datetime) -> int:
    """Commands that are done and were asked before a moment; the audit keeps who asked."""
    done = col(CommandRow.state).not_in(_OPEN_COMMANDS)
    return session.exec(delete(CommandRow).where(done, col(CommandRow.requested_at) < before)).rowcount


def prune_control(session: Session, before: datetime) -> int:
    """Takeovers and stops of the fleet that ended before a moment; the audit keeps who did what."""
    stops = session.exec(delete(FleetStopRow).where(col(FleetStopRow.released_at) < before)).rowcount
    return stops + session.exec(delete(TakeoverRow).where(col(TakeoverRow.ended_at) < before)).rowcount


def prune_incidents(session: Session, before: datetime) -> int:
    """Incidents resolved before a moment, with their recordings; what nobody has resolved stays."""
    resolved = col(IncidentRow.state) == IncidentState.RESOLVED
    old = (resolved, col(IncidentRow.resolved_at) < before)
    session.exec(delete(RecordingRow).where(col(RecordingRow.incident_id).in_(select(IncidentRow.id).where(*old))))
    return session.exec(delete(IncidentRow).where(*old)).rowcount
