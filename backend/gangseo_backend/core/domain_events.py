"""What domains tell each other: typed facts and wishes, stored with the change they belong to."""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_protocol.actions import NodeAction


class DomainEvent(BaseModel, ABC):
    """Base of every event; ``event_type`` names it in the outbox, ``subject`` keeps its order."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    event_type: ClassVar[str]

    @property
    @abstractmethod
    def subject(self) -> str:
        """Events of one subject are handled in the order they were stored."""


class Work(BaseModel):
    """One thing a robot does where a leg ends: an action of ``gangseo_protocol.actions`` and its parameters."""

    model_config = ConfigDict(frozen=True)

    kind: str
    parameters: dict[str, Any] = Field(default_factory=dict)

    @classmethod
    def of(cls, action: NodeAction) -> Self:
        """The action as it is stored."""
        return cls(kind=action.action_type, parameters=action.model_dump(mode="json", exclude={"action_type"}))


class Leg(BaseModel):
    """A drive to a node and what is done there.

    ``only_after``: done only when the leg before ended with this result. ``goods``: somebody's goods are on board
    meanwhile, so no other robot can take over. ``after_cancel``: what a cancel with goods on board leads to.
    """

    model_config = ConfigDict(frozen=True)

    node_id: str
    work: tuple[Work, ...] = ()
    only_after: str | None = None
    goods: bool = False
    after_cancel: bool = False


class TourWish(BaseModel):
    """What a stop of a round is expected to bring, litres by stream, and until when it is worth a visit."""

    model_config = ConfigDict(frozen=True)

    litres: dict[str, float] = Field(default_factory=dict)
    latest_at: datetime | None = None


MissionPurpose = Literal["collect", "round", "deliver", "patrol"]


class MissionRequested(DomainEvent):
    """A call, a delivery or a round needs a robot; ``call_id`` is its id in the domain that asks.

    ``tour``: for a stop of a collecting round, which robots do one after another as the fleet plans it.
    """

    event_type: ClassVar[str] = "mission_requested"

    call_id: str
    purpose: MissionPurpose = "collect"
    legs: tuple[Leg, ...] = Field(min_length=1)
    tour: TourWish | None = None

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


MissionStage = Literal["queued", "assigned", "near", "arrived", "leg_done", "finished", "canceled", "failed"]


class MissionChanged(DomainEvent):
    """A mission for a call came to a new stage.

    ``leg``: the one under way, from 0. ``result``: what the robot says of it at ``leg_done``. ``near``: the robot is
    about to arrive. ``assigned`` to a later leg: it turned to it before the one under way had ended.
    ``collected``: litres by stream that came into the bins, at ``finished`` where that is known.
    """

    event_type: ClassVar[str] = "mission_changed"

    call_id: str
    mission_id: str
    stage: MissionStage
    leg: int = 0
    result: str | None = None
    robot_id: str | None = None
    robot_name: LocalText | None = None
    reason: KeyedText | None = None
    collected: dict[str, float] | None = None

    @property
    def subject(self) -> str:
        """The call."""
        return self.call_id


class CompartmentWish(DomainEvent):
    """The robot that stands where a leg of this call ends is to open or close the compartment of its goods."""

    event_type: ClassVar[str] = "compartment_wish"

    call_id: str
    request_id: str
    opens: bool

    @property
    def subject(self) -> str:
        """The call."""
        return self.call_id


class CompartmentAnswered(DomainEvent):
    """What became of a wish: the robot did it, or refused it, or was not there."""

    event_type: ClassVar[str] = "compartment_answered"

    call_id: str
    request_id: str
    done: bool

    @property
    def subject(self) -> str:
        """The call."""
        return self.call_id


class GoodsLeftOnBoard(DomainEvent):
    """A call is over, or may be, and its goods are still on a robot: a person has to fetch them."""

    event_type: ClassVar[str] = "goods_left_on_board"

    call_id: str
    robot_id: str
    mission_id: str | None = None
    reason: LocalText

    @property
    def subject(self) -> str:
        """The call."""
        return self.call_id


class GoodsOffBoard(DomainEvent):
    """The goods of a call are off its robot, which may take others again; ``by``: the person who says so, if one."""

    event_type: ClassVar[str] = "goods_off_board"

    call_id: str
    by: str | None = None
    note: str = ""

    @property
    def subject(self) -> str:
        """The call."""
        return self.call_id


EVENT_TYPES: dict[str, type[DomainEvent]] = {
    event.event_type: event
    for event in (
        MissionRequested, MissionCancelRequested, MissionChanged,
        CompartmentWish, CompartmentAnswered, GoodsLeftOnBoard, GoodsOffBoard,
    )
}  # fmt: skip


def event_from(event_type: str, payload: dict[str, Any]) -> DomainEvent:
    """The typed event behind a stored one.

    Raises:
        KeyError: nobody knows this type.
    """
    return EVENT_TYPES[event_type].model_validate(payload)
