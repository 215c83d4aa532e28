"""Calls: from a ticket to a served spot."""

from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from gangseo_backend.core import audit
from gangseo_backend.core.access import AccountPrincipal, Holder, Principal, TicketPrincipal
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.config import Settings
from gangseo_backend.core.db import Database, after_commit
from gangseo_backend.core.domain_events import MissionCancelRequested, MissionChanged, MissionRequested
from gangseo_backend.core.errors import GangseoError, NotFoundError
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.hours import ServiceHours
from gangseo_backend.core.ids import new_id
from gangseo_backend.core.links import LinkKey, svg
from gangseo_backend.core.live import LiveMissions
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.texts import Catalog, KeyedText
from gangseo_backend.core.tickets import Tickets
from gangseo_backend.recycling import qr
from gangseo_backend.recycling.board import CallBoard
from gangseo_backend.recycling.models import OPEN_CALLS, CallRow
from gangseo_backend.recycling.public import (
    CallPublic,
    CallState,
    Language,
    SpotBrief,
    SpotPublic,
    TicketPublic,
)
from gangseo_backend.recycling.visit import visit
from gangseo_protocol.site import Site, Spot

TEXTS = Catalog(Path(__file__).parent / "messages")
_STATES = {
    "queued": CallState.QUEUED,
    "assigned": CallState.ASSIGNED,
    "arrived": CallState.ARRIVED,
    "finished": CallState.SERVED,
    "canceled": CallState.CANCELED,
    "failed": CallState.FAILED,
}


class ForgedQrError(GangseoError):
    """The QR code is not ours, or no longer."""

    code, status, texts = "forged_qr", 404, TEXTS


class UnknownSpotError(GangseoError):
    """There is no such spot."""

    code, status, texts = "unknown_spot", 404, TEXTS


class SpotHasCallError(GangseoError):
    """A robot was called to this spot already."""

    code, status, texts = "spot_has_open_call", 409, TEXTS


class OutsideHoursError(GangseoError):
    """The service is closed now."""

    code, status, texts = "outside_service_hours", 409, TEXTS


class CallOverError(GangseoError):
    """The call has ended."""

    code, status, texts = "call_over", 409, TEXTS


