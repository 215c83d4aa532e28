"""What the fleet says, turned into states of deliveries; inside the outbox's transaction."""

from types import MappingProxyType

from sqlmodel import Session

from gangseo_backend.core.domain_events import CompartmentAnswered, MissionChanged
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.texts import KeyedText
from gangseo_backend.delivery.ledger import Ledger
from gangseo_backend.delivery.models import DeliveryRow
from gangseo_backend.delivery.refusals import TEXTS
from gangseo_backend.delivery.states import DeliveryState, Next, WishState, after

_S = DeliveryState
_MOMENTS = MappingProxyType(
    {_S.LOADED: "loaded_at", _S.NEAR: "near_at", _S.ARRIVED: "arrived_at", _S.RETURNING: "turned_back_at"}
)
_FACTS = MappingProxyType(
    {
        _S.LOADED: "delivery_loaded",
        _S.NEAR: "delivery_near",
        _S.ARRIVED: "delivery_arrived",
        _S.RETURNING: "delivery_returning",
        _S.HANDED_OVER: "delivery_handed_over",
        _S.RETURNED: "delivery_returned",
        _S.FAILED: "delivery_failed",
        _S.STRANDED: "delivery_stranded",
    }
)
_WITH_REASON = {_S.REQUESTED, _S.RETURNING, _S.BACK_AT_SHOP, _S.STRANDED, _S.CANCELED, _S.FAILED, _S.RETURNED}


class Progress:
    """Listens to the fleet."""

    def __init__(self, ledger: Ledger, outbox: Outbox) -> None:
        self._ledger = ledger
        outbox.subscribe(MissionChanged, self._on_mission_changed)
        outbox.subscribe(CompartmentAnswered, self._on_answered)

    def _on_mission_changed(self, session: Session, event: MissionChanged) -> None:
        row = session.get(DeliveryRow, event.call_id)
        if row is None or not row.open or row.state is _S.STRANDED:
            return
        following = after(row.state, event.stage, event.leg, event.result, goods_in=_may_be_in(row, event))
        row.mission_id = event.mission_id
        _note_robot(row, event, following.state)
        if following.state is not row.state:
            self._enter(session, row, event, following)
        elif event.stage == "arrived" and row.state is _S.ARRIVED:
            self._arrive(session, row)
        self._ledger.changed(session, row)

    def _enter(self, session: Session, row: DeliveryRow, event: MissionChanged, following: Next) -> None:
        state, now = following.state, self._ledger.clock.now()
        moment = _MOMENTS.get(state)
        if moment is not None and getattr(row, moment) is None:
            setattr(row, moment, now)
        self._ledger.enter(session, row, state, _reason(row, event, following))
        if state in _FACTS:
            self._ledger.fact(session, _FACTS[state], row)
        if state is _S.ARRIVED:
            self._arrive(session, row)
        if state in {_S.HANDED_OVER, _S.RETURNED}:
            self._ledger.goods_are_off(session, row)

    def _arrive(self, session: Session, row: DeliveryRow) -> None:
        """A robot that comes a second time begins the hand-over anew: who has the goods is not asked again."""
        row.wish_id = row.wish_opens = row.wish_state = None
        if row.taken_at is None:
            row.pin_verified_at = None
            return
        self._ledger.wish(session, row, opens=True)
        self._ledger.wish(session, row, opens=False)

    def _on_answered(self, session: Session, event: CompartmentAnswered) -> None:
        row = session.get(DeliveryRow, event.call_id)
        if row is None or row.wish_id != event.request_id:
            return
        row.wish_state = WishState.DONE if event.done else WishState.FAILED
        self._ledger.changed(session, row)


def _may_be_in(row: DeliveryRow, event: MissionChanged) -> bool:
    """Whether goods may be in the robot by the shop's word; a robot that heard it and looked knows better."""
    looked = event.stage == "leg_done" and row.wish_state is WishState.DONE
    return row.goods_in_at is not None and not looked


def _note_robot(row: DeliveryRow, event: MissionChanged, state: DeliveryState) -> None:
    """Stranded goods stay with the robot that has them, whoever is to come instead."""
    if state is _S.STRANDED and event.robot_id is None:
        return
    row.robot_id = event.robot_id
    row.robot_name_ko = event.robot_name.ko if event.robot_name else None
    row.robot_name_en = event.robot_name.en if event.robot_name else None


def _reason(row: DeliveryRow, event: MissionChanged, following: Next) -> KeyedText | None:
    state = following.state
    if following.reason is not None:
        return TEXTS.text(following.reason)
    if row.canceled_by is not None and state in {_S.RETURNING, _S.CANCELED}:
        return TEXTS.text(f"reason.canceled_by_{row.canceled_by}")
    if state in {_S.BACK_AT_SHOP, _S.RETURNED} and row.reason_key is not None:
        return KeyedText(key=row.reason_key, ko=row.reason_ko or "", en=row.reason_en or "")
    return event.reason if state in _WITH_REASON else None
