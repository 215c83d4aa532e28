"""Rows of the delivery domain."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from gangseo_backend.core.db import UTCDateTime, text_enum
from gangseo_backend.delivery.sizes import Size
from gangseo_backend.delivery.states import FINAL, DeliveryState, WishState


def _moment() -> Any:  # noqa: ANN401 - what Field itself gives
    return Field(default=None, sa_type=UTCDateTime, nullable=True)


class DeliveryRow(SQLModel, table=True):
    """Goods of one shop for one person. PIN and follow link are kept as hashes; ``recipient`` is never shown unasked.

    ``goods_in_at``: the shop said so. ``taken_at``: the recipient said so. ``wish``: the newest request to the robot's
    compartment, its id, what it asks for and what became of it.
    """

    __tablename__ = "deliveries"
    __table_args__ = (sa.UniqueConstraint("shop_id", "request_id", name="one_delivery_per_request"),)

    id: str = Field(primary_key=True)
    shop_id: str = Field(index=True)
    request_id: str
    spot_id: str
    state: DeliveryState = Field(sa_type=text_enum(DeliveryState, "delivery_state"), index=True)
    language: str
    goods: str
    mass_kg: float
    size: Size = Field(sa_type=text_enum(Size, "delivery_size"))
    compartment: int
    recipient: str | None = None
    follow_hash: str = Field(unique=True)
    pin_hash: str | None = None
    pin_expires_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    wrong_pins: int = 0
    locked_at: datetime | None = _moment()
    pin_verified_at: datetime | None = _moment()
    mission_id: str | None = None
    robot_id: str | None = None
    robot_name_ko: str | None = None
    robot_name_en: str | None = None
    reason_key: str | None = None
    reason_ko: str | None = None
    reason_en: str | None = None
    wish_id: str | None = None
    wish_opens: bool | None = None
    wish_state: WishState | None = Field(default=None, sa_type=text_enum(WishState, "wish_state"), nullable=True)
    goods_in_at: datetime | None = _moment()
    loaded_at: datetime | None = _moment()
    near_at: datetime | None = _moment()
    arrived_at: datetime | None = _moment()
    taken_at: datetime | None = _moment()
    turned_back_at: datetime | None = _moment()
    ended_at: datetime | None = _moment()
    cancel_requested_at: datetime | None = _moment()
    canceled_by: str | None = None
    created_at: datetime = Field(sa_type=UTCDateTime, nullable=False)
    updated_at: datetime = Field(sa_type=UTCDateTime, nullable=False)

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in FINAL

    @property
    def locked(self) -> bool:
        """Whether the PIN was tried wrong too often."""
        return self.locked_at is not None


class ProofRow(SQLModel, table=True):
    r"""What a hand-over is proved by; triggers forbid changing it, the audit chain holds its hash.

    ``goods_hash``: SHA-256 of ``<delivery id>\n<goods>``, so that the shop can prove what it was.
    """

    __tablename__ = "delivery_proofs"

    delivery_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime, nullable=False, index=True)
    shop_id: str
    spot_id: str
    place_ko: str
    place_en: str
    robot_id: str
    robot_name_ko: str
    robot_name_en: str
    pin_verified_at: datetime | None = _moment()
    goods_hash: str
