"""What domains tell each other: typed facts and wishes, stored with the change they belong to."""

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from gangseo_backend.core.texts import KeyedText, LocalText


class DomainEvent(BaseModel):
    """Base of every event; ``event_type`` names it in the outbox, ``subject`` keeps its order."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    event_type: ClassVar[str]

    @property
    def subject(self) -> str:
        """Events of one subject are handled in the order they were stored."""
        raise NotImplementedError


class MissionRequested(DomainEvent):
    """A call needs a robot at a node."""

    event_type: ClassVar[str] = "mission_requested"

    call_id: str
    spot_id: str
    node_id: str
    language: Literal["ko", "en"]

    @property
    def subject(self) -> str:
        """The call."""
        return self.call_id


class MissionCancelRequested(DomainEvent):
    """A call was taken back."""

    event_type: ClassVar[str] = "mission_cancel_requested"

    call_id: str

    @property
    def subject(self) -> str:
        """The call."""
        return self.call_id


MissionStage = Literal["queued", "assigned", "arrived", "finished", "canceled", "failed"]


class MissionChanged(DomainEvent):
    """A mission for a call came to a new stage."""

    event_type: ClassVar[str] = "mission_changed"

    call_id: str
    mission_id: str
    stage: MissionStage
    robot_id: str | None = None
    robot_name: LocalText | None = None
    reason: KeyedText | None = None

    @property
    def subject(self) -> str:
        """The call."""
        return self.call_id


EVENT_TYPES: dict[str, type[DomainEvent]] = {
    event.event_type: event for event in (MissionRequested, MissionCancelRequested, MissionChanged)
}


def event_from(event_type: str, payload: dict[str, Any]) -> DomainEvent:
    """The typed event behind a stored one.

    Raises:
        KeyError: nobody knows this type.
    """
    return EVENT_TYPES[event_type].model_validate(payload)
