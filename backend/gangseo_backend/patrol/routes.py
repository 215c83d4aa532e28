"""Rounds over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from gangseo_backend.core.access import CurrentAccount, Role, accounts
from gangseo_backend.core.parts import of_app
from gangseo_backend.patrol.public import RoundCreate, RoundDetail, RoundPublic, RoundState, RoutePublic
from gangseo_backend.patrol.service import PatrolService

router = APIRouter(prefix="/patrol", tags=["patrol"])


Patrol = Annotated[PatrolService, Depends(of_app("patrol"))]
_JPEG = "image/jpeg"
_NOT_KEPT = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@router.get("/routes")
@accounts(Role.VIEWER)
def patrol_routes(patrol: Patrol) -> list[RoutePublic]:
    """Every route with its timetable and next starts."""
    return patrol.routes()


@router.get("/rounds")
@accounts(Role.VIEWER)
def patrol_rounds(
    patrol: Patrol,
    state: RoundState | None = None,
    route_id: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[RoundPublic]:
    """Rounds, newest first."""
    return patrol.rounds(state=state, route_id=route_id, limit=limit)


@router.post("/rounds", status_code=201)
@accounts(Role.OPERATOR)
def create_patrol_round(body: RoundCreate, patrol: Patrol, account: CurrentAccount) -> RoundPublic:
    """An extra round, now."""
    return patrol.make_extra(body.route_id, actor=account.username)


@router.get("/rounds/{round_id}")
@accounts(Role.VIEWER)
def patrol_round(round_id: str, patrol: Patrol) -> RoundDetail:
    """One round with what was seen."""
    return patrol.round(round_id)


@router.post("/rounds/{round_id}/cancel", status_code=202)
@accounts(Role.OPERATOR)
def cancel_patrol_round(round_id: str, patrol: Patrol, account: CurrentAccount) -> RoundPublic:
    """Call a round off."""
    return patrol.cancel(round_id, actor=account.username)


@router.get(
    "/observations/{observation_id}/picture", response_class=Response, responses={200: {"content": {_JPEG: {}}}}
)
@accounts(Role.OPERATOR)
def patrol_picture(observation_id: str, patrol: Patrol, account: CurrentAccount) -> Response:
    """The picture of an observation; every look is recorded."""
    return Response(patrol.picture(observation_id, actor=account.username), media_type=_JPEG, headers=_NOT_KEPT)
