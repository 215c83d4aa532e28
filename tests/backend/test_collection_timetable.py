"""Rounds of the timetable are begun once a start, late if need be; stops that are too late are left out."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from backend.small_site import build_site
from gangseo_backend.core.clock import ManualClock
from gangseo_backend.core.config import Settings
from gangseo_backend.core.db import Database
from gangseo_backend.core.domain_events import MissionCancelRequested, MissionChanged, MissionRequested
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.live import LiveMissions
from gangseo_backend.core.outbox import Outbox, OutboxRow
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.timetable import Timetable
from gangseo_backend.recycling.retention import prune_collections
from gangseo_backend.recycling.round_models import CollectionRow, StopRow
from gangseo_backend.recycling.round_service import CollectionService
from gangseo_backend.recycling.round_watch import RoundWatch

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""12:00 in Seoul."""
SITE = build_site()
SETTINGS = Settings(round_lasts_minutes=60)


class Day:
    """A process that looks at the timetable; ``restart`` is a new one on the same database."""

    def __init__(self, db: Database, clock: ManualClock) -> None:
        self.db, self.clock = db, clock
        self.restart()

    def restart(self) -> None:
        hub, outbox = StreamHub(self.clock), Outbox(self.db, self.clock)
        facts, live = FactRecorder(self.clock, hub), LiveMissions()
        self.service = CollectionService(SETTINGS, self.db, self.clock, hub, outbox, facts, live, SITE, None)
        timetable = Timetable.of(["14:00", "12:30"], SITE.timezone)
        self.watch = RoundWatch(self.db, self.clock, self.service, timetable, late=timedelta(minutes=30))

    def look(self, minutes: float = 0.0) -> None:
        self.clock.advance(minutes * 60)
        self.watch.look()

    def rows(self, kind: type) -> list:
        with self.db.read() as session:
            return list(session.exec(select(kind).order_by(kind.id)))

    def starts(self) -> list[str]:
        return [f"{row.due_at + timedelta(hours=9):%d %H:%M}" for row in self.rows(CollectionRow)]

    def asked(self, event: type) -> int:
        with self.db.read() as session:
            return len(session.exec(select(OutboxRow).where(OutboxRow.event_type == event.event_type)).all())

    def tell(self, stop: StopRow, stage: str) -> None:
        with self.db.write() as session:
            self.service.rounds.on_mission_changed(
                session, MissionChanged(call_id=stop.id, mission_id=stop.id, stage=stage)
            )


@pytest.fixture
def day(db: Database) -> Day:
    return Day(db, ManualClock(NOON))


def test_each_start_is_one_round_whenever_it_is_killed(day):
    for minutes in (29, 2, 1, 0, 5):
        day.look(minutes)
        day.restart()
        with Session(day.db.engine) as session:  # killed inside the transaction: as if it had not been
            day.service.make_due(session, NOON, actor="x")
            session.rollback()
        day.look()
    assert day.starts() == ["22 12:30"]
    assert day.asked(MissionRequested) == len(SITE.spots) == len(day.rows(StopRow))
    for stop in day.rows(StopRow):
        day.tell(stop, "finished")
    day.look(24 * 60)
    assert day.starts() == ["22 12:30", "23 12:30"], "that of 14:00 was missed for longer than it may be late"


def test_a_round_begun_late_ends_in_time_and_leaves_out_what_nobody_has_begun(day):
    day.look(59)
    begun, *rest = day.rows(StopRow)
    assert [row.latest_at for row in day.rows(CollectionRow)] == [NOON + timedelta(minutes=90)]
    day.tell(begun, "assigned")
    day.look(31)
    day.look(1)
    assert day.asked(MissionCancelRequested) == len(rest)
    for stop in rest:
        day.tell(stop, "canceled")
    day.tell(begun, "finished")
    assert {row.state.value for row in day.rows(StopRow)} == {"done", "left_out"}
    assert day.rows(CollectionRow)[0].state.value == "done"
    day.look(40)
    assert day.starts() == ["22 12:30", "22 14:00"]
    with day.db.write() as session:
        assert prune_collections(session, day.clock.now()) == 1
    assert day.starts() == ["22 14:00"], "what is open stays"
    assert len(day.rows(StopRow)) == len(SITE.spots)
