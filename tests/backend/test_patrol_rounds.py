"""A due round is made exactly once, late or told as missed when the backend was down, and given up in time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from backend.small_site import build_site
from backend.watchman import with_patrol
from gangseo_backend.core.clock import ManualClock
from gangseo_backend.core.config import ConfigError
from gangseo_backend.core.db import Database
from gangseo_backend.core.domain_events import MissionCancelRequested, MissionChanged, MissionRequested
from gangseo_backend.core.facts import FactRecorder, FactRow
from gangseo_backend.core.outbox import Outbox, OutboxRow
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.patrol.models import RoundRow
from gangseo_backend.patrol.public import RoundState
from gangseo_backend.patrol.rounds import Rounds
from gangseo_backend.patrol.scheduler import Scheduler

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""12:00 in Seoul."""
SITE = with_patrol(build_site())


class Night:
    """A process that looks at the timetable; ``restart`` is a new one on the same database."""

    def __init__(self, db: Database, clock: ManualClock) -> None:
        self.db, self.clock = db, clock
        self.restart()

    def restart(self) -> None:
        self.outbox = Outbox(self.db, self.clock)
        facts = FactRecorder(self.clock, StreamHub(self.clock))
        self.rounds = Rounds(
            self.clock, self.outbox, facts, SITE, late=timedelta(minutes=30), patience=timedelta(minutes=60)
        )
        self.outbox.subscribe(MissionChanged, self.rounds.on_mission_changed)
        self.scheduler = Scheduler(self.db, self.rounds)

    def look(self, minutes: float = 0.0) -> None:
        self.clock.advance(minutes * 60)
        self.scheduler.look()

    def rows(self) -> list[RoundRow]:
        with self.db.read() as session:
            return list(session.exec(select(RoundRow).order_by(RoundRow.due_at)))

    def states(self) -> list[str]:
        return [row.state.value for row in self.rows()]

    def asked(self, event: type) -> int:
        with self.db.read() as session:
            return len(session.exec(select(OutboxRow).where(OutboxRow.event_type == event.event_type)).all())

    def facts(self) -> list[str]:
        with self.db.read() as session:
            return [row.kind for row in session.exec(select(FactRow).order_by(FactRow.id))]

    def tell(self, stage: str, number: int = -1) -> None:
        """What the fleet says of a round's mission."""
        event = MissionChanged(call_id=self.rows()[number].id, mission_id="m", stage=stage, robot_id="robot_01")
        with self.db.write() as session:
            self.rounds.on_mission_changed(session, event)


@pytest.fixture
def night(db: Database) -> Night:
    found = Night(db, ManualClock(NOON))
    found.look()
    return found


def test_four_rounds_an_evening_each_asked_for_once(night):
    for _ in range(13 * 60):
        night.look(minutes=1)
    due = [f"{row.due_at + timedelta(hours=9):%H:%M}" for row in night.rows()]
    assert due == ["19:00", "20:30", "22:00", "23:30"]
    assert night.asked(MissionRequested) == 4


def test_a_round_carries_a_leg_with_an_observation_for_each_point(night):
    night.look(minutes=7 * 60)
    with night.db.read() as session:
        stored = session.exec(select(OutboxRow)).one()
    event = MissionRequested.model_validate(stored.payload)
    assert event.purpose == "patrol"
    assert [leg.node_id for leg in event.legs] == ["n2", "n4", "n6"]
    wanted = [
        (work.kind, work.parameters["point_id"], work.parameters["round_id"]) for leg in event.legs for work in leg.work
    ]
    assert wanted == [("observe", point, event.call_id) for point in ("p_n2", "p_n4", "p_n6")]


def test_a_backend_that_was_down_a_while_makes_the_round_late(night):
    night.clock.advance((7 * 60 + 29) * 60)
    night.restart()
    night.look()
    assert night.states() == ["due"]
    assert night.rows()[0].due_at == NOON + timedelta(hours=7)


