"""What people see of collecting rounds: API and stream models."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_protocol.actions import Stream


class CollectionState(StrEnum):
    """Life of a collecting round; the last two are final."""

    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELED = "canceled"


class StopState(StrEnum):
    """Life of one of its stops; the last four are final. ``LEFT_OUT``: its time was over before a robot came."""

    WAITING = "waiting"
    ASSIGNED = "assigned"
    ARRIVED = "arrived"
    DONE = "done"
    CANCELED = "canceled"
    FAILED = "failed"
    LEFT_OUT = "left_out"


Litres = dict[Stream, Annotated[float, Field(ge=0, le=400, allow_inf_nan=False)]]
"""By bin stream; what is not named is 0."""


class StopCreate(BaseModel):
    """A spot of a round; without ``litres`` what is usual there."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    spot_id: Annotated[str, Field(min_length=1, max_length=64)]
    litres: Litres | None = None


class CollectionCreate(BaseModel):
    """Body of a round: its spots, or (None) all that are in no open round.

    Nothing is begun after ``latest_at``; without it, after as long as rounds last by the settings.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    spots: Annotated[list[StopCreate], Field(min_length=1, max_length=500)] | None = None
    latest_at: Annotated[AwareDatetime, Field(strict=False)] | None = None


class SpotLitres(BaseModel):
    """What a visit at a spot usually brings, and from how many visits that was learnt (0: it is the usual guess).

    ``in_round``: it is in an open round.
    """

    spot_id: str
    name: LocalText
    x: float
    y: float
    litres: Litres
    visits: int
    in_round: bool


class PlannedVisit(BaseModel):
    """A spot or (no ``spot_id``) a depot on a tour."""

    spot_id: str | None
    name: LocalText
    x: float
    y: float
    arrive_at: datetime


class PlannedTour(BaseModel):
    """What one robot would do; ``path`` in metres of the map."""

    robot_id: str
    robot_name: LocalText
    visits: list[PlannedVisit]
    metres: float
    home_at: datetime
    path: list[tuple[float, float]]


class SpotLeftOut(BaseModel):
    """A spot that nobody could visit, and why."""

    spot_id: str
    name: LocalText
    reason: KeyedText


class CollectionForecast(BaseModel):
    """How a round would go if it began now."""

    tours: list[PlannedTour]
    left_out: list[SpotLeftOut]


class StopPublic(BaseModel):
    """One stop. ``robot_id`` of a waiting one: who will probably come; ``expected_at``: when a robot is there."""

    id: str
    spot_id: str
    spot_name: LocalText
    x: float
    y: float
    state: StopState
    litres: Litres
    collected: Litres | None
    robot_id: str | None
    robot_name: LocalText | None
    expected_at: datetime | None
    reason: KeyedText | None
    mission_id: str | None
    arrived_at: datetime | None
    ended_at: datetime | None


class CollectionPublic(BaseModel):
    """A round; ``due_at``: its start in the timetable, if it came from there; ``stops_left``: ended without a visit."""

    id: str
    state: CollectionState
    due_at: datetime | None
    latest_at: datetime
    made_by: str
    cancel_requested: bool
    stops: int
    stops_done: int
    stops_left: int
    created_at: datetime
    ended_at: datetime | None


class CollectionDetail(CollectionPublic):
    """A round with its stops: those under way first, then those that wait in the order robots come, then the rest."""

    stop_list: list[StopPublic]


class CollectionMessage(BaseModel):
    """The round's frame on the stream: something about it is new."""

    type: Literal["collection_round"] = "collection_round"
    round_id: str
