"""How well the service runs: arrivals, endings and use of the robots by day."""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database
from gangseo_backend.core.texts import LocalText
from gangseo_backend.fleet.board import text
from gangseo_backend.fleet.models import MissionRow, RobotDayRow
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.public import (
    CauseCount,
    DayFigures,
    MissionKind,
    MissionState,
    RobotDayFigures,
    ServiceFigures,
)

TARGET_S = {MissionKind.COLLECT: 120.0}
"""A robot that was called should be there within two minutes, as in the pilot."""


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that at least this share of all do not exceed (nearest rank); None of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def day_figures(day: str, missions: Sequence[MissionRow], factor: float, target_s: float | None) -> DayFigures:
    """Figures of one day. Pure.

    Args:
        day: ISO date at the place.
        missions: of one kind, made that day.
        factor: robot seconds per wall second.
        target_s: within which a robot should arrive.
    """
    arrivals = _seconds(factor, ((row.created_at, row.arrived_at) for row in missions))
    finished = [row for row in missions if row.state is MissionState.FINISHED]
    done = _seconds(factor, ((row.created_at, row.ended_at) for row in finished))
    states = Counter(row.state for row in missions)
    causes = Counter(row.reason_key for row in missions if row.state is MissionState.FAILED and row.reason_key)
    return DayFigures(
        day=day,
        missions=len(missions),
        served=states[MissionState.FINISHED],
        canceled=states[MissionState.CANCELED],
        failed=states[MissionState.FAILED],
        reassigned=sum(row.attempt > 1 for row in missions),
        arrival_p50_s=percentile(arrivals, 0.5),
        arrival_p95_s=percentile(arrivals, 0.95),
        done_p50_s=percentile(done, 0.5),
        done_p95_s=percentile(done, 0.95),
        on_time=sum(value <= target_s for value in arrivals) / len(arrivals) if arrivals and target_s else None,
        causes=[_cause(key, count) for key, count in causes.most_common()],
    )


def _seconds(factor: float, spans: Iterable[tuple[datetime, datetime | None]]) -> list[float]:
    return [(end - begin).total_seconds() * factor for begin, end in spans if end is not None]


def _cause(key: str, count: int) -> CauseCount:
    found = text(key)
    return CauseCount(text=LocalText(ko=found.ko, en=found.en), count=count)


class FleetFigures:
    """Reads figures of whole days at the place."""

    def __init__(self, db: Database, clock: Clock, place: Place, factor: float) -> None:
        self._db, self._clock, self._place, self._factor = db, clock, place, factor
        self._zone = ZoneInfo(place.site.timezone)

    def last(self, days: int, kind: MissionKind) -> ServiceFigures:
        """Figures of one kind of work, today and the days before."""
        today = self._clock.now().astimezone(self._zone).date()
        wanted = [today - timedelta(days=back) for back in reversed(range(days))]
        begin = datetime.combine(wanted[0], time.min, self._zone)
        made = select(MissionRow).where(col(MissionRow.kind) == kind, col(MissionRow.created_at) >= begin)
        used = select(RobotDayRow).where(col(RobotDayRow.day) >= wanted[0].isoformat())
        with self._db.read() as session:
            missions = session.exec(made).all()
            rows = session.exec(used.order_by(col(RobotDayRow.day), col(RobotDayRow.robot_id))).all()
        by_day: dict[date, list[MissionRow]] = {day: [] for day in wanted}
        for row in missions:
            by_day[row.created_at.astimezone(self._zone).date()].append(row)
        served = Counter(
            (row.created_at.astimezone(self._zone).date().isoformat(), row.robot_id)
            for row in missions
            if row.state is MissionState.FINISHED
        )
        target_s = TARGET_S.get(kind)
        return ServiceFigures(
            kind=kind,
            target_s=target_s,
            speed_factor=self._factor,
            days=[day_figures(day.isoformat(), found, self._factor, target_s) for day, found in by_day.items()],
            robots=[self._robot(row, served[row.day, row.robot_id]) for row in rows],
        )

    def _robot(self, row: RobotDayRow, served: int) -> RobotDayFigures:
        online_s = row.online_s or math.inf
        return RobotDayFigures(
            day=row.day,
            robot_id=row.robot_id,
            name=self._place.name_of(row.robot_id),
            served=served,
            distance_m=round(row.distance_m, 1),
            online_s=round(row.online_s * self._factor),
            driving_share=round(row.driving_s / online_s, 4),
            busy_share=round(row.busy_s / online_s, 4),
            charge_used=round(row.charge_used, 1),
        )


def as_csv(figures: ServiceFigures) -> str:
    """Two tables for a spreadsheet, days then robots; with a byte order mark, so that Korean names are read right."""
    out = io.StringIO()
    out.write("\ufeff")
    for rows in (figures.days, figures.robots):
        writer = csv.writer(out)
        flat = [row.model_dump(mode="json", exclude={"causes"}) for row in rows]
        if flat:
            writer.writerow(flat[0])
            writer.writerows(
                [value["ko"] if isinstance(value, dict) else value for value in row.values()] for row in flat
            )
        writer.writerow([])
    return out.getvalue()
