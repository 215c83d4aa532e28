"""Short-lived rights to call: signed tokens whose hash is known to the database."""

import hashlib
from datetime import datetime, timedelta

import jwt
from sqlmodel import Session, select

from gangseo_backend.core.access import TicketPrincipal
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database
from gangseo_backend.core.ids import new_id
from gangseo_backend.recycling.models import TicketRow

_AUDIENCE = "gangseo-ticket"
KEEP = timedelta(days=1)


class Tickets:
    """Gives and checks tickets."""

    def __init__(self, db: Database, clock: Clock, key: str, minutes: float) -> None:
        self._db = db
        self._clock = clock
        # HS256 wants 32 bytes; the digest also keeps tickets and session cookies on different keys
        self._key = hashlib.sha256(f"ticket.{key}".encode()).digest()
        self._life = timedelta(minutes=minutes)

    def give(self, session: Session, spot_id: str) -> tuple[str, datetime]:
        """A new ticket for a spot and when it ends."""
        now = self._clock.now()
        expires_at = now + self._life
        ticket_id = new_id()
        claims = {"aud": _AUDIENCE, "jti": ticket_id, "sub": spot_id, "exp": int(expires_at.timestamp())}
        token = jwt.encode(claims, self._key, algorithm="HS256")
        session.add(
            TicketRow(id=ticket_id, token_hash=_hash(token), spot_id=spot_id, created_at=now, expires_at=expires_at)
        )
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
            row = session.exec(select(TicketRow).where(TicketRow.token_hash == _hash(token))).first()
        if row is None or row.id != claims.get("jti") or row.expires_at <= self._clock.now():
            return None
        return TicketPrincipal(row.id, row.spot_id)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
