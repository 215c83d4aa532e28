"""Append-only, hash-chained record of who did what; triggers forbid changing it.

Entries older than the retention go from the chain's beginning; an anchor keeps the last deleted hash,
so that what is left can still be proved.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, delete, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import UTCDateTime

_CHAIN_LOCK = 7_310_002
_GENESIS = "0" * 64


class AuditRow(SQLModel, table=True):
    """One entry of the chain."""

    __tablename__ = "audit"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    actor: str
    action: str
    subject: str
    details: str
    previous_hash: str
    hash: str = Field(unique=True)


class AuditAnchorRow(SQLModel, table=True):
    """Where the chain was cut: the last deleted entry. Triggers let only entries up to it be deleted."""

    __tablename__ = "audit_anchors"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: str
    at: datetime = Field(sa_type=UTCDateTime, nullable=False)


def append(
    session: Session, clock: Clock, *, actor: str, action: str, subject: str, details: dict[str, Any] | None = None
) -> None:
    """Add an entry inside the caller's write transaction.

    SQLite's write transactions are exclusive (BEGIN IMMEDIATE); PostgreSQL takes an advisory lock until commit.
    """
    _lock(session)
    last = session.exec(select(AuditRow).order_by(col(AuditRow.seq).desc()).limit(1)).first() or _anchor(session)
    row = AuditRow(
        seq=last.seq + 1 if last else 1,
        at=clock.now().replace(microsecond=clock.now().microsecond // 1000 * 1000),
        actor=actor,
        action=action,
        subject=subject,
        details=json.dumps(details or {}, sort_keys=True, ensure_ascii=False),
        previous_hash=last.hash if last else _GENESIS,
        hash="",
    )
    row.hash = digest(row)
    session.add(row)
    session.flush()


def digest(row: AuditRow) -> str:
    """SHA-256 over the entry and the hash before it."""
    parts = [row.seq, row.at.isoformat(), row.actor, row.action, row.subject, row.details, row.previous_hash]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def prune(session: Session, clock: Clock, before: datetime) -> int:
    """Cut off the entries before a moment inside the caller's write transaction; gives how many they were."""
    _lock(session)
    kept = session.exec(select(AuditRow.seq).where(AuditRow.at >= before).order_by(col(AuditRow.seq)).limit(1)).first()
    query = select(AuditRow).order_by(col(AuditRow.seq).desc()).limit(1)
    last = session.exec(query.where(AuditRow.seq < kept) if kept is not None else query).first()
    if last is None:
        return 0
    session.add(AuditAnchorRow(seq=last.seq, hash=last.hash, at=clock.now()))
    session.flush()
    return session.exec(delete(AuditRow).where(col(AuditRow.seq) <= last.seq)).rowcount


def first_broken(session: Session) -> int | None:
    """Sequence number of the first entry that does not fit the chain; None when all fit."""
    anchor = _anchor(session)
    previous, first = (anchor.hash, anchor.seq + 1) if anchor else (_GENESIS, 1)
    for expected, row in enumerate(session.exec(select(AuditRow).order_by(col(AuditRow.seq))), start=first):
        if row.seq != expected or row.previous_hash != previous or row.hash != digest(row):
            return expected
        previous = row.hash
    return None


def _anchor(session: Session) -> AuditAnchorRow | None:
    return session.exec(select(AuditAnchorRow).order_by(col(AuditAnchorRow.seq).desc()).limit(1)).first()


def _lock(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
