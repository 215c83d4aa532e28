"""The journal: what was saved is there after any crash, whole."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangseo_protocol.vda5050 import ActionParameter, ActionStatus
from gangseo_robot.journal import HEADER_BLOCK, InstantProgress, Journal, JournalError
from gangseo_robot.orders import OrderBook, receive
from unit.robot.little_park import make_order, serving

ORDER = make_order(["charger_1", "w1", "w2"], released=2, actions={"w1": serving("a")})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "journal.db"


def reopened(path):
    return Journal(path)


def test_an_order_and_its_progress_come_back(path):
    journal = Journal(path)
    book = receive(OrderBook(last_node_id="charger_1"), ORDER, starts_here=True).book
    journal.save_book(book)
    book = book.reach(book.ahead[0])
    book = book.with_action(replace(book.actions["a-say"], status=ActionStatus.RUNNING, elapsed_s=3.5))
    journal.save_book(book)
    assert reopened(path).load_book() == book


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(["order", "next", "reach", "act", "cancel", "fail"]), max_size=12))
def test_any_history_comes_back(tmp_path, history):
    file = Path(tempfile.mkdtemp(dir=tmp_path)) / "journal.db"
    journal = Journal(file)
    book = OrderBook(last_node_id="charger_1")
    for event in history:
        if event == "order":
            book = receive(book, ORDER, starts_here=True).book
        elif event == "next":
            book = receive(book, make_order(["w1"], order_id=f"o{len(book.past)}"), starts_here=True).book
        elif event == "reach" and book.base_ahead:
            book = book.reach(book.base_ahead[0])
        elif event == "act" and book.open_actions():
            open_action = book.actions[book.open_actions()[0].action_id]
            book = book.with_action(replace(open_action, status=ActionStatus.FINISHED, result="ok"))
        elif event == "cancel":
            book = book.cancel()
        elif event == "fail":
            book = book.fail()
        journal.save_book(book)
        assert reopened(file).load_book() == book


def test_flags_instant_actions_and_headers_come_back(path):
    journal = Journal(path)
    journal.set_flag("paused", "on")
    progress = InstantProgress("i-1", "startPause", ActionStatus.RUNNING)
    journal.save_instant_action(progress)
    journal.save_instant_action(replace(progress, status=ActionStatus.FINISHED))
    assert [journal.next_header_id("state") for _ in range(3)] == [0, 1, 2]
    other = reopened(path)
    assert other.flag("paused") == "on"
    assert other.flag("unknown") == ""
    assert other.load_instant_actions() == {"i-1": replace(progress, status=ActionStatus.FINISHED)}
    assert other.next_header_id("state") == HEADER_BLOCK


def test_a_file_that_is_no_journal_is_told(path):
    path.parent.mkdir()
    path.write_text("this is a letter, not a database, and long enough to be looked at closely " * 20)
    with pytest.raises(JournalError, match="move the file away"):
        Journal(path)


def test_a_full_disk_is_told_and_what_is_owed_is_written_when_there_is_room(path, caplog):
    journal = Journal(path)
    journal.set_flag("paused", "on")
    book = receive(OrderBook(last_node_id="charger_1"), ORDER, starts_here=True).book
    journal.save_book(book)
    pages = journal._db.execute("PRAGMA page_count").fetchone()[0]
    journal._db.execute(f"PRAGMA max_page_count = {pages}")
    long = make_order(["w1", "w2"] * 60, order_id="long")
    longer = receive(book.cancel(), long, starts_here=True).book
    journal.save_book(longer)
    assert "full" in journal.trouble
    journal.save_book(longer.reach(longer.ahead[0]))
    journal.set_flag("paused", "off")
    journal.save_instant_action(InstantProgress("i-1", "startPause", ActionStatus.FINISHED))
    first_id = journal.next_header_id("state")
    assert reopened(path).load_book() == book
    assert reopened(path).flag("paused") == "on"
    journal._db.execute("PRAGMA max_page_count = 100000")
    journal.retry()
    assert journal.trouble == ""
    other = reopened(path)
    assert other.load_book() == longer.reach(longer.ahead[0])
    assert other.flag("paused") == "off"
    assert "i-1" in other.load_instant_actions()
    assert other.next_header_id("state") > first_id
    assert caplog.text.count("journal_failed") == 1
    assert caplog.text.count("journal_back") == 1


def test_header_ids_rise_even_when_nothing_can_be_written(path):
    journal = Journal(path)
    first = [journal.next_header_id("state") for _ in range(3)]
    journal._db.execute("PRAGMA query_only = ON")
    more = [journal.next_header_id("state") for _ in range(2 * HEADER_BLOCK)]
    assert first + more == list(range(2 * HEADER_BLOCK + 3))
    assert journal.trouble


def test_parameters_of_instant_actions_come_back_also_in_a_journal_from_before_they_were_kept(path):
    path.parent.mkdir()
    old = sqlite3.connect(path)
    old.executescript(
        "CREATE TABLE instant_action (number INTEGER PRIMARY KEY, action_id TEXT NOT NULL UNIQUE, "
        "action_type TEXT NOT NULL, status TEXT NOT NULL, result TEXT NOT NULL);"
        "INSERT INTO instant_action VALUES (1, 'old', 'startPause', 'FINISHED', '');"
    )
    old.close()
    word = InstantProgress(
        "new", "openCompartment", ActionStatus.FINISHED, "", (ActionParameter(key="deliveryId", value="d-1"),)
    )
    Journal(path).save_instant_action(word)
    assert reopened(path).load_instant_actions() == {
        "old": InstantProgress("old", "startPause", ActionStatus.FINISHED), "new": word,
    }  # fmt: skip


WRITER = textwrap.dedent("""
    import sys
    from dataclasses import replace
    from pathlib import Path
    from gangseo_protocol.vda5050 import ActionStatus
    from gangseo_robot.journal import Journal
    from gangseo_robot.orders import OrderBook, receive
    from unit.robot.little_park import make_order, serving

    journal = Journal(Path(sys.argv[1]))
    book = journal.load_book()
    if not book.order:
        book = OrderBook(last_node_id="w1")
    number = len(book.past) + (1 if book.order else 0)
    while True:
        if not book.active:
            order = make_order(["w1"], order_id=f"o{number}", actions={"w1": serving(f"t{number}")})
            book = receive(book, order, starts_here=True).book
            number += 1
        else:
            action = book.actions[book.open_actions()[0].action_id]
            ended = action.status is ActionStatus.RUNNING
            book = book.with_action(
                replace(action, status=ActionStatus.FINISHED if ended else ActionStatus.RUNNING))
        journal.save_book(book)
        last = next((a for a in reversed(book.actions.values()) if a.status is not ActionStatus.WAITING), None)
        print(book.order_id, last.action_id if last else "-", last.status.value if last else "-", flush=True)
""")


@pytest.mark.slow
def test_kill_at_random_moments_loses_nothing_said_and_repeats_nothing(path):
    """The writer says what it has saved; after SIGKILL the journal holds at least that, whole, and goes on from it."""
    chance = random.Random(7)
    told: list[str] = []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(p) for p in sys.path if p])}
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, env=environment
        )
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0.005, 0.15))
        writer.send_signal(signal.SIGKILL)
        lines = [first.strip(), *(line.strip() for line in writer.stdout if line.endswith("\n"))]
        writer.wait()
        told += lines
        journal = reopened(path)
        book = journal.load_book()
        journal.close()
        order_id, action_id, status = lines[-1].split()
        newer = int(book.order_id[1:]) > int(order_id[1:])
        assert newer or book.order_id == order_id
        if not newer and action_id != "-":
            held = book.actions[action_id].status
            assert held.value == status or held is ActionStatus.FINISHED
    finished = [line for line in told if line.endswith("FINISHED")]
    assert len(finished) > 20
    assert len(set(finished)) == len(finished)
