"""What is old is deleted: at start and once a day, each kind in one audited transaction."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from gangseo_backend.core import audit
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database
from gangseo_backend.core.telemetry import RETENTION_DELETED

EVERY = timedelta(days=1)
YEAR = timedelta(days=365.25)
_LOOK_S = 60.0
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one kind of rows is kept; ``prune`` deletes what ended before a moment and tells how many."""

    kind: str
    keep: timedelta
    prune: Callable[[Session, datetime], int]


class Retention:
    """The daily job."""

    def __init__(self, db: Database, clock: Clock, rules: Sequence[Rule]) -> None:
        self._db = db
        self._clock = clock
        self._rules = tuple(rules)
        self._ran_at: datetime | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Run now and then every day."""
        self._thread = threading.Thread(target=self._run, name="retention", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the rule in hand and end."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.run_if_due()
            except (SQLAlchemyError, OSError):
                _log.exception("retention_failed")
            self._stop.wait(_LOOK_S)

    def run_if_due(self) -> bool:
        """Run when a day has gone by; a run that failed is due again at once."""
        now = self._clock.now()
        if self._ran_at is not None and now - self._ran_at < EVERY:
            return False
        for rule in self._rules:
            if self._stop.is_set():
                return False
            self._apply(rule, now)
        self._ran_at = now
        return True

    def _apply(self, rule: Rule, now: datetime) -> None:
        before = now - rule.keep
        with self._db.write() as session:
            deleted = rule.prune(session, before)
            if deleted:
                details = {"deleted": deleted, "before": before.isoformat(timespec="seconds")}
                audit.append(
                    session, self._clock, actor="system", action="retention", subject=rule.kind, details=details
                )
        if deleted:
            RETENTION_DELETED.labels(rule.kind).inc(deleted)
            _log.info("retention", kind=rule.kind, deleted=deleted)
