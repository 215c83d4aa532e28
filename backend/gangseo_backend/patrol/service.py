"""The patrol's front door: routes, rounds and what was seen on them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from gangseo_backend.core import audit
from gangseo_backend.core.blobs import Blobs
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.config import Settings
from gangseo_backend.core.db import Database
from gangseo_backend.core.domain_events import MissionChanged
from gangseo_backend.core.errors import GangseoError, NotFoundError
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.live import LiveMissions
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.robot_mail import RobotMail
from gangseo_backend.core.texts import LocalText
from gangseo_backend.patrol.models import ObservationRow, RoundRow
from gangseo_backend.patrol.observations import ObservationIntake
from gangseo_backend.patrol.public import RoundDetail, RoundPublic, RoundState, RoutePublic
from gangseo_backend.patrol.rounds import CALLED_OFF, TEXTS, Rounds
from gangseo_backend.patrol.scheduler import Scheduler
from gangseo_backend.patrol.views import observation_public, round_public
from gangseo_protocol.site import PatrolRoute, Site

_NEXT = 4


class UnknownRouteError(GangseoError):
    """There is no such route."""

    code, status, texts = "unknown_route", 404, TEXTS


class ExtraRoundOpenError(GangseoError):
    """An extra round of this route is open already."""

    code, status, texts = "extra_round_open", 409, TEXTS


class RoundOverError(GangseoError):
    """The round has ended."""

    code, status, texts = "round_over", 409, TEXTS


class NoPictureError(GangseoError):
    """There was no picture, or it had to be deleted."""

    code, status, texts = "no_picture", 404, TEXTS


class PatrolService:
    """Routes, rounds, observations."""

    def __init__(
        self, settings: Settings, db: Database, clock: Clock, outbox: Outbox, facts: FactRecorder,
        live_missions: LiveMissions, mail: RobotMail, blobs: Blobs, site: Site,
    ) -> None:  # fmt: skip
        self._db, self._clock, self._blobs, self._site, self._live = db, clock, blobs, site, live_missions
        self._keep_pictures = timedelta(days=settings.picture_retention_days)
        self._rounds = Rounds(
            clock, outbox, facts, site, late=timedelta(minutes=settings.patrol_late_minutes),
            patience=timedelta(minutes=settings.patrol_give_up_minutes),
        )  # fmt: skip
        self.scheduler = Scheduler(db, self._rounds)
        self.intake = ObservationIntake(
            db, clock, blobs, mail, frozenset(home.robot_id for home in site.robots),
            lambda session, kind, row, values: self._rounds.tell(session, kind, row, **values),
        )  # fmt: skip
        outbox.subscribe(MissionChanged, self._rounds.on_mission_changed)

    def start(self) -> None:
        """Go on where an earlier process stopped."""
        self.intake.start()
        self.scheduler.ticker.start()

    def stop(self) -> None:
        """End in order."""
        self.scheduler.ticker.stop()
        self.intake.stop()

    # --- looking ---

    def routes(self) -> list[RoutePublic]:
        """Every route with its next starts."""
        return [self._route_public(route) for route in self._site.patrols]

    def _route_public(self, route: PatrolRoute) -> RoutePublic:
        return RoutePublic(
            route_id=route.route_id,
            name=LocalText(ko=route.name.ko, en=route.name.en),
            points=self._rounds.points[route.route_id],
            starts=sorted(route.starts),
            days=list(route.days),
            timezone=self._site.timezone,
            next_due=self._rounds.timetables[route.route_id].next_due(self._clock.now(), _NEXT),
        )

    def rounds(self, *, state: RoundState | None, route_id: str | None, limit: int) -> list[RoundPublic]:
        """Rounds, newest first."""
        query = select(RoundRow).order_by(col(RoundRow.due_at).desc(), col(RoundRow.id).desc()).limit(limit)
        if state is not None:
            query = query.where(RoundRow.state == state)
        if route_id is not None:
            query = query.where(RoundRow.route_id == route_id)
        with self._db.read() as session:
            return self._public(session, session.exec(query).all())

    def round(self, round_id: str) -> RoundDetail:
        """One round with what was seen.

        Raises:
            NotFoundError: there is no such round.
        """
        with self._db.read() as session:
            row = _found(session, round_id)
            query = select(ObservationRow).where(ObservationRow.round_id == round_id)
            seen = session.exec(query.order_by(col(ObservationRow.taken_at), col(ObservationRow.id))).all()
            public = self._public(session, [row])[0]
        return RoundDetail(**public.model_dump(), observations=[observation_public(row, one) for one in seen])

    def _public(self, session: Session, rows: Sequence[RoundRow]) -> list[RoundPublic]:
        seen = func.count(col(ObservationRow.point_id).distinct())
        ids = [row.id for row in rows]
        query = select(ObservationRow.round_id, seen).where(col(ObservationRow.round_id).in_(ids))
        counts = dict(session.exec(query.group_by(col(ObservationRow.round_id))).all())
        return [round_public(row, counts.get(row.id, 0), self._live) for row in rows]

    # --- acting ---

    def make_extra(self, route_id: str, *, actor: str) -> RoundPublic:
        """A round now.

        Raises:
            UnknownRouteError: there is no such route.
            ExtraRoundOpenError: one of this route is open already.
        """
        route = self._rounds.routes.get(route_id)
        if route is None:
            raise UnknownRouteError
        try:
            with self._db.write() as session:
                row = self._rounds.make_extra(session, route)
                audit.append(session, self._clock, actor=actor, action="patrol_extra_round", subject=row.id)
        except IntegrityError as err:
            raise ExtraRoundOpenError(route={"ko": route.name.ko, "en": route.name.en}) from err
        return round_public(row, 0, self._live)

    def cancel(self, round_id: str, *, actor: str) -> RoundPublic:
        """Call a round off; doing it twice is doing it once.

        Raises:
            NotFoundError: there is no such round.
            RoundOverError: it has ended already.
        """
        with self._db.write() as session:
            row = _found(session, round_id)
            if not row.open:
                raise RoundOverError
            if row.cancel_requested_at is None:
                self._rounds.call_off(session, row, CALLED_OFF)
                audit.append(session, self._clock, actor=actor, action="patrol_round_cancel", subject=row.id)
            return self._public(session, [row])[0]

    def picture(self, observation_id: str, *, actor: str) -> bytes:
        """The JPEG of an observation; who looked is recorded.

        Raises:
            NotFoundError: there is no such observation.
            NoPictureError: it has no picture, or no longer.
        """
        with self._db.read() as session:
            row = session.get(ObservationRow, observation_id)
        if row is None:
            raise NotFoundError
        too_old = row.received_at <= self._clock.now() - self._keep_pictures
        content = None if row.picture_key is None or too_old else self._blobs.get(row.picture_key)
        if content is None:
            raise NoPictureError
        details = {"round_id": row.round_id, "point_id": row.point_id}
        with self._db.write() as session:
            audit.append(
                session, self._clock, actor=actor, action="patrol_picture_viewed", subject=row.id, details=details
            )
        return content


def _found(session: Session, round_id: str) -> RoundRow:
    row = session.get(RoundRow, round_id)
    if row is None:
        raise NotFoundError
    return row
