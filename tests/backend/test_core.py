"""Database, audit, outbox, settings, ids."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import ValidationError
from sqlmodel import SQLModel, col, select

from gangseo_backend.core import audit
from gangseo_backend.core.clock import ManualClock, SystemClock
from gangseo_backend.core.config import ConfigError, Settings
from gangseo_backend.core.db import Database
from gangseo_backend.core.domain_events import MissionCancelRequested
from gangseo_backend.core.facts import FactRow
from gangseo_backend.core.ids import new_id
from gangseo_backend.core.outbox import Outbox, OutboxRow
from gangseo_backend.core.site import load_site

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_migrations_make_what_the_models_say(db):
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_every_value_of_an_enum_may_be_stored(db):
    with db.engine.connect() as connection:
        inspector = sa.inspect(connection)
        for table in SQLModel.metadata.sorted_tables:
            checks = " ".join(check["sqltext"] for check in inspector.get_check_constraints(table.name))
            for column in table.columns:
                for value in column.type.enums if isinstance(column.type, sa.Enum) else ():
                    assert f"'{value}'" in checks, f"{table.name}.{column.name}: {value}"


def test_migrating_twice_and_together_is_harmless(db):
    threads = [
        threading.Thread(target=Database(db.url.render_as_string(hide_password=False)).migrate) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert db.is_ready()


def test_times_come_back_aware_and_naive_ones_are_refused(db):
    seoul = datetime.fromisoformat("2026-11-22T18:00:00.123+09:00")
    row = {"kind": "k", "text_key": "k", "text_ko": "", "text_en": ""}
    with db.write() as session:
        session.add(FactRow(id="one", at=seoul, **row))
    with db.read() as session:
        at = session.get(FactRow, "one").at
    assert at == seoul
    assert at.utcoffset() == timedelta(0)
    with pytest.raises(sa.exc.StatementError, match="naive"), db.write() as session:
        session.add(FactRow(id="two", at=START.replace(tzinfo=None), **row))


def test_audit_chain_does_not_fork_under_concurrency(db):
    def write(number: int) -> None:
        for turn in range(10):
            with db.write() as session:
                audit.append(session, SystemClock(), actor=f"a{number}", action="act", subject=str(turn))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read() as session:
        assert len(session.exec(select(audit.AuditRow)).all()) == 80
        assert audit.first_broken(session) is None


def test_audit_chain_does_not_fork_between_processes(db):
    """Two databases objects share no lock in memory, as two processes do."""
    other = Database(db.url.render_as_string(hide_password=False))

    def write(database: Database) -> None:
        for turn in range(15):
            with database.write() as session:
                audit.append(session, SystemClock(), actor="a", action="act", subject=str(turn))

    threads = [threading.Thread(target=write, args=(database,)) for database in (db, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    with db.read() as session:
        assert len(session.exec(select(audit.AuditRow)).all()) == 30
        assert audit.first_broken(session) is None


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_audit_cannot_be_changed(db, statement):
    with db.write() as session:
        audit.append(session, SystemClock(), actor="a", action="act", subject="s")
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), db.write() as session:
        session.execute(sa.text(statement))


def test_outbox_hands_over_after_a_crash_and_has_one_effect(db):
    clock = ManualClock(START)
    with db.write() as session:
        Outbox(db, clock).publish(session, MissionCancelRequested(call_id="c1"))
    effects: list[str] = []
    fails = [True]

    def handler(session, event) -> None:
        fact = FactRow(id=new_id(), at=START, kind="effect", text_key=event.call_id, text_ko="", text_en="")
        session.add(fact)
        if fails:
            fails.pop()
            raise RuntimeError("crash in the middle")
        effects.append(event.call_id)

    restarted = Outbox(db, clock)
    restarted.subscribe(MissionCancelRequested, handler)
    assert restarted.handle_due() == 0
    assert restarted.handle_due() == 0, "not before its time"
    clock.advance(1.0)
    assert restarted.handle_due() == 1
    assert restarted.handle_due() == 0
    with db.read() as session:
        assert len(session.exec(select(FactRow).where(FactRow.kind == "effect")).all()) == 1
        row = session.exec(select(OutboxRow)).one()
    assert effects == ["c1"]
    assert (row.attempts, row.done_at) == (1, clock.now())


def test_outbox_keeps_the_order_of_one_subject_and_lets_others_pass(db):
    clock = ManualClock(START)
    outbox = Outbox(db, clock)
    seen: list[str] = []

    def handler(_session, event) -> None:
        if event.call_id == "bad" and len(seen) < 1:
            raise RuntimeError("not yet")
        seen.append(event.call_id)

    outbox.subscribe(MissionCancelRequested, handler)
    with db.write() as session:
        for call_id in ("bad", "bad", "good"):
            outbox.publish(session, MissionCancelRequested(call_id=call_id))
            session.flush()
    assert outbox.handle_due() == 1
    assert seen == ["good"]
    clock.advance(5)
    outbox.handle_due()
    assert seen == ["good", "bad", "bad"]


def test_event_and_change_are_one_transaction(db):
    outbox = Outbox(db, SystemClock())

    def change_and_crash() -> None:
        with db.write() as session:
            outbox.publish(session, MissionCancelRequested(call_id="c"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_crash()
    with db.read() as session:
        assert session.exec(select(OutboxRow).where(col(OutboxRow.done_at).is_(None))).all() == []


def test_ids_grow():
    ids = [new_id() for _ in range(2000)]
    assert ids == sorted(set(ids))
    assert ids[0][14] == "7"


def test_production_refuses_default_secrets(tmp_path):
    with pytest.raises(ValidationError, match="SECRETS_FILE"):
        Settings(environment="production")
    weak = tmp_path / "secrets.json"
    weak.write_text(json.dumps({"session_key": "short", "qr_key": "x" * 40}))
    with pytest.raises(ConfigError, match="session_key"):
        Settings(environment="production", secrets_file=weak).load_secrets()
    weak.write_text("{")
    with pytest.raises(ConfigError, match="not JSON"):
        Settings(secrets_file=weak).load_secrets()
    with pytest.raises(ConfigError, match="cannot read"):
        Settings(secrets_file=tmp_path / "nowhere.json").load_secrets()


def test_site_file_errors_say_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match=r"gangseo_sim\.generate"):
        load_site(tmp_path / "site.json")
    broken = tmp_path / "broken.json"
    broken.write_text('{"siteId": 1}')
    with pytest.raises(ConfigError, match="siteId"):
        load_site(broken)


def test_the_clock_never_jumps_when_the_machine_is_set():
    machine = {"wall": 1_000_000.0, "monotonic": 50.0}
    clock = SystemClock(lambda: machine["wall"], lambda: machine["monotonic"])

    def later(seconds: float, jump: float = 0.0) -> datetime:
        machine["monotonic"] += seconds
        machine["wall"] += seconds + jump
        return clock.now()

    begin = clock.now()
    assert (later(10.0) - begin).total_seconds() == pytest.approx(10.0)
    assert (later(1.0, jump=3600.0) - begin).total_seconds() == pytest.approx(12.1 - 1.0, abs=0.2)
    before = clock.now()
    times = [later(1.0, jump=-7200.0 if n == 0 else 0.0) for n in range(50)]
    assert times == sorted(times)
    assert (times[-1] - before).total_seconds() == pytest.approx(45.0, abs=1.0)
    for _ in range(60_000):
        last = later(1.0)
    assert last.timestamp() == pytest.approx(machine["wall"], abs=0.01)
