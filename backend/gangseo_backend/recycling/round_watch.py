"""Looks every second: rounds of the timetable are begun once, stops that are too late are left out."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database
from gangseo_backend.core.ticker import Ticker
from gangseo_backend.core.timetable import Timetable
from gangseo_backend.recycling.round_models import CollectionRow
from gangseo_backend.recycling.round_service import CollectionService

TIMETABLE = "timetable"
"""Who has made such a round."""


class RoundWatch:
    """``look`` is one look; the ticker's thread does it again and again."""

    def __init__(
        self, db: Database, clock: Clock, collections: CollectionService, timetable: Timetable, *, late: timedelta
    ) -> None:
        """``late``: a round is still begun this long after its start."""
        self._db, self._clock, self._collections = db, clock, collections
        self._timetable, self._late = timetable, late
        self.ticker = Ticker("rounds", self.look)

    def look(self) -> None:
        """Begin what is due and end what is too late; nothing is written when there is nothing to do."""
        with self._db.read() as session:
            if not self._due(session) and not self._collections.rounds.overdue(session):
                return
        with self._db.write() as session:
            # Looked at again inside the transaction: another process may have been quicker.
            for due_at in self._due(session):
                self._collections.make_due(session, due_at, actor=TIMETABLE)
            for stop_id in self._collections.rounds.overdue(session):
                self._collections.rounds.leave_out(session, stop_id)

    def _due(self, session: Session) -> list[datetime]:
        now = self._clock.now()
        starts = self._timetable.due(now - self._late, now)
        made = session.exec(select(CollectionRow.due_at).where(col(CollectionRow.due_at).in_(starts))) if starts else ()
        return sorted(set(starts) - set(made))
