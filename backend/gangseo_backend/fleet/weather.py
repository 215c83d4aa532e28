"""What operators say of the weather; it holds for some hours."""

from datetime import timedelta

from gangseo_backend.core import audit
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database
from gangseo_backend.fleet.energy import CAPACITY_BY_CELSIUS, RESERVE, capacity
from gangseo_backend.fleet.models import WeatherRow
from gangseo_backend.fleet.public_closures import CapacityPoint, ColdPublic, WeatherInput, WeatherPublic

HOLDS = timedelta(hours=12)
ONLY_ROW = 1


class Weather:
    """The temperature outdoors, for how far batteries last."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock

    def now(self) -> WeatherPublic | None:
        """What was said last, unless it is too old."""
        with self._db.read() as session:
            row = session.get(WeatherRow, ONLY_ROW)
        if row is None or row.said_at < self._clock.now() - HOLDS:
            return None
        return _public(row)

    @staticmethod
    def cold() -> ColdPublic:
        """What the cold takes of the batteries."""
        points = [CapacityPoint(temperature_c=celsius, capacity=share) for celsius, share in CAPACITY_BY_CELSIUS]
        return ColdPublic(points=points, reserve_percent=RESERVE)

    def say(self, body: WeatherInput, *, actor: str) -> WeatherPublic:
        """Say how warm it is."""
        row = WeatherRow(id=ONLY_ROW, temperature_c=body.temperature_c, said_at=self._clock.now(), said_by=actor)
        with self._db.write() as session:
            session.merge(row)
            details = {"temperature_c": body.temperature_c}
            audit.append(session, self._clock, actor=actor, action="weather_said", subject="site", details=details)
        return _public(row)


def _public(row: WeatherRow) -> WeatherPublic:
    return WeatherPublic(
        temperature_c=row.temperature_c, said_at=row.said_at, said_by=row.said_by,
        holds_until=row.said_at + HOLDS, capacity=capacity(row.temperature_c),
    )  # fmt: skip
