"""Events stored with the change they belong to, handled later, at least once with one effect.

A handler's writes and the note "handled" are one transaction, so ``kill -9`` at any moment
leaves either both or none.
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from sqlmodel import Field, Session, SQLModel, col, delete, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database, UTCDateTime, after_commit, nested
from gangseo_backend.core.domain_events import DomainEvent, event_from
from gangseo_backend.core.telemetry import OUTBOX_HANDLED

_log = structlog.get_logger(__name__)
_RETRY_S = (0.2, 1.0, 5.0, 15.0, 60.0)
KEEP = timedelta(days=7)
Handler = Callable[[Session, Any], None]


class OutboxRow(SQLModel, table=True):
    """One stored event; ``done_at`` empty until every handler has had it."""

    __tablename__ = "outbox"

    seq: int | None = Field(default=None, primary_key=True)
    event_type: str
    subject: str
    payload: dict[str, Any] = Field(sa_type=sa.JSON, nullable=False)
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    due_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True, index=True)
    attempts: int = 0
    error: str | None = None


class Outbox:
    """Stores events and hands them to their handlers from one thread."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._handlers: dict[str, list[Handler]] = defaultdict(list)
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def subscribe(self, event: type[DomainEvent], handler: Handler) -> None:
        """Call ``handler(session, event)`` for every event of this type."""
        self._handlers[event.event_type].append(handler)

    def publish(self, session: Session, event: DomainEvent) -> None:
        """Store an event in the caller's transaction."""
        now = self._clock.now()
        session.add(
            OutboxRow(
                event_type=event.event_type,
                subject=event.subject,
                payload=event.model_dump(mode="json"),
                created_at=now,
                due_at=now,
            )
        )
        after_commit(session, self._wake.set)

    def start(self) -> None:
        """Begin handling, with what an earlier process left."""
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the event in hand and end."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                handled = self.handle_due()
            except sa.exc.SQLAlchemyError:
                _log.exception("outbox_database_failed")
                handled = 0
            if not handled:
                self._wake.wait(timeout=0.5)

    def handle_due(self, limit: int = 100) -> int:
        """Handle what is due now; gives how many were handled well."""
        handled = 0
        with self._db.read() as session:
            waiting = session.exec(
                select(OutboxRow).where(col(OutboxRow.done_at).is_(None)).order_by(col(OutboxRow.seq)).limit(limit)
            ).all()
        due = self._due(waiting)
        broken: list[tuple[OutboxRow, Exception]] = []
        if due:
            with self._db.write() as session:
                held: set[str] = set()
                for row in due:
                    if row.subject in held:
                        continue
                    err = self._handle(session, row)
                    if err is None:
                        handled += 1
                    else:
                        held.add(row.subject)
                        broken.append((row, err))
        for row, err in broken:
            self._postpone(row, err)
        return handled

    def _due(self, waiting: Sequence[OutboxRow]) -> list[OutboxRow]:
        """Rows whose time has come and whose subject has no earlier row that still waits."""
        now = self._clock.now()
        held: set[str] = set()
        due = []
        for row in waiting:
            if row.subject in held:
                continue
            if row.due_at > now:
                held.add(row.subject)
            else:
                due.append(row)
        return due

    def _handle(self, session: Session, row: OutboxRow) -> Exception | None:
        """All handlers of one event in a savepoint of the batch's transaction."""
        try:
            with nested(session):
                current = session.get(OutboxRow, row.seq)
                if current is None or current.done_at is not None:
                    return None
                event = event_from(row.event_type, row.payload)
                for handler in self._handlers[row.event_type]:
                    handler(session, event)
                current.done_at = self._clock.now()
                session.add(current)
        except Exception as err:  # noqa: BLE001 - a broken handler must not stop the others
            return err
        OUTBOX_HANDLED.labels(row.event_type, "done").inc()
        return None

    def _postpone(self, row: OutboxRow, err: Exception) -> None:
        OUTBOX_HANDLED.labels(row.event_type, "failed").inc()
        _log.error("outbox_handler_failed", seq=row.seq, event_type=row.event_type, exc_info=err)
        with self._db.write() as session:
            current = session.get(OutboxRow, row.seq)
            if current is None:
                return
            wait_s = _RETRY_S[min(current.attempts, len(_RETRY_S) - 1)]
            current.attempts += 1
            current.error = f"{type(err).__name__}: {err}"[:500]
            current.due_at = self._clock.now() + timedelta(seconds=wait_s)
            session.add(current)


def prune(session: Session, before: datetime) -> int:
    """Events that were handled before a moment."""
    return session.exec(delete(OutboxRow).where(col(OutboxRow.done_at) < before)).rowcount
