"""Looks at the timetables every second: what is due becomes a round once, whenever the process is killed."""

import threading

import structlog
from sqlalchemy.exc import SQLAlchemyError

from gangseo_backend.core.db import Database
from gangseo_backend.patrol.models import RoundRow
from gangseo_backend.patrol.rounds import NO_ROBOT_IN_TIME, Rounds

_LOOK_S = 1.0
_log = structlog.get_logger(__name__)


class Scheduler:
    """The thread; ``look`` is one look."""

    def __init__(self, db: Database, rounds: Rounds) -> None:
        self._db, self._rounds = db, rounds
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin with what came due while no process looked."""
        self._thread = threading.Thread(target=self._run, name="patrol", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the look in hand and end."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.look()
            except SQLAlchemyError:
                _log.exception("patrol_look_failed")
            self._stop.wait(_LOOK_S)

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
