"""What visits at a spot bring: noted after each, expected of the next."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.domain_events import MissionChanged
from gangseo_backend.recycling.models import CallRow
from gangseo_backend.recycling.round_models import StopRow, VisitRow
from gangseo_protocol.actions import STREAMS

_LEARNT_FROM = 10
"""The newest visits of a spot."""


class Visits:
    """Litres by spot."""

    def __init__(self, clock: Clock, usual_l: float) -> None:
        """``usual_l``: litres of each stream where nothing was noted yet."""
        self._clock, self._usual_l = clock, usual_l

    def on_mission_changed(self, session: Session, event: MissionChanged) -> None:
        """Note what a robot took at a spot."""
        if event.stage != "finished" or event.collected is None or session.get(VisitRow, event.call_id) is not None:
            return
        served = session.get(CallRow, event.call_id) or session.get(StopRow, event.call_id)
        if served is not None:
            now = self._clock.now()
            session.add(VisitRow(id=event.call_id, spot_id=served.spot_id, litres=event.collected, ended_at=now))

    def expected(self, session: Session, spot_ids: Iterable[str]) -> dict[str, tuple[dict[str, float], int]]:
        """Litres by stream of a visit at each spot, and from how many visits that was learnt."""
        return {spot_id: self._expected(session, spot_id) for spot_id in spot_ids}

    def _expected(self, session: Session, spot_id: str) -> tuple[dict[str, float], int]:
        query = select(VisitRow).where(VisitRow.spot_id == spot_id).order_by(col(VisitRow.ended_at).desc())
        seen = [row.litres for row in session.exec(query.limit(_LEARNT_FROM))]
        if not seen:
            return dict.fromkeys(STREAMS, self._usual_l), 0
        return {stream: round(sum(each.get(stream, 0.0) for each in seen) / len(seen), 1) for stream in STREAMS}, len(
            seen
        )
