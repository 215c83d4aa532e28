"""The one base of every message on the wire."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer
from pydantic.alias_generators import to_camel


def _aware_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("timestamp needs a time zone, such as 2026-11-22T09:00:00.000Z")
    return value.astimezone(UTC)


def format_timestamp(value: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as VDA 5050 asks for."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


Timestamp = Annotated[datetime, AfterValidator(_aware_utc), PlainSerializer(format_timestamp)]
"""Aware UTC time; read from ISO 8601 text, written with milliseconds."""


class WireModel(BaseModel):
    """Frozen, strict value in camelCase; unknown keys of newer peers are ignored."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        frozen=True,
        strict=True,
        extra="ignore",
        allow_inf_nan=False,
    )

    def to_json(self) -> str:
        """Compact JSON without absent optional fields."""
        return self.model_dump_json(by_alias=True, exclude_none=True)

    def to_wire(self) -> dict[str, Any]:
        """JSON-ready dictionary without absent optional fields."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
