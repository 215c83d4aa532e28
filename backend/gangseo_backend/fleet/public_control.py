"""Who is in control: API and stream models of takeovers and of the stop of the whole fleet."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gangseo_protocol.drive import HAND_BACK_MPS, HAND_MPS, HAND_RADPS

Reason = Annotated[str, Field(min_length=1, max_length=500, description="Why, for the record")]


class TakeoverState(StrEnum):
    """``requested``: the robot has not confirmed yet; ``lapsed``: nobody renewed it, the robot stands."""

    REQUESTED = "requested"
    HELD = "held"
    LAPSED = "lapsed"


class TakeoverEnd(StrEnum):
    """How a takeover ended; ``superseded``: it had lapsed and somebody took over anew."""

    RELEASED = "released"
    FORCED = "forced"
    HANDED_OVER = "handed_over"
    SUPERSEDED = "superseded"


class TakeoverPublic(BaseModel):
    """One named person in control of a robot; its id is the lease the robot knows."""

    id: str
    robot_id: str
    holder: str
    reason: str
    state: TakeoverState
    since: datetime
    lease_until: datetime
    offered_to: str | None


class TakeoverRecord(TakeoverPublic):
    """A takeover for the record, with how it ended."""

    ended_at: datetime | None
    ended_by: str | None
    outcome: TakeoverEnd | None
    end_reason: str | None


class FleetStopPublic(BaseModel):
    """The emergency stop of every robot of the site."""

    id: str
    since: datetime
    by: str
    reason: str


class ControlInput(BaseModel):
    """Base of bodies: no coercion, no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class WithReason(ControlInput):
    """Body of what is done for a reason."""

    reason: Reason


class HandOver(ControlInput):
    """Body of an offer: the user name of who is to take the robot."""

    to: Annotated[str, Field(min_length=1, max_length=64)]


class DriveFrame(ControlInput):
    """What the holder's console sends while a key is pressed: m/s, rad/s, and its own clock in milliseconds."""

    v: Annotated[float, Field(ge=-HAND_BACK_MPS, le=HAND_MPS, allow_inf_nan=False)]
    w: Annotated[float, Field(ge=-HAND_RADPS, le=HAND_RADPS, allow_inf_nan=False)]
    sequence: Annotated[int, Field(ge=0, le=2**53)]
    at: Annotated[float, Field(ge=0, allow_inf_nan=False)]
