"""Deliveries over HTTP: for shops and recipients with a link, and for accounts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from gangseo_backend.core.access import CurrentAccount, CurrentTicket, Holder, Role, accounts, everyone, ticket_only
from gangseo_backend.core.paging import Cursor
from gangseo_backend.core.parts import Limiter, of_app
from gangseo_backend.core.session_routes import client_address
from gangseo_backend.delivery.public import (
    DeliveryCreate,
    DeliveryDetail,
    DeliveryMade,
    DeliveryPublic,
    Follow,
    FollowLook,
    PinTry,
    RecipientPublic,
    Resolve,
    ShopDelivery,
    ShopPublic,
    ShopTicket,
    ShopTicketCreate,
    WithReason,
)
from gangseo_backend.delivery.service import DeliveryService
from gangseo_backend.delivery.states import DeliveryState

router = APIRouter(prefix="/delivery", tags=["delivery"])
_SVG = "image/svg+xml"


Delivery = Annotated[DeliveryService, Depends(of_app("delivery"))]
Limit = Annotated[int, Query(ge=1, le=500)]


# --- shops ---


@router.post("/shop/tickets", status_code=201)
@everyone
def create_shop_ticket(body: ShopTicketCreate, request: Request, delivery: Delivery, limiter: Limiter) -> ShopTicket:
    """Turn a shop's link into a ticket."""
    limiter.hit(delivery.ticket_limit, "shop_ticket", client_address(request))
    return delivery.shops.ticket(body.shop_token)


@router.get("/shop/deliveries")
@ticket_only(Holder.SHOP)
def shop_deliveries(delivery: Delivery, ticket: CurrentTicket, limit: Limit = 50) -> list[ShopDelivery]:
    """The shop's deliveries, newest first."""
    return delivery.shops.deliveries(ticket.subject, limit)


@router.post("/shop/deliveries", status_code=201)
@ticket_only(Holder.SHOP)
def create_delivery(body: DeliveryCreate, delivery: Delivery, ticket: CurrentTicket, limiter: Limiter) -> DeliveryMade:
    """Send goods; the answer has the PIN and the link for the recipient, this once."""
    limiter.hit(delivery.create_limit, "delivery", ticket.subject)
    return delivery.shops.create(ticket.subject, body)


@router.post("/shop/deliveries/{delivery_id}/pin", status_code=201)
@ticket_only(Holder.SHOP)
def new_pin(delivery_id: str, delivery: Delivery, ticket: CurrentTicket, limiter: Limiter) -> DeliveryMade:
    """A new PIN and link; those before no longer count."""
    limiter.hit(delivery.create_limit, "new_pin", ticket.subject)
    return delivery.shops.new_pin(ticket.subject, delivery_id)


@router.post("/shop/deliveries/{delivery_id}/goods-in", status_code=202)
@ticket_only(Holder.SHOP)
def goods_in(delivery_id: str, delivery: Delivery, ticket: CurrentTicket) -> ShopDelivery:
    """The goods are in: the robot closes its compartment and goes."""
    return delivery.shops.goods_in(ticket.subject, delivery_id)


@router.post("/shop/deliveries/{delivery_id}/goods-out", status_code=202)
@ticket_only(Holder.SHOP)
def goods_out(delivery_id: str, delivery: Delivery, ticket: CurrentTicket) -> ShopDelivery:
    """The goods that came back are out."""
    return delivery.shops.goods_out(ticket.subject, delivery_id)


@router.post("/shop/deliveries/{delivery_id}/cancel", status_code=202)
@ticket_only(Holder.SHOP)
def cancel_delivery(delivery_id: str, delivery: Delivery, ticket: CurrentTicket) -> ShopDelivery:
    """Take a delivery back; goods on board come back to the shop."""
    return delivery.shops.cancel(ticket.subject, delivery_id)


# --- recipients ---


