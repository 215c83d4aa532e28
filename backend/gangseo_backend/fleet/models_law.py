"""Rows of what a robot must have by law to be sent out."""

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
