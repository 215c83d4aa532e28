"""What the recipient does: follows the link, gives the PIN, takes the goods."""

from datetime import timedelta

from sqlmodel import Session, select

from gangseo_backend.core.access import Holder, TicketPrincipal
from gangseo_backend.core.config import Settings
from gangseo_backend.core.errors import GangseoError
from gangseo_backend.core.tickets import token_hash
from gangseo_backend.delivery import refusals
from gangseo_backend.delivery.ledger import Ledger
from gangseo_backend.delivery.models import DeliveryRow
from gangseo_backend.delivery.pins import TRIES, Pins
from gangseo_backend.delivery.public import Follow
from gangseo_backend.delivery.states import DeliveryState


class Recipients:
    """Follow links and PINs."""

    def __init__(self, ledger: Ledger, settings: Settings, pins: Pins) -> None:
        self._ledger = ledger
        self._pins = pins
        self._link_life = timedelta(hours=settings.follow_hours)

    def verify(self, token: str) -> TicketPrincipal | None:
        """Whose follow link this is; None when it is not ours or its delivery ended too long ago."""
        with self._ledger.db.read() as session:
            row = _of_link(session, token)
        if row is None or self._is_over(row):
            return None
        return TicketPrincipal(row.id, Holder.DELIVERY, row.id)

    def look(self, token: str) -> Follow:
        """The delivery of a link.

        Raises:
            ForgedFollowLinkError: there is none.
            FollowLinkExpiredError: it ended too long ago.
        """
        with self._ledger.db.read() as session:
            row = _of_link(session, token)
        if row is None:
            raise refusals.ForgedFollowLinkError
        if self._is_over(row):
            raise refusals.FollowLinkExpiredError
        return self._ledger.board.follow(row)

    def follow(self, delivery_id: str) -> Follow:
        """A delivery.

        Raises:
            NotFoundError: it is gone.
        """
        with self._ledger.db.read() as session:
            return self._ledger.board.follow(self._ledger.get(session, delivery_id))

    def open(self, delivery_id: str, pin: str) -> Follow:
        """The compartment, for the right PIN; a wrong one counts.

        Raises:
            NotFoundError, DeliveryOverError, NotArrivedError, PinLockedError, PinExpiredError: it cannot be opened.
            WrongPinError: tries are left; PinLockedError: none are.
        """
        with self._ledger.db.read() as session:
            row = self._ledger.get(session, delivery_id)
        hashed = row.pin_hash
        self._check(row)
        # Outside of the transaction, as it takes long; what counts is checked again inside.
        fits = hashed is not None and self._pins.fits(delivery_id, pin, hashed)
        with self._ledger.db.write() as session:
            row = self._ledger.get(session, delivery_id)
            self._check(row)
            refusal = self._let_in(session, row) if fits and row.pin_hash == hashed else self._count(session, row)
            self._ledger.changed(session, row)
        if refusal is not None:
            raise refusal
        return self._ledger.board.follow(row)

    def taken(self, delivery_id: str) -> Follow:
        """The goods are out of the compartment.

        Raises:
            NotFoundError: it is gone.
            DeliveryOverError: it has ended.
            NotOpenedError: nobody has given the PIN.
        """
        with self._ledger.db.write() as session:
            row = self._ledger.get(session, delivery_id)
            if not row.open:
                raise refusals.DeliveryOverError
            if row.state is not DeliveryState.ARRIVED or row.pin_verified_at is None:
                raise refusals.NotOpenedError
            row.taken_at = row.taken_at or self._ledger.clock.now()
            self._ledger.wish(session, row, opens=False)
            self._ledger.changed(session, row)
        return self._ledger.board.follow(row)

    def _is_over(self, row: DeliveryRow) -> bool:
        return row.ended_at is not None and row.ended_at + self._link_life <= self._ledger.clock.now()

    def _check(self, row: DeliveryRow) -> None:
        if not row.open:
            raise refusals.DeliveryOverError
        if row.locked:
            raise refusals.PinLockedError
        if row.state is not DeliveryState.ARRIVED:
            raise refusals.NotArrivedError
        if row.pin_expires_at <= self._ledger.clock.now():
            raise refusals.PinExpiredError

    def _let_in(self, session: Session, row: DeliveryRow) -> GangseoError | None:
        if row.taken_at is None:
            row.pin_verified_at = row.pin_verified_at or self._ledger.clock.now()
            self._ledger.wish(session, row, opens=True)
        return None

    def _count(self, session: Session, row: DeliveryRow) -> GangseoError:
        row.wrong_pins += 1
        if row.wrong_pins < TRIES:
            return refusals.WrongPinError(tries=TRIES - row.wrong_pins)
        row.locked_at = self._ledger.clock.now()
        self._ledger.fact(session, "delivery_pin_locked", row)
        return refusals.PinLockedError()


def _of_link(session: Session, token: str) -> DeliveryRow | None:
    return session.exec(select(DeliveryRow).where(DeliveryRow.follow_hash == token_hash(token))).first()
