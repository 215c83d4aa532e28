"""One robot without ROS and MQTT: takes messages and senses, drives its ports, gives messages out."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from pydantic import ValidationError

from gangseo_protocol import info
from gangseo_protocol.factsheet import Factsheet
from gangseo_protocol.observation import ObservationReceived
from gangseo_protocol.schema import SchemaChecker
from gangseo_protocol.topics import AnyTopicName
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
from gangseo_robot.cargo import Cargo
from gangseo_robot.commands import Commands, order_meant, progress_of
from gangseo_robot.crossing import CrosswalkMap, ZoneAsks
from gangseo_robot.departure import Departure
from gangseo_robot.driving import Driver
from gangseo_robot.executor import Executor
from gangseo_robot.faults import Fault, FaultBoard, unreadable
from gangseo_robot.hands import Hands
from gangseo_robot.identity import Identity, Ports
from gangseo_robot.journal import InstantProgress, Journal
from gangseo_robot.mission import Equipment, Mission
from gangseo_robot.navigator_watch import NavigatorWatch
from gangseo_robot.observing import Observer
from gangseo_robot.order_checks import check_order
from gangseo_robot.orders import OrderBook, Reception, receive
from gangseo_robot.report import Picture, Reporter, Utterance
from gangseo_robot.senses import Senses
from gangseo_robot.speed import SpeedRule
from gangseo_robot.switches import kept_switches
from gangseo_robot.switching import Switching
from gangseo_robot.takeover import Takeover
from gangseo_robot.telling import Teller
from gangseo_robot.words import Words

log = logging.getLogger(__name__)

START_RADIUS_M = 8.0
CANCEL_AT_LATEST_S = 5.0


class Brain:
    """Use from one thread; ``receive``, ``tick`` and ``takeover.hear`` never raise for what others send."""

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
        self._cargo = Cargo(journal)
        words = Words(journal, identity.listens, lambda: self.book)
        self._observer = Observer(journal, ports.send)
        equipment = Equipment(
            ports.navigator, ports.body, ports.voice, self._said, identity.steps, self._cargo, words, ports.eyes,
            self._observer,
        )  # fmt: skip
        departure = Departure(ports.navigator, ports.body, identity.site)
        mission = Mission(equipment, self._driver, departure)
        self.hands = Hands(ports.navigator, departure, identity.site)
        speed = SpeedRule(identity.limits, self._driver.pose_of, lambda: self._asks.zone_set, self._cargo.mass_kg)
        self.executor = Executor(
            mission, ports.body, identity.site, identity.limits, speed, self._faults, kept_switches(journal), journal,
            self.hands,
        )  # fmt: skip
        self.executor.book = journal.load_book()
        self.takeover = Takeover(self.executor, self.hands, self._asks, journal, self._driver.pose_of, self._crosswalks)
        self._commands = Commands(
            journal,
            {
                "cancelOrder": self._cancel,
                "stateRequest": self._tell_state,
                "factsheetRequest": self._tell_factsheet,
                **Switching(self.executor, journal).handlers,
                **words.handlers,
                **self.takeover.handlers,
            },
            may_retry=lambda action: self.book.active and order_meant(action) == self.book.order_id,
        )
        self.takeover.end = self._commands.end
        reporter = Reporter(identity.robot_id, identity.site, identity.limits, identity.build)
        self._teller = Teller(identity.robot_id, reporter, journal, ports.send, make_factsheet, checker)
        self._senses = Senses()
        self._utc: datetime | None = None
        self._canceled_s = 0.0
        self._navigator_watch = NavigatorWatch(self._faults)
        stored = journal.flag("zone_set")
        self._asks.zone_set = ZoneSet.model_validate_json(stored) if stored else None
        self._commands.resume()

    @property
    def book(self) -> OrderBook:
        """The order and its progress."""
        return self.executor.book

    # --- in ---

    def receive(self, name: AnyTopicName, payload: bytes, utc: datetime) -> None:
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
            elif name == "observationReceived":
                self._observer.received(ObservationReceived.model_validate_json(payload))
            elif name == "zoneSet":
                self._take_zone_set(ZoneSetMessage.model_validate_json(payload).zone_set)
        except ValidationError as error:
            fault = unreadable(name, error)
            log.warning("message_refused topic=%s reason=%s", name, fault.values["reason"])
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
            found = zone_set.map_id
            self._faults.note(
                "message", Fault(info.UNKNOWN_MAP_ID, ErrorLevel.WARNING, (("mapId", found),), {"map": found})
            )
            return
        self._asks.zone_set = zone_set
        self._journal.set_flag("zone_set", zone_set.to_json())

    # --- instant actions ---

    def _cancel(self, action: InstantAction) -> InstantProgress:
        meant = order_meant(action)
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

    def _tell_state(self, action: InstantAction) -> InstantProgress:
        self._teller.must_tell = True
        return progress_of(action, ActionStatus.FINISHED)

    def _tell_factsheet(self, action: InstantAction) -> InstantProgress:
        self.send_factsheet()
        return progress_of(action, ActionStatus.FINISHED)

    # --- time ---

    def tick(self, senses: Senses, utc: datetime) -> None:
        """One tenth of a second of life."""
        senses = replace(senses, missing=self._ports.navigator.missing)
        self._senses, self._utc = senses, utc
        self.executor.switches.manual_stop = senses.button_pressed
        self._navigator_watch.look(senses.wall_s, ready=self._ports.navigator.ready)
        if not self.book.last_node_id:
            self._note_place()
        self.takeover.tick(senses.wall_s)
        self._observer.tick(senses.wall_s, utc, linked=senses.linked)
        self.executor.tick(senses, utc)
        if not self.book.active:
            self._driver.give_zones_back(senses)
        for progress in self._commands.running("cancelOrder"):
            if not senses.moving or senses.wall_s - self._canceled_s > CANCEL_AT_LATEST_S:
                self._commands.end(progress.action_id, ActionStatus.FINISHED)
        self._tell()

    def _said(self, utterance_id: str, text_key: str, language: str, sentence: str) -> None:
        audible = self._ports.voice.audible
        said = Utterance(utterance_id, text_key, language, sentence, audible)
        self._teller.hear(said, self._senses.wall_s)
        self._ports.body.caption(text_key, language, sentence, audible=audible)

    # --- out ---

    def linked(self) -> None:
        """The link is up (again): tell everything."""
        self._observer.linked()
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
            cargo=self._cargo,
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
        self.hands.let_go()
        self.executor.halt()
