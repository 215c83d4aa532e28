"""The front door of collecting rounds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from gangseo_backend.core import audit
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.config import Settings
from gangseo_backend.core.db import Database, after_commit
from gangseo_backend.core.domain_events import MissionChanged, TourWish
from gangseo_backend.core.errors import GangseoError, NotFoundError
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.live import LiveMissions
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.tours import StopWish, Tours
from gangseo_backend.recycling.round_board import RoundBoard
from gangseo_backend.recycling.round_models import OPEN_STOPS, CollectionRow, StopRow, VisitRow
from gangseo_backend.recycling.round_public import (
    CollectionCreate,
    CollectionDetail,
    CollectionForecast,
    CollectionPublic,
    CollectionState,
    SpotLitres,
    StopCreate,
)
from gangseo_backend.recycling.round_views import RoundViews
from gangseo_backend.recycling.rounds import TEXTS, Rounds
from gangseo_backend.recycling.visit import visit
from gangseo_backend.recycling.visits import Visits
from gangseo_protocol.site import Site


class NoSuchSpotError(GangseoError):
    """There is no such spot."""

    code, status, texts = "round_unknown_spot", 404, TEXTS


class SpotTwiceError(GangseoError):
    """A spot is named twice."""

    code, status, texts = "round_spot_twice", 409, TEXTS


class SpotTakenError(GangseoError):
    """A spot is in an open round already."""

    code, status, texts = "round_spot_taken", 409, TEXTS


class NothingToDoError(GangseoError):
    """Every spot is in an open round already."""

    code, status, texts = "round_nothing_to_do", 409, TEXTS


class LatestOverError(GangseoError):
    """The latest end is not in the future."""

    code, status, texts = "round_latest_over", 409, TEXTS


class CollectionOverError(GangseoError):
    """The round has ended."""

    code, status, texts = "collection_over", 409, TEXTS


class CollectionService:
    """Rounds of many spots: thought of, begun, followed, called off."""

    def __init__(
        self, settings: Settings, db: Database, clock: Clock, hub: StreamHub, outbox: Outbox, facts: FactRecorder,
        live: LiveMissions, site: Site, tours: Tours,
    ) -> None:  # fmt: skip
        self._db, self._clock, self._tours = db, clock, tours
        self._lasts = timedelta(minutes=settings.round_lasts_minutes)
        self._spots = {spot.spot_id: spot for spot in site.spots}
        self._board = RoundBoard(hub, live)
        self._views = RoundViews(site, live)
        self._visits = Visits(clock, settings.round_spot_litres)
        self.rounds = Rounds(clock, outbox, facts, self._spots, self._board.put)
        outbox.subscribe(MissionChanged, self._visits.on_mission_changed)
        outbox.subscribe(MissionChanged, self.rounds.on_mission_changed)

    def start(self) -> None:
        """Follow the stops an earlier process left open."""
        with self._db.read() as session:
            for stop in session.exec(select(StopRow).where(col(StopRow.state).in_(OPEN_STOPS))):
                self._board.put(stop)

    # --- looking ---

    def spots(self) -> list[SpotLitres]:
        """Every spot with what a visit usually brings."""
        with self._db.read() as session:
            expected, taken = self._visits.expected(session, self._spots), _taken(session)
        return [
            SpotLitres.model_validate({
                "spot_id": spot_id, "name": self._views.name_of(spot_id), "x": self._spots[spot_id].x,
                "y": self._spots[spot_id].y, "litres": litres, "visits": visits, "in_round": spot_id in taken,
            })
            for spot_id, (litres, visits) in expected.items()
        ]  # fmt: skip

    def latest(self, *, state: CollectionState | None, limit: int) -> list[CollectionPublic]:
        """Rounds, newest first."""
        query = select(CollectionRow).order_by(col(CollectionRow.id).desc()).limit(limit)
        if state is not None:
            query = query.where(CollectionRow.state == state)
        with self._db.read() as session:
            rows = session.exec(query).all()
            stops = session.exec(select(StopRow).where(col(StopRow.round_id).in_([row.id for row in rows]))).all()
        return [self._views.summary(row, [stop for stop in stops if stop.round_id == row.id]) for row in rows]

    def one(self, round_id: str) -> CollectionDetail:
        """One round with its stops.

        Raises:
            NotFoundError: there is no such round.
        """
        with self._db.read() as session:
            return self._detail(session, _found(session, round_id))

    def _detail(self, session: Session, row: CollectionRow) -> CollectionDetail:
        stops = session.exec(select(StopRow).where(StopRow.round_id == row.id)).all()
        visits = session.exec(select(VisitRow).where(col(VisitRow.id).in_([stop.id for stop in stops])))
        return self._views.detail(row, stops, {each.id: each.litres for each in visits}, self._clock.now())

    # --- acting ---

    def forecast(self, body: CollectionCreate) -> CollectionForecast:
        """How a round would go; nothing is stored.

        Raises:
            GangseoError: the round could not be made, or the fleet does not answer.
        """
        with self._db.read() as session:
            litres = self._checked(session, body)
        latest_at = body.latest_at or self._clock.now() + self._lasts
        stops = [
            StopWish(spot_id, visit(self._spots[spot_id], "ko"), TourWish(litres=expected, latest_at=latest_at))
            for spot_id, expected in litres.items()
        ]
        return self._views.forecast(self._tours.forecast(stops))

    def create(self, body: CollectionCreate, *, actor: str) -> CollectionDetail:
        """Begin a round now.

        Raises:
            GangseoError: a spot is unknown, named twice or in an open round, or the latest end is over.
        """
        try:
            with self._db.write() as session:
                latest_at = body.latest_at or self._clock.now() + self._lasts
                row = self._make(session, self._checked(session, body), latest_at, actor=actor)
                return self._detail(session, row)
        except IntegrityError as err:
            raise SpotTakenError(spot="") from err

    def _make(
        self, session: Session, litres: dict[str, dict[str, float]], latest_at: datetime, *, actor: str,
        due_at: datetime | None = None,
    ) -> CollectionRow:  # fmt: skip
        row = self.rounds.make(session, litres, latest_at=latest_at, made_by=actor, due_at=due_at)
        details = {"spots": len(litres)}
        audit.append(session, self._clock, actor=actor, action="collection_round", subject=row.id, details=details)
        after_commit(session, lambda: self._board.changed(row.id))
        return row

    def make_due(self, session: Session, due_at: datetime, *, actor: str) -> None:
        """Begin a round of the timetable at every spot that is in no open one; with none free it is over at once."""
        litres = self._litres_of(session, self._all_free(session))
        self._make(session, litres, due_at + self._lasts, actor=actor, due_at=due_at)

    def cancel(self, round_id: str, *, actor: str) -> CollectionDetail:
        """Call a round off; doing it twice is doing it once.

        Raises:
            NotFoundError: there is no such round.
            CollectionOverError: it has ended already.
        """
        with self._db.write() as session:
            row = _found(session, round_id)
            if row.state is not CollectionState.UNDER_WAY:
                raise CollectionOverError
            if row.cancel_requested_at is None:
                self.rounds.call_off(session, row)
                audit.append(session, self._clock, actor=actor, action="collection_round_cancel", subject=row.id)
                after_commit(session, lambda: self._board.changed(row.id))
            return self._detail(session, row)

    def _all_free(self, session: Session) -> list[StopCreate]:
        """Every spot that is in no open round."""
        taken = _taken(session)
        return [StopCreate(spot_id=spot_id) for spot_id in self._spots if spot_id not in taken]

    def _litres_of(self, session: Session, wanted: Sequence[StopCreate]) -> dict[str, dict[str, float]]:
        """What is expected at each spot: as people say, else as it usually is."""
        usual = self._visits.expected(session, [each.spot_id for each in wanted if each.litres is None])
        return {
            each.spot_id: usual[each.spot_id][0] if each.litres is None else {str(k): v for k, v in each.litres.items()}
            for each in wanted
        }  # fmt: skip

    def _checked(self, session: Session, body: CollectionCreate) -> dict[str, dict[str, float]]:
        if body.latest_at is not None and body.latest_at <= self._clock.now():
            raise LatestOverError
        taken, seen = _taken(session), set[str]()
        for each in body.spots or ():
            if each.spot_id not in self._spots:
                raise NoSuchSpotError(spot=each.spot_id)
            values = {"spot": self._views.name_of(each.spot_id).model_dump()}
            if each.spot_id in seen:
                raise SpotTwiceError(**values)
            if each.spot_id in taken:
                raise SpotTakenError(**values)
            seen.add(each.spot_id)
        wanted = self._all_free(session) if body.spots is None else body.spots
        if not wanted:
            raise NothingToDoError
        return self._litres_of(session, wanted)


def _found(session: Session, round_id: str) -> CollectionRow:
    row = session.get(CollectionRow, round_id)
    if row is None:
        raise NotFoundError
    return row


def _taken(session: Session) -> set[str]:
    return set(session.exec(select(StopRow.spot_id).where(col(StopRow.state).in_(OPEN_STOPS))))
