"""Life of a round: due, assigned, under way, ended. Everything works inside the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.config import ConfigError
from gangseo_backend.core.domain_events import Leg, MissionCancelRequested, MissionChanged, MissionRequested, Work
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.ids import new_id
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.texts import Catalog, KeyedText, LocalText
from gangseo_backend.core.timetable import Timetable
from gangseo_backend.patrol.models import RoundRow, RouteLookRow
from gangseo_backend.patrol.public import PointPublic, RoundState
from gangseo_protocol.actions import Observe
from gangseo_protocol.site import PatrolRoute, Site

TEXTS = Catalog(Path(__file__).parent / "messages")
BACKEND_WAS_DOWN = "reason.backend_was_down"
NO_ROBOT_IN_TIME = "reason.no_robot_in_time"
CALLED_OFF = "reason.called_off"
_LOOK_BACK = timedelta(days=7)
"""Rounds missed longer ago are not told one by one."""
_STATES = {
    "queued": RoundState.DUE,
    "assigned": RoundState.ASSIGNED,
    "arrived": RoundState.UNDER_WAY,
    "finished": RoundState.DONE,
    "canceled": RoundState.CANCELED,
    "failed": RoundState.FAILED,
}


class Rounds:
    """Makes rounds from the timetables and follows them."""

    def __init__(
        self, clock: Clock, outbox: Outbox, facts: FactRecorder, site: Site, *, late: timedelta, patience: timedelta
    ) -> None:
        """``late``: a round is still made this long after it was due; ``patience``: given up if not begun by then."""
        self._clock, self._outbox, self._facts = clock, outbox, facts
        self._late, self._patience = late, patience
        self.routes: Mapping[str, PatrolRoute] = {route.route_id: route for route in site.patrols}
        self.timetables = {
            route.route_id: Timetable.of(route.starts, site.timezone, route.days) for route in site.patrols
        }
        self.points = {route.route_id: points_of(route, site) for route in site.patrols}

    # --- from the timetable ---

    def starts_to_make(self, session: Session) -> dict[str, list[datetime]]:
        """Starts that have come and are no rounds yet, by route; a route seen for the first time has none."""
        now = self._clock.now()
        looks = {row.route_id: row.looked_until for row in session.exec(select(RouteLookRow))}
        found = {}
        for route_id, timetable in self.timetables.items():
            looked = looks.get(route_id)
            starts = [] if looked is None else timetable.due(max(looked, now - _LOOK_BACK), now)
            # A clock that was put back must not keep the route waiting until it is there again.
            if starts or looked is None or looked > now:
                found[route_id] = starts
        return found

    def make(self, session: Session, starts: Mapping[str, list[datetime]]) -> None:
        """Turn starts into rounds; one that exists is left as it is."""
        now = self._clock.now()
        for route_id, moments in starts.items():
            for due_at in moments:
                if not _exists(session, route_id, due_at):
                    self._make_due(session, self.routes[route_id], due_at)
            look = session.get(RouteLookRow, route_id) or RouteLookRow(route_id=route_id, looked_until=now)
            look.looked_until = now
            session.add(look)

    def _make_due(self, session: Session, route: PatrolRoute, due_at: datetime) -> None:
        row = self._row(route, due_at, extra=False)
        if self._clock.now() - due_at > self._late:
            self._end(row, RoundState.MISSED, TEXTS.text(BACKEND_WAS_DOWN))
            session.add(row)
            self.tell(session, "round_missed", row)
            return
        self._request(session, row, route, "round_due")

    def make_extra(self, session: Session, route: PatrolRoute) -> RoundRow:
        """A round that a person asks for, due now.

        Raises:
            sqlalchemy.exc.IntegrityError: an extra round of this route is open.
        """
        row = self._row(route, self._clock.now(), extra=True)
        self._request(session, row, route, "round_extra")
        return row

    def _row(self, route: PatrolRoute, due_at: datetime, *, extra: bool) -> RoundRow:
        return RoundRow(
            id=new_id(), route_id=route.route_id, route_name_ko=route.name.ko, route_name_en=route.name.en,
            points=[point.model_dump() for point in self.points[route.route_id]], due_at=due_at, extra=extra,
            state=RoundState.DUE, waiting_since=due_at, created_at=self._clock.now(),
        )  # fmt: skip

    def _request(self, session: Session, row: RoundRow, route: PatrolRoute, kind: str) -> None:
        session.add(row)
        session.flush()
        self._outbox.publish(session, MissionRequested(call_id=row.id, purpose="patrol", legs=_legs(row.id, route)))
        self.tell(session, kind, row)

    # --- its end ---

    def waiting_too_long(self, session: Session) -> list[str]:
        """Ids of rounds that no robot has begun in time."""
        before = self._clock.now() - self._patience
        query = select(RoundRow.id).where(
            RoundRow.state == RoundState.DUE,
            col(RoundRow.cancel_requested_at).is_(None),
            col(RoundRow.waiting_since) <= before,
        )
        return list(session.exec(query))

    def call_off(self, session: Session, row: RoundRow, reason_key: str) -> None:
        """Ask for a round's end; asking twice is asking once."""
        if row.cancel_requested_at is not None:
            return
        row.cancel_requested_at = self._clock.now()
        row.cancel_reason_key = reason_key
        session.add(row)
        self._outbox.publish(session, MissionCancelRequested(call_id=row.id))
        if reason_key == CALLED_OFF:
            self.tell(session, "round_cancel_requested", row)

    def on_mission_changed(self, session: Session, event: MissionChanged) -> None:
        """The fleet tells how far its mission is."""
        row = session.get(RoundRow, event.call_id)
        if row is None or not row.open or event.stage not in _STATES:
            return
        row.mission_id, row.robot_id = event.mission_id, event.robot_id
        row.robot_name_ko = event.robot_name.ko if event.robot_name else None
        row.robot_name_en = event.robot_name.en if event.robot_name else None
        state = _STATES[event.stage]
        if state in {RoundState.DUE, RoundState.ASSIGNED, RoundState.UNDER_WAY}:
            self._move(row, state, event.reason)
        else:
            self._end_by_fleet(session, row, state, event.reason)
        session.add(row)
        session.flush()

    def _move(self, row: RoundRow, state: RoundState, reason: KeyedText | None) -> None:
        if state is RoundState.UNDER_WAY:
            row.started_at = row.started_at or self._clock.now()
        elif state is RoundState.DUE and row.started_at is not None:
            row.waiting_since = self._clock.now()
        row.state = state
        _set_reason(row, reason)

    def _end_by_fleet(self, session: Session, row: RoundRow, state: RoundState, reason: KeyedText | None) -> None:
        if state is RoundState.CANCELED and row.cancel_reason_key is not None:
            reason = TEXTS.text(row.cancel_reason_key)
            if row.cancel_reason_key == NO_ROBOT_IN_TIME:
                state = RoundState.MISSED
        self._end(row, state, reason)
        self.tell(session, f"round_{state.value}", row)

    def _end(self, row: RoundRow, state: RoundState, reason: KeyedText | None) -> None:
        row.state = state
        row.ended_at = self._clock.now()
        _set_reason(row, reason)

    def tell(self, session: Session, kind: str, row: RoundRow, **values: object) -> None:
        """Record ``event.<kind>`` about a round."""
        known = {
            "route": {"ko": row.route_name_ko, "en": row.route_name_en},
            "robot": {"ko": row.robot_name_ko or "", "en": row.robot_name_en or ""},
            "reason": {"ko": row.reason_ko or "", "en": row.reason_en or ""},
        }
        self._facts.record(
            session, kind, TEXTS.text(f"event.{kind}", known | values),
            robot_id=row.robot_id, mission_id=row.mission_id, call_id=row.id,
        )  # fmt: skip


