"""What residents and operators see of calls: API and stream models."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gangseo_backend.core.texts import KeyedText, LocalText

Language = Literal["ko", "en"]


class CallState(StrEnum):
    """Life of a call; the last three are final."""

    QUEUED = "queued"
    ASSIGNED = "assigned"
    ARRIVED = "arrived"
    SERVED = "served"
    CANCELED = "canceled"
    FAILED = "failed"


class CallPublic(BaseModel):
    """A resident's request and where it stands."""

    id: str
    spot_id: str
    spot_name: LocalText
    state: CallState
    queue_position: int | None
    reason: KeyedText | None
    robot_id: str | None
    robot_name: LocalText | None
    eta_s: float | None
    countdown_s: float | None
    mission_id: str | None
    created_at: datetime
    updated_at: datetime


class CallCreate(BaseModel):
    """Body of a call; the spot is the ticket's."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    language: Language = "ko"


class TicketCreate(BaseModel):
    """Body of a ticket: what the QR code says after ``/s/``."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    spot_token: Annotated[str, Field(min_length=1, max_length=200)]


class SpotBrief(BaseModel):
    """A spot as the resident's page needs it."""

    spot_id: str
    name: LocalText
    x: float
    y: float


class TicketPublic(BaseModel):
    """A short-lived right to call for one spot."""

    ticket: str
    expires_at: datetime
    spot: SpotBrief
    open_call: CallPublic | None


class SpotPublic(SpotBrief):
    """A spot with the address its QR code opens."""

    node_id: str
    page_url: str
