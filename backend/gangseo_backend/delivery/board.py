"""Open deliveries in memory with what moves too fast for the database, shown on the stream."""

import threading
from typing import Literal

from pydantic import BaseModel

from gangseo_backend.core.access import Holder
from gangseo_backend.core.live import LiveMissions, MissionLive, RobotPositionMessage
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.delivery.models import DeliveryRow, ProofRow
from gangseo_backend.delivery.pins import TRIES
from gangseo_backend.delivery.public import (
    DeliveryCore,
    DeliveryDetail,
    DeliveryPublic,
    Follow,
    Notice,
    PlaceBrief,
    ProofPublic,
    ShopDelivery,
)
from gangseo_backend.delivery.refusals import TEXTS
from gangseo_backend.delivery.states import CANCELABLE, DeliveryState, door
from gangseo_protocol.site import Site, Spot, Station

_DRIVING = {DeliveryState.ASSIGNED, DeliveryState.LOADED, DeliveryState.NEAR, DeliveryState.RETURNING}
_FOLLOWED = {*_DRIVING, DeliveryState.AT_SHOP, DeliveryState.ARRIVED} - {DeliveryState.RETURNING}
_NOTICES = ("loaded", "near", "arrived", "turned_back")


class DeliveryMessage(BaseModel):
    """The delivery's frame for accounts."""

    type: Literal["delivery"] = "delivery"
    delivery: DeliveryPublic


class ShopDeliveryMessage(BaseModel):
    """The delivery's frame for its shop."""

    type: Literal["shop_delivery"] = "shop_delivery"
    delivery: ShopDelivery


class FollowMessage(BaseModel):
    """The delivery's frame for whoever has its link."""

    type: Literal["follow"] = "follow"
    delivery: Follow


