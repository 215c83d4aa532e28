"""The mission: actions of the node the robot stands at, then the way to the next, until the order has ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from gangseo_protocol import info
from gangseo_protocol.actions import WaitForResident, parse_action
from gangseo_protocol.vda5050 import Action, ActionStatus, BlockingType, ErrorLevel
from gangseo_robot.cargo import Cargo
from gangseo_robot.departure import Departure
from gangseo_robot.driving import Driver
from gangseo_robot.faults import Fault
from gangseo_robot.orders import OrderBook
from gangseo_robot.ports import Body, Eyes, Navigator, Observations, Voice
from gangseo_robot.senses import Senses
from gangseo_robot.steps import MakeStep, Step, StepContext, StepReport, StepState, Waiting
from gangseo_robot.words import Words

ALONE = frozenset({BlockingType.SINGLE, BlockingType.HARD})
STANDING = frozenset({BlockingType.SOFT, BlockingType.HARD})
ELAPSED_STEP_S = 1.0


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a mission works with."""

    navigator: Navigator
    body: Body
    voice: Voice
    said: Callable[[str, str, str, str], None]
    steps: Mapping[str, MakeStep]
    cargo: Cargo
    words: Words
    eyes: Eyes
    observations: Observations


@dataclass(frozen=True, slots=True)
class MissionReport:
    """What a tick of the mission says."""

    book: OrderBook
    waiting: Waiting
    fault: Fault | None = None
    countdown_s: float | None = None


@dataclass(slots=True)
class _Running:
    step: Step
    elapsed_s: float
    saved_s: float
    blocking: BlockingType


