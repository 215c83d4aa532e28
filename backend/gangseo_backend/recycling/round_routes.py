"""Collecting rounds over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from gangseo_backend.core.access import CurrentAccount, Role, accounts
from gangseo_backend.core.parts import of_app
from gangseo_backend.recycling.round_public import (
    CollectionCreate,
    CollectionDetail,
    CollectionForecast,
    CollectionPublic,
    CollectionState,
    SpotLitres,
)
from gangseo_backend.recycling.round_service import CollectionService

router = APIRouter(prefix="/recycling", tags=["rounds"])


Collections = Annotated[CollectionService, Depends(of_app("collections"))]


@router.get("/expected")
@accounts(Role.VIEWER)
def expected_litres(collections: Collections) -> list[SpotLitres]:
    """Every spot with what a visit usually brings."""
    return collections.spots()


@router.post("/round-preview")
@accounts(Role.OPERATOR)
def preview_collection_round(body: CollectionCreate, collections: Collections) -> CollectionForecast:
    """How a round would go if it began now; takes a second, stores nothing."""
    return collections.forecast(body)


@router.post("/rounds", status_code=201)
@accounts(Role.OPERATOR)
def create_collection_round(
    body: CollectionCreate, collections: Collections, account: CurrentAccount
) -> CollectionDetail:
    """Begin a round now."""
    return collections.create(body, actor=account.username)


@router.get("/rounds")
@accounts(Role.VIEWER)
def collection_rounds(
    collections: Collections,
    state: CollectionState | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> list[CollectionPublic]:
    """Rounds, newest first."""
    return collections.latest(state=state, limit=limit)


@router.get("/rounds/{round_id}")
@accounts(Role.VIEWER)
def collection_round(round_id: str, collections: Collections) -> CollectionDetail:
    """One round with its stops."""
    return collections.one(round_id)


@router.post("/rounds/{round_id}/cancel", status_code=202)
@accounts(Role.OPERATOR)
def cancel_collection_round(round_id: str, collections: Collections, account: CurrentAccount) -> CollectionDetail:
    """Call a round off: robots finish nothing more of it."""
    return collections.cancel(round_id, actor=account.username)
