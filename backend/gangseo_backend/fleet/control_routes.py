"""Who is in control, over HTTP: takeovers and the stop of the whole fleet."""

from fastapi import APIRouter

from gangseo_backend.core.access import CurrentAccount, Role, accounts
from gangseo_backend.fleet.public_control import (
    FleetStopPublic,
    HandOver,
    TakeoverPublic,
    TakeoverRecord,
    WithReason,
)
from gangseo_backend.fleet.routes import Fleet, Limit, RobotFilter

router = APIRouter(prefix="/fleet", tags=["control"])


@router.post("/robots/{robot_id}/takeover", status_code=201)
@accounts(Role.OPERATOR)
def take_over(robot_id: str, body: WithReason, fleet: Fleet, account: CurrentAccount) -> TakeoverPublic:
    """Take a robot over; 409 names who holds it and since when."""
    return fleet.takeovers.start(robot_id, reason=body.reason, by=account)


@router.post("/robots/{robot_id}/takeover/renew")
@accounts(Role.OPERATOR)
def renew_takeover(robot_id: str, fleet: Fleet, account: CurrentAccount) -> TakeoverPublic:
    """Keep the lease alive; to be asked every five seconds, it lapses after fifteen."""
    return fleet.takeovers.renew(robot_id, by=account)


@router.post("/robots/{robot_id}/takeover/hand-over")
@accounts(Role.OPERATOR)
def hand_over(robot_id: str, body: HandOver, fleet: Fleet, account: CurrentAccount) -> TakeoverPublic:
    """Offer the robot to another operator; the holder stays in control until they accept."""
    return fleet.takeovers.offer(robot_id, to=body.to, by=account)


@router.post("/robots/{robot_id}/takeover/accept", status_code=201)
@accounts(Role.OPERATOR)
def accept_takeover(robot_id: str, fleet: Fleet, account: CurrentAccount) -> TakeoverPublic:
    """Take the robot that was offered."""
    return fleet.takeovers.accept(robot_id, by=account)


@router.post("/robots/{robot_id}/takeover/release")
@accounts(Role.OPERATOR)
def release_takeover(robot_id: str, body: WithReason, fleet: Fleet, account: CurrentAccount) -> TakeoverRecord:
    """Let the robot drive by itself again; administrators may release what others hold."""
    return fleet.takeovers.release(robot_id, reason=body.reason, by=account)


@router.get("/takeovers")
@accounts(Role.OPERATOR)
def takeovers(fleet: Fleet, robot_id: RobotFilter = None, limit: Limit = 100) -> list[TakeoverRecord]:
    """Who was in control of which robot, newest first."""
    return fleet.takeovers.past(robot_id, limit)


@router.get("/operators")
@accounts(Role.OPERATOR)
def operators(fleet: Fleet) -> list[str]:
    """User names of those who may take a robot over."""
    return fleet.takeovers.operators()


@router.get("/emergency-stop")
@accounts(Role.VIEWER)
def fleet_stop(fleet: Fleet) -> FleetStopPublic | None:
    """The emergency stop of all robots, when it is on."""
    return fleet.stop_of_all.current()


@router.post("/emergency-stop", status_code=202)
@accounts(Role.OPERATOR)
def stop_fleet(body: WithReason, fleet: Fleet, account: CurrentAccount) -> FleetStopPublic:
    """Stop every robot of the site at once; pressing again changes nothing."""
    return fleet.stop_of_all.press(reason=body.reason, actor=account.username)


@router.post("/emergency-stop/release", status_code=202)
@accounts(Role.ADMIN)
def release_fleet_stop(body: WithReason, fleet: Fleet, account: CurrentAccount) -> FleetStopPublic:
    """Release the stop of all robots; what else has stopped a robot stays on."""
    return fleet.stop_of_all.release(reason=body.reason, actor=account.username)
