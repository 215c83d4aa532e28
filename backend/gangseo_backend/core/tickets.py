"""Short-lived rights of somebody who opened a signed link: signed tokens whose hash is known to the database."""

import hashlib
from datetime import datetime, timedelta

import jwt
from sqlmodel import Field, Session, SQLModel, col, delete, select

from gangseo_backend.core.access import Holder, TicketPrincipal
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database, UTCDateTime, text_enum
from gangseo_backend.core.ids import new_id

_AUDIENCE = "gangseo-ticket"
KEEP = timedelta(days=1)


class TicketRow(SQLModel, table=True):
    """A ticket that was given; only its hash is kept."""

    __tablename__ = "tickets"

    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True)
    holder: Holder = Field(sa_type=text_enum(Holder, "ticket_holder"))
    subject: str
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    expires_at: datetime = Field(sa_type=UTCDateTime, nullable=False, index=True)


class Tickets:
    """Gives and checks tickets."""

    def __init__(self, db: Database, clock: Clock, key: str, minutes: float) -> None:
        self._db = db
        self._clock = clock
        # HS256 wants 32 bytes; the digest also keeps tickets and session cookies on different keys
        self._key = hashlib.sha256(f"ticket.{key}".encode()).digest()
        self._life = timedelta(minutes=minutes)

    def give(self, session: Session, holder: Holder, subject: str) -> tuple[str, datetime]:
        """A new ticket and when it ends."""
        now = self._clock.now()
        expires_at = now + self._life
        row_id = new_id()
        claims = {"aud": _AUDIENCE, "jti": row_id, "sub": subject, "exp": int(expires_at.timestamp())}
        token = jwt.encode(claims, self._key, algorithm="HS256")
        session.add(
            TicketRow(
                id=row_id, token_hash=token_hash(token), holder=holder, subject=subject, created_at=now,
                expires_at=expires_at,
            )
        )  # fmt: skip
        return token, expires_at

    def verify(self, token: str) -> TicketPrincipal | None:
        """Whose ticket this is; None when it is not ours or has run out."""
        try:
            # The injected clock decides about the end, not the machine's.
            claims = jwt.decode(
                token, self._key, algorithms=["HS256"], audience=_AUDIENCE, options={"verify_exp": False}
            )
        except jwt.InvalidTokenError:
            return None
        with self._db.read() as session:
            row = session.exec(select(TicketRow).where(TicketRow.token_hash == token_hash(token))).first()
        if row is None or row.id != claims.get("jti") or row.expires_at <= self._clock.now():
            return None
        return TicketPrincipal(row.id, row.holder, row.subject)


def token_hash(token: str) -> str:
    """What is stored of a token that nobody can guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def prune(session: Session, before: datetime) -> int:
    """Tickets that ran out before a moment."""
    return session.exec(delete(TicketRow).where(col(TicketRow.expires_at) < before)).rowcount
