"""What a shop does: opens its page, sends goods, loads them, takes them back."""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from gangseo_backend.core.access import Holder
from gangseo_backend.core.config import Settings
from gangseo_backend.core.errors import NotFoundError
from gangseo_backend.core.hours import ServiceHours
from gangseo_backend.core.ids import new_id
from gangseo_backend.core.links import LinkKey, svg
from gangseo_backend.core.texts import LocalText
from gangseo_backend.core.tickets import Tickets, token_hash
from gangseo_backend.delivery import refusals
from gangseo_backend.delivery.ledger import Ledger, proofs
from gangseo_backend.delivery.models import DeliveryRow
from gangseo_backend.delivery.pins import Pins, new_pin, new_token
from gangseo_backend.delivery.public import (
    DeliveryCreate,
    DeliveryMade,
    ShopDelivery,
    ShopPublic,
    ShopTicket,
    SizePublic,
)
from gangseo_backend.delivery.sizes import COMPARTMENTS, Size, compartment_for, most_kg
from gangseo_backend.delivery.states import OPEN, DeliveryState

OPEN_PER_SHOP = 10


class Shops:
    """Links, tickets and deliveries of shops."""

    def __init__(
        self, ledger: Ledger, settings: Settings, timezone: str, tickets: Tickets, pins: Pins, *, qr_key: str
    ) -> None:
        self._ledger = ledger
        self._board = ledger.board
        self._key = LinkKey(qr_key, settings.qr_key_version, "shop")
        self._tickets = tickets
        self._pins = pins
        self._hours = ServiceHours.parse(settings.service_hours, timezone)
        self._public_url = settings.public_url.rstrip("/")
        self._pin_life = timedelta(hours=settings.pin_hours)
        self._robot_kg = settings.robot_mass_kg

    # --- links ---

    def all(self) -> list[ShopPublic]:
        """Every shop with the address of its page."""
        return [
            ShopPublic(**self._board.shop_brief(shop_id).model_dump(), page_url=self._page_url(shop_id))
            for shop_id in self._board.shops
        ]

    def qr_svg(self, shop_id: str) -> bytes:
        """QR code of a shop's page.

        Raises:
            UnknownShopError: there is no such shop.
        """
        if shop_id not in self._board.shops:
            raise refusals.UnknownShopError
        return svg(self._page_url(shop_id))

    def _page_url(self, shop_id: str) -> str:
        return f"{self._public_url}/shop/{self._key.sign(shop_id)}"

    def ticket(self, shop_token: str) -> ShopTicket:
        """A ticket for the shop of a link.

        Raises:
            ForgedShopLinkError: the link is not ours.
            UnknownShopError: the shop is no longer there.
        """
        shop_id = self._key.verify(shop_token)
        if shop_id is None:
            raise refusals.ForgedShopLinkError
        if shop_id not in self._board.shops:
            raise refusals.UnknownShopError
        with self._ledger.db.write() as session:
            token, expires_at = self._tickets.give(session, Holder.SHOP, shop_id)
        return ShopTicket(
            ticket=token,
            expires_at=expires_at,
            shop=self._board.shop_brief(shop_id),
            places=[self._board.spot_brief(spot_id) for spot_id in self._board.spots],
            sizes=[SizePublic(size=size, most_kg=most_kg(size, self._robot_kg)) for size in Size],
        )

    # --- deliveries ---

    def deliveries(self, shop_id: str, limit: int) -> list[ShopDelivery]:
        """The shop's deliveries, newest first."""
        query = select(DeliveryRow).where(DeliveryRow.shop_id == shop_id).order_by(col(DeliveryRow.id).desc())
        with self._ledger.db.read() as session:
            rows = list(session.exec(query.limit(limit)))
            proved = proofs(session, rows)
        return [self._board.for_shop(row, proved.get(row.id)) for row in rows]

    def open_deliveries(self, shop_id: str) -> list[ShopDelivery]:
        """Those of the shop that are not over."""
        query = select(DeliveryRow).where(DeliveryRow.shop_id == shop_id, col(DeliveryRow.state).in_(OPEN))
        with self._ledger.db.read() as session:
            return [self._board.for_shop(row) for row in session.exec(query.order_by(col(DeliveryRow.id)))]

    def create(self, shop_id: str, body: DeliveryCreate) -> DeliveryMade:
        """Send goods; a request that was made before is answered with a new PIN and link for the same delivery.

        Raises:
            OutsideHoursError, UnknownPlaceError, BlankGoodsError, TooHeavyError, TooManyOpenError: it cannot be done.
        """
        self._check(body)
        pin, token = new_pin(), new_token()
        now = self._ledger.clock.now()
        row = DeliveryRow(
            id=new_id(), shop_id=shop_id, request_id=body.request_id, spot_id=body.spot_id,
            state=DeliveryState.REQUESTED, language=body.language, goods=body.goods.strip(), mass_kg=body.mass_kg,
            size=body.size, compartment=COMPARTMENTS[body.size], recipient=(body.recipient or "").strip() or None,
            follow_hash=token_hash(token), pin_expires_at=now + self._pin_life, created_at=now, updated_at=now,
        )  # fmt: skip
        row.pin_hash = self._pins.hash(row.id, pin)
        try:
            with self._ledger.db.write() as session:
                if (known := _of_request(session, shop_id, body.request_id)) is None:
                    _check_count(session, shop_id)
                    row.compartment = compartment_for(body.size, _compartments_in_use(session))
                    self._ledger.request(session, row)
        except IntegrityError:  # the same request twice in one moment
            with self._ledger.db.read() as session:
                known = _of_request(session, shop_id, body.request_id)
        return self.new_pin(shop_id, known.id) if known else self._made(row, pin, token)

    def _check(self, body: DeliveryCreate) -> None:
        if not self._hours.open_at(self._ledger.clock.now()):
            raise refusals.OutsideHoursError(hours=self._hours.text)
        if body.spot_id not in self._board.spots:
            raise refusals.UnknownPlaceError
        if not body.goods.strip():
            raise refusals.BlankGoodsError
        limit_kg = most_kg(body.size, self._robot_kg)
        if body.mass_kg > limit_kg:
            size = refusals.TEXTS.text(f"size.{body.size.value}")
            raise refusals.TooHeavyError(limit=f"{limit_kg:g}", size=LocalText(ko=size.ko, en=size.en).model_dump())

    def new_pin(self, shop_id: str, delivery_id: str) -> DeliveryMade:
        """A new PIN and link in place of those that were lost or are too old.

        Raises:
            NotFoundError: the shop has no such delivery.
            DeliveryOverError: it has ended.
            PinLockedError: an operator has to unlock it first.
        """
        pin, token = new_pin(), new_token()
        hashed = self._pins.hash(delivery_id, pin)
        with self._ledger.db.write() as session:
            row = self._own(session, shop_id, delivery_id)
            if not row.open:
                raise refusals.DeliveryOverError
            if row.locked:
                raise refusals.PinLockedError
            row.pin_hash, row.follow_hash = hashed, token_hash(token)
            row.pin_expires_at = self._ledger.clock.now() + self._pin_life
            self._ledger.fact(session, "delivery_new_pin", row)
            self._ledger.changed(session, row)
        return self._made(row, pin, token)

    def goods_in(self, shop_id: str, delivery_id: str) -> ShopDelivery:
        """The goods are in the compartment: the robot may close it and go.

        Raises:
            NotFoundError: the shop has no such delivery.
            NotAtShopError: the robot is not there.
        """
        with self._ledger.db.write() as session:
            row = self._own(session, shop_id, delivery_id)
            if row.state is not DeliveryState.AT_SHOP:
                raise refusals.NotAtShopError
            row.goods_in_at = row.goods_in_at or self._ledger.clock.now()
            self._ledger.wish(session, row, opens=False)
            self._ledger.changed(session, row)
        return self._board.for_shop(row)

    def goods_out(self, shop_id: str, delivery_id: str) -> ShopDelivery:
        """The goods that came back are out of the compartment.

        Raises:
            NotFoundError: the shop has no such delivery.
            NotAtShopError: the robot is not back.
        """
        with self._ledger.db.write() as session:
            row = self._own(session, shop_id, delivery_id)
            if row.state is not DeliveryState.BACK_AT_SHOP:
                raise refusals.NotAtShopError
            self._ledger.wish(session, row, opens=False)
            self._ledger.changed(session, row)
        return self._board.for_shop(row)

    def cancel(self, shop_id: str, delivery_id: str) -> ShopDelivery:
        """Take a delivery back; goods on board come back to the shop.

        Raises:
            NotFoundError: the shop has no such delivery.
            DeliveryOverError: it has ended.
            OnItsWayBackError: the goods come back already, or wait for a person.
        """
        with self._ledger.db.write() as session:
            row = self._own(session, shop_id, delivery_id)
            self._ledger.cancel(session, row, "shop")
        return self._board.for_shop(row)

    def _own(self, session: Session, shop_id: str, delivery_id: str) -> DeliveryRow:
        row = self._ledger.get(session, delivery_id)
        if row.shop_id != shop_id:
            raise NotFoundError
        return row

    def _made(self, row: DeliveryRow, pin: str, token: str) -> DeliveryMade:
        return DeliveryMade(delivery=self._board.for_shop(row), pin=pin, follow_url=f"{self._public_url}/d/{token}")


def _of_request(session: Session, shop_id: str, request_id: str) -> DeliveryRow | None:
    query = select(DeliveryRow).where(DeliveryRow.shop_id == shop_id, DeliveryRow.request_id == request_id)
    return session.exec(query).first()


def _check_count(session: Session, shop_id: str) -> None:
    count = select(func.count()).where(DeliveryRow.shop_id == shop_id, col(DeliveryRow.state).in_(OPEN))
    if session.exec(count).one() >= OPEN_PER_SHOP:
        raise refusals.TooManyOpenError(count=OPEN_PER_SHOP)


def _compartments_in_use(session: Session) -> dict[int, int]:
    """How many deliveries that are not over need each compartment."""
    number = col(DeliveryRow.compartment)
    counted = select(number, func.count()).where(col(DeliveryRow.state).in_(OPEN)).group_by(number)
    return dict(session.exec(counted).all())
