"""The fleet over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from gangseo_backend.core.access import CurrentAccount, Holder, Role, accounts, accounts_or_ticket
from gangseo_backend.core.config import Settings
from gangseo_backend.core.facts import EventPublic
from gangseo_backend.core.paging import Cursor
from gangseo_backend.core.parts import of_app
from gangseo_backend.fleet.figures import as_csv
from gangseo_backend.fleet.public import (
    CommandCreate,
    CommandPublic,
    IncidentNote,
    IncidentPublic,
    IncidentState,
    MissionCancel,
    MissionKind,
    MissionPublic,
    MissionState,
    RobotPublic,
    ServiceFigures,
    SitePublic,
)
from gangseo_backend.fleet.public_closures import (
    ClosureCreate,
    ClosurePublic,
    ColdPublic,
    WeatherInput,
    WeatherPublic,
)
from gangseo_backend.fleet.service import FleetService

router = APIRouter(prefix="/fleet", tags=["fleet"])


Fleet = Annotated[FleetService, Depends(of_app("fleet"))]
Limit = Annotated[int, Query(ge=1, le=1000)]
Days = Annotated[int, Query(ge=1, le=92)]
RobotFilter = Annotated[str | None, Query(max_length=64)]


@router.get("/site")
@accounts_or_ticket(Role.VIEWER, *Holder)
def site(request: Request, fleet: Fleet) -> SitePublic:
    """The layout of the place."""
    settings: Settings = request.app.state.settings
    return SitePublic.model_validate(
        fleet.site.model_dump()
        | {"qr_base_url": f"{settings.public_url.rstrip('/')}/s/", "speed_factor": settings.speed_factor}
    )


@router.get("/robots")
@accounts(Role.VIEWER)
def robots(fleet: Fleet) -> list[RobotPublic]:
    """Every robot."""
    return fleet.robots()


@router.get("/robots/{robot_id}")
@accounts(Role.VIEWER)
def robot(robot_id: str, fleet: Fleet) -> RobotPublic:
    """One robot."""
    return fleet.robot(robot_id)


@router.get("/missions")
@accounts(Role.VIEWER)
def missions(
    fleet: Fleet,
    state: MissionState | None = None,
    robot_id: RobotFilter = None,
    limit: Limit = 100,
    before: Cursor = None,
) -> list[MissionPublic]:
    """Missions, newest first."""
    return fleet.queries.missions(state=state, robot_id=robot_id, limit=limit, before=before)


@router.get("/missions/{mission_id}")
@accounts(Role.VIEWER)
def mission(mission_id: str, fleet: Fleet) -> MissionPublic:
    """One mission with its steps and route."""
    return fleet.queries.mission(mission_id)


@router.post("/missions/{mission_id}/cancel", status_code=202)
@accounts(Role.OPERATOR)
def cancel_mission(mission_id: str, body: MissionCancel, fleet: Fleet, account: CurrentAccount) -> MissionPublic:
    """Ask for the end of a mission; it ends ``canceled`` whatever the robot does."""
    return fleet.cancel_mission(mission_id, reason=body.reason, actor=account.username)


@router.post("/robots/{robot_id}/commands", status_code=202)
@accounts(Role.OPERATOR)
def command(robot_id: str, body: CommandCreate, fleet: Fleet, account: CurrentAccount) -> CommandPublic:
    """Ask something of a robot at once."""
    return fleet.command(robot_id, body, actor=account.username)


@router.get("/commands/{command_id}")
@accounts(Role.OPERATOR)
def command_state(command_id: str, fleet: Fleet) -> CommandPublic:
    """How far a command got."""
    return fleet.queries.command(command_id)


@router.get("/incidents")
@accounts(Role.VIEWER)
def incidents(fleet: Fleet, state: IncidentState | None = None, limit: Limit = 100) -> list[IncidentPublic]:
    """Incidents, newest first."""
    return fleet.queries.incidents(state=state, limit=limit)


@router.post("/incidents/{incident_id}/acknowledge")
@accounts(Role.OPERATOR)
def acknowledge(incident_id: str, body: IncidentNote, fleet: Fleet, account: CurrentAccount) -> IncidentPublic:
    """Say that a person looks after it."""
    return fleet.handle_incident(incident_id, IncidentState.ACKNOWLEDGED, actor=account.username, note=body.note)


@router.post("/incidents/{incident_id}/resolve")
@accounts(Role.OPERATOR)
def resolve(incident_id: str, body: IncidentNote, fleet: Fleet, account: CurrentAccount) -> IncidentPublic:
    """Say that it is done."""
    return fleet.handle_incident(incident_id, IncidentState.RESOLVED, actor=account.username, note=body.note)


@router.get("/closures")
@accounts(Role.VIEWER)
def closures(fleet: Fleet) -> list[ClosurePublic]:
    """Areas that are closed now."""
    return fleet.closures.current()


@router.post("/closures", status_code=201)
@accounts(Role.OPERATOR)
def close_area(body: ClosureCreate, fleet: Fleet, account: CurrentAccount) -> ClosurePublic:
    """Close an area: robots drive around it, missions to it wait."""
    return fleet.closures.close(body, actor=account.username)


@router.post("/closures/{closure_id}/open")
@accounts(Role.OPERATOR)
def open_area(closure_id: str, fleet: Fleet, account: CurrentAccount) -> ClosurePublic:
    """Open it again."""
    return fleet.closures.open(closure_id, actor=account.username)


@router.get("/weather")
@accounts(Role.VIEWER)
def weather(fleet: Fleet) -> WeatherPublic | None:
    """How warm it is, if somebody said so lately."""
    return fleet.weather.now()


@router.put("/weather")
@accounts(Role.OPERATOR)
def say_weather(body: WeatherInput, fleet: Fleet, account: CurrentAccount) -> WeatherPublic:
    """Say how warm it is: in the cold, batteries last less far."""
    return fleet.weather.say(body, actor=account.username)


@router.get("/weather/cold")
@accounts(Role.VIEWER)
def cold(fleet: Fleet) -> ColdPublic:
    """What the cold takes of the batteries."""
    return fleet.weather.cold()


@router.get("/events")
@accounts(Role.VIEWER)
def events(fleet: Fleet, after: Cursor = None, limit: Limit = 100) -> list[EventPublic]:
    """What happened, newest last; without ``after`` the last ones."""
    return fleet.queries.events(after=after, limit=limit)


@router.get("/figures")
@accounts(Role.VIEWER)
def figures(fleet: Fleet, days: Days = 14, kind: MissionKind = MissionKind.COLLECT) -> ServiceFigures:
    """How well one kind of work went: today and the days before."""
    return fleet.figures.last(days, kind)


@router.get("/figures.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
@accounts(Role.VIEWER)
def figures_csv(fleet: Fleet, days: Days = 14, kind: MissionKind = MissionKind.COLLECT) -> Response:
    """The same for a spreadsheet."""
    headers = {"Content-Disposition": f'attachment; filename="gangseo-figures-{kind.value}.csv"'}
    return Response(as_csv(fleet.figures.last(days, kind)), media_type="text/csv; charset=utf-8", headers=headers)
