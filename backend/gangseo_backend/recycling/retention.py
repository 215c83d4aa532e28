"""Old rows of the recycling domain that may go."""

from datetime import datetime

from sqlmodel import Session, col, delete

from gangseo_backend.recycling.models import OPEN_CALLS, CallRow


def prune_calls(session: Session, before: datetime) -> int:
    """Calls that ended before a moment."""
    closed = col(CallRow.state).not_in(OPEN_CALLS)
    return session.exec(delete(CallRow).where(closed, col(CallRow.updated_at) < before)).rowcount
