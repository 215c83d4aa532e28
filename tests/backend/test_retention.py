"""What is old is deleted, what is needed stays, and the audit can still be proved."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from gangseo_backend.core import audit
from gangseo_backend.core.accounts import Account, LoginSession
from gangseo_backend.core.clock import ManualClock
from gangseo_backend.core.db import Database
from gangseo_backend.core.facts import FactRow
from gangseo_backend.core.outbox import OutboxRow
from gangseo_backend.core.retention import Retention, Rule
from gangseo_backend.core.tickets import TicketRow
from gangseo_backend.fleet.models import CommandRow, IncidentRow, MissionRow, OrderRow, StepRow
from gangseo_backend.fleet.models_control import FleetStopRow, TakeoverRow
from gangseo_backend.main import Backend
from gangseo_backend.recycling.models import CallRow

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


def rules_of(settings, db: Database, clock: ManualClock) -> list[Rule]:
    """The rules of the real application, on the test's database."""
    backend = Backend(settings, clock, None)
    backend.db.close()
    return backend._retention_rules(clock)


def keys(db: Database, model: type[SQLModel]) -> set[object]:
    column = sa.inspect(model).primary_key[0]
    with db.read() as session:
        return set(session.execute(select(column)).scalars())


def call(key: str, at: datetime, state: str = "served") -> CallRow:
    return CallRow(id=key, spot_id=key, state=state, language="ko", ticket_id="t", created_at=at - DAY, updated_at=at)


def mission(key: str, at: datetime | None, state: str = "finished") -> list[SQLModel]:
    made = START - 200 * DAY
    return [
        MissionRow(id=key, kind="collect", state=state, target_node_id="s1", created_at=made, ended_at=at),
        StepRow(mission_id=key, number=0, kind="goTo", state="finished"),
    ]


def order(key: str, mission_id: str, state: str) -> OrderRow:
    return OrderRow(
        order_id=key, mission_id=mission_id, robot_id=key, state=state, route=["a"], edges=[], created_at=START
    )


def incident(key: str, at: datetime | None) -> IncidentRow:
    state = "open" if at is None else "resolved"
    row = {"kind": "k", "text_key": "k", "text_ko": "", "text_en": ""}
    return IncidentRow(id=key, state=state, created_at=START - 300 * DAY, resolved_at=at, **row)


def command(key: str, state: str, at: datetime) -> CommandRow:
    return CommandRow(command_id=key, robot_id="r", kind="pause", state=state, reason="", actor="a", requested_at=at)


def fact(key: str, at: datetime) -> FactRow:
    return FactRow(id=key, at=at, kind="k", text_key="k", text_ko="", text_en="")


def ticket(key: str, at: datetime) -> TicketRow:
    return TicketRow(id=key, token_hash=key, holder="spot", subject="s", created_at=at - DAY, expires_at=at)


def event(seq: int, done_at: datetime | None) -> OutboxRow:
    made = START - 100 * DAY
    return OutboxRow(seq=seq, event_type="x", subject="x", payload={}, created_at=made, due_at=made, done_at=done_at)


def test_old_rows_go_and_young_and_open_ones_stay(db, settings, clock):
    old, young = START - 91 * DAY, START - 89 * DAY
    with db.write() as session:
        session.add(Account(id="a", username="a", password_hash="", role="viewer", created_at=old))
        session.flush()
        for row in (
            call("old", old), call("young", young), call("open", old, "queued"),
            *mission("old", old), *mission("young", young), *mission("open", None, "active"), *mission("busy", old),
            incident("old", old), incident("young", young), incident("open", None),
            command("old", "finished", old), command("young", "finished", young), command("open", "sent", old),
            fact("old", old), fact("young", young),
            ticket("old", START - 2 * DAY), ticket("young", START - DAY / 2),
            event(1, START - 8 * DAY), event(2, START - 6 * DAY), event(3, None),
            LoginSession(token_hash="old", account_id="a", created_at=old, expires_at=START - DAY),
            LoginSession(token_hash="young", account_id="a", created_at=old, expires_at=START + DAY),
        ):  # fmt: skip
            session.add(row)
        session.flush()
        session.add_all([order("o1", "old", "finished"), order("o2", "busy", "canceling")])
    Retention(db, clock, rules_of(settings, db, clock)).run_if_due()
    assert keys(db, CallRow) == {"young", "open"}
    assert keys(db, MissionRow) == keys(db, StepRow) == {"young", "open", "busy"}
    assert keys(db, OrderRow) == {"o2"}
    assert keys(db, IncidentRow) == keys(db, CommandRow) == {"young", "open"}
    assert keys(db, FactRow) == keys(db, TicketRow) == keys(db, LoginSession) == {"young"}
    assert keys(db, OutboxRow) == {2, 3}
    with db.read() as session:
        told = {row.subject: json.loads(row.details)["deleted"] for row in session.exec(select(audit.AuditRow))}
    assert told == dict.fromkeys(
        ("tickets", "login_sessions", "outbox", "calls", "missions", "commands", "incidents", "events"), 1
    )


