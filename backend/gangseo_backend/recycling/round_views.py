"""Rounds as people see them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from gangseo_backend.core.live import LiveMissions, MissionLive
from gangseo_backend.core.texts import KeyedText, LocalText
from gangseo_backend.core.tours import ForecastTour, TourForecast
from gangseo_backend.recycling.round_models import CollectionRow, StopRow
from gangseo_backend.recycling.round_public import (
    CollectionDetail,
    CollectionForecast,
    CollectionPublic,
    PlannedTour,
    PlannedVisit,
    SpotLeftOut,
    StopPublic,
    StopState,
)
from gangseo_protocol.site import Site

_UNDER_WAY = (StopState.ARRIVED, StopState.ASSIGNED)


class RoundViews:
    """Joins rows with live missions and the names of the place."""

    def __init__(self, site: Site, live: LiveMissions) -> None:
        self._live = live
        self._spots = {spot.spot_id: spot for spot in site.spots}
        self._robots = {home.robot_id: LocalText(ko=home.name.ko, en=home.name.en) for home in site.robots}

    def name_of(self, spot_id: str) -> LocalText:
        """A spot's name; its id when the place has it no more."""
        spot = self._spots.get(spot_id)
        return LocalText(ko=spot.name.ko, en=spot.name.en) if spot else LocalText(ko=spot_id, en=spot_id)

    def summary(self, row: CollectionRow, stops: Sequence[StopRow]) -> CollectionPublic:
        """A round in one line."""
        done = sum(stop.state is StopState.DONE for stop in stops)
        return CollectionPublic(
            id=row.id, state=row.state, due_at=row.due_at, latest_at=row.latest_at, made_by=row.made_by,
            cancel_requested=row.cancel_requested_at is not None, stops=len(stops), stops_done=done,
            stops_left=sum(not stop.open for stop in stops) - done, created_at=row.created_at, ended_at=row.ended_at,
        )  # fmt: skip

    def detail(
        self, row: CollectionRow, stops: Sequence[StopRow], collected: Mapping[str, dict[str, float]], now: datetime
    ) -> CollectionDetail:
        """A round with its stops; ``collected`` by id of the stop."""
        shown = [self._stop(stop, collected.get(stop.id), now) for stop in stops]
        return CollectionDetail(**self.summary(row, stops).model_dump(), stop_list=sorted(shown, key=_order))

    def _stop(self, row: StopRow, collected: dict[str, float] | None, now: datetime) -> StopPublic:
        spot = self._spots.get(row.spot_id)
        live = (self._live.get(row.mission_id) if row.mission_id and row.open else None) or MissionLive()
        robot_id = row.robot_id or live.robot_id
        robot_name = self._robots.get(robot_id, LocalText(ko=robot_id, en=robot_id)) if robot_id else None
        coming = row.state is StopState.ASSIGNED and live.eta_s is not None
        return StopPublic.model_validate({
            "id": row.id, "spot_id": row.spot_id, "spot_name": self.name_of(row.spot_id), "state": row.state,
            "x": spot.x if spot else 0.0, "y": spot.y if spot else 0.0, "litres": row.litres, "collected": collected,
            "robot_id": robot_id, "robot_name": robot_name, "reason": _reason(row) or live.waiting,
            "expected_at": now + timedelta(seconds=live.eta_s or 0.0) if coming else live.expected_at,
            "mission_id": row.mission_id, "arrived_at": row.arrived_at, "ended_at": row.ended_at,
        })  # fmt: skip

    def forecast(self, found: TourForecast) -> CollectionForecast:
        """Tours whose stops are named by their spots."""
        return CollectionForecast(
            tours=[self._tour(tour) for tour in found.tours],
            left_out=[
                SpotLeftOut(spot_id=spot_id, name=self.name_of(spot_id), reason=reason)
                for spot_id, reason in found.left_out.items()
            ],
        )

    def _tour(self, tour: ForecastTour) -> PlannedTour:
        visits = [
            PlannedVisit(
                spot_id=visit.stop_id, name=visit.name or self.name_of(visit.stop_id or ""), x=visit.x, y=visit.y,
                arrive_at=visit.arrive_at,
            )
            for visit in tour.visits
        ]  # fmt: skip
        return PlannedTour(
            robot_id=tour.robot_id, robot_name=tour.robot_name, visits=visits, metres=round(tour.metres, 1),
            home_at=tour.home_at, path=list(tour.path),
        )  # fmt: skip


def _order(stop: StopPublic) -> tuple[object, ...]:
    """Under way, waiting by when a robot comes, ended with the newest first."""
    if stop.state in _UNDER_WAY:
        return (0, stop.spot_id)
    if stop.ended_at is not None:
        return (2, -stop.ended_at.timestamp(), stop.spot_id)
    return (1, stop.expected_at.timestamp() if stop.expected_at else float("inf"), stop.spot_id)


def _reason(row: StopRow) -> KeyedText | None:
    if row.reason_key is None or row.state is StopState.WAITING:
        return None
    return KeyedText(key=row.reason_key, ko=row.reason_ko or "", en=row.reason_en or "")
