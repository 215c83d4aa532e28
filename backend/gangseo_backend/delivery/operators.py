"""What operators see and decide of deliveries; each look at a recipient's data and each decision is in the audit."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlmodel import Session, col, select

from gangseo_backend.core import audit
from gangseo_backend.delivery import refusals
from gangseo_backend.delivery.ledger import Ledger
from gangseo_backend.delivery.models import DeliveryRow, ProofRow
from gangseo_backend.delivery.public import DeliveryDetail, DeliveryPublic, RecipientPublic, Resolve
from gangseo_backend.delivery.refusals import TEXTS
from gangseo_backend.delivery.states import OPEN, DeliveryState

_OUTCOMES: Mapping[str, DeliveryState] = MappingProxyType(
    {
        "handed_over": DeliveryState.HANDED_OVER,
        "returned": DeliveryState.RETURNED,
        "lost": DeliveryState.LOST,
    }
)


class Operators:
    """Lists and decisions."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def deliveries(self, *, state: DeliveryState | None, limit: int, before: str | None) -> list[DeliveryPublic]:
        """Deliveries, newest first."""
        query = select(DeliveryRow).order_by(col(DeliveryRow.id).desc()).limit(limit)
        if state is not None:
            query = query.where(col(DeliveryRow.state) == state)
        if before is not None:
            query = query.where(col(DeliveryRow.id) < before)
        with self._ledger.db.read() as session:
            return [self._ledger.board.public(row) for row in session.exec(query)]

    def open_deliveries(self) -> list[DeliveryPublic]:
        """Those that are not over."""
        query = select(DeliveryRow).where(col(DeliveryRow.state).in_(OPEN)).order_by(col(DeliveryRow.id))
        with self._ledger.db.read() as session:
            return [self._ledger.board.public(row) for row in session.exec(query)]

    def delivery(self, delivery_id: str) -> DeliveryDetail:
        """One delivery with its proof.

        Raises:
            NotFoundError: there is none.
        """
        with self._ledger.db.read() as session:
            row = self._ledger.get(session, delivery_id)
            return self._ledger.board.detail(row, session.get(ProofRow, row.id))

    def recipient(self, delivery_id: str, *, reason: str, actor: str) -> RecipientPublic:
        """What is in it and for whom.

        Raises:
            NotFoundError: there is none.
        """
        with self._ledger.db.write() as session:
            row = self._ledger.get(session, delivery_id)
            self._audit(session, row, actor, "delivery_recipient_seen", reason)
            return RecipientPublic(recipient=row.recipient, goods=row.goods)

    def unlock(self, delivery_id: str, *, reason: str, actor: str) -> DeliveryPublic:
        """Five tries more.

        Raises:
            NotFoundError: there is none.
            NotLockedError: it is not locked.
        """
        with self._ledger.db.write() as session:
            row = self._ledger.get(session, delivery_id)
            if not row.locked or not row.open:
                raise refusals.NotLockedError
            row.locked_at, row.wrong_pins = None, 0
            self._audit(session, row, actor, "delivery_unlock", reason)
            self._ledger.fact(session, "delivery_unlocked", row)
            self._ledger.changed(session, row)
        return self._ledger.board.public(row)

    def cancel(self, delivery_id: str, *, reason: str, actor: str) -> DeliveryPublic:
        """Take a delivery back; goods on board come back to the shop.

        Raises:
            NotFoundError: there is none.
            DeliveryOverError: it has ended.
            OnItsWayBackError: the goods come back already, or wait for a person.
        """
        with self._ledger.db.write() as session:
            row = self._ledger.get(session, delivery_id)
            self._ledger.cancel(session, row, "operator")
            self._audit(session, row, actor, "delivery_cancel", reason)
        return self._ledger.board.public(row)

    def resolve(self, delivery_id: str, body: Resolve, *, actor: str) -> DeliveryPublic:
        """Say what became of goods that a robot had given up on; it may then take others.

        Raises:
            NotFoundError: there is none.
            NotStrandedError: the robot still takes care of them.
        """
        with self._ledger.db.write() as session:
            row = self._ledger.get(session, delivery_id)
            if row.state is not DeliveryState.STRANDED:
                raise refusals.NotStrandedError
            self._audit(session, row, actor, f"delivery_{body.outcome}", body.reason)
            outcome = TEXTS.text(f"reason.resolved_{body.outcome}")
            self._ledger.enter(session, row, _OUTCOMES[body.outcome], outcome, proved=False)
            self._ledger.fact(session, f"delivery_resolved_{body.outcome}", row)
            self._ledger.goods_are_off(session, row, by=actor, note=body.reason)
        return self._ledger.board.public(row)

    def _audit(self, session: Session, row: DeliveryRow, actor: str, action: str, reason: str) -> None:
        audit.append(
            session, self._ledger.clock, actor=actor, action=action, subject=row.id, details={"reason": reason}
        )