class Mission:
    """Carries the held order out, tick by tick. All lasting progress is in the book."""

    def __init__(self, equipment: Equipment, driver: Driver, departure: Departure) -> None:
        self._equipment, self.driver, self._departure = equipment, driver, departure
        self._running: dict[str, _Running] = {}
        self._last_s: float | None = None
        self._waiting = Waiting("waiting.idle")

    @property
    def between_nodes(self) -> bool:
        """Whether the robot is on its way."""
        return self.driver.under_way

    def stop(self) -> None:
        """Halts everything; the next tick goes on from the book."""
        for running in self._running.values():
            running.step.stop()
        self._running.clear()
        self._departure.stop()
        self.driver.stop()
        self._last_s = None

    def tick(self, book: OrderBook, senses: Senses, utc: datetime) -> MissionReport:
        """Does the next bit of the order."""
        report = self._tick(book, senses, utc)
        self._waiting = report.waiting
        return report

    def _tick(self, book: OrderBook, senses: Senses, utc: datetime) -> MissionReport:
        passed_s = max(0.0, senses.now_s - self._last_s) if self._last_s is not None else 0.0
        self._last_s = senses.now_s
        begun = self._begin_actions(book)
        if begun is not book:
            # Their effects start with the next tick, when the journal has them as running.
            return MissionReport(begun, self._waiting)
        report = self._tick_actions(book, senses, passed_s)
        if report is not None and (report.fault or self._must_stand(report.book)):
            return report
        book = report.book if report else book
        if not book.active:
            return MissionReport(book, Waiting("waiting.idle"))
        return self._drive(book, senses, utc, report)

    # --- actions ---

    def _begin_actions(self, book: OrderBook) -> OrderBook:
        for action in book.open_actions():
            if action.action_id in self._running:
                if self._running[action.action_id].blocking in ALONE:
                    break
                continue
            if action.blocking_type in ALONE and self._running:
                break
            if action.blocking_type in STANDING and self.driver.under_way:
                self.driver.stop()
            progress = book.actions[action.action_id]
            step = self._make(book, action)
            self._running[action.action_id] = _Running(
                step, progress.elapsed_s, progress.elapsed_s, action.blocking_type
            )
            book = book.with_action(replace(progress, status=ActionStatus.RUNNING))
            if action.blocking_type in ALONE:
                break
        return book

    def _make(self, book: OrderBook, action: Action) -> Step:
        context = StepContext(
            self._equipment.navigator,
            self._equipment.body,
            self._equipment.voice,
            action.action_id,
            self._equipment.said,
            _text_values(book, action),
            self._equipment.cargo,
            partial(self._equipment.words.said_to, action.action_id),
            self._equipment.eyes,
            self._equipment.observations,
        )
        return self._equipment.steps[action.action_type](parse_action(action), context)

    def _tick_actions(self, book: OrderBook, senses: Senses, passed_s: float) -> MissionReport | None:
        latest: StepReport | None = None
        for action_id in list(self._running):
            running = self._running[action_id]
            running.elapsed_s += passed_s
            latest = running.step.tick(senses, running.elapsed_s)
            progress = book.actions[action_id]
            if latest.state is StepState.RUNNING:
                if running.elapsed_s - running.saved_s >= ELAPSED_STEP_S:
                    running.saved_s = running.elapsed_s
                    book = book.with_action(replace(progress, status=ActionStatus.RUNNING, elapsed_s=running.elapsed_s))
                continue
            del self._running[action_id]
            if latest.state is StepState.FINISHED:
                done = replace(progress, status=ActionStatus.FINISHED, result=latest.result)
                book = book.with_action(done)
                continue
            return self._failed(book, action_id, latest)
        if latest is None:
            return None
        return MissionReport(book, latest.waiting, countdown_s=latest.remaining_s)

    def _failed(self, book: OrderBook, action_id: str, report: StepReport) -> MissionReport:
        progress = book.actions[action_id]
        failed = replace(progress, status=ActionStatus.FAILED, result=report.result)
        about = (("orderId", book.order_id), ("actionId", action_id), ("nodeId", book.last_node_id))
        values = {"action": progress.action_type, "reason": report.result or "no reason given"}
        fault = Fault(info.ACTION_FAILED, ErrorLevel.CRITICAL, about, values)
        self.stop()
        return MissionReport(book.fail(failed), Waiting("waiting.order_failed"), fault)

    def _must_stand(self, book: OrderBook) -> bool:
        return any(action.blocking_type in STANDING for action in book.open_actions())

    # --- driving ---

    def _drive(self, book: OrderBook, senses: Senses, utc: datetime, actions: MissionReport | None) -> MissionReport:
        if book.at_end_of_base:
            self.driver.stop()
            waiting = actions.waiting if actions else Waiting("waiting.release")
            return MissionReport(book, waiting if book.ahead or actions else Waiting("waiting.idle"))
        if not self.driver.under_way:
            preparation = self._departure.tick(senses)
            if preparation and preparation.state is StepState.FAILED:
                about = (("orderId", book.order_id), ("nodeId", book.last_node_id))
                action = preparation.waiting.key.removeprefix("waiting.")
                fault = Fault(
                    info.ACTION_FAILED, ErrorLevel.CRITICAL, about, {"action": action, "reason": preparation.result}
                )
                self.stop()
                return MissionReport(book.fail(), Waiting("waiting.order_failed"), fault)
            if preparation:
                return MissionReport(book, preparation.waiting)
        report = self.driver.tick(book, senses, utc)
        if report.gave_up:
            self.stop()
            return MissionReport(report.book.fail(), Waiting("waiting.order_failed"), report.fault)
        countdown_s = actions.countdown_s if actions else None
        # Just arrived: what comes next is said by the next tick.
        waiting = report.waiting or (self._waiting if report.book.open_actions() else Waiting("waiting.release"))
        return MissionReport(report.book, waiting, report.fault, countdown_s)


def _text_values(book: OrderBook, action: Action) -> Mapping[str, str]:
    """Values for sentences: the seconds the robot will wait at the same node."""
    nodes = book.order.nodes if book.order else ()
    node = next((node for node in nodes if any(a.action_id == action.action_id for a in node.actions)), None)
    waits = [parse_action(a) for a in node.actions if a.action_type == "waitForResident"] if node else []
    seconds = next((wait.duration_s for wait in waits if isinstance(wait, WaitForResident)), 30.0)
    return {"seconds": f"{seconds:.0f}"}
