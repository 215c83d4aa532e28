"""Old rounds and pictures that may go, or must."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from gangseo_backend.core.blobs import Blobs
from gangseo_backend.patrol.models import OPEN_ROUNDS, ObservationRow, RoundRow
from gangseo_backend.patrol.observations import PICTURES


def prune_rounds(session: Session, before: datetime) -> int:
    """Rounds that ended before a moment, with what was seen; pictures that are left become strays."""
    old = select(RoundRow.id).where(col(RoundRow.state).not_in(OPEN_ROUNDS), col(RoundRow.ended_at) < before)
    session.exec(delete(ObservationRow).where(col(ObservationRow.round_id).in_(old)))
    return session.exec(delete(RoundRow).where(col(RoundRow.id).in_(old))).rowcount


def prune_pictures(session: Session, blobs: Blobs, before: datetime) -> int:
    """Pictures received before a moment; what was counted on them stays."""
    query = select(ObservationRow).where(
        col(ObservationRow.picture_key).is_not(None), col(ObservationRow.received_at) < before
    )
    rows = session.exec(query).all()
    for row in rows:
        if row.picture_key is not None:
            blobs.delete(row.picture_key)
        row.picture_key = None
        session.add(row)
    return len(rows)


def prune_strays(session: Session, blobs: Blobs, before: datetime) -> int:
    """Pictures of the days before a moment that no observation names: their process was killed in between."""
    named = set(session.exec(select(ObservationRow.picture_key).where(col(ObservationRow.picture_key).is_not(None))))
    day = f"{before:%Y-%m-%d}"
    strays = [key for key in blobs.keys(PICTURES) if key not in named and key.split("/")[1] < day]
    for key in strays:
        blobs.delete(key)
    return len(strays)