class RecyclingService:
    """Tickets, calls and QR codes."""

    ticket_limit = "60/minute"
    call_limit = "5/minute"
    call_address_limit = "120/hour"

    def __init__(
        self,
        settings: Settings,
        db: Database,
        clock: Clock,
        hub: StreamHub,
        outbox: Outbox,
        facts: FactRecorder,
        live_missions: LiveMissions,
        site: Site,
        tickets: Tickets,
        *,
        qr_key: str,
    ) -> None:
        self._db = db
        self._clock = clock
        self._outbox = outbox
        self._facts = facts
        self._public_url = settings.public_url.rstrip("/")
        self._qr_key = LinkKey(qr_key, settings.qr_key_version, "spot")
        self._hours = ServiceHours.parse(settings.service_hours, site.timezone)
        self._spots: dict[str, Spot] = {spot.spot_id: spot for spot in site.spots}
        self._tickets = tickets
        self._board = CallBoard(hub, live_missions, self._spots)
        outbox.subscribe(MissionChanged, self._on_mission_changed)

    def start(self) -> None:
        """Show the calls an earlier process left open."""
        with self._db.read() as session:
            for row in session.exec(select(CallRow).where(col(CallRow.state).in_(OPEN_CALLS))):
                self._board.put(row)

    # --- spots ---

    def spots(self) -> list[SpotPublic]:
        """Every spot with the address its QR code opens."""
        return [
            SpotPublic(**_brief(spot).model_dump(), node_id=spot.node_id, page_url=self._page_url(spot.spot_id))
            for spot in self._spots.values()
        ]

    def qr_svg(self, spot_id: str) -> bytes:
        """QR code of one spot.

        Raises:
            UnknownSpotError: there is no such spot.
        """
        self._spot(spot_id)
        return svg(self._page_url(spot_id))

    def qr_sheet(self, *, actor: str) -> str:
        """Every spot's code, to print."""
        with self._db.write() as session:
            audit.append(session, self._clock, actor=actor, action="qr_sheet_printed", subject="all")
        labels = [
            qr.Label(spot.spot_id, spot.name.ko, spot.name.en, self._page_url(spot.spot_id))
            for spot in self._spots.values()
        ]
        return qr.sheet(labels, TEXTS)

    def _page_url(self, spot_id: str) -> str:
        return f"{self._public_url}/s/{self._qr_key.sign(spot_id)}"

    def _spot(self, spot_id: str) -> Spot:
        spot = self._spots.get(spot_id)
        if spot is None:
            raise UnknownSpotError
        return spot

    # --- tickets and calls ---

    def create_ticket(self, spot_token: str) -> TicketPublic:
        """A ticket for the spot of a scanned code.

        Raises:
            ForgedQrError: the code is not ours.
            UnknownSpotError: the spot is no longer there.
        """
        spot_id = self._qr_key.verify(spot_token)
        if spot_id is None:
            raise ForgedQrError
        spot = self._spot(spot_id)
        with self._db.write() as session:
            token, expires_at = self._tickets.give(session, Holder.SPOT, spot_id)
            row = _open_call(session, spot_id)
        return TicketPublic(
            ticket=token,
            expires_at=expires_at,
            spot=_brief(spot),
            open_call=self._board.public(row) if row is not None else None,
        )

    def create_call(self, ticket: TicketPrincipal, language: Language) -> CallPublic:
        """Call a robot; the wish for a mission is stored with the call.

        Raises:
            OutsideHoursError: the service is closed.
            SpotHasCallError: the spot has an open call.
        """
        spot = self._spot(ticket.subject)
        now = self._clock.now()
        if not self._hours.open_at(now):
            raise OutsideHoursError(hours=self._hours.text)
        row = CallRow(
            id=new_id(), spot_id=spot.spot_id, state=CallState.QUEUED, language=language, ticket_id=ticket.ticket_id,
            created_at=now, updated_at=now,
        )  # fmt: skip
        try:
            with self._db.write() as session:
                session.add(row)
                session.flush()
                self._outbox.publish(session, MissionRequested(call_id=row.id, legs=(visit(spot, language),)))
                self._record(session, "call_created", row)
                after_commit(session, lambda: self._board.put(row))
        except IntegrityError as err:
            raise SpotHasCallError(spot={"ko": spot.name.ko, "en": spot.name.en}) from err
        return self._board.public(row)

    def calls(self, *, state: CallState | None, limit: int) -> list[CallPublic]:
        """Calls, newest first."""
        query = select(CallRow).order_by(col(CallRow.id).desc()).limit(limit)
        if state is not None:
            query = query.where(col(CallRow.state) == state)
        with self._db.read() as session:
            return [self._board.public(row) for row in session.exec(query)]

    def open_calls(self) -> list[CallPublic]:
        """Calls that are not final."""
        with self._db.read() as session:
            rows = session.exec(select(CallRow).where(col(CallRow.state).in_(OPEN_CALLS)).order_by(col(CallRow.id)))
            return [self._board.public(row) for row in rows]

    def open_call_of(self, spot_id: str) -> CallPublic | None:
        """The open call of a spot."""
        with self._db.read() as session:
            row = _open_call(session, spot_id)
        return self._board.public(row) if row is not None else None

    def call(self, call_id: str, principal: Principal | None) -> CallPublic:
        """One call; a ticket sees those of its spot.

        Raises:
            NotFoundError: there is no such call for this principal.
        """
        with self._db.read() as session:
            return self._board.public(_visible(session, call_id, principal))

    def cancel_call(self, call_id: str, principal: Principal | None) -> CallPublic:
        """Take a call back; doing it twice is doing it once.

        Raises:
            NotFoundError: there is no such call for this principal.
            CallOverError: it has ended already.
        """
        with self._db.write() as session:
            row = _visible(session, call_id, principal)
            if not row.open:
                raise CallOverError
            if row.cancel_requested_at is None:
                row.cancel_requested_at = row.updated_at = self._clock.now()
                session.add(row)
                self._outbox.publish(session, MissionCancelRequested(call_id=row.id))
                self._record(session, "call_cancel_requested", row)
                if isinstance(principal, AccountPrincipal):
                    audit.append(session, self._clock, actor=principal.username, action="call_cancel", subject=row.id)
                after_commit(session, lambda: self._board.put(row))
        return self._board.public(row)

    # --- from the fleet, inside the outbox's transaction ---

    def _on_mission_changed(self, session: Session, event: MissionChanged) -> None:
        row = session.get(CallRow, event.call_id)
        if row is None or not row.open or event.stage not in _STATES:
            return
        row.state = _STATES[event.stage]
        row.mission_id = event.mission_id
        row.robot_id = event.robot_id
        row.robot_name_ko = event.robot_name.ko if event.robot_name else None
        row.robot_name_en = event.robot_name.en if event.robot_name else None
        _set_reason(row, event.reason)
        row.updated_at = self._clock.now()
        session.add(row)
        session.flush()
        after_commit(session, lambda: self._board.put(row))

    def _record(self, session: Session, kind: str, row: CallRow) -> None:
        spot = self._spots[row.spot_id]
        values = {"spot": {"ko": spot.name.ko, "en": spot.name.en}}
        self._facts.record(session, kind, TEXTS.text(f"event.{kind}", values), call_id=row.id)


def _brief(spot: Spot) -> SpotBrief:
    return SpotBrief.model_validate(
        {"spot_id": spot.spot_id, "name": {"ko": spot.name.ko, "en": spot.name.en}, "x": spot.x, "y": spot.y}
    )


def _open_call(session: Session, spot_id: str) -> CallRow | None:
    query = select(CallRow).where(CallRow.spot_id == spot_id, col(CallRow.state).in_(OPEN_CALLS))
    return session.exec(query).first()


def _visible(session: Session, call_id: str, principal: Principal | None) -> CallRow:
    row = session.get(CallRow, call_id)
    if row is None or (isinstance(principal, TicketPrincipal) and principal.subject != row.spot_id):
        raise NotFoundError
    return row


def _set_reason(row: CallRow, reason: KeyedText | None) -> None:
    row.reason_key = reason.key if reason else None
    row.reason_ko = reason.ko if reason else None
    row.reason_en = reason.en if reason else None
