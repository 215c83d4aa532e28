"""Rows of what a robot must have to be sent out, and of the weather it is sent out in."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from gangseo_backend.core.db import UTCDateTime, text_enum
from gangseo_backend.fleet.public_law import PaperKind


class PaperRow(SQLModel, table=True):
    """Insurance or certificate of a robot."""

    __tablename__ = "robot_papers"

    robot_id: str = Field(primary_key=True)
    kind: PaperKind = Field(sa_type=text_enum(PaperKind, "paper_kind"), primary_key=True)
    number: str
    valid_until: date
    updated_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    updated_by: str


class WeatherRow(SQLModel, table=True):
    """How warm it is outdoors, as somebody said it: one row."""

    __tablename__ = "weather"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    temperature_c: float
    said_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    said_by: str
