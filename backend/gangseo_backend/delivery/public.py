"""What shops, recipients and operators see of deliveries: API and stream models."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.delivery.pins import DIGITS
from gangseo_backend.delivery.sizes import Size
from gangseo_backend.delivery.states import DeliveryState, Door

Reason = Annotated[str, Field(min_length=1, max_length=500, description="Why, for the record")]


class Input(BaseModel):
    """Base of bodies: no coercion, no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class PlaceBrief(BaseModel):
    """A shop or a spot on the map."""

    id: str
    name: LocalText
    x: float
    y: float


class ProofPublic(BaseModel):
    """What a hand-over is proved by; ``goods_hash`` is SHA-256 of delivery id, line break and goods."""

    at: datetime
    robot_id: str
    robot_name: LocalText
    place: LocalText
    pin_verified_at: datetime | None
    goods_hash: str


class DeliveryCore(BaseModel):
    """What everybody sees; seconds are the reader's, ``locked`` is about the PIN."""

    id: str
    shop: PlaceBrief
    spot: PlaceBrief
    state: DeliveryState
    reason: KeyedText | None
    queue_position: int | None
    robot_id: str | None
    robot_name: LocalText | None
    eta_s: float | None
    countdown_s: float | None
    door: Door
    locked: bool
    size: Size
    created_at: datetime
    updated_at: datetime


class DeliveryPublic(DeliveryCore):
    """A delivery for accounts: without what is in it and for whom."""

    mission_id: str | None
    mass_kg: float
    compartment: int
    wrong_pins: int


class DeliveryDetail(DeliveryPublic):
    """One delivery with its proof."""

    proof: ProofPublic | None


class ShopDelivery(DeliveryCore):
    """A delivery for its shop."""

    goods: str
    mass_kg: float
    recipient: str | None
    cancelable: bool
    pin_expires_at: datetime
    proof: ProofPublic | None


class Notice(BaseModel):
    """Something the recipient is told, and when."""

    at: datetime
    text: KeyedText


class Follow(DeliveryCore):
    """A delivery for whoever has its link."""

    goods: str
    notices: list[Notice]
    tries_left: int
    pin_expires_at: datetime


class Opened(BaseModel):
    """What a link opens: a short-lived right."""

    ticket: str
    expires_at: datetime


class SizePublic(BaseModel):
    """A size and the most its goods may weigh."""

    size: Size
    most_kg: float


class ShopTicket(Opened):
    """The right of a shop's page, and what its form offers."""

    shop: PlaceBrief
    places: list[PlaceBrief]
    sizes: list[SizePublic]


class ShopPublic(PlaceBrief):
    """A shop with the address of its page."""

    page_url: str


class DeliveryMade(BaseModel):
    """Answer to a new delivery or a new PIN. The PIN is told only here; an earlier one no longer counts."""

    delivery: ShopDelivery
    pin: str
    follow_url: str


class RecipientPublic(BaseModel):
    """What an operator gets to see for a reason."""

    recipient: str | None
    goods: str


class ShopTicketCreate(Input):
    """Body: what the shop's link says after ``/shop/``."""

    shop_token: Annotated[str, Field(min_length=1, max_length=200)]


class DeliveryCreate(Input):
    """Body of a new delivery; the same ``request_id`` twice is one delivery."""

    request_id: Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
    spot_id: Annotated[str, Field(min_length=1, max_length=64)]
    goods: Annotated[str, Field(min_length=1, max_length=80)]
    mass_kg: Annotated[float, Field(gt=0, le=500, allow_inf_nan=False)]
    size: Annotated[Size, Field(strict=False)]
    recipient: Annotated[str | None, Field(max_length=40)] = None
    language: Literal["ko", "en"] = "ko"


class FollowLook(Input):
    """Body: what the follow link says after ``/d/``."""

    follow_token: Annotated[str, Field(min_length=1, max_length=100)]


class PinTry(Input):
    """Body of a try."""

    pin: Annotated[str, Field(pattern=rf"^[0-9]{{{DIGITS}}}$")]


class WithReason(Input):
    """Body of what an operator answers for."""

    reason: Reason


class Resolve(WithReason):
    """Body: what became of goods that a person has fetched, or looked for."""

    outcome: Literal["handed_over", "returned", "lost"]
