"""Areas that people close for a while: nobody drives in, whoever is in drives out, missions to them wait."""

from collections.abc import Callable

from sqlmodel import col, select

from gangseo_backend.core import audit
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database, after_commit
from gangseo_backend.core.errors import GangseoError, NotFoundError
from gangseo_backend.core.ids import new_id
from gangseo_backend.fleet.board import Board
from gangseo_backend.fleet.missions import cancel_order, try_again
from gangseo_backend.fleet.models import ClosureRow
from gangseo_backend.fleet.public_closures import ClosureCreate, ClosurePublic
from gangseo_backend.fleet.record import FLEET_TEXTS, About, Recorder, about
from gangseo_backend.fleet.states import OrderState


class ClosureTimeError(GangseoError):
    """The closure would end before it begins."""

    code, status, texts = "closure_in_the_past", 422, FLEET_TEXTS


def apply(board: Board) -> None:
    """Stop the orders that would lead into a closed area; their robots are planned anew."""
    into = board.into_closures
    for order in board.orders.values() if into else ():
        mission = board.missions.get(order.mission_id)
        over = order.state is OrderState.CANCELING or into.isdisjoint(order.edges[order.passed :])
        if over or mission is None or mission.robot_id != order.robot_id:
            continue
        cancel_order(board, order)
        board.fact("mission_led_around", about(mission))
        try_again(board, mission)


class Closures:
    """Closes areas and opens them again."""

    def __init__(self, db: Database, clock: Clock, recorder: Recorder) -> None:
        self._db, self._clock, self._recorder = db, clock, recorder
        self.wake: Callable[[], None] = lambda: None

    def current(self) -> list[ClosurePublic]:
        """Areas that are closed now."""
        now = self._clock.now()
        query = select(ClosureRow).where(col(ClosureRow.ended_at).is_(None), col(ClosureRow.until) > now)
        with self._db.read() as session:
            return [_public(row) for row in session.exec(query.order_by(col(ClosureRow.id)))]

    def close(self, body: ClosureCreate, *, actor: str) -> ClosurePublic:
        """Close an area.

        Raises:
            ClosureTimeError: ``until`` has passed.
        """
        now = self._clock.now()
        if body.until <= now:
            raise ClosureTimeError
        row = ClosureRow(
            id=new_id(), vertices=[list(corner) for corner in body.vertices], reason=body.reason, until=body.until,
            made_by=actor, created_at=now,
        )  # fmt: skip
        with self._db.write() as session:
            session.add(row)
            details = {"reason": body.reason, "until": body.until.isoformat()}
            audit.append(session, self._clock, actor=actor, action="area_closed", subject=row.id, details=details)
            self._recorder.fact(session, "area_closed", About(), reason=body.reason)
            after_commit(session, self.wake)
        return _public(row)

    def open(self, closure_id: str, *, actor: str) -> ClosurePublic:
        """Open an area again; doing it twice is doing it once.

        Raises:
            NotFoundError: there is no such closure.
        """
        with self._db.write() as session:
            row = session.get(ClosureRow, closure_id)
            if row is None:
                raise NotFoundError
            if row.ended_at is None:
                row.ended_at, row.ended_by = self._clock.now(), actor
                session.add(row)
                audit.append(session, self._clock, actor=actor, action="area_opened", subject=row.id, details={})
                self._recorder.fact(session, "area_opened", About(), reason=row.reason)
                after_commit(session, self.wake)
        return _public(row)


def _public(row: ClosureRow) -> ClosurePublic:
    return ClosurePublic.model_validate(row.model_dump())