class DeliveryBoard:
    """Joins stored deliveries with live missions."""

    def __init__(self, hub: StreamHub, live: LiveMissions, site: Site) -> None:
        self._hub = hub
        self._live = live
        self.shops: dict[str, Station] = {item.station_id: item for item in site.stations if item.kind == "shop"}
        self.spots: dict[str, Spot] = {spot.spot_id: spot for spot in site.spots}
        self._lock = threading.Lock()
        self._open: dict[str, DeliveryRow] = {}
        live.watch(self._on_live)

    def put(self, row: DeliveryRow, proof: ProofRow | None = None) -> None:
        """A delivery was made or changed."""
        with self._lock:
            if row.open:
                self._open[row.id] = row
            else:
                self._open.pop(row.id, None)
        for_shop, for_recipient = (Holder.SHOP, row.shop_id), (Holder.DELIVERY, row.id)
        self._hub.changed(f"delivery:{row.id}", lambda: DeliveryMessage(delivery=self.public(row)))
        self._hub.changed(
            f"shop_delivery:{row.id}", lambda: ShopDeliveryMessage(delivery=self.for_shop(row, proof)),
            reader=for_shop, accounts=False,
        )  # fmt: skip
        self._hub.changed(
            f"follow:{row.id}", lambda: FollowMessage(delivery=self.follow(row)), reader=for_recipient, accounts=False
        )

    def _on_live(self, mission_id: str, live: MissionLive) -> None:
        with self._lock:
            row = next((row for row in self._open.values() if row.mission_id == mission_id), None)
        if row is None:
            return
        self.put(row)
        if live.robot_id is None or live.x is None or live.y is None:
            return
        message = RobotPositionMessage(robot_id=live.robot_id, x=live.x, y=live.y, eta_s=live.eta_s)
        readers = [(Holder.SHOP, row.shop_id)]
        if row.state in _FOLLOWED:
            readers.append((Holder.DELIVERY, row.id))
        for reader in readers:
            key = f"delivery_position:{reader[0]}:{row.id}"
            self._hub.changed(key, lambda: message, reader=reader, accounts=False)

    # --- what people see ---

    def public(self, row: DeliveryRow) -> DeliveryPublic:
        """For accounts."""
        return DeliveryPublic(
            **self._core(row), mission_id=row.mission_id, mass_kg=row.mass_kg, compartment=row.compartment,
            wrong_pins=row.wrong_pins,
        )  # fmt: skip

    def detail(self, row: DeliveryRow, proof: ProofRow | None) -> DeliveryDetail:
        """For accounts, with the proof."""
        return DeliveryDetail(**self.public(row).model_dump(), proof=proof_public(proof))

    def for_shop(self, row: DeliveryRow, proof: ProofRow | None = None) -> ShopDelivery:
        """For the shop that sent it."""
        return ShopDelivery(
            **self._core(row), goods=row.goods, mass_kg=row.mass_kg, recipient=row.recipient,
            cancelable=row.state in CANCELABLE and row.cancel_requested_at is None,
            pin_expires_at=row.pin_expires_at, proof=proof_public(proof),
        )  # fmt: skip

    def follow(self, row: DeliveryRow) -> Follow:
        """For whoever has its link."""
        return Follow(
            **self._core(row), goods=row.goods, notices=_notices(row), tries_left=max(0, TRIES - row.wrong_pins),
            pin_expires_at=row.pin_expires_at,
        )  # fmt: skip

    def _core(self, row: DeliveryRow) -> dict[str, object]:
        live = (self._live.get(row.mission_id) if row.mission_id and row.open else None) or MissionLive()
        core = DeliveryCore(
            id=row.id,
            shop=self.shop_brief(row.shop_id),
            spot=self.spot_brief(row.spot_id),
            state=row.state,
            reason=_reason(row) or live.waiting,
            queue_position=live.queue_position if row.state is DeliveryState.REQUESTED else None,
            robot_id=row.robot_id,
            robot_name=_robot_name(row),
            eta_s=live.eta_s if row.state in _DRIVING else None,
            countdown_s=live.countdown_s,
            door=door(row.state, row.wish_state, opens=bool(row.wish_opens), waits=live.countdown_s is not None),
            locked=row.locked,
            size=row.size,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        return {name: getattr(core, name) for name in DeliveryCore.model_fields}

    def shop_brief(self, shop_id: str) -> PlaceBrief:
        """A shop by its id; one that is gone keeps its id as name."""
        return _brief(shop_id, self.shops.get(shop_id))

    def spot_brief(self, spot_id: str) -> PlaceBrief:
        """A spot by its id; one that is gone keeps its id as name."""
        return _brief(spot_id, self.spots.get(spot_id))


def _brief(place_id: str, place: Spot | Station | None) -> PlaceBrief:
    if place is None:
        return PlaceBrief(id=place_id, name=LocalText(ko=place_id, en=place_id), x=0.0, y=0.0)
    return PlaceBrief(id=place_id, name=LocalText(ko=place.name.ko, en=place.name.en), x=place.x, y=place.y)


def proof_public(row: ProofRow | None) -> ProofPublic | None:
    """The proof as people see it."""
    if row is None:
        return None
    return ProofPublic(
        at=row.at,
        robot_id=row.robot_id,
        robot_name=LocalText(ko=row.robot_name_ko, en=row.robot_name_en),
        place=LocalText(ko=row.place_ko, en=row.place_en),
        pin_verified_at=row.pin_verified_at,
        goods_hash=row.goods_hash,
    )


def _notices(row: DeliveryRow) -> list[Notice]:
    moments = [(getattr(row, f"{kind}_at"), kind) for kind in _NOTICES]
    return [Notice(at=at, text=TEXTS.text(f"notice.{kind}")) for at, kind in moments if at is not None]


def _robot_name(row: DeliveryRow) -> LocalText | None:
    if row.robot_name_ko is None or row.robot_name_en is None:
        return None
    return LocalText(ko=row.robot_name_ko, en=row.robot_name_en)


def _reason(row: DeliveryRow) -> KeyedText | None:
    if row.reason_key is None:
        return None
    return KeyedText(key=row.reason_key, ko=row.reason_ko or "", en=row.reason_en or "")
