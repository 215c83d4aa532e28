"""Every frame of the stream, for the console's generated types."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from gangseo_backend.core.facts import EventPublic
from gangseo_backend.delivery.public import DeliveryPublic, Follow, ShopDelivery
from gangseo_backend.fleet.public import IncidentPublic, MissionPublic, RobotPublic
from gangseo_backend.fleet.public_control import FleetStopPublic
from gangseo_backend.recycling.public import CallPublic


class SnapshotFrame(BaseModel):
    """First frame after a log-in: everything that is open."""

    type: Literal["snapshot"]
    robots: list[RobotPublic]
    missions: list[MissionPublic]
    calls: list[CallPublic]
    deliveries: list[DeliveryPublic]
    incidents: list[IncidentPublic]
    events: list[EventPublic]
    fleet_stop: FleetStopPublic | None


class RobotFrame(BaseModel):
    """A robot changed; at most five a second for each."""

    type: Literal["robot"]
    robot: RobotPublic


class MissionFrame(BaseModel):
    """A mission changed."""

    type: Literal["mission"]
    mission: MissionPublic


class CallFrame(BaseModel):
    """A call changed; the first frame for a ticket with an open call."""

    type: Literal["call"]
    call: CallPublic


class DeliveryFrame(BaseModel):
    """A delivery changed."""

    type: Literal["delivery"]
    delivery: DeliveryPublic


class ShopDeliveryFrame(BaseModel):
    """For a shop's ticket: one of its deliveries changed; the first frames are those that are open."""

    type: Literal["shop_delivery"]
    delivery: ShopDelivery


class FollowFrame(BaseModel):
    """For a follow link: its delivery changed."""

    type: Literal["follow"]
    delivery: Follow


class IncidentFrame(BaseModel):
    """An incident changed."""

    type: Literal["incident"]
    incident: IncidentPublic


class CollectionRoundFrame(BaseModel):
    """Something about a collecting round is new: whoever shows it reads it again."""

    type: Literal["collection_round"]
    round_id: str


class EventFrame(BaseModel):
    """Something happened."""

    type: Literal["event"]
    event: EventPublic


class FleetStopFrame(BaseModel):
    """The emergency stop of all robots was pressed, or released (None)."""

    type: Literal["fleet_stop"]
    stop: FleetStopPublic | None


class RobotPositionFrame(BaseModel):
    """For a ticket: where the robot of its call or delivery is."""

    type: Literal["robot_position"]
    robot_id: str
    x: float
    y: float
    eta_s: float | None


class HeartbeatFrame(BaseModel):
    """Every five seconds."""

    type: Literal["heartbeat"]
    at: datetime


class TicketHello(BaseModel):
    """First frame the page of a resident, shop or recipient sends."""

    ticket: str


StreamFrame = Annotated[
    SnapshotFrame
    | RobotFrame
    | MissionFrame
    | CallFrame
    | DeliveryFrame
    | ShopDeliveryFrame
    | FollowFrame
    | IncidentFrame
    | CollectionRoundFrame
    | EventFrame
    | FleetStopFrame
    | RobotPositionFrame
    | HeartbeatFrame,
    Field(discriminator="type"),
]
