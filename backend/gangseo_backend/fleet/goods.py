"""Goods of other domains on robots: wishes for a compartment, and what stayed on board."""

from sqlmodel import Session, col, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import after_commit
from gangseo_backend.core.domain_events import CompartmentWish, GoodsLeftOnBoard, GoodsOffBoard
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.fleet import commands
from gangseo_backend.fleet.board import OPEN_MISSIONS
from gangseo_backend.fleet.link import Carrier
from gangseo_backend.fleet.missions import hold
from gangseo_backend.fleet.models import CommandRow, GoodsHeldRow, IncidentRow, MissionRow
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.planner import Planner
from gangseo_backend.fleet.public import CommandKind, CommandState, IncidentState
from gangseo_backend.fleet.record import About, Recorder

_LEFT = "goods_on_board"


class Goods:
    """Handles what the domain of the goods says, inside the outbox's transaction."""

    def __init__(
        self, clock: Clock, place: Place, outbox: Outbox, recorder: Recorder, planner: Planner, link: Carrier
    ) -> None:
        self._clock = clock
        self._place = place
        self._outbox = outbox
        self._recorder = recorder
        self._planner = planner
        self._link = link
        outbox.subscribe(CompartmentWish, self._on_wish)
        outbox.subscribe(GoodsLeftOnBoard, self._on_left)
        outbox.subscribe(GoodsOffBoard, self._on_off)

    def _on_wish(self, session: Session, event: CompartmentWish) -> None:
        if session.get(CommandRow, event.request_id) is not None:
            return
        mission = session.exec(
            select(MissionRow).where(MissionRow.call_id == event.call_id, col(MissionRow.state).in_(OPEN_MISSIONS))
        ).first()
        if mission is None or mission.robot_id is None or not mission.arrived:
            commands.answer(self._outbox, session, event.call_id, event.request_id, done=False)
            return
        row = CommandRow(
            command_id=event.request_id,
            robot_id=mission.robot_id,
            kind=CommandKind.OPEN_COMPARTMENT if event.opens else CommandKind.CLOSE_COMPARTMENT,
            state=CommandState.SENT if self._link.connected else CommandState.REQUESTED,
            reason="",
            actor="system",
            call_id=event.call_id,
            requested_at=self._clock.now(),
            sent_at=self._clock.now() if self._link.connected else None,
        )
        session.add(row)
        message = commands.message(row)
        after_commit(session, lambda: self._link.publish(message))
        after_commit(session, self._planner.wake)

    def _on_left(self, session: Session, event: GoodsLeftOnBoard) -> None:
        hold(session, event.call_id, event.robot_id, self._clock.now())
        about = About(event.robot_id, event.mission_id, event.call_id)
        name = self._place.name_of(event.robot_id).model_dump()
        self._recorder.incident(session, _LEFT, about, robot=name, why=event.reason.model_dump())

    def _on_off(self, session: Session, event: GoodsOffBoard) -> None:
        held = session.get(GoodsHeldRow, event.call_id)
        if held is not None:
            session.delete(held)
        about_them = (IncidentRow.kind == _LEFT, IncidentRow.call_id == event.call_id)
        unresolved = select(IncidentRow).where(*about_them, col(IncidentRow.state) != IncidentState.RESOLVED)
        for row in session.exec(unresolved):
            now = self._clock.now()
            row.state = IncidentState.RESOLVED
            row.resolved_at, row.resolved_by = now, event.by
            if row.acknowledged_at is None:
                row.acknowledged_at, row.acknowledged_by = now, event.by
            row.note = event.note or row.note
            session.add(row)
            self._recorder.incident_changed(session, row)
        after_commit(session, self._planner.wake)
