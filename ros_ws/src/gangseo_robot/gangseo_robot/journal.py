"""The robot's memory that survives power loss: SQLite in WAL mode, every change on disk before it counts."""

import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from gangseo_protocol.base import format_timestamp
from gangseo_protocol.observation import Observation
from gangseo_protocol.vda5050 import ActionParameter, ActionStatus, Order
from gangseo_robot.orders import REMEMBERED_ORDERS, ActionProgress, OrderBook, Phase

log = logging.getLogger(__name__)

HEADER_BLOCK = 1000
KEPT_INSTANT_ACTIONS = 500
KEPT_OBSERVED = 500
"""Actions whose observation has gone out: one that a crash makes run again must not observe again."""

_TABLES = """
CREATE TABLE IF NOT EXISTS flag (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held_order (
    one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT, phase TEXT NOT NULL, last_node_id TEXT NOT NULL,
    reached INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS action (
    action_id TEXT PRIMARY KEY, place INTEGER NOT NULL, action_type TEXT NOT NULL, status TEXT NOT NULL,
    result TEXT NOT NULL, elapsed_s REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS past_order (number INTEGER PRIMARY KEY, order_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS instant_action (
    number INTEGER PRIMARY KEY, action_id TEXT NOT NULL UNIQUE, action_type TEXT NOT NULL, status TEXT NOT NULL,
    result TEXT NOT NULL, parameters TEXT NOT NULL DEFAULT '[]');
CREATE TABLE IF NOT EXISTS observation (
    number INTEGER PRIMARY KEY, action_id TEXT NOT NULL UNIQUE, observation_id TEXT NOT NULL UNIQUE,
    taken_at TEXT NOT NULL, body TEXT);
CREATE TABLE IF NOT EXISTS header (topic TEXT PRIMARY KEY, reserved INTEGER NOT NULL) WITHOUT ROWID;
"""


class JournalError(RuntimeError):
    """The journal file cannot be opened or is not a journal."""


@dataclass(frozen=True, slots=True)
class InstantProgress:
    """An instant action once taken; never taken again."""

    action_id: str
    action_type: str
    status: ActionStatus
    result: str = ""
    parameters: tuple[ActionParameter, ...] = ()


