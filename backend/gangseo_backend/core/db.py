"""The database: SQLite (WAL) or PostgreSQL by URL, one write at a time, migrations at start."""

import fcntl
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlmodel import Session

BACKEND_DIR = Path(__file__).resolve().parents[2]
_AFTER_COMMIT = "gangseo_after_commit"
_MIGRATION_LOCK = 7_310_001


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC in and out on every database; refuses naive values."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: times in the database are aware UTC")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def text_enum(enum: type[StrEnum], name: str) -> sa.Enum:
    """An enum stored as text with a check constraint."""
    return sa.Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def after_commit(session: Session, effect: Callable[[], None]) -> None:
    """Run ``effect`` once the session's transaction is in the database."""
    session.info.setdefault(_AFTER_COMMIT, []).append(effect)


@contextmanager
def nested(session: Session) -> Iterator[None]:
    """A savepoint; what fails in it leaves neither rows nor effects behind."""
    effects: list[Callable[[], None]] = session.info.setdefault(_AFTER_COMMIT, [])
    before = len(effects)
    try:
        with session.begin_nested():
            yield
    except BaseException:
        del effects[before:]
        raise


class Database:
    """Sessions for reading and writing."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database:
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        if self.url.drivername == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.engine = self._make_engine()
        self._write_engine = self.engine.execution_options(gangseo_write=True)
        # One writer at a time: waiting here is fair, waiting in SQLite's busy handler is not.
        self._write_lock = threading.RLock()

    def _make_engine(self) -> Engine:
        options: dict[str, Any] = {"pool_size": 10, "max_overflow": 40}
        if self.is_sqlite:
            options["connect_args"] = {"check_same_thread": False, "timeout": 10}
        else:
            options["pool_pre_ping"] = True
        engine = sa.create_engine(self.url, **options)
        if self.is_sqlite:
            sa.event.listen(engine, "connect", _prepare_sqlite)
            sa.event.listen(engine, "begin", _begin_sqlite)
        return engine

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session whose changes are thrown away."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One write transaction; commits at the end, then runs what waits for the commit."""
        effects: list[Callable[[], None]] = []
        with self._write_lock, Session(self._write_engine, expire_on_commit=False) as session:
            yield session
            session.commit()
            effects = session.info.pop(_AFTER_COMMIT, [])
        for effect in effects:
            effect()

    def migrate(self) -> None:
        """Bring the schema to the newest version; processes that start together do it one after another."""
        config = Config(str(BACKEND_DIR / "alembic.ini"))
        config.set_main_option("script_location", str(BACKEND_DIR / "migrations"))
        with self._migration_lock(), self._write_engine.connect() as connection:
            # SQLite changes a table by making it anew: the old one is dropped while others refer to it.
            self._check_references(connection, on=False)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
            self._check_references(connection, on=True)

    def _check_references(self, connection: Connection, *, on: bool) -> None:
        driver = connection.connection.driver_connection
        if self.is_sqlite and driver is not None:
            driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")

    @contextmanager
    def _migration_lock(self) -> Iterator[None]:
        if self.is_sqlite:
            if not self.url.database:
                yield
                return
            with Path(f"{self.url.database}.migrate.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
            return
        with self.engine.connect() as connection:
            connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": _MIGRATION_LOCK})
            try:
                yield
            finally:
                connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": _MIGRATION_LOCK})
                connection.commit()

    def is_ready(self) -> bool:
        """Whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.text("SELECT 1"))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("gangseo_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
