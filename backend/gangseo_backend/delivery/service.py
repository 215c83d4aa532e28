"""The delivery domain's front door: its parts wired together."""

from pydantic import BaseModel
from sqlmodel import col, select

from gangseo_backend.core.access import Holder, TicketPrincipal
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.config import Settings
from gangseo_backend.core.db import Database
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.live import LiveMissions
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.tickets import Tickets
from gangseo_backend.delivery.board import DeliveryBoard, FollowMessage, ShopDeliveryMessage
from gangseo_backend.delivery.ledger import Ledger
from gangseo_backend.delivery.models import DeliveryRow
from gangseo_backend.delivery.operators import Operators
from gangseo_backend.delivery.pins import Pins
from gangseo_backend.delivery.progress import Progress
from gangseo_backend.delivery.recipients import Recipients
from gangseo_backend.delivery.shops import Shops
from gangseo_backend.delivery.states import OPEN
from gangseo_protocol.site import Site


class DeliveryService:
    """Deliveries for shops, recipients and operators."""

    ticket_limit = "60/minute"
    create_limit = "20/minute"
    look_limit = "120/minute"
    pin_limit = "10/minute"
    pin_address_limit = "30/minute"

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
        session_key: str,
        qr_key: str,
    ) -> None:
        self._db = db
        self._board = DeliveryBoard(hub, live_missions, site)
        ledger = Ledger(db, clock, outbox, facts, self._board)
        pins = Pins(session_key, time_cost=settings.password_time_cost, memory_kib=settings.password_memory_kib)
        self.shops = Shops(ledger, settings, site.timezone, tickets, pins, qr_key=qr_key)
        self.recipients = Recipients(ledger, settings, pins)
        self.operators = Operators(ledger)
        self._progress = Progress(ledger, outbox)

    def start(self) -> None:
        """Show the deliveries an earlier process left open."""
        with self._db.read() as session:
            for row in session.exec(select(DeliveryRow).where(col(DeliveryRow.state).in_(OPEN))):
                self._board.put(row)

    def first_frames(self, principal: TicketPrincipal) -> list[BaseModel]:
        """What a shop's or a recipient's page gets before the changes."""
        if principal.holder is Holder.SHOP:
            return [ShopDeliveryMessage(delivery=item) for item in self.shops.open_deliveries(principal.subject)]
        return [FollowMessage(delivery=self.recipients.follow(principal.subject))]
