"""When rounds are due, in a zone whose clocks may be put forward and back. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gangseo_protocol.site import WEEKDAYS, Weekday

_DAY = timedelta(days=1)
_LONGEST_WAIT = timedelta(days=10)
"""A week, and a day that a zone left out."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """Local times on days of the week, Monday 0; ``timezone`` is an IANA name.

    A time that the clocks leave out is as much later as they are put forward; one they show twice counts the first
    time. Two starts that fall on one moment are one round.
    """

    starts: tuple[time, ...]
    days: frozenset[int]
    timezone: str

    @staticmethod
    def of(starts: Iterable[str], timezone: str, days: Iterable[Weekday] = WEEKDAYS) -> "Timetable":
        """Starts as people write them, ``19:00``, on some days of the week."""
        times = tuple(sorted(time.fromisoformat(start) for start in starts))
        return Timetable(times, frozenset(WEEKDAYS.index(day) for day in days), timezone)

    def due(self, after: datetime, until: datetime) -> list[datetime]:
        """Every start later than ``after`` and not later than ``until``, as UTC, oldest first."""
        zone = ZoneInfo(self.timezone)
        day, last = (after - 2 * _DAY).astimezone(zone).date(), (until + _DAY).astimezone(zone).date()
        moments: set[datetime] = set()
        while day <= last:
            if day.weekday() in self.days:
                moments |= {datetime.combine(day, start, tzinfo=zone).astimezone(UTC) for start in self.starts}
            day += _DAY
        return sorted(moment for moment in moments if after < moment <= until)

    def next_due(self, after: datetime, count: int = 1) -> list[datetime]:
        """The next starts after a moment, as UTC."""
        found: list[datetime] = []
        while len(found) < count:
            found += self.due(after, after + _LONGEST_WAIT)
            after += _LONGEST_WAIT
        return found[:count]
