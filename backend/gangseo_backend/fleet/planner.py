"""One thread that looks at everything and decides: state in, orders out, each step one transaction."""

import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database
from gangseo_backend.core.live import LiveMissions, MissionLive
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.telemetry import FLEET_STEP, FLEET_STEP_CPU, MISSIONS_OPEN, ROBOTS_ONLINE
from gangseo_backend.core.texts import KeyedText
from gangseo_backend.fleet import (
    assignment,
    batching,
    closures,
    commands,
    fleet_stop,
    lawful,
    mismatch,
    progress,
    recovery,
    release,
    robot_days,
    takeover_watch,
    touring,
    zones,
)
from gangseo_backend.fleet.board import Board, Outgoing, text
from gangseo_backend.fleet.forecast import turn_in_s
from gangseo_backend.fleet.intake import Malformed
from gangseo_backend.fleet.live import RobotLive, countdown_s, waiting
from gangseo_backend.fleet.models import MissionRow
from gangseo_backend.fleet.news import raise_malformed, store
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.policy import Policy
from gangseo_backend.fleet.public import MissionState
from gangseo_backend.fleet.queries import missions_public
from gangseo_backend.fleet.record import Recorder
from gangseo_backend.fleet.step_memory import Memory
from gangseo_backend.fleet.waiting import why

_PARTS = (
    takeover_watch, progress, mismatch, closures, recovery, lawful, touring, batching, assignment, release, zones,
    fleet_stop, commands, robot_days,
)  # fmt: skip
_TICK_S = 0.5
_PAUSE_S = 0.02
_log = structlog.get_logger(__name__)


class Publisher(Protocol):
    """Sends messages to robots."""

    def publish(self, message: Outgoing) -> None:
        """Send soon; may be called from any thread."""
        ...


class Fleet(Protocol):
    """What the planner reads of the service: robots as they are now."""

    def snapshot(self) -> tuple[Mapping[str, RobotLive], frozenset[str]]:
        """Every robot, and which of them have news to be stored."""
        ...

    def missions_changed(self, open_missions: Mapping[str, tuple[str, str | None]]) -> None:
        """Which mission and call each robot has now."""
        ...

    def take_malformed(self) -> Sequence[Malformed]:
        """Malformed messages since the last time."""
        ...

    def report_again(self, robot_ids: frozenset[str]) -> None:
        """News that could not be stored stay news."""
        ...


