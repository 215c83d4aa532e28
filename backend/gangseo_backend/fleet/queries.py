"""Reading missions, commands, incidents and events for people."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from gangseo_backend.core.db import Database
from gangseo_backend.core.errors import NotFoundError
from gangseo_backend.core.facts import EventPublic, FactRow, public_fact
from gangseo_backend.core.live import LiveMissions, MissionLive
from gangseo_backend.core.texts import LocalText
from gangseo_backend.fleet import commands
from gangseo_backend.fleet.board import OPEN_MISSIONS, text
from gangseo_backend.fleet.models import CommandRow, IncidentRow, MissionRow, OrderRow, StepRow
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.public import (
    CommandPublic,
    IncidentPublic,
    IncidentState,
    MissionPublic,
    MissionState,
    RouteNode,
    StepPublic,
)
from gangseo_backend.fleet.record import FLEET_TEXTS, public_incident


def mission_public(session: Session, place: Place, mission: MissionRow, live: LiveMissions) -> MissionPublic:
    """A mission with its steps and the route of its newest order."""
    return missions_public(session, place, [mission], live)[0]


def missions_public(
    session: Session, place: Place, missions: Sequence[MissionRow], live: LiveMissions
) -> list[MissionPublic]:
    """Missions with steps and routes, in two queries for all; those in the queue say what they wait for."""
    ids = [mission.id for mission in missions]
    steps: dict[str, list[StepRow]] = {}
    for step in session.exec(select(StepRow).where(col(StepRow.mission_id).in_(ids)).order_by(col(StepRow.number))):
        steps.setdefault(step.mission_id, []).append(step)
    orders: dict[str, OrderRow] = {}
    for order in session.exec(
        select(OrderRow).where(col(OrderRow.mission_id).in_(ids)).order_by(col(OrderRow.order_id))
    ):
        orders[order.mission_id] = order
    return [
        _public(place, mission, steps.get(mission.id, []), orders.get(mission.id), live.get(mission.id))
        for mission in missions
    ]


def _public(
    place: Place, mission: MissionRow, steps: Sequence[StepRow], order: OrderRow | None, live: MissionLive | None
) -> MissionPublic:
    reason = text(mission.reason_key, mission.reason_values) if mission.reason_key else None
    if reason is None and mission.cancel_requested_at is not None and mission.open:
        reason = text("reason.canceling")
    return MissionPublic(
        id=mission.id,
        kind=mission.kind,
        state=mission.state,
        robot_id=mission.robot_id,
        call_id=mission.call_id,
        reason=reason,
        waiting=live.waiting if live is not None and mission.state is MissionState.QUEUED else None,
        attempt=mission.attempt,
        steps=[
            StepPublic(kind=step.kind, state=step.state, node_id=step.node_id, text=_step_text(step)) for step in steps
        ],
        route=_route(place, order) if order is not None else [],
        created_at=mission.created_at,
        started_at=mission.started_at,
        ended_at=mission.ended_at,
    )


def _step_text(step: StepRow) -> LocalText:
    found = FLEET_TEXTS.text(f"step.{step.kind}")
    return LocalText(ko=found.ko, en=found.en)


def _route(place: Place, order: OrderRow) -> list[RouteNode]:
    nodes = place.lanes.nodes
    return [
        RouteNode(
            node_id=node_id,
            x=nodes[node_id].x,
            y=nodes[node_id].y,
            released=index <= order.released,
            passed=index <= order.passed,
        )
        for index, node_id in enumerate(order.route)
        if node_id in nodes
    ]


class FleetQueries:
    """Lists and single things, read only."""

    def __init__(self, db: Database, place: Place, live_missions: LiveMissions) -> None:
        self._db = db
        self._place = place
        self._live = live_missions

    def missions(
        self, *, state: MissionState | None, robot_id: str | None, limit: int, before: str | None
    ) -> list[MissionPublic]:
        """Missions, newest first."""
        query = select(MissionRow).order_by(col(MissionRow.id).desc()).limit(limit)
        if state is not None:
            query = query.where(col(MissionRow.state) == state)
        if robot_id is not None:
            query = query.where(MissionRow.robot_id == robot_id)
        if before is not None:
            query = query.where(col(MissionRow.id) < before)
        with self._db.read() as session:
            return missions_public(session, self._place, session.exec(query).all(), self._live)

    def open_missions(self) -> list[MissionPublic]:
        """Missions that are not final."""
        query = select(MissionRow).where(col(MissionRow.state).in_(OPEN_MISSIONS)).order_by(col(MissionRow.id))
        with self._db.read() as session:
            return missions_public(session, self._place, session.exec(query).all(), self._live)

    def mission(self, mission_id: str) -> MissionPublic:
        """One mission.

        Raises:
            NotFoundError: there is none with this id.
        """
        with self._db.read() as session:
            row = session.get(MissionRow, mission_id)
            if row is None:
                raise NotFoundError
            return mission_public(session, self._place, row, self._live)

    def command(self, command_id: str) -> CommandPublic:
        """One command.

        Raises:
            NotFoundError: there is none with this id.
        """
        with self._db.read() as session:
            row = session.get(CommandRow, command_id)
        if row is None:
            raise NotFoundError
        return commands.public(row)

    def incidents(self, *, state: IncidentState | None, limit: int) -> list[IncidentPublic]:
        """Incidents, newest first."""
        query = select(IncidentRow).order_by(col(IncidentRow.id).desc()).limit(limit)
        if state is not None:
            query = query.where(col(IncidentRow.state) == state)
        with self._db.read() as session:
            return [public_incident(row) for row in session.exec(query)]

    def open_incidents(self) -> list[IncidentPublic]:
        """Incidents that are not resolved, newest first."""
        query = select(IncidentRow).where(col(IncidentRow.state) != IncidentState.RESOLVED)
        with self._db.read() as session:
            rows = session.exec(query.order_by(col(IncidentRow.id).desc()).limit(500)).all()
        return [public_incident(row) for row in rows]

    def events(self, *, after: str | None, limit: int) -> list[EventPublic]:
        """Facts, newest last: the first ones after ``after``, or the last ones of all."""
        with self._db.read() as session:
            if after is not None:
                query = select(FactRow).where(col(FactRow.id) > after).order_by(col(FactRow.id)).limit(limit)
                return [public_fact(row) for row in session.exec(query)]
            rows = session.exec(select(FactRow).order_by(col(FactRow.id).desc()).limit(limit)).all()
        return [public_fact(row) for row in reversed(rows)]
