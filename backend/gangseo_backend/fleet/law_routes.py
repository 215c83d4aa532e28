"""What the law asks to be kept, over HTTP: papers of robots and recordings of incidents."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from gangseo_backend.core.access import CurrentAccount, Role, accounts
from gangseo_backend.core.paging import Cursor
from gangseo_backend.fleet.public_law import (
    PaperInput,
    PaperKind,
    PaperPublic,
    Recording,
    RecordingSummary,
    RobotStanding,
)
from gangseo_backend.fleet.routes import Fleet, RobotFilter

router = APIRouter(prefix="/fleet", tags=["law"])


@router.get("/papers")
@accounts(Role.VIEWER)
def papers(fleet: Fleet) -> list[PaperPublic]:
    """Insurance and certificates of all robots."""
    return fleet.papers.of_all()


@router.get("/papers/standing")
@accounts(Role.VIEWER)
def standing(fleet: Fleet) -> list[RobotStanding]:
    """How each robot of the site stands with the law today, and whether it may be sent out."""
    return fleet.papers.standing()


@router.put("/robots/{robot_id}/papers/{kind}")
@accounts(Role.ADMIN)
def put_paper(robot_id: str, kind: PaperKind, body: PaperInput, fleet: Fleet, account: CurrentAccount) -> PaperPublic:
    """Enter a robot's insurance or certificate, or its renewal."""
    return fleet.papers.put(robot_id, kind, body, actor=account.username)


@router.get("/recordings")
@accounts(Role.OPERATOR)
def recordings(
    fleet: Fleet,
    robot_id: RobotFilter = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Cursor = None,
) -> list[RecordingSummary]:
    """Recordings of incidents, newest first."""
    return fleet.recordings.of_all(robot_id=robot_id, limit=limit, before=before)


@router.get("/incidents/{incident_id}/recording")
@accounts(Role.OPERATOR)
def recording(incident_id: str, fleet: Fleet) -> Recording:
    """The robot's last minute before an incident."""
    return fleet.recordings.one(incident_id)


@router.get(
    "/incidents/{incident_id}/recording.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}}
)
@accounts(Role.OPERATOR)
def recording_csv(incident_id: str, fleet: Fleet, account: CurrentAccount) -> Response:
    """The same for a spreadsheet; who took a copy is recorded."""
    name, text = fleet.recordings.copy(incident_id, actor=account.username)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
