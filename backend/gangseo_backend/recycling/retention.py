"""Old rows of the recycling domain that may go."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from gangseo_backend.recycling.models import OPEN_CALLS, CallRow
from gangseo_backend.recycling.round_models import CollectionRow, StopRow, VisitRow


def prune_calls(session: Session, before: datetime) -> int:
    """Calls that ended before a moment."""
    closed = col(CallRow.state).not_in(OPEN_CALLS)
    return session.exec(delete(CallRow).where(closed, col(CallRow.updated_at) < before)).rowcount


def prune_collections(session: Session, before: datetime) -> int:
    """Rounds that ended before a moment with their stops, and what visits before it brought."""
    session.exec(delete(VisitRow).where(col(VisitRow.ended_at) < before))
    old = select(CollectionRow.id).where(col(CollectionRow.ended_at) < before)
    session.exec(delete(StopRow).where(col(StopRow.round_id).in_(old)))
    return session.exec(delete(CollectionRow).where(col(CollectionRow.ended_at) < before)).rowcount
