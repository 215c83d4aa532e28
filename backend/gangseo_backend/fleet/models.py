"""Rows of the fleet."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from gangseo_backend.core.db import UTCDateTime, text_enum
from gangseo_backend.fleet.public import (
    CommandKind,
    CommandState,
    IncidentState,
    MissionKind,
    MissionState,
    StepState,
)
from gangseo_backend.fleet.states import OrderState


class RobotRow(SQLModel, table=True):
    """A robot and the last of what it said."""

    __tablename__ = "robots"

    robot_id: str = Field(primary_key=True)
    charger_id: str
    connection_state: str = "OFFLINE"
    connection_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    state_json: str | None = Field(default=None, sa_type=sa.Text, nullable=True)
    state_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    idle_since: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    last_utterance_id: str | None = None


class MissionRow(SQLModel, table=True):
    """Legs for one robot, each with its steps; ``leg`` is under way and leads to ``target_node_id``.

    ``turn``: which of the missions that its robot has comes first, the least; those with goods on board may wait.
    ``near_leg``: the last leg whose end the robot was told to be near to. ``litres_before``: what the bins held when
    the robot was given a mission that fills them.
    """

    __tablename__ = "missions"
    __table_args__ = (
        sa.Index(
            "one_open_mission_per_call",
            "call_id",
            unique=True,
            sqlite_where=sa.text("state IN ('queued', 'assigned', 'active')"),
            postgresql_where=sa.text("state IN ('queued', 'assigned', 'active')"),
        ),
    )

    id: str = Field(primary_key=True)
    kind: MissionKind = Field(sa_type=text_enum(MissionKind, "mission_kind"))
    state: MissionState = Field(sa_type=text_enum(MissionState, "mission_state"), index=True)
    robot_id: str | None = Field(default=None, index=True)
    call_id: str | None = None
    target_node_id: str
    legs: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)
    leg: int = 0
    turn: int = 0
    near_leg: int = -1
    reason_key: str | None = None
    reason_values: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON, nullable=False)
    attempt: int = 0
    arrived: bool = False
    litres_before: dict[str, float] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True), nullable=True)
    excluded: list[str] = Field(default_factory=list, sa_type=sa.JSON, nullable=False)
    cancel_reason_key: str | None = None
    cancel_requested_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    assigned_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    started_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    arrived_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in {MissionState.QUEUED, MissionState.ASSIGNED, MissionState.ACTIVE}

    @property
    def goods(self) -> bool:
        """Whether somebody's goods are on board during the leg under way."""
        return self.leg < len(self.legs) and bool(self.legs[self.leg]["goods"])


class TourStopRow(SQLModel, table=True):
    """How a stop of a round is to be done: by which robot, as its how-manieth, when, and after which depot.

    No ``robot_id``: not planned, or nobody can do it now (``reason_key``). ``promised_at``: the first ``arrive_at``.
    """

    __tablename__ = "tour_stops"

    mission_id: str = Field(primary_key=True, foreign_key="missions.id")
    litres: dict[str, float] = Field(default_factory=dict, sa_type=sa.JSON, nullable=False)
    latest_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    robot_id: str | None = None
    number: int = 0
    arrive_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    promised_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    via_depot: str | None = None
    reason_key: str | None = None


class StepRow(SQLModel, table=True):
    """One step of a mission's leg; ``parameters`` are those of its action, ``result`` what the robot says of it."""

    __tablename__ = "mission_steps"

    mission_id: str = Field(primary_key=True, foreign_key="missions.id")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    leg: int = 0
    kind: str
    state: StepState = Field(sa_type=text_enum(StepState, "step_state"))
    result: str | None = None
    node_id: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON, nullable=False)