@router.post("/follow/look")
@everyone
def look(body: FollowLook, request: Request, delivery: Delivery, limiter: Limiter) -> Follow:
    """The delivery of a link; the link's token is also the ticket for what follows and for the stream."""
    limiter.hit(delivery.look_limit, "follow", client_address(request))
    return delivery.recipients.look(body.follow_token)


@router.get("/follow")
@ticket_only(Holder.DELIVERY)
def follow(delivery: Delivery, ticket: CurrentTicket) -> Follow:
    """The delivery of the link that is shown as ticket."""
    return delivery.recipients.follow(ticket.subject)


@router.post("/follow/open", status_code=202)
@ticket_only(Holder.DELIVERY)
def open_compartment(
    body: PinTry, request: Request, delivery: Delivery, ticket: CurrentTicket, limiter: Limiter
) -> Follow:
    """The compartment, for the right PIN, once the robot is there."""
    limiter.hit(delivery.pin_limit, "pin", ticket.subject)
    limiter.hit(delivery.pin_address_limit, "pin_address", client_address(request))
    return delivery.recipients.open(ticket.subject, body.pin)


@router.post("/follow/taken", status_code=202)
@ticket_only(Holder.DELIVERY)
def goods_taken(delivery: Delivery, ticket: CurrentTicket) -> Follow:
    """The goods are out: the robot closes its compartment and goes."""
    return delivery.recipients.taken(ticket.subject)


# --- accounts ---


@router.get("/shops")
@accounts(Role.OPERATOR)
def shops(delivery: Delivery) -> list[ShopPublic]:
    """Every shop with the address of its page."""
    return delivery.shops.all()


@router.get("/shops/{shop_id}/qr.svg", response_class=Response, responses={200: {"content": {_SVG: {}}}})
@accounts(Role.OPERATOR)
def shop_qr(shop_id: str, delivery: Delivery) -> Response:
    """QR code of a shop's page."""
    return Response(delivery.shops.qr_svg(shop_id), media_type=_SVG)


@router.get("/deliveries")
@accounts(Role.VIEWER)
def deliveries(
    delivery: Delivery, state: DeliveryState | None = None, limit: Limit = 100, before: Cursor = None
) -> list[DeliveryPublic]:
    """Deliveries, newest first, without what is in them and for whom."""
    return delivery.operators.deliveries(state=state, limit=limit, before=before)


@router.get("/deliveries/{delivery_id}")
@accounts(Role.VIEWER)
def delivery_detail(delivery_id: str, delivery: Delivery) -> DeliveryDetail:
    """One delivery with its proof."""
    return delivery.operators.delivery(delivery_id)


@router.post("/deliveries/{delivery_id}/recipient")
@accounts(Role.OPERATOR)
def delivery_recipient(
    delivery_id: str, body: WithReason, delivery: Delivery, account: CurrentAccount
) -> RecipientPublic:
    """What is in it and for whom; the look is recorded with its reason."""
    return delivery.operators.recipient(delivery_id, reason=body.reason, actor=account.username)


@router.post("/deliveries/{delivery_id}/unlock")
@accounts(Role.OPERATOR)
def unlock_delivery(delivery_id: str, body: WithReason, delivery: Delivery, account: CurrentAccount) -> DeliveryPublic:
    """Allow new tries of the PIN."""
    return delivery.operators.unlock(delivery_id, reason=body.reason, actor=account.username)


@router.post("/deliveries/{delivery_id}/cancel", status_code=202)
@accounts(Role.OPERATOR)
def cancel_delivery_by_operator(
    delivery_id: str, body: WithReason, delivery: Delivery, account: CurrentAccount
) -> DeliveryPublic:
    """Take a delivery back; goods on board come back to the shop."""
    return delivery.operators.cancel(delivery_id, reason=body.reason, actor=account.username)


@router.post("/deliveries/{delivery_id}/resolve")
@accounts(Role.OPERATOR)
def resolve_delivery(delivery_id: str, body: Resolve, delivery: Delivery, account: CurrentAccount) -> DeliveryPublic:
    """Say what became of stranded goods."""
    return delivery.operators.resolve(delivery_id, body, actor=account.username)
