"""Takeovers: one named person in control of a robot, on a lease that somebody must keep alive."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from gangseo_backend.core import audit
from gangseo_backend.core.access import AccountPrincipal, Role
from gangseo_backend.core.accounts import Account
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database, after_commit
from gangseo_backend.core.errors import GangseoError, NotFoundError
from gangseo_backend.core.ids import new_id
from gangseo_backend.fleet import takeover_watch
from gangseo_backend.fleet.board import Outgoing
from gangseo_backend.fleet.models_control import TakeoverRow
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.public_control import TakeoverEnd, TakeoverPublic, TakeoverRecord, TakeoverState
from gangseo_backend.fleet.record import FLEET_TEXTS, About, Recorder
from gangseo_backend.fleet.relay import Relay
from gangseo_protocol.drive import LEASE_S

LEASE = timedelta(seconds=LEASE_S)


class TakenOverError(GangseoError):
    """Somebody else is in control."""

    code, status, texts = "robot_taken_over", 409, FLEET_TEXTS


class NotTakenOverError(GangseoError):
    """Nobody is in control."""

    code, status, texts = "robot_not_taken_over", 409, FLEET_TEXTS


class LapsedError(GangseoError):
    """The lease was not renewed in time."""

    code, status, texts = "takeover_lapsed", 409, FLEET_TEXTS


class NotOfferedError(GangseoError):
    """The robot was not offered to this person."""

    code, status, texts = "takeover_not_offered", 409, FLEET_TEXTS


class NoOperatorError(GangseoError):
    """There is no such person who may operate robots."""

    code, status, texts = "no_such_operator", 422, FLEET_TEXTS


class Takeovers:
    """What people do about being in control; ``takeover_watch`` sees to the robot's side."""

    def __init__(
        self, db: Database, clock: Clock, place: Place, recorder: Recorder, relay: Relay,
        publish: Callable[[Outgoing], None], wake: Callable[[], None],
    ) -> None:  # fmt: skip
        self._db, self._clock, self._place, self._recorder, self._relay = db, clock, place, recorder, relay
        self._publish, self._wake = publish, wake

    def operators(self) -> list[str]:
        """Who may take a robot over, by user name."""
        roles = [role for role in Role if role.rank >= Role.OPERATOR.rank]
        query = select(Account.username).where(col(Account.role).in_(roles), col(Account.active).is_(True))
        with self._db.read() as session:
            return sorted(session.exec(query))

    def past(self, robot_id: str | None, limit: int) -> list[TakeoverRecord]:
        """Who was in control of a robot, or of any, and how it ended; newest first."""
        query = select(TakeoverRow).order_by(col(TakeoverRow.id).desc()).limit(limit)
        if robot_id is not None:
            query = query.where(TakeoverRow.robot_id == robot_id)
        with self._db.read() as session:
            return [TakeoverRecord.model_validate(row.model_dump()) for row in session.exec(query)]

    def start(self, robot_id: str, *, reason: str, by: AccountPrincipal) -> TakeoverPublic:
        """Take a robot over; who already holds it keeps it.

        Raises:
            NotFoundError: the site has no such robot.
            TakenOverError: somebody else holds it, and says since when.
        """
        if robot_id not in self._place.homes:
            raise NotFoundError
        with self._db.write() as session:
            held = self._open(session, robot_id)
            if held is not None and not self._has_lapsed(held):
                if held.holder == by.username:
                    return takeover_watch.public(held)
                raise TakenOverError(holder=held.holder, since=self._local(held.since))
            if held is not None:
                self._end(session, held, TakeoverEnd.SUPERSEDED, by.username, reason)
            return self._begin(session, robot_id, reason, by, "takeover_started")

    def renew(self, robot_id: str, *, by: AccountPrincipal) -> TakeoverPublic:
        """Keep the lease alive.

        Raises:
            NotTakenOverError: nobody is in control.
            TakenOverError: somebody else is.
            LapsedError: too late.
        """
        with self._db.write() as session:
            row = self._mine(session, robot_id, by)
            row.lease_until = self._clock.now() + LEASE
            session.add(row)
            self._show(session, row)
            after_commit(session, lambda: self._relay.renew(robot_id, row.id))
            return takeover_watch.public(row)

    def offer(self, robot_id: str, *, to: str, by: AccountPrincipal) -> TakeoverPublic:
        """Offer the robot to somebody; the holder stays in control until they accept.

        Raises:
            NotTakenOverError, TakenOverError, LapsedError: it is not this person's to give.
            NoOperatorError: there is nobody of that name who may have it.
        """
        operators = self.operators()
        with self._db.write() as session:
            row = self._mine(session, robot_id, by)
            if to == by.username or to not in operators:
                raise NoOperatorError(name=to)
            row.offered_to = to
            session.add(row)
            self._note(session, row, "takeover_offered", by.username, {"to": to}, holder=row.holder, to=to)
            self._show(session, row)
            return takeover_watch.public(row)

    def accept(self, robot_id: str, *, by: AccountPrincipal) -> TakeoverPublic:
        """Take a robot that was offered: in one step it leaves one hand and is in the other.

        Raises:
            NotOfferedError: nobody has offered it to this person.
            LapsedError: who offered it has been silent since; it can be taken over.
        """
        with self._db.write() as session:
            row = self._open(session, robot_id)
            if row is None or row.offered_to != by.username:
                raise NotOfferedError
            if self._has_lapsed(row):
                raise LapsedError
            self._end(session, row, TakeoverEnd.HANDED_OVER, by.username, row.reason)
            return self._begin(session, robot_id, row.reason, by, "takeover_accepted", before=row.holder)

    def release(self, robot_id: str, *, reason: str, by: AccountPrincipal) -> TakeoverRecord:
        """Let the robot drive by itself again; an administrator may do so for others.

        Raises:
            NotTakenOverError: nobody is in control.
            TakenOverError: somebody else is.
        """
        with self._db.write() as session:
            row = self._open(session, robot_id)
            if row is None:
                raise NotTakenOverError
            own = row.holder == by.username
            if not own and by.role is not Role.ADMIN:
                raise TakenOverError(holder=row.holder, since=self._local(row.since))
            self._end(session, row, TakeoverEnd.RELEASED if own else TakeoverEnd.FORCED, by.username, reason)
            kind = "takeover_released" if own else "takeover_forced"
            self._note(session, row, kind, by.username, {"reason": reason}, holder=row.holder, by=by.username)
            message = takeover_watch.ending(row, self._clock.now())
            after_commit(session, lambda: self._publish(message))
            after_commit(session, self._wake)
            self._recorder.takeover_changed(session, robot_id, None)
            return TakeoverRecord.model_validate(row.model_dump())

    # --- rows ---

    @staticmethod
    def _open(session: Session, robot_id: str) -> TakeoverRow | None:
        query = select(TakeoverRow).where(TakeoverRow.robot_id == robot_id, col(TakeoverRow.ended_at).is_(None))
        return session.exec(query).first()

    def _mine(self, session: Session, robot_id: str, by: AccountPrincipal) -> TakeoverRow:
        row = self._open(session, robot_id)
        if row is None:
            raise NotTakenOverError
        if row.holder != by.username:
            raise TakenOverError(holder=row.holder, since=self._local(row.since))
        if self._has_lapsed(row):
            raise LapsedError
        return row

    def _begin(
        self, session: Session, robot_id: str, reason: str, by: AccountPrincipal, kind: str, **values: str
    ) -> TakeoverPublic:
        now = self._clock.now()
        row = TakeoverRow(
            id=new_id(), robot_id=robot_id, holder=by.username, reason=reason, state=TakeoverState.REQUESTED,
            since=now, lease_until=now + LEASE,
        )  # fmt: skip
        session.flush()  # the one before has ended, or there would be two for a moment
        session.add(row)
        self._note(session, row, kind, by.username, {"reason": reason, **values}, holder=row.holder, **values)
        message = takeover_watch.beginning(row)
        after_commit(session, lambda: self._publish(message))
        after_commit(session, self._wake)
        self._show(session, row)
        return takeover_watch.public(row)

    def _end(self, session: Session, row: TakeoverRow, outcome: TakeoverEnd, by: str, reason: str) -> None:
        row.ended_at, row.ended_by, row.outcome, row.end_reason = self._clock.now(), by, outcome, reason
        session.add(row)

    def _has_lapsed(self, row: TakeoverRow) -> bool:
        return row.state is TakeoverState.LAPSED or row.lease_until <= self._clock.now()

    def _show(self, session: Session, row: TakeoverRow) -> None:
        self._recorder.takeover_changed(session, row.robot_id, takeover_watch.public(row))

    def _note(
        self, session: Session, row: TakeoverRow, kind: str, actor: str, details: dict[str, str], **values: str
    ) -> None:
        audit.append(
            session, self._clock, actor=actor, action=kind, subject=row.robot_id, details={"lease": row.id, **details}
        )
        name = self._place.name_of(row.robot_id)
        self._recorder.fact(session, kind, About(row.robot_id), robot=name.model_dump(), **values)

    def _local(self, moment: datetime) -> str:
        return moment.astimezone(ZoneInfo(self._place.site.timezone)).strftime("%m-%d %H:%M")