class OrderRow(SQLModel, table=True):
    """A VDA 5050 order for one leg of a mission: the route, how far it is released and how far the robot is.

    ``first`` is the index of the first node of the newest message, ``released`` of the last released node,
    ``passed`` of the last node the robot has reached.
    """

    __tablename__ = "orders"

    order_id: str = Field(primary_key=True)
    mission_id: str = Field(foreign_key="missions.id", index=True)
    leg: int = 0
    robot_id: str = Field(index=True)
    state: OrderState = Field(sa_type=text_enum(OrderState, "order_state"), index=True)
    update_id: int = 0
    route: list[str] = Field(sa_type=sa.JSON, nullable=False)
    edges: list[str] = Field(sa_type=sa.JSON, nullable=False)
    first: int = 0
    released: int = 0
    passed: int = 0
    sends: int = 0
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    unanswered_since: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    cancel_requested_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    cancel_sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    progressed_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)

    @property
    def open(self) -> bool:
        """Whether the robot may still be at it."""
        return self.state in {OrderState.SENT, OrderState.ACCEPTED, OrderState.CANCELING}


class CommandRow(SQLModel, table=True):
    """A command; its id is the VDA 5050 action id, so a repeat changes nothing. ``call_id``: of what goods."""

    __tablename__ = "commands"

    command_id: str = Field(primary_key=True)
    robot_id: str = Field(index=True)
    kind: CommandKind = Field(sa_type=text_enum(CommandKind, "command_kind"))
    state: CommandState = Field(sa_type=text_enum(CommandState, "command_state"), index=True)
    reason: str
    actor: str
    call_id: str | None = None
    result: str | None = None
    requested_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)


class IncidentRow(SQLModel, table=True):
    """Something that needs a person."""

    __tablename__ = "incidents"

    id: str = Field(primary_key=True)
    kind: str
    state: IncidentState = Field(sa_type=text_enum(IncidentState, "incident_state"), index=True)
    text_key: str
    text_ko: str
    text_en: str
    robot_id: str | None = None
    mission_id: str | None = None
    call_id: str | None = None
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    acknowledged_by: str | None = None
    resolved_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    resolved_by: str | None = None
    note: str = ""


class RecordingRow(SQLModel, table=True):
    """What the event recorder had of a robot at an incident."""

    __tablename__ = "recordings"

    incident_id: str = Field(primary_key=True)
    robot_id: str
    moments: list[dict[str, Any]] = Field(sa_type=sa.JSON, nullable=False)


class GoodsHeldRow(SQLModel, table=True):
    """Goods of a call that nobody has said are off a robot: until then it takes no other call."""

    __tablename__ = "goods_held"

    call_id: str = Field(primary_key=True)
    robot_id: str
    since: datetime = Field(sa_type=UTCDateTime, nullable=False)


class BlockedLaneRow(SQLModel, table=True):
    """A lane that a robot found blocked."""

    __tablename__ = "blocked_lanes"

    lane_id: str = Field(primary_key=True)
    robot_id: str
    until: datetime = Field(sa_type=UTCDateTime, nullable=False)


class ClosureRow(SQLModel, table=True):
    """An area that people closed for a while; ``vertices`` are its corners, [x, y] in metres."""

    __tablename__ = "closures"

    id: str = Field(primary_key=True)
    vertices: list[list[float]] = Field(sa_type=sa.JSON, nullable=False)
    reason: str
    until: datetime = Field(sa_type=UTCDateTime, nullable=False)
    made_by: str
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime, nullable=True)
    ended_by: str | None = None


class WeatherRow(SQLModel, table=True):
    """How warm it is outdoors, as somebody said it: one row."""

    __tablename__ = "weather"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    temperature_c: float
    said_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    said_by: str


class ZoneGrantRow(SQLModel, table=True):
    """Who may be in a RELEASE zone, and until when."""

    __tablename__ = "zone_grants"

    zone_id: str = Field(primary_key=True)
    robot_id: str
    request_id: str
    lease_expiry: datetime = Field(sa_type=UTCDateTime, nullable=False)


class RobotPlanRow(SQLModel, table=True):
    """The way of one robot as it was when it was last found, changed or released; times alone are not stored."""

    __tablename__ = "robot_plans"

    robot_id: str = Field(primary_key=True)
    plan: list[Any] = Field(sa_type=sa.JSON, nullable=False)


class RobotDayRow(SQLModel, table=True):
    """What one robot did on one day at the place; seconds of the wall clock."""

    __tablename__ = "robot_days"

    day: str = Field(primary_key=True)
    robot_id: str = Field(primary_key=True)
    distance_m: float = 0.0
    online_s: float = 0.0
    driving_s: float = 0.0
    busy_s: float = 0.0
    charge_used: float = 0.0
