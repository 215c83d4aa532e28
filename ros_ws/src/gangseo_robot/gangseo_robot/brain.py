"""One robot without ROS and MQTT: takes messages and senses, drives its ports, gives messages out."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from pydantic import ValidationError

from gangseo_protocol import info
from gangseo_protocol.factsheet import Factsheet
from gangseo_protocol.schema import SchemaChecker
from gangseo_protocol.topics import TopicName
from gangseo_protocol.vda5050 import (
    ActionStatus,
    ErrorLevel,
    InstantAction,
    InstantActions,
    Order,
    Responses,
    ZoneSet,
    ZoneSetMessage,
)
from gangseo_robot.commands import Commands, progress_of
from gangseo_robot.crossing import CrosswalkMap, ZoneAsks
from gangseo_robot.departure import Departure
from gangseo_robot.driving import Driver
from gangseo_robot.executor import Executor, Switches
from gangseo_robot.faults import Fault, FaultBoard
from gangseo_robot.identity import Identity, Ports
from gangseo_robot.journal import InstantProgress, Journal
from gangseo_robot.mission import Equipment, Mission
from gangseo_robot.order_checks import check_order
from gangseo_robot.orders import OrderBook, Reception, receive
from gangseo_robot.report import Picture, Reporter, Utterance
from gangseo_robot.senses import Senses
from gangseo_robot.speed import SpeedRule
from gangseo_robot.telling import Teller

log = logging.getLogger(__name__)

START_RADIUS_M = 8.0
NAVIGATOR_PATIENCE_S = 8.0
"""Wall seconds without a navigation server until it counts as lost; a restart takes about four."""
CANCEL_AT_LATEST_S = 5.0


class Brain:
    """Use from one thread; ``receive`` and ``tick`` never raise for what others send."""

    def __init__(
        self,
        identity: Identity,
        ports: Ports,
        journal: Journal,
        make_factsheet: Callable[[int, datetime], Factsheet],
        checker: SchemaChecker | None = None,
    ) -> None:
        self._identity, self._ports, self._journal = identity, ports, journal
        self._faults = FaultBoard()
        self._crosswalks = CrosswalkMap.of(identity.site)
        remember = partial(journal.set_flag, "zone_asks")
        self._asks = ZoneAsks(self._crosswalks, ports.new_id, journal.flag("zone_asks"), remember)
        self._driver = Driver(ports.navigator, identity.site, self._crosswalks, self._asks)
        equipment = Equipment(ports.navigator, ports.body, ports.voice, self._said, identity.steps)
        mission = Mission(equipment, self._driver, Departure(ports.navigator, ports.body, identity.site))
        speed = SpeedRule(identity.limits, self._driver.pose_of, lambda: self._asks.zone_set)
        switches = Switches(remote_stop=journal.flag("remote_stop") == "on", paused=journal.flag("paused") == "on")
        self.executor = Executor(
            mission, ports.body, identity.site, identity.limits, speed, self._faults, switches, journal
        )
        self.executor.book = journal.load_book()
        self._commands = Commands(
            journal,
            {
                "cancelOrder": self._cancel,
                "startPause": lambda action: self._switch_pause(action, on=True),
                "stopPause": lambda action: self._switch_pause(action, on=False),
                "stateRequest": self._tell_state,
                "factsheetRequest": self._tell_factsheet,
                "emergencyStop": self._stop_now,
                "releaseEmergencyStop": self._release_stop,
            },
            may_retry=lambda action: self.book.active and _order_meant(action) == self.book.order_id,
        )
        reporter = Reporter(identity.robot_id, identity.site, identity.limits, identity.build)
        self._teller = Teller(identity.robot_id, reporter, journal, ports.send, make_factsheet, checker)
        self._senses = Senses()
        self._utc: datetime | None = None
        self._canceled_s = 0.0
        self._navigator_seen_s: float | None = None
        stored = journal.flag("zone_set")
        self._asks.zone_set = ZoneSet.model_validate_json(stored) if stored else None
        self._commands.resume()

    @property
    def book(self) -> OrderBook:
        """The order and its progress."""
        return self.executor.book

    # --- in ---

    def receive(self, name: TopicName, payload: bytes, utc: datetime) -> None:
        """Takes one message of the fleet; what is wrong with it becomes an error of the state."""
        self._utc = utc
        try:
            if name == "order":
                self._take_order(Order.model_validate_json(payload))
            elif name == "instantActions":
                for action in InstantActions.model_validate_json(payload).actions:
                    # The fleet waits for the answer: it goes out now, not with the next tick.
                    self._teller.must_tell |= self._commands.take(action)
            elif name == "responses":
                for response in Responses.model_validate_json(payload).responses:
                    self._asks.answer(response)
            elif name == "zoneSet":
                self._take_zone_set(ZoneSetMessage.model_validate_json(payload).zone_set)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "payload"
            reason = f"{where}: {first['msg']}"
            log.warning("message_refused topic=%s reason=%s", name, reason)
            fault = Fault(
                info.VALIDATION_FAILURE, ErrorLevel.WARNING, (("topic", name),), {"message": name, "reason": reason}
            )
            self._faults.note("message", fault)
        self._tell()

    def _take_order(self, order: Order) -> None:
        self._teller.must_tell = True
        if order.serial_number != self._identity.robot_id:
            reason = f"serialNumber {order.serial_number} is not {self._identity.robot_id}"
            values = {"message": "order", "reason": reason}
            self._faults.note("order", Fault(info.VALIDATION_FAILURE, ErrorLevel.WARNING, (), values))
            return
        faults = check_order(order, self._identity.site, self._identity.steps.keys())
        for fault in faults:
            self._faults.note("order", fault)
        if faults:
            log.warning("order_refused order_id=%s faults=%s", order.order_id, [f.error_type for f in faults])
            return
        self._note_place()
        verdict = receive(self.book, order, starts_here=self._starts_here(order))
        about = (("orderId", order.order_id), ("orderUpdateId", str(order.order_update_id)))
        log.info("order_received order_id=%s update=%s %s", *(v for _, v in about), verdict.reception.value)
        if verdict.reception is Reception.ACCEPTED:
            if order.order_id != self.book.order_id:
                self._driver.reset()
            self._faults.clear(("order", "drive", "message"))
            self.executor.update_book(verdict.book)
        elif verdict.reception is Reception.OUTDATED:
            values = {"received": str(order.order_update_id), "current": str(self.book.update_id)}
            self._faults.note("order", Fault(info.OUTDATED_ORDER_UPDATE, ErrorLevel.WARNING, about, values))
        elif verdict.reception is Reception.REFUSED:
            fault = Fault(info.ORDER_UPDATE_ERROR, ErrorLevel.WARNING, about, {"reason": verdict.reason})
            self._faults.note("order", fault)

    def _starts_here(self, order: Order) -> bool:
        first = order.nodes[0]
        if self.book.last_node_id == first.node_id:
            return True
        pose, place = self._senses.pose, self._driver.pose_of(first)
        if pose is None or pose.distance_to(place.x, place.y) > START_RADIUS_M:
            return False
        return not self._crosswalks.between(pose, place.x, place.y)

    def _note_place(self) -> None:
        """A robot that has never had an order says where it stands by the nearest node."""
        if not self.book.last_node_id and (place := self.executor.place()):
            self.executor.update_book(self.book.at_place(place))

    def _take_zone_set(self, zone_set: ZoneSet) -> None:
        if zone_set.map_id != self._identity.site.map_id:
            fault = Fault(
                info.UNKNOWN_MAP_ID, ErrorLevel.WARNING, (("mapId", zone_set.map_id),), {"map": zone_set.map_id}
            )
            self._faults.note("message", fault)
            return
        self._asks.zone_set = zone_set
        self._journal.set_flag("zone_set", zone_set.to_json())

    # --- instant actions ---

    def _cancel(self, action: InstantAction) -> InstantProgress:
        meant = _order_meant(action)
        if meant and meant != self.book.order_id:
            # It may have overtaken its order on the wire: that order must not be begun when it comes.
            self.executor.update_book(self.book.forget(meant))
            return progress_of(action, ActionStatus.FINISHED, f"order {meant} is not held and will not be taken")
        if not self.book.active and self.book.phase.value != "FAILED":
            fault = Fault(info.NO_ORDER_TO_CANCEL, ErrorLevel.WARNING, (("actionId", action.action_id),))
            self._faults.note("order", fault)
            return progress_of(action, ActionStatus.FAILED, "no order to cancel")
        self.executor.halt()
        self.executor.update_book(self.book.cancel())
        self._driver.give_zones_back(self._senses)
        self._faults.clear(("drive",))
        self._driver.reset()
        self._canceled_s = self._senses.wall_s
        return progress_of(action, ActionStatus.RUNNING, self.book.order_id)

    def _switch_pause(self, action: InstantAction, *, on: bool) -> InstantProgress:
        self.executor.switches.paused = on
        self._journal.set_flag("paused", "on" if on else "off")
        if on:
            self.executor.halt()
        return progress_of(action, ActionStatus.FINISHED)

    def _tell_state(self, action: InstantAction) -> InstantProgress:
        self._teller.must_tell = True
        return progress_of(action, ActionStatus.FINISHED)

    def _tell_factsheet(self, action: InstantAction) -> InstantProgress:
        self.send_factsheet()
        return progress_of(action, ActionStatus.FINISHED)

    def _stop_now(self, action: InstantAction) -> InstantProgress:
        self.executor.switches.remote_stop = True
        self.executor.hold_or_free()
        self._journal.set_flag("remote_stop", "on")
        self.executor.halt()
        return progress_of(action, ActionStatus.FINISHED)

    def _release_stop(self, action: InstantAction) -> InstantProgress:
        self.executor.switches.remote_stop = False
        self._journal.set_flag("remote_stop", "off")
        if self.executor.switches.manual_stop:
            return progress_of(action, ActionStatus.FAILED, "the button on the robot is still pressed")
        return progress_of(action, ActionStatus.FINISHED)

    # --- time ---

    def tick(self, senses: Senses, utc: datetime) -> None:
        """One tenth of a second of life."""
        self._senses, self._utc = senses, utc
        self.executor.switches.manual_stop = senses.button_pressed
        self._watch_navigator(senses.wall_s)
        if not self.book.last_node_id:
            self._note_place()
        self.executor.tick(senses, utc)
        if not self.book.active:
            self._driver.give_zones_back(senses)
        for progress in self._commands.running():
            if not senses.moving or senses.wall_s - self._canceled_s > CANCEL_AT_LATEST_S:
                self._commands.finish(progress)
        self._tell()

    def _watch_navigator(self, wall_s: float) -> None:
        """A robot nobody drives says so with or without an order, or the fleet would keep giving it work."""
        if self._ports.navigator.ready or self._navigator_seen_s is None:
            self._navigator_seen_s = wall_s
        lost = wall_s - self._navigator_seen_s > NAVIGATOR_PATIENCE_S
        self._faults.set("navigator", Fault(info.NAVIGATION_LOST, ErrorLevel.URGENT) if lost else None)

    def _said(self, utterance_id: str, text_key: str, language: str, sentence: str) -> None:
        audible = self._ports.voice.audible
        said = Utterance(utterance_id, text_key, language, sentence, audible)
        self._teller.hear(said, self._senses.wall_s)
        self._ports.body.caption(text_key, language, sentence, audible=audible)

    # --- out ---

    def linked(self) -> None:
        """The link is up (again): tell everything."""
        self._teller.must_tell = True
        self.send_factsheet()
        self._tell()

    def send_factsheet(self) -> None:
        """Publishes the factsheet."""
        if self._utc is not None:
            self._teller.factsheet(self._utc)

    def _tell(self) -> None:
        if self._utc is None:
            return
        trouble = self._ports.voice.trouble
        silent = Fault(info.AUDIO_UNAVAILABLE, ErrorLevel.WARNING, (), {"reason": trouble}) if trouble else None
        self._faults.set("audio", silent)
        picture = self._picture()
        self._teller.state(picture, self._utc)
        self._teller.visualization(picture, self._utc)

    def _picture(self) -> Picture:
        return Picture(
            book=self.book,
            senses=self._senses,
            switches=self.executor.switches,
            faults=self._faults,
            waiting=self.executor.waiting,
            countdown_s=self.executor.countdown_s,
            utterance=self._teller.utterance(self._senses.wall_s),
            instant_actions=self._commands.states(),
            zone_requests=self._asks.requests,
            zone_set=self._asks.zone_set,
            path=self._ports.navigator.path,
            driving=self._senses.moving,
        )

    def close(self) -> None:
        """Stops what runs; the journal keeps the order."""
        self.executor.halt()


def _order_meant(action: InstantAction) -> str:
    """The order a cancelOrder names in its optional parameter, "" for whichever is held."""
    return next((str(p.value) for p in action.action_parameters or () if p.key == "orderId"), "")
