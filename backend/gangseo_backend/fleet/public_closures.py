"""What people tell the fleet of the place: closed areas, the weather."""

from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, FiniteFloat

from gangseo_backend.fleet.public import Reason, StrictInput

Corner = Annotated[list[FiniteFloat], Field(min_length=2, max_length=2)]
"""x and y, metres."""


class ClosureCreate(StrictInput):
    """Body of a closure: corners of the area in metres of the map, and until when."""

    vertices: Annotated[list[Annotated[Corner, Field(strict=False)]], Field(min_length=3, max_length=100)]
    until: Annotated[AwareDatetime, Field(strict=False)]
    reason: Reason


class ClosurePublic(BaseModel):
    """An area people closed."""

    id: str
    vertices: list[Corner]
    reason: str
    until: datetime
    made_by: str
    created_at: datetime
    ended_at: datetime | None
    ended_by: str | None


class WeatherInput(StrictInput):
    """Body of the weather: degrees Celsius."""

    temperature_c: Annotated[FiniteFloat, Field(ge=-40, le=50, strict=False)]


class WeatherPublic(BaseModel):
    """The weather as somebody said it; ``capacity`` is the share of the battery that is there, 0..1."""

    temperature_c: float
    said_at: datetime
    said_by: str
    holds_until: datetime
    capacity: float


class CapacityPoint(BaseModel):
    """Share of the battery that is there at a temperature, 0..1."""

    temperature_c: float
    capacity: float


class ColdPublic(BaseModel):
    """What the cold takes: shares between the points lie on straight lines, outside them the nearest holds."""

    points: list[CapacityPoint]
    reserve_percent: float
    """Of charge, that no mission is planned with."""
