"""Values that several messages share."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from gangseo_protocol.base import Timestamp, WireModel
from gangseo_protocol.topics import MANUFACTURER, VERSION

Angle = Annotated[float, Field(ge=-3.14159265359, le=3.14159265359)]
Sequence = Annotated[int, Field(ge=0)]


class Header(WireModel):
    """What every message begins with."""

    header_id: int = Field(ge=0)
    timestamp: Timestamp
    version: str = VERSION
    manufacturer: str = MANUFACTURER
    serial_number: str


class BlockingType(StrEnum):
    """How an action goes together with driving and other actions."""

    NONE = "NONE"
    SOFT = "SOFT"
    SINGLE = "SINGLE"
    HARD = "HARD"


class ActionParameter(WireModel):
    """A named value of any JSON type."""

    key: str
    value: list[Any] | bool | int | float | str | dict[str, Any]


class Action(WireModel):
    """Something to do at a node or on an edge."""

    action_type: str
    action_id: str
    action_descriptor: str | None = None
    blocking_type: BlockingType
    action_parameters: tuple[ActionParameter, ...] | None = None
    retriable: bool | None = None


class InstantAction(WireModel):
    """Something to do now."""

    action_type: str
    action_id: str
    action_descriptor: str | None = None
    blocking_type: Literal["NONE"] = "NONE"
    action_parameters: tuple[ActionParameter, ...] | None = None


class ControlPoint(WireModel):
    """A NURBS control point."""

    x: float
    y: float
    weight: float | None = None


class Trajectory(WireModel):
    """A NURBS; degree 1 is a polyline."""

    degree: int | None = Field(default=None, ge=1)
    knot_vector: tuple[Annotated[float, Field(ge=0, le=1)], ...] | None = None
    control_points: tuple[ControlPoint, ...]


class AllowedDeviation(WireModel):
    """Ellipse around a node within which it counts as reached."""

    a: float = Field(ge=0)
    b: float = Field(ge=0)
    theta: float = Field(ge=-1.570796327, le=1.570796327)


class NodePosition(WireModel):
    """Where a node is; orders may bound the deviation."""

    x: float
    y: float
    theta: Angle | None = None
    allowed_deviation_xy: AllowedDeviation | None = Field(default=None, alias="allowedDeviationXY")
    allowed_deviation_theta: float | None = Field(default=None, ge=0, le=3.141592654)
    map_id: str
