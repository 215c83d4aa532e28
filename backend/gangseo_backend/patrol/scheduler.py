"""Looks at the timetables every second: what is due becomes a round once, whenever the process is killed."""

from gangseo_backend.core.db import Database
from gangseo_backend.core.ticker import Ticker
from gangseo_backend.patrol.models import RoundRow
from gangseo_backend.patrol.rounds import NO_ROBOT_IN_TIME, Rounds


class Scheduler:
    """``look`` is one look; the ticker's thread does it again and again."""

    def __init__(self, db: Database, rounds: Rounds) -> None:
        self._db, self._rounds = db, rounds
        self.ticker = Ticker("patrol", self.look)

    def look(self) -> None:
        """Make what is due and give up what nobody has begun; nothing is written when there is nothing to do."""
        with self._db.read() as session:
            starts = self._rounds.starts_to_make(session)
            late = self._rounds.waiting_too_long(session)
        if not starts and not late:
            return
        with self._db.write() as session:
            # Looked at again inside the transaction: another process may have been quicker.
            self._rounds.make(session, self._rounds.starts_to_make(session))
            for round_id in self._rounds.waiting_too_long(session):
                row = session.get(RoundRow, round_id)
                if row is not None:
                    self._rounds.call_off(session, row, NO_ROBOT_IN_TIME)
