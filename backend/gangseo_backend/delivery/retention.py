"""Old rows of the delivery domain that may go."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, update

from gangseo_backend.delivery.models import DeliveryRow, ProofRow
from gangseo_backend.delivery.states import FINAL

KEEP_NAMES = timedelta(days=7)
KEEP_PROOFS = timedelta(days=365)


def prune_deliveries(session: Session, before: datetime) -> int:
    """Deliveries that ended before a moment; their proofs stay for longer and name nobody."""
    over = col(DeliveryRow.state).in_(FINAL)
    return session.exec(delete(DeliveryRow).where(over, col(DeliveryRow.ended_at) < before)).rowcount


def forget_recipients(session: Session, before: datetime) -> int:
    """Names of the recipients of deliveries that ended before a moment."""
    old = (col(DeliveryRow.ended_at) < before, col(DeliveryRow.recipient).is_not(None))
    return session.exec(update(DeliveryRow).where(*old).values(recipient=None)).rowcount


def prune_proofs(session: Session, before: datetime) -> int:
    """Proofs from before a moment."""
    return session.exec(delete(ProofRow).where(col(ProofRow.at) < before)).rowcount