class Planner:
    """Runs steps when something changed and twice a second."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        place: Place,
        policy: Policy,
        recorder: Recorder,
        outbox: Outbox,
        live_missions: LiveMissions,
        fleet: Fleet,
        publisher: Publisher,
    ) -> None:
        self._db = db
        self._clock = clock
        self._place = place
        self._policy = policy
        self._recorder = recorder
        self._outbox = outbox
        self._live_missions = live_missions
        self._fleet = fleet
        self._publisher = publisher
        self._memory = Memory()
        self.tours = self._memory.tours
        self.tours.wake = self._memory.batch_desk.wake = self.wake
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._repeat = threading.Event()
        self._thread: threading.Thread | None = None
        self._shown: set[str] = set()
        self._unshown: set[str] = set()
        self._unshown_lock = threading.Lock()

    def start(self) -> None:
        """Begin deciding."""
        self._thread = threading.Thread(target=self._run, name="planner", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the step in hand and end."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
        self.tours.close()
        self._memory.batch_desk.close()

    def search_at_once(self, turns: int) -> None:
        """Tours are planned within the step that needs them, by so many turns: equal steps give equal plans."""
        self._memory.tours.turns = self._memory.batch_desk.turns = turns

    def wake(self) -> None:
        """Something changed; may be called from any thread."""
        self._wake.set()

    def show(self, mission_ids: Iterable[str]) -> None:
        """Decide about new missions and tell the stream of them, many at once; may be called from any thread."""
        self._keep_unshown(mission_ids)
        self._wake.set()

    def _keep_unshown(self, mission_ids: Iterable[str]) -> None:
        with self._unshown_lock:
            self._unshown.update(mission_ids)

    def _take_unshown(self) -> set[str]:
        with self._unshown_lock:
            taken, self._unshown = self._unshown, set()
        return taken

    def repeat_unanswered(self) -> None:
        """The broker is back: send again what no robot has answered."""
        self._repeat.set()
        self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(timeout=_TICK_S)
            self._wake.clear()
            if self._stop.is_set():
                return
            begun, cpu_begun = time.monotonic(), time.thread_time()
            try:
                with FLEET_STEP.time():
                    self.step()
            except SQLAlchemyError:
                _log.exception("fleet_step_database_failed")
            except Exception:  # noqa: BLE001
                # One robot's odd state must not stop the fleet; the step's transaction is rolled back.
                _log.exception("fleet_step_failed")
            FLEET_STEP_CPU.inc(time.thread_time() - cpu_begun)
            # Never more than half of the time: others want to write too.
            self._stop.wait(max(_PAUSE_S, time.monotonic() - begun))

    def board(self, session: Session, live: Mapping[str, RobotLive]) -> Board:
        """An empty board of this moment; ``load`` fills it."""
        return Board(
            session=session,
            now=self._clock.now(),
            place=self._place,
            policy=self._policy,
            live=live,
            recorder=self._recorder,
            outbox=self._outbox,
            memory=self._memory,
        )

    def step(self) -> None:
        """Look, decide, store, tell."""
        live, news = self._fleet.snapshot()
        repeat = self._repeat.is_set()
        self._repeat.clear()
        unshown = self._take_unshown()
        try:
            with self._db.write() as session:
                board = self.board(session, live)
                board.load()
                store(board, news)
                raise_malformed(board, self._fleet.take_malformed())
                if repeat:
                    _forget_sending(board)
                for part in _PARTS:
                    part.apply(board)
                board.store()
                board.changed |= unshown
                self._show_changes(board)
        except BaseException:
            self._fleet.report_again(news)
            self._keep_unshown(unshown)
            raise
        for message in board.outgoing:
            self._publisher.publish(message)
        self._show_live(board)

    def _show_changes(self, board: Board) -> None:
        """Tell the stream of every mission this board has changed."""
        found = (board.missions.get(key) or board.session.get(MissionRow, key) for key in sorted(board.changed))
        rows = [row for row in found if row is not None]
        for mission in missions_public(board.session, self._place, rows, self._live_missions) if rows else ():
            self._recorder.mission_changed(board.session, mission)

    def _show_live(self, board: Board) -> None:
        open_missions = {key: row for key, row in board.missions.items() if row.open}
        at = {robot_id: board.mission_of(robot_id) for robot_id in board.robots}
        self._fleet.missions_changed({key: (row.id, row.call_id) for key, row in at.items() if row is not None})
        queue = board.queued()
        for position, mission in enumerate(queue, start=1):
            before, reason = self._live_missions.get(mission.id), why(board, mission)
            self._live_missions.put(mission.id, _queued_live(board, mission, position, reason))
            if before is None or before.waiting != reason:
                self._keep_unshown([mission.id])
        for mission in open_missions.values():
            if mission.state is not MissionState.QUEUED and mission.call_id is not None:
                self._live_missions.put(mission.id, self._mission_live(board, mission))
        for mission_id in self._shown - set(open_missions):
            self._live_missions.drop(mission_id)
        self._shown = set(open_missions)
        MISSIONS_OPEN.set(len(open_missions))
        ROBOTS_ONLINE.set(sum(robot.online(board.now) for robot in board.live.values()))

    def _mission_live(self, board: Board, mission: MissionRow) -> MissionLive:
        robot_id = mission.robot_id or ""
        robot = board.live.get(robot_id)
        if robot is None:
            return MissionLive(robot_id=mission.robot_id)
        if board.waits_its_turn(mission):
            eta_s = round(self._policy.of_robot(turn_in_s(board, robot, mission)), 0)
            return MissionLive(robot_id, robot.x, robot.y, eta_s, waiting=text("waiting.other_goods"))
        countdown = countdown_s(robot.state)
        return MissionLive(
            robot_id=robot_id,
            x=robot.x,
            y=robot.y,
            eta_s=None if mission.arrived else self._eta_s(board, mission, robot_id),
            countdown_s=None if countdown is None else round(self._policy.of_robot(countdown), 1),
            waiting=self._why_waiting(robot) if not mission.arrived else None,
        )

    def _why_waiting(self, robot: RobotLive) -> KeyedText | None:
        if robot.state is None or robot.state.driving:
            return None
        return waiting(robot.state, self._place.wording)

    def _eta_s(self, board: Board, mission: MissionRow, robot_id: str) -> float | None:
        lanes = self._place.lanes
        order = board.order_of(mission)
        if order is not None:
            time_s, _ = lanes.remaining(order.edges[order.passed :])
            return round(self._policy.of_robot(time_s), 0)
        start = board.node_of(robot_id) or ""
        times_s = board.memory.times_to(lanes, mission.target_node_id, board.closed)
        return round(self._policy.of_robot(times_s[start]), 0) if start in times_s else None


def _queued_live(board: Board, mission: MissionRow, position: int, reason: KeyedText) -> MissionLive:
    stop = board.tours.get(mission.id)
    planned = (stop.robot_id, stop.arrive_at) if stop else (None, None)
    return MissionLive(robot_id=planned[0], expected_at=planned[1], queue_position=position, waiting=reason)


def _forget_sending(board: Board) -> None:
    for order in board.orders.values():
        order.sent_at = None if order.unanswered_since is not None else order.sent_at
        order.cancel_sent_at = None
        board.touch(order)
