"""Life of a collecting round: made, each stop a mission of the fleet, ended. Inside the caller's transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import after_commit
from gangseo_backend.core.domain_events import MissionCancelRequested, MissionChanged, MissionRequested, TourWish
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.ids import new_id
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.texts import Catalog
from gangseo_backend.recycling.models import CallRow
from gangseo_backend.recycling.round_models import OPEN_STOPS, CollectionRow, StopRow
from gangseo_backend.recycling.round_public import CollectionState, StopState
from gangseo_backend.recycling.visit import visit
from gangseo_protocol.site import Spot

TEXTS = Catalog(Path(__file__).parent / "messages")
CALLED_OFF, TOO_LATE, BY_CALL = "reason.round_called_off", "reason.round_too_late", "reason.round_served_by_call"
_ENDS = {TOO_LATE: StopState.LEFT_OUT, BY_CALL: StopState.DONE}
"""What a stop that we called off has come to."""
_STATES = {
    "queued": StopState.WAITING,
    "assigned": StopState.ASSIGNED,
    "arrived": StopState.ARRIVED,
    "finished": StopState.DONE,
    "canceled": StopState.CANCELED,
    "failed": StopState.FAILED,
}


class Rounds:
    """Makes rounds and follows their stops."""

    def __init__(
        self, clock: Clock, outbox: Outbox, facts: FactRecorder, spots: Mapping[str, Spot],
        changed: Callable[[StopRow], None],
    ) -> None:  # fmt: skip
        """``changed`` is called after the commit with every stop that was changed."""
        self._clock, self._outbox, self._facts = clock, outbox, facts
        self._spots, self._changed = spots, changed

    def make(
        self, session: Session, litres: Mapping[str, Mapping[str, float]], *, latest_at: datetime, made_by: str,
        due_at: datetime | None = None,
    ) -> CollectionRow:  # fmt: skip
        """A round that begins now at the spots of ``litres``, with what each is expected to bring by stream.

        Raises:
            sqlalchemy.exc.IntegrityError: one of the spots is in an open round, or this start was made already.
        """
        row = CollectionRow(
            id=new_id(), state=CollectionState.UNDER_WAY, due_at=due_at, latest_at=latest_at, made_by=made_by,
            created_at=self._clock.now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        for spot_id, expected in litres.items():
            stop = StopRow(
                id=new_id(), round_id=row.id, spot_id=spot_id, litres=dict(expected), state=StopState.WAITING
            )  # fmt: skip
            session.add(stop)
            wish = TourWish(litres=dict(expected), latest_at=latest_at)
            legs = (visit(self._spots[spot_id], "ko"),)
            self._outbox.publish(session, MissionRequested(call_id=stop.id, purpose="round", legs=legs, tour=wish))
        session.flush()
        self._tell(session, "collection_started", row, count=len(litres))
        if not litres:
            self._end(session, row.id)
        return row

    def call_off(self, session: Session, row: CollectionRow) -> None:
        """Ask for the end of every stop that is not over; asking twice is asking once."""
        if row.cancel_requested_at is not None:
            return
        row.cancel_requested_at = self._clock.now()
        session.add(row)
        for stop in _open_stops(session, row.id):
            self._cancel(session, stop, CALLED_OFF)
        self._tell(session, "collection_cancel_requested", row)

    def overdue(self, session: Session) -> list[str]:
        """Ids of stops that still wait although their round was to be over."""
        query = (
            select(StopRow.id)
            .join(CollectionRow, col(CollectionRow.id) == StopRow.round_id)
            .where(
                StopRow.state == StopState.WAITING,
                col(StopRow.cancel_reason_key).is_(None),
                col(CollectionRow.latest_at) <= self._clock.now(),
            )
        )
        return list(session.exec(query))

    def leave_out(self, session: Session, stop_id: str) -> None:
        """A stop is too late to be begun."""
        stop = session.get(StopRow, stop_id)
        if stop is not None:
            self._cancel(session, stop, TOO_LATE)

    def _cancel(self, session: Session, stop: StopRow, reason_key: str) -> None:
        stop.cancel_reason_key = stop.cancel_reason_key or reason_key
        session.add(stop)
        self._outbox.publish(session, MissionCancelRequested(call_id=stop.id))

    def on_mission_changed(self, session: Session, event: MissionChanged) -> None:
        """The fleet tells how far the mission of a stop is, or that a call was served where one waits."""
        if event.stage == "finished":
            self._served(session, event.call_id)
        stop = session.get(StopRow, event.call_id)
        if stop is None or not stop.open or event.stage not in _STATES:
            return
        stop.state, stop.mission_id, stop.robot_id = _STATES[event.stage], event.mission_id, event.robot_id
        reason = event.reason
        if stop.state is StopState.CANCELED and stop.cancel_reason_key is not None:
            reason = TEXTS.text(stop.cancel_reason_key)
            stop.state = _ENDS.get(stop.cancel_reason_key, StopState.CANCELED)
        stop.reason_key = reason.key if reason else None
        stop.reason_ko = reason.ko if reason else None
        stop.reason_en = reason.en if reason else None
        now = self._clock.now()
        stop.arrived_at = now if stop.state is StopState.ARRIVED else stop.arrived_at
        stop.ended_at = None if stop.open else now
        session.add(stop)
        session.flush()
        after_commit(session, lambda: self._changed(stop))
        if not stop.open and not _open_stops(session, stop.round_id):
            self._end(session, stop.round_id)

    def _served(self, session: Session, call_id: str) -> None:
        """What a call has brought need not be fetched again."""
        call = session.get(CallRow, call_id)
        if call is not None:
            waiting = select(StopRow).where(StopRow.spot_id == call.spot_id, StopRow.state == StopState.WAITING)
            for stop in session.exec(waiting):
                self._cancel(session, stop, BY_CALL)

    def _end(self, session: Session, round_id: str) -> None:
        row = session.get_one(CollectionRow, round_id)
        row.state = CollectionState.DONE if row.cancel_requested_at is None else CollectionState.CANCELED
        row.ended_at = self._clock.now()
        session.add(row)
        states = session.exec(select(StopRow.state).where(StopRow.round_id == round_id)).all()
        done = sum(state is StopState.DONE for state in states)
        self._tell(session, f"collection_{row.state.value}", row, done=done, left=len(states) - done)

    def _tell(self, session: Session, kind: str, row: CollectionRow, **values: object) -> None:
        self._facts.record(session, kind, TEXTS.text(f"event.{kind}", values), call_id=row.id)


def _open_stops(session: Session, round_id: str) -> list[StopRow]:
    query = select(StopRow).where(StopRow.round_id == round_id, col(StopRow.state).in_(OPEN_STOPS))
    return list(session.exec(query))
