"""The zone set for the robots, and who may enter a RELEASE zone: one robot at a time, with a lease."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlmodel import select

from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.models import ZoneGrantRow
from gangseo_protocol.polygon import inside
from gangseo_protocol.site import Site
from gangseo_protocol.vda5050 import GrantType, RequestStatus, Response, Responses, Vertex, Zone, ZoneSet


def zone_set(site: Site) -> ZoneSet:
    """All zones of the site; the id changes when a zone does."""
    zones = tuple(
        Zone(
            zone_id=zone.zone_id,
            zone_type=zone.zone_type,
            zone_descriptor=zone.name.en,
            vertices=tuple(Vertex(x=x, y=y) for x, y in zone.vertices),
            maximum_speed=zone.maximum_speed_mps,
            release_loss_behavior="CONTINUE" if zone.zone_type == "RELEASE" else None,
        )
        for zone in site.zones
    )
    body = "".join(zone.to_json() for zone in zones)
    digest = hashlib.sha256(body.encode()).hexdigest()[:12]
    return ZoneSet(map_id=site.map_id, zone_set_id=f"{site.site_id}-{digest}", zones=zones)


@dataclass(frozen=True, slots=True)
class Request:
    """A robot asks to enter a zone, or says that it is in."""

    robot_id: str
    request_id: str
    zone_id: str
    granted: bool


@dataclass(frozen=True, slots=True)
class Grant:
    """Who has a zone until when."""

    robot_id: str
    request_id: str
    lease_expiry: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What to tell a robot."""

    robot_id: str
    response: Response


def decide(
    requests: Sequence[Request],
    grants: Mapping[str, Grant],
    speaking: Collection[str],
    release_zones: Collection[str],
    now: datetime,
    lease: timedelta,
    occupied: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[dict[str, Grant], list[Answer]]:
    """Who has each zone now and what to answer. Pure.

    A holder keeps its zone while it asks for it, its lease renewed at half time; a holder that speaks and
    no longer asks has left; a holder that is silent keeps it until the lease runs out.

    Args:
        requests: what robots ask now, most urgent first.
        grants: who has which zone.
        speaking: robots that are on line.
        release_zones: zones that can be granted.
        now: UTC.
        lease: for how long a zone is granted at a time.
        occupied: robots that stand in a zone, whether they asked or people drove them there; no other is let in.
    """
    asking = {(request.robot_id, request.zone_id) for request in requests}
    held = {
        zone_id: grant
        for zone_id, grant in grants.items()
        if (grant.robot_id, zone_id) in asking or (grant.robot_id not in speaking and grant.lease_expiry > now)
    }
    answers: list[Answer] = []
    for request in requests:
        grant = held.get(request.zone_id)
        if request.zone_id not in release_zones:
            response = Response(request_id=request.request_id, grant_type=GrantType.REJECTED)
        elif (grant is not None and grant.robot_id != request.robot_id) or (
            grant is None and set(occupied.get(request.zone_id, ())) - {request.robot_id}
        ):
            response = Response(request_id=request.request_id, grant_type=GrantType.QUEUED)
        elif grant is not None and _still_fresh(grant, request, now, lease):
            continue
        else:
            expiry = now + lease
            held[request.zone_id] = Grant(request.robot_id, request.request_id, expiry)
            response = Response(request_id=request.request_id, grant_type=GrantType.GRANTED, lease_expiry=expiry)
        answers.append(Answer(request.robot_id, response))
    return held, answers


def _still_fresh(grant: Grant, request: Request, now: datetime, lease: timedelta) -> bool:
    return request.granted and grant.request_id == request.request_id and grant.lease_expiry - now > lease / 2


def apply(board: Board) -> None:
    """Read the requests of all robots and answer them."""
    requests: list[Request] = []
    speaking: set[str] = set()
    for robot_id, live in sorted(board.live.items()):
        if live.state is None or not live.online(board.now):
            continue
        speaking.add(robot_id)
        for item in live.state.zone_requests or ():
            if item.request_status in {RequestStatus.REQUESTED, RequestStatus.GRANTED}:
                granted = item.request_status is RequestStatus.GRANTED
                requests.append(Request(robot_id, item.request_id, item.zone_id, granted))
    first_asked = board.memory.zone_asked(board.now, [request.request_id for request in requests])
    # Holders first, so that a renewal never loses against a new wish.
    requests.sort(key=lambda request: (not request.granted, first_asked[request.request_id]))
    rows = {row.zone_id: row for row in board.session.exec(select(ZoneGrantRow))}
    if not requests and not rows:
        return
    grants = {key: Grant(row.robot_id, row.request_id, row.lease_expiry) for key, row in rows.items()}
    release_zones = {zone.zone_id for zone in board.place.site.zones if zone.zone_type == "RELEASE"}
    occupied = _occupied(board, speaking)
    held, answers = decide(requests, grants, speaking, release_zones, board.now, board.policy.lease, occupied)
    _store(board, rows, held)
    for answer in answers:
        if board.memory.may_tell(board.now, answer.response.request_id, answer.response.grant_type):
            _tell(board, answer)


def _occupied(board: Board, speaking: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for zone in board.place.site.zones:
        if zone.zone_type != "RELEASE":
            continue
        for robot_id in speaking:
            live = board.live[robot_id]
            if live.x is not None and live.y is not None and inside(zone.vertices, live.x, live.y):
                found.setdefault(zone.zone_id, set()).add(robot_id)
    return found


def _tell(board: Board, answer: Answer) -> None:
    board.send(answer.robot_id, "responses", lambda header: Responses(**header, responses=(answer.response,)))


def _store(board: Board, rows: dict[str, ZoneGrantRow], held: Mapping[str, Grant]) -> None:
    for zone_id, row in rows.items():
        if zone_id not in held:
            board.session.delete(row)
    for zone_id, grant in held.items():
        row = rows.get(zone_id) or ZoneGrantRow(
            zone_id=zone_id, robot_id="", request_id="", lease_expiry=grant.lease_expiry
        )
        row.robot_id, row.request_id, row.lease_expiry = grant.robot_id, grant.request_id, grant.lease_expiry
        board.session.add(row)
