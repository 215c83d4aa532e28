"""Calls and QR codes over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from gangseo_backend.core.access import (
    CurrentAccount,
    CurrentTicket,
    Holder,
    MaybePrincipal,
    Role,
    accounts,
    accounts_or_ticket,
    everyone,
    ticket_only,
)
from gangseo_backend.core.parts import Limiter, of_app
from gangseo_backend.core.session_routes import client_address
from gangseo_backend.recycling.public import CallCreate, CallPublic, CallState, SpotPublic, TicketCreate, TicketPublic
from gangseo_backend.recycling.service import RecyclingService

router = APIRouter(prefix="/recycling", tags=["recycling"])


Recycling = Annotated[RecyclingService, Depends(of_app("recycling"))]
_SVG = "image/svg+xml"


@router.get("/spots")
@accounts(Role.OPERATOR)
def spots(recycling: Recycling) -> list[SpotPublic]:
    """Every spot with the address its QR code opens."""
    return recycling.spots()


@router.get("/spots/{spot_id}/qr.svg", response_class=Response, responses={200: {"content": {_SVG: {}}}})
@accounts(Role.OPERATOR)
def spot_qr(spot_id: str, recycling: Recycling) -> Response:
    """The QR code of one spot."""
    return Response(recycling.qr_svg(spot_id), media_type=_SVG)


@router.get("/qr-sheet", response_class=Response, responses={200: {"content": {"text/html": {}}}})
@accounts(Role.OPERATOR)
def qr_sheet(recycling: Recycling, account: CurrentAccount) -> Response:
    """A4 pages with every spot's QR code, to print."""
    return Response(recycling.qr_sheet(actor=account.username), media_type="text/html")


@router.post("/tickets", status_code=201)
@everyone
def create_ticket(body: TicketCreate, request: Request, recycling: Recycling, limiter: Limiter) -> TicketPublic:
    """Turn a scanned QR code into a ticket."""
    limiter.hit(recycling.ticket_limit, "ticket", client_address(request))
    return recycling.create_ticket(body.spot_token)


@router.post("/calls", status_code=201)
@ticket_only(Holder.SPOT)
def create_call(
    body: CallCreate, request: Request, recycling: Recycling, ticket: CurrentTicket, limiter: Limiter
) -> CallPublic:
    """Call a robot to the ticket's spot."""
    limiter.hit(recycling.call_limit, "call", ticket.ticket_id)
    limiter.hit(recycling.call_address_limit, "call_address", client_address(request))
    return recycling.create_call(ticket, body.language)


@router.get("/calls")
@accounts(Role.VIEWER)
def calls(
    recycling: Recycling,
    state: CallState | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[CallPublic]:
    """Calls, newest first."""
    return recycling.calls(state=state, limit=limit)


@router.get("/calls/{call_id}")
@accounts_or_ticket(Role.VIEWER, Holder.SPOT)
def call(call_id: str, recycling: Recycling, principal: MaybePrincipal) -> CallPublic:
    """One call; a ticket sees the calls of its own spot."""
    return recycling.call(call_id, principal)


@router.post("/calls/{call_id}/cancel", status_code=202)
@accounts_or_ticket(Role.OPERATOR, Holder.SPOT)
def cancel_call(call_id: str, recycling: Recycling, principal: MaybePrincipal) -> CallPublic:
    """Take a call back."""
    return recycling.cancel_call(call_id, principal)