class Journal:
    """One robot's journal. Use from one thread.

    Where the disk refuses, what was to be saved is owed: ``trouble`` says so until ``retry`` has got it on disk.
    """

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. Raises JournalError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(_TABLES)
            self._add_later_columns()
        except (OSError, sqlite3.Error) as error:
            raise JournalError(f"journal {path}: {error}; move the file away to start without memory") from error
        self._saved = OrderBook()
        self._latest = self._saved
        self._owed: dict[str, Callable[[], object]] = {}
        self._headers: dict[str, tuple[int, int]] = {}
        self.trouble = ""

    def _add_later_columns(self) -> None:
        columns = {row[1] for row in self._db.execute("PRAGMA table_info(instant_action)")}
        if "parameters" not in columns:
            self._db.execute("ALTER TABLE instant_action ADD COLUMN parameters TEXT NOT NULL DEFAULT '[]'")

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            # A full disk has ended some transactions by itself.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _save(self, what: str, write: Callable[[], object]) -> None:
        self._owed[what] = write
        self.retry()

    def retry(self) -> None:
        """Writes all that is owed, in one transaction. Never raises for a disk that refuses."""
        if not self._owed:
            return
        try:
            with self._transaction():
                for write in self._owed.values():
                    write()
        except sqlite3.Error as error:
            if not self.trouble:
                log.critical("journal_failed reason=%s", error)
            self.trouble = str(error)
            return
        if self.trouble:
            log.warning("journal_back saved=%d", len(self._owed))
        self._owed.clear()
        self._saved = self._latest
        self.trouble = ""

    # --- the order ---

    def load_book(self) -> OrderBook:
        """The order as it stood at the last save."""
        past = tuple(row[0] for row in self._db.execute("SELECT order_id FROM past_order ORDER BY number"))
        row = self._db.execute("SELECT body, phase, last_node_id, reached FROM held_order").fetchone()
        if row is None:
            return self._saved
        actions = {
            action_id: ActionProgress(action_id, action_type, ActionStatus(status), result, elapsed_s)
            for action_id, action_type, status, result, elapsed_s in self._db.execute(
                "SELECT action_id, action_type, status, result, elapsed_s FROM action ORDER BY place"
            )
        }
        body, phase, last_node_id, reached = row
        order = Order.model_validate_json(body) if body else None
        self._saved = OrderBook(order, Phase(phase), last_node_id, reached, MappingProxyType(actions), past)
        self._latest = self._saved
        return self._saved

    def save_book(self, book: OrderBook) -> None:
        """Writes what changed since the last save, all of it or nothing."""
        if book is self._latest or book == self._latest:
            return
        self._latest = book
        self._save("book", self._write_book)

    def _write_book(self) -> None:
        book, old = self._latest, self._saved
        if book.order is not old.order:
            body = book.order.to_json() if book.order else None
            self._db.execute("INSERT OR REPLACE INTO held_order VALUES (1, ?, ?, '', 0)", (body, book.phase.value))
        self._db.execute(
            "INSERT INTO held_order VALUES (1, NULL, ?, ?, ?) ON CONFLICT (one) DO UPDATE SET "
            "phase = excluded.phase, last_node_id = excluded.last_node_id, reached = excluded.reached",
            (book.phase.value, book.last_node_id, book.reached),
        )
        self._save_actions(book, old)
        if book.past != old.past:
            self._save_past(book, old)

    def _save_actions(self, book: OrderBook, old: OrderBook) -> None:
        gone = old.actions.keys() - book.actions.keys()
        self._db.executemany("DELETE FROM action WHERE action_id = ?", [(action_id,) for action_id in gone])
        self._db.executemany(
            "INSERT OR REPLACE INTO action VALUES (?, ?, ?, ?, ?, ?)",
            [
                (key, place, value.action_type, value.status.value, value.result, value.elapsed_s)
                for place, (key, value) in enumerate(book.actions.items())
                if old.actions.get(key) != value
            ],
        )

    def _save_past(self, book: OrderBook, old: OrderBook) -> None:
        known = set(old.past)
        added = [(order_id,) for order_id in book.past if order_id not in known]
        self._db.executemany("INSERT INTO past_order (order_id) VALUES (?)", added)
        self._db.execute(
            "DELETE FROM past_order WHERE number <= (SELECT MAX(number) FROM past_order) - ?", (REMEMBERED_ORDERS,)
        )

    # --- instant actions ---

    def load_instant_actions(self) -> dict[str, InstantProgress]:
        """Instant actions taken, oldest first."""
        rows = self._db.execute(
            "SELECT action_id, action_type, status, result, parameters FROM instant_action ORDER BY number"
        )
        return {
            action_id: InstantProgress(
                action_id,
                action_type,
                ActionStatus(status),
                result,
                tuple(ActionParameter(key=key, value=value) for key, value in json.loads(parameters)),
            )
            for action_id, action_type, status, result, parameters in rows
        }

    def save_instant_action(self, progress: InstantProgress) -> None:
        """Writes one instant action; keeps the last few hundred."""
        self._save(f"instant action {progress.action_id}", partial(self._write_instant_action, progress))

    def _write_instant_action(self, progress: InstantProgress) -> None:
        parameters = json.dumps([(each.key, each.value) for each in progress.parameters])
        self._db.execute(
            "INSERT INTO instant_action (action_id, action_type, status, result, parameters) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (action_id) DO UPDATE SET status = excluded.status, result = excluded.result",
            (progress.action_id, progress.action_type, progress.status.value, progress.result, parameters),
        )
        self._db.execute(
            "DELETE FROM instant_action WHERE number <= (SELECT MAX(number) FROM instant_action) - ?",
            (KEPT_INSTANT_ACTIONS,),
        )

    # --- observations ---

    def save_observation(self, action_id: str, seen: Observation) -> None:
        """Writes what an action saw; what it saw before stays."""
        self._save(f"observation {action_id}", partial(self._write_observation, action_id, seen))

    def _write_observation(self, action_id: str, seen: Observation) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO observation (action_id, observation_id, taken_at, body) VALUES (?, ?, ?, ?)",
            (action_id, seen.observation_id, format_timestamp(seen.taken_at), seen.to_json()),
        )

    def observed(self, action_id: str) -> bool:
        """Whether an action has seen something, sent or not."""
        if f"observation {action_id}" in self._owed:
            return True
        return self._db.execute("SELECT 1 FROM observation WHERE action_id = ?", (action_id,)).fetchone() is not None

    def unsent_observations(self) -> tuple[str, ...]:
        """Ids of observations that are still to be sent, oldest first."""
        rows = self._db.execute("SELECT observation_id FROM observation WHERE body IS NOT NULL ORDER BY number")
        return tuple(row[0] for row in rows)

    def observations_before(self, moment: datetime) -> tuple[str, ...]:
        """Ids of unsent observations from before a moment."""
        rows = self._db.execute(
            "SELECT observation_id FROM observation WHERE body IS NOT NULL AND taken_at < ?",
            (format_timestamp(moment),),
        )
        return tuple(row[0] for row in rows)

    def observation(self, observation_id: str) -> str | None:
        """An unsent observation as JSON; None when it is not on disk."""
        row = self._db.execute("SELECT body FROM observation WHERE observation_id = ?", (observation_id,)).fetchone()
        return row[0] if row else None

    def drop_observation(self, observation_id: str) -> None:
        """Forgets what was seen, remembers that it was."""
        self._save(f"drop {observation_id}", partial(self._write_drop, observation_id))

    def _write_drop(self, observation_id: str) -> None:
        self._db.execute("UPDATE observation SET body = NULL WHERE observation_id = ?", (observation_id,))
        self._db.execute(
            "DELETE FROM observation WHERE body IS NULL AND number <= (SELECT MAX(number) FROM observation) - ?",
            (KEPT_OBSERVED,),
        )

    # --- small things ---

    def flag(self, name: str) -> str:
        """A stored text, "" when never set."""
        row = self._db.execute("SELECT value FROM flag WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_flag(self, name: str, value: str) -> None:
        """Stores a text."""
        write = partial(self._db.execute, "INSERT OR REPLACE INTO flag VALUES (?, ?)", (name, value))
        self._save(f"flag {name}", write)

    def next_header_id(self, topic: str) -> int:
        """Rising header id of a topic; reserved in blocks, so a crash skips some and repeats none."""
        next_id, reserved = self._headers.get(topic) or self._first_header_id(topic)
        if next_id >= reserved:
            reserved = next_id + HEADER_BLOCK
            write = partial(self._db.execute, "INSERT OR REPLACE INTO header VALUES (?, ?)", (topic, reserved))
            self._save(f"header {topic}", write)
        self._headers[topic] = (next_id + 1, reserved)
        return next_id

    def _first_header_id(self, topic: str) -> tuple[int, int]:
        row = self._db.execute("SELECT reserved FROM header WHERE topic = ?", (topic,)).fetchone()
        return (row[0], row[0]) if row else (0, 0)
