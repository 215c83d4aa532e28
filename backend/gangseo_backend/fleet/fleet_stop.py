"""The emergency stop of every robot of the site: pressed by any operator, released by an administrator."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from pydantic import BaseModel
from sqlmodel import Session, col, select

from gangseo_backend.core import audit
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database, after_commit
from gangseo_backend.core.errors import GangseoError
from gangseo_backend.core.ids import new_id
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.fleet import commands
from gangseo_backend.fleet.board import Board, Outgoing
from gangseo_backend.fleet.models import CommandRow
from gangseo_backend.fleet.models_control import FleetStopRow
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.public import CommandKind, CommandState
from gangseo_backend.fleet.public_control import FleetStopPublic
from gangseo_backend.fleet.record import FLEET_TEXTS, About, Recorder

_WAITING = {CommandState.REQUESTED, CommandState.SENT}


class FleetNotStoppedError(GangseoError):
    """There is nothing to release."""

    code, status, texts = "fleet_not_stopped", 409, FLEET_TEXTS


class FleetStopMessage(BaseModel):
    """The stop's frame on the stream; None once it is released."""

    type: Literal["fleet_stop"] = "fleet_stop"
    stop: FleetStopPublic | None


class FleetStop:
    """One stop at a time; it survives restarts, and robots that come on line later are stopped too."""

    def __init__(
        self, db: Database, clock: Clock, hub: StreamHub, place: Place, recorder: Recorder,
        publish: Callable[[Outgoing], None], wake: Callable[[], None],
    ) -> None:  # fmt: skip
        self._db, self._clock, self._hub, self._place, self._recorder = db, clock, hub, place, recorder
        self._publish, self._wake = publish, wake

    def current(self) -> FleetStopPublic | None:
        """The stop that is on."""
        with self._db.read() as session:
            row = latest(session)
        return _public(row) if row is not None and row.released_at is None else None

    def press(self, *, reason: str, actor: str) -> FleetStopPublic:
        """Stop every robot of the site; pressing again changes nothing."""
        with self._db.write() as session:
            row = latest(session)
            if row is not None and row.released_at is None:
                return _public(row)
            now = self._clock.now()
            row = FleetStopRow(id=new_id(), site_id=self._place.site.site_id, since=now, by=actor, reason=reason)
            session.add(row)
            self._tell(session, row, actor, "fleet_stopped", reason, _public(row))
            return _public(row)

    def release(self, *, reason: str, actor: str) -> FleetStopPublic:
        """Release the stop of the fleet; what else has stopped a robot stays on.

        Raises:
            FleetNotStoppedError: it is not on.
        """
        with self._db.write() as session:
            row = latest(session)
            if row is None or row.released_at is not None:
                raise FleetNotStoppedError
            row.released_at, row.released_by, row.release_reason = self._clock.now(), actor, reason
            session.add(row)
            for command in _commands(session, row, self._place, CommandKind.FLEET_STOP).values():
                if command.state in _WAITING:  # never said again after its release
                    command.state = CommandState.EXPIRED
                    session.add(command)
            self._tell(session, row, actor, "fleet_stop_released", reason, None)
            return _public(row)

    def _tell(
        self, session: Session, row: FleetStopRow, actor: str, kind: str, reason: str, shown: FleetStopPublic | None
    ) -> None:
        for robot_id in self._place.homes:
            command = _new_command(row, robot_id, self._clock.now())
            command.state, command.sent_at = CommandState.SENT, command.requested_at
            session.add(command)
            message = commands.message(command)
            after_commit(session, lambda message=message: self._publish(message))  # type: ignore[misc]
        audit.append(session, self._clock, actor=actor, action=kind, subject=row.id, details={"reason": reason})
        self._recorder.fact(session, kind, About(), by=actor, reason=reason)
        frame = FleetStopMessage(stop=shown)
        after_commit(session, lambda: self._hub.changed("fleet_stop", lambda: frame))
        after_commit(session, self._wake)


def latest(session: Session) -> FleetStopRow | None:
    """The stop that is on, or the last one."""
    return session.exec(select(FleetStopRow).order_by(col(FleetStopRow.id).desc()).limit(1)).first()


def apply(board: Board) -> None:
    """See that every robot has heard of the stop, or of its release, as soon as it is on line."""
    row = latest(board.session)
    if row is None:
        return
    kind = _kind(row)
    known = _commands(board.session, row, board.place, kind)
    for robot_id in board.place.homes:
        command = known.get(robot_id)
        live = board.live.get(robot_id)
        online = live is not None and live.online(board.now)
        if command is None:
            board.session.add(_new_command(row, robot_id, board.now))
        elif command.state is CommandState.EXPIRED and online:
            command.state, command.requested_at, command.sent_at = CommandState.REQUESTED, board.now, None
            board.session.add(command)
        elif kind is CommandKind.FLEET_STOP and online and _is_worrying(board, command):
            board.incident("fleet_stop_unconfirmed", About(robot_id))


def _is_worrying(board: Board, command: CommandRow) -> bool:
    waits = command.state in _WAITING and board.age_s(command.requested_at) > board.policy.stop_worries_s
    return waits or command.state is CommandState.FAILED


def _kind(row: FleetStopRow) -> CommandKind:
    return CommandKind.FLEET_STOP if row.released_at is None else CommandKind.RELEASE_FLEET_STOP


def _new_command(row: FleetStopRow, robot_id: str, now: datetime) -> CommandRow:
    kind = _kind(row)
    return CommandRow(
        command_id=_command_id(row, robot_id, kind),
        robot_id=robot_id,
        kind=kind,
        state=CommandState.REQUESTED,
        reason=row.release_reason or row.reason,
        actor=row.released_by or row.by,
        requested_at=now,
    )


def _command_id(row: FleetStopRow, robot_id: str, kind: CommandKind) -> str:
    return f"{kind.value}-{row.id}-{robot_id}"


def _commands(session: Session, row: FleetStopRow, place: Place, kind: CommandKind) -> dict[str, CommandRow]:
    ids = [_command_id(row, robot_id, kind) for robot_id in place.homes]
    rows = session.exec(select(CommandRow).where(col(CommandRow.command_id).in_(ids)))
    return {command.robot_id: command for command in rows}


def _public(row: FleetStopRow) -> FleetStopPublic:
    return FleetStopPublic.model_validate(row.model_dump())