def test_a_backend_that_was_down_too_long_tells_what_it_missed(night):
    night.clock.advance((7 * 60 + 31) * 60)
    night.restart()
    night.look()
    assert night.states() == ["missed"]
    assert night.rows()[0].reason_key == "reason.backend_was_down"
    assert night.facts() == ["round_missed"]
    assert night.asked(MissionRequested) == 0
    night.look()
    assert night.states() == ["missed"]


def test_a_route_seen_for_the_first_time_has_missed_nothing(db):
    night = Night(db, ManualClock(NOON + timedelta(hours=8)))
    night.look()
    night.look(minutes=1)
    assert night.rows() == []


def test_rounds_of_long_ago_are_not_told_one_by_one(night):
    night.look(minutes=60 * 24 * 40)
    assert 26 <= len(night.rows()) <= 28
    assert set(night.states()) == {"missed"}


def test_a_clock_that_is_put_back_makes_no_round_twice_and_stops_none(night):
    night.look(minutes=7 * 60 + 1)
    night.look(minutes=-120)
    assert night.states() == ["due"]
    for _ in range(16):
        night.look(minutes=15)
    assert [f"{row.due_at + timedelta(hours=9):%H:%M}" for row in night.rows()] == ["19:00", "20:30"]


@pytest.mark.slow
@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.floats(0.1, 200.0), st.sampled_from(["look", "kill", "lose"])), min_size=8, max_size=16))
def test_whenever_it_is_killed_each_start_becomes_one_round(tmp_path_factory, history):
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('night') / 'night.db'}")
    database.migrate()
    night = Night(database, ManualClock(NOON))
    night.look()
    for minutes, event in history:
        night.clock.advance(minutes * 60)
        if event == "lose":
            # Killed inside the transaction: all of it is as if it had not been.
            with Session(database.engine) as session:
                night.rounds.make(session, night.rounds.starts_to_make(session))
                session.rollback()
        if event != "look":
            night.restart()
        night.look()
    wanted = night.rounds.timetables["evening"].due(NOON, night.clock.now())
    assert [row.due_at for row in night.rows()] == wanted
    assert night.asked(MissionRequested) == len(
        [row for row in night.rows() if row.reason_key != "reason.backend_was_down"]
    )
    database.close()


def test_a_round_nobody_begins_is_given_up_with_a_reason(night):
    night.look(minutes=7 * 60)
    night.look(minutes=59)
    assert night.asked(MissionCancelRequested) == 0
    night.look(minutes=1)
    night.look(minutes=1)
    assert night.asked(MissionCancelRequested) == 1
    assert night.states() == ["due"], "until the fleet says that its mission has ended"
    night.tell("canceled")
    assert night.states() == ["missed"]
    assert night.rows()[0].reason_key == "reason.no_robot_in_time"
    assert night.facts()[-1] == "round_missed"


def test_a_round_that_has_begun_is_not_given_up(night):
    night.look(minutes=7 * 60)
    night.tell("assigned")
    night.look(minutes=61)
    night.tell("arrived")
    night.look(minutes=20)
    assert night.asked(MissionCancelRequested) == 0
    night.tell("queued", 0)
    night.look(minutes=5)
    assert night.asked(MissionCancelRequested) == 0, "its patience begins anew when its robot is lost"
    night.look(minutes=56)
    assert night.asked(MissionCancelRequested) == 1


def test_a_round_goes_the_way_its_mission_goes(night):
    night.look(minutes=7 * 60)
    seen = []
    for stage in ("queued", "assigned", "near", "arrived", "leg_done", "arrived", "leg_done", "finished", "failed"):
        night.tell(stage)
        seen.append(night.states()[0])
    assert seen == ["due", "assigned", "assigned", *["under_way"] * 4, "done", "done"]
    row = night.rows()[0]
    assert row.state is RoundState.DONE
    assert row.started_at == row.ended_at == night.clock.now()


def test_a_point_at_no_node_of_the_site_is_told():
    clock = ManualClock(NOON)
    site = with_patrol(build_site(), points=("nowhere",))
    with pytest.raises(ConfigError, match="evening: point p_nowhere: the site has no node nowhere"):
        Rounds(clock, None, None, site, late=timedelta(0), patience=timedelta(0))