def points_of(route: PatrolRoute, site: Site) -> list[PointPublic]:
    """Where a route looks round.

    Raises:
        ConfigError: a point lies at a node that the site does not have.
    """
    nodes = {node.node_id: node for node in site.nodes}
    found = []
    for point in route.points:
        node = nodes.get(point.node_id)
        if node is None:
            raise ConfigError(
                f"patrols: {route.route_id}: point {point.point_id}: the site has no node {point.node_id}"
            )
        name = LocalText(ko=point.name.ko, en=point.name.en)
        found.append(PointPublic(point_id=point.point_id, name=name, x=node.x, y=node.y))
    return found


def _legs(round_id: str, route: PatrolRoute) -> tuple[Leg, ...]:
    return tuple(
        Leg(
            node_id=point.node_id,
            work=(Work.of(Observe(round_id=round_id, point_id=point.point_id, duration_s=point.duration_s)),),
        )
        for point in route.points
    )


def _exists(session: Session, route_id: str, due_at: datetime) -> bool:
    of_timetable = (RoundRow.route_id == route_id, RoundRow.due_at == due_at, col(RoundRow.extra).is_(False))
    query = select(RoundRow.id).where(*of_timetable)
    return session.exec(query).first() is not None


def _set_reason(row: RoundRow, reason: KeyedText | None) -> None:
    row.reason_key = reason.key if reason else None
    row.reason_ko = reason.ko if reason else None
    row.reason_en = reason.en if reason else None
