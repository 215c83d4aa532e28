"""Writes deliveries: each change with its facts and events in one transaction, shown after it."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, select

from gangseo_backend.core import audit
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database, after_commit
from gangseo_backend.core.domain_events import (
    CompartmentWish,
    GoodsLeftOnBoard,
    GoodsOffBoard,
    MissionCancelRequested,
    MissionRequested,
)
from gangseo_backend.core.errors import NotFoundError
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.ids import new_id
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.delivery.board import DeliveryBoard
from gangseo_backend.delivery.models import DeliveryRow, ProofRow
from gangseo_backend.delivery.refusals import TEXTS, DeliveryOverError, OnItsWayBackError
from gangseo_backend.delivery.states import CANCELABLE, DeliveryState, WishState
from gangseo_backend.delivery.trip import legs


class Ledger:
    """What the parts of the domain share."""

    def __init__(self, db: Database, clock: Clock, outbox: Outbox, facts: FactRecorder, board: DeliveryBoard) -> None:
        self.db = db
        self.clock = clock
        self.board = board
        self._outbox = outbox
        self._facts = facts

    def get(self, session: Session, delivery_id: str) -> DeliveryRow:
        """A delivery.

        Raises:
            NotFoundError: there is none with this id.
        """
        row = session.get(DeliveryRow, delivery_id)
        if row is None:
            raise NotFoundError
        return row

    def request(self, session: Session, row: DeliveryRow) -> None:
        """Store a new delivery and ask the fleet for a robot."""
        shop, spot = self.board.shops[row.shop_id], self.board.spots[row.spot_id]
        session.add(row)
        session.flush()
        wish = MissionRequested(call_id=row.id, purpose="deliver", legs=legs(row, shop.node_id, spot.node_id))
        self._outbox.publish(session, wish)
        self.fact(session, "delivery_created", row)
        self.changed(session, row)

    def changed(self, session: Session, row: DeliveryRow) -> None:
        """Store a change and show it."""
        row.updated_at = self.clock.now()
        session.add(row)
        session.flush()
        proof = session.get(ProofRow, row.id)
        after_commit(session, lambda: self.board.put(row, proof))

    def wish(self, session: Session, row: DeliveryRow, *, opens: bool) -> None:
        """Ask the robot for its compartment, unless it is being asked for the same."""
        if row.wish_opens is opens and row.wish_state in {WishState.ASKED, WishState.DONE}:
            return
        row.wish_id, row.wish_opens, row.wish_state = new_id(), opens, WishState.ASKED
        self._outbox.publish(session, CompartmentWish(call_id=row.id, request_id=row.wish_id, opens=opens))

    def cancel(self, session: Session, row: DeliveryRow, by: str) -> None:
        """Ask the fleet to end the mission; asking twice is asking once.

        Raises:
            DeliveryOverError: it has ended.
            OnItsWayBackError: the goods come back already, or wait for a person.
        """
        if not row.open:
            raise DeliveryOverError
        if row.state not in CANCELABLE:
            raise OnItsWayBackError
        if row.cancel_requested_at is None:
            row.cancel_requested_at, row.canceled_by = self.clock.now(), by
            self._outbox.publish(session, MissionCancelRequested(call_id=row.id))
            self.fact(session, "delivery_cancel_requested", row)
            self.changed(session, row)

    def enter(
        self,
        session: Session,
        row: DeliveryRow,
        state: DeliveryState,
        reason: KeyedText | None,
        *,
        proved: bool = True,
    ) -> None:
        """Bring a delivery to another state with all that belongs to it; ``proved``: the robot itself says so."""
        now = self.clock.now()
        row.state = state
        set_reason(row, reason)
        row.wish_id = row.wish_opens = row.wish_state = None
        if state is DeliveryState.STRANDED:
            self._strand(session, row)
        if not row.open:
            row.ended_at, row.pin_hash = now, None
        if state is DeliveryState.HANDED_OVER and proved:
            self._prove(session, row, now)
        self.changed(session, row)

    def goods_are_off(self, session: Session, row: DeliveryRow, *, by: str | None = None, note: str = "") -> None:
        """The robot may take other goods."""
        self._outbox.publish(session, GoodsOffBoard(call_id=row.id, by=by, note=note))

    def _strand(self, session: Session, row: DeliveryRow) -> None:
        if row.robot_id is not None:
            reason = LocalText(ko=row.reason_ko or "", en=row.reason_en or "")
            left = GoodsLeftOnBoard(call_id=row.id, robot_id=row.robot_id, mission_id=row.mission_id, reason=reason)
            self._outbox.publish(session, left)
        self._outbox.publish(session, MissionCancelRequested(call_id=row.id))

    def _prove(self, session: Session, row: DeliveryRow, now: datetime) -> None:
        if row.robot_id is None or session.get(ProofRow, row.id) is not None:
            return
        place = self.board.spot_brief(row.spot_id).name
        proof = ProofRow(
            delivery_id=row.id, at=now, shop_id=row.shop_id, spot_id=row.spot_id, place_ko=place.ko, place_en=place.en,
            robot_id=row.robot_id, robot_name_ko=row.robot_name_ko or row.robot_id,
            robot_name_en=row.robot_name_en or row.robot_id, pin_verified_at=row.pin_verified_at,
            goods_hash=hashlib.sha256(f"{row.id}\n{row.goods}".encode()).hexdigest(),
        )  # fmt: skip
        session.add(proof)
        audit.append(
            session, self.clock, actor="system", action="delivery_handed_over", subject=row.id,
            details={"proof": digest(proof)},
        )  # fmt: skip

    def fact(self, session: Session, kind: str, row: DeliveryRow) -> None:
        """Record ``event.<kind>``: places and robot, never what or for whom."""
        values = {
            "shop": self.board.shop_brief(row.shop_id).name.model_dump(),
            "spot": self.board.spot_brief(row.spot_id).name.model_dump(),
            "robot": {"ko": row.robot_name_ko or "", "en": row.robot_name_en or ""},
        }
        self._facts.record(
            session, kind, TEXTS.text(f"event.{kind}", values), robot_id=row.robot_id, mission_id=row.mission_id,
            call_id=row.id,
        )  # fmt: skip


def digest(proof: ProofRow) -> str:
    """SHA-256 over a proof, as the audit keeps it."""
    verified = proof.pin_verified_at.isoformat() if proof.pin_verified_at else ""
    parts = (proof.delivery_id, proof.at.isoformat(), proof.robot_id, proof.spot_id, verified, proof.goods_hash)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def set_reason(row: DeliveryRow, reason: KeyedText | None) -> None:
    """Store a reason with the delivery."""
    row.reason_key = reason.key if reason else None
    row.reason_ko = reason.ko if reason else None
    row.reason_en = reason.en if reason else None


def proofs(session: Session, rows: list[DeliveryRow]) -> dict[str, ProofRow]:
    """Proofs by delivery id."""
    found = session.exec(select(ProofRow).where(col(ProofRow.delivery_id).in_([row.id for row in rows])))
    return {row.delivery_id: row for row in found}