def test_old_takeovers_and_stops_go_and_open_ones_stay(db, settings, clock):
    def takeover(key: str, ended_at: datetime | None) -> TakeoverRow:
        made = START - 300 * DAY
        return TakeoverRow(
            id=key, robot_id=key, holder="h", reason="r", state="held", since=made, lease_until=made, ended_at=ended_at
        )

    def stop(key: str, site: str, released_at: datetime | None) -> FleetStopRow:
        return FleetStopRow(id=key, site_id=site, since=START - 300 * DAY, by="b", reason="r", released_at=released_at)

    old, young = START - 91 * DAY, START - 89 * DAY
    with db.write() as session:
        session.add_all([takeover("old", old), takeover("young", young), takeover("open", None)])
        session.add_all([stop("old", "s", old), stop("young", "s", young), stop("on", "s", None)])
    rule = next(rule for rule in rules_of(settings, db, clock) if rule.kind == "control")
    with db.write() as session:
        assert rule.prune(session, START - rule.keep) == 2
    assert keys(db, TakeoverRow) == {"young", "open"}
    assert keys(db, FleetStopRow) == {"young", "on"}


def test_audit_is_cut_after_its_years_and_the_chain_stays_whole(db, settings, clock):
    for number in range(6):
        with db.write() as session:
            audit.append(session, clock, actor="a", action="act", subject=str(number))
        clock.advance(365 * 86400)
    retention = Retention(db, clock, rules_of(settings, db, clock))
    retention.run_if_due()
    with db.read() as session:
        rows = session.exec(select(audit.AuditRow).order_by(audit.AuditRow.seq)).all()
        anchor = session.exec(select(audit.AuditAnchorRow)).one()
        assert audit.first_broken(session) is None
    assert [row.seq for row in rows] == [2, 3, 4, 5, 6, 7]
    assert (anchor.seq, anchor.hash) == (1, rows[0].previous_hash)
    assert (rows[-1].action, rows[-1].subject) == ("retention", "audit")
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.write() as session:
        session.execute(sa.text("DELETE FROM audit WHERE seq = 3"))
    clock.advance(20 * 365 * 86400)  # nothing but the newest entry about the cut itself is left
    retention.run_if_due()
    with db.read() as session:
        assert [row.seq for row in session.exec(select(audit.AuditRow))] == [8]
        assert audit.first_broken(session) is None


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO audit_anchors VALUES (1, 'forged', '2026-11-22')",
        "INSERT INTO audit_anchors VALUES (9, 'forged', '2026-11-22')",
    ],
)
def test_anchor_must_be_of_an_entry(db, clock, statement):
    with db.write() as session:
        audit.append(session, clock, actor="a", action="act", subject="s")
    with pytest.raises(sa.exc.DatabaseError, match="an anchor is"), db.write() as session:
        session.execute(sa.text(statement))


def test_anchor_cannot_be_changed(db, clock):
    with db.write() as session:
        audit.append(session, clock, actor="a", action="act", subject="s")
        audit.prune(session, clock, START + DAY)
    for statement in ("UPDATE audit_anchors SET hash = 'x'", "DELETE FROM audit_anchors"):
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.write() as session:
            session.execute(sa.text(statement))


def test_tampering_after_the_cut_is_noticed(db, clock):
    for number in range(3):
        with db.write() as session:
            audit.append(session, clock, actor="a", action="act", subject=str(number))
        clock.advance(60)
    with db.write() as session:
        audit.prune(session, clock, START + timedelta(seconds=30))
        session.execute(sa.text("DROP TRIGGER audit_no_delete" + (" ON audit" if not db.is_sqlite else "")))
        session.execute(sa.text("DELETE FROM audit WHERE seq = 2"))
    with db.read() as session:
        assert audit.first_broken(session) == 2


def test_job_runs_at_start_and_once_a_day_and_again_after_a_failure(db, clock):
    runs: list[datetime] = []

    def prune(_session, before) -> int:
        runs.append(before)
        if len(runs) == 1:
            raise sa.exc.OperationalError("", {}, Exception())
        return 0

    retention = Retention(db, clock, [Rule("things", DAY, prune)])
    with pytest.raises(sa.exc.OperationalError):
        retention.run_if_due()
    assert retention.run_if_due()
    assert not retention.run_if_due()
    clock.advance(86399)
    assert not retention.run_if_due()
    clock.advance(1)
    assert retention.run_if_due()
    assert runs == [START - DAY, START - DAY, START]
