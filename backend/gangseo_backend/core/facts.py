"""Facts people read in the event list: what happened, past tense."""

from datetime import datetime

from pydantic import BaseModel
from sqlmodel import Field, Session, SQLModel, col, delete

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import UTCDateTime, after_commit
from gangseo_backend.core.ids import new_id
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.texts import KeyedText


class FactRow(SQLModel, table=True):
    """One fact."""

    __tablename__ = "events"

    id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    kind: str
    text_key: str
    text_ko: str
    text_en: str
    robot_id: str | None = None
    mission_id: str | None = None
    call_id: str | None = None


class EventPublic(BaseModel):
    """A fact, past tense."""

    id: str
    at: datetime
    kind: str
    text: KeyedText
    robot_id: str | None
    mission_id: str | None
    call_id: str | None


class EventMessage(BaseModel):
    """The fact's frame on the stream."""

    type: str = "event"
    event: EventPublic


def public_fact(row: FactRow) -> EventPublic:
    """The fact as people see it."""
    return EventPublic(
        id=row.id,
        at=row.at,
        kind=row.kind,
        text=KeyedText(key=row.text_key, ko=row.text_ko, en=row.text_en),
        robot_id=row.robot_id,
        mission_id=row.mission_id,
        call_id=row.call_id,
    )


class FactRecorder:
    """Stores facts in the caller's transaction and tells the stream after it."""

    def __init__(self, clock: Clock, hub: StreamHub) -> None:
        self._clock = clock
        self._hub = hub

    def record(
        self,
        session: Session,
        kind: str,
        text: KeyedText,
        *,
        robot_id: str | None = None,
        mission_id: str | None = None,
        call_id: str | None = None,
    ) -> None:
        """Store one fact."""
        row = FactRow(
            id=new_id(), at=self._clock.now(), kind=kind, text_key=text.key, text_ko=text.ko, text_en=text.en,
            robot_id=robot_id, mission_id=mission_id, call_id=call_id,
        )  # fmt: skip
        session.add(row)
        message = EventMessage(event=public_fact(row))
        after_commit(session, lambda: self._hub.tell(message))


def prune(session: Session, before: datetime) -> int:
    """Facts from before a moment."""
    return session.exec(delete(FactRow).where(col(FactRow.at) < before)).rowcount
