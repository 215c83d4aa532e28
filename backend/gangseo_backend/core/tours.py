"""The port between the domain that drives and a domain that asks what a tour of many stops would be like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gangseo_backend.core.domain_events import Leg, TourWish
from gangseo_backend.core.texts import KeyedText, LocalText


@dataclass(frozen=True, slots=True)
class StopWish:
    """A stop that somebody thinks of."""

    stop_id: str
    leg: Leg
    tour: TourWish


@dataclass(frozen=True, slots=True)
class ForecastVisit:
    """One place of a tour: the stop of this id, or a depot (no ``stop_id``); ``name`` is the depot's."""

    stop_id: str | None
    name: LocalText | None
    x: float
    y: float
    arrive_at: datetime


@dataclass(frozen=True, slots=True)
class ForecastTour:
    """What one robot would do; ``path`` in metres of the map, home included."""

    robot_id: str
    robot_name: LocalText
    visits: tuple[ForecastVisit, ...]
    metres: float
    home_at: datetime
    path: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class TourForecast:
    """Tours, and why a stop would be left out, by its id."""

    tours: tuple[ForecastTour, ...]
    left_out: dict[str, KeyedText]


class Tours(Protocol):
    """Who knows the robots."""

    def forecast(self, stops: Sequence[StopWish]) -> TourForecast:
        """What the tours would be like with these stops; takes a second.

        Raises:
            GangseoError: it cannot be told now.
        """
        ...
