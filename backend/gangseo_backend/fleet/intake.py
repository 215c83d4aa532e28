"""What robots say, kept as the newest of each; wakes the planner when something matters."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import structlog
from pydantic import BaseModel, ValidationError
from sqlmodel import Session, col, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.fleet.board import Outgoing
from gangseo_backend.fleet.event_recorder import EventRecorder
from gangseo_backend.fleet.live import RobotLive, public, signature, with_state, with_visualization
from gangseo_backend.fleet.models import RobotRow
from gangseo_backend.fleet.models_control import TakeoverRow
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.public import RobotPublic
from gangseo_backend.fleet.public_control import TakeoverPublic
from gangseo_backend.fleet.zones import zone_set
from gangseo_protocol.factsheet import Factsheet
from gangseo_protocol.topics import AnyTopicName, TopicName
from gangseo_protocol.vda5050 import (
    Connection,
    ConnectionState,
    InstantAction,
    InstantActions,
    State,
    Visualization,
    ZoneSetMessage,
)

_log = structlog.get_logger(__name__)


class RobotMessage(BaseModel):
    """The robot's frame on the stream."""

    type: Literal["robot"] = "robot"
    robot: RobotPublic


@dataclass(frozen=True, slots=True)
class Malformed:
    """A message that was not what its topic promises; ``sent`` where it was our own."""

    robot_id: str
    topic: AnyTopicName
    why: str
    sent: bool = False


class Intake:
    """The link's listener and the planner's view of the robots."""

    def __init__(self, clock: Clock, hub: StreamHub, place: Place, events: EventRecorder) -> None:
        self._clock = clock
        self._events = events
        self._hub = hub
        self._place = place
        self._zone_set = zone_set(place.site)
        self._lock = threading.Lock()
        self._live: dict[str, RobotLive] = {}
        self._signatures: dict[str, tuple[object, ...]] = {}
        self._news: set[str] = set()
        self._malformed: list[Malformed] = []
        self._missions: dict[str, tuple[str, str | None]] = {}
        self._takeovers: dict[str, TakeoverPublic] = {}
        self._online: dict[str, bool] = {}
        self._strangers: set[str] = set()
        self._came: set[str] = set()
        """Robots that came on line and have sent no state since."""
        self.wake: Callable[[], None] = lambda: None
        self.send: Callable[[Outgoing], None] = lambda _message: None
        self.on_reconnect: Callable[[], None] = lambda: None

    def restore(self, session: Session) -> None:
        """Begin with what an earlier process stored."""
        for row in session.exec(select(RobotRow)):
            live = RobotLive(
                row.robot_id,
                self._place.name_of(row.robot_id),
                connection=ConnectionState(row.connection_state),
                connection_at=row.connection_at,
            )
            if row.state_json and row.state_at:
                try:
                    live = with_state(live, State.model_validate_json(row.state_json), row.state_at)
                except ValidationError:
                    _log.warning("stored_state_unreadable", robot_id=row.robot_id)
            self._live[row.robot_id] = live
        for held in session.exec(select(TakeoverRow).where(col(TakeoverRow.ended_at).is_(None))):
            self._takeovers[held.robot_id] = TakeoverPublic.model_validate(held.model_dump())

    # --- from the link, in the event loop ---

    def on_state(self, robot_id: str, message: State) -> None:
        """A state; a repeat or an older one that comes late changes nothing."""
        live = self._known(robot_id)
        if live is None or (live.state is not None and self._is_late(live.state, message)):
            return
        self._came.discard(robot_id)
        self._put(with_state(live, message, self._clock.now()))
        mark = signature(message)
        if self._signatures.get(robot_id) != mark:
            self._signatures[robot_id] = mark
            self._report(robot_id)

    def _is_late(self, newest: State, message: State) -> bool:
        """Whether a state is older than the newest; a clock set back does not make it so, nor a new connection."""
        later = message.timestamp >= newest.timestamp or message.header_id > newest.header_id
        return not later and message.serial_number not in self._came

    def on_visualization(self, robot_id: str, message: Visualization) -> None:
        """A pose between two states."""
        live = self._known(robot_id)
        if live is not None:
            self._put(with_visualization(live, message, self._clock.now()))

    def on_connection(self, robot_id: str, message: Connection) -> None:
        """On line or gone; a robot that comes is given its zones and asked for its state."""
        live = self._known(robot_id)
        if live is None:
            return
        if live.connection is not message.connection_state:
            live = replace(live, connection=message.connection_state, connection_at=self._clock.now())
        self._put(live)
        self._report(robot_id)
        if message.connection_state is ConnectionState.ONLINE:
            self._came.add(robot_id)
            self._greet(robot_id)

    def on_factsheet(self, robot_id: str, message: Factsheet) -> None:
        """What the robot is; its coming counts as news."""
        live = self._known(robot_id)
        if live is not None:
            self._put(replace(live, width_m=message.physical_parameters.width))
            self._report(robot_id)

    def on_malformed(self, robot_id: str, name: TopicName, why: str) -> None:
        """Kept for the planner, which raises an incident."""
        self._keep(Malformed(robot_id, name, why))

    def on_unfit(self, robot_id: str, name: AnyTopicName, why: str) -> None:
        """The same for a message of our own."""
        self._keep(Malformed(robot_id, name, why, sent=True))

    def _keep(self, malformed: Malformed) -> None:
        with self._lock:
            if len(self._malformed) < 100:
                self._malformed.append(malformed)
        self.wake()

    def on_link(self, connected: bool) -> None:
        """With the broker back: ask everybody how things stand and repeat what is unanswered."""
        if not connected:
            return
        self.on_reconnect()
        for robot_id in list(self._live):
            self._greet(robot_id)
        self.wake()

    def _greet(self, robot_id: str) -> None:
        self.send(Outgoing(robot_id, "zoneSet", lambda header: ZoneSetMessage(**header, zone_set=self._zone_set)))
        stamp = int(self._clock.now().timestamp() * 1000)
        ask = InstantAction(action_type="stateRequest", action_id=f"state-request-{robot_id}-{stamp}")
        self.send(Outgoing(robot_id, "instantActions", lambda header: InstantActions(**header, actions=(ask,))))

    def _known(self, robot_id: str) -> RobotLive | None:
        live = self._live.get(robot_id)
        if live is not None:
            return live
        if robot_id not in self._place.homes:
            if robot_id not in self._strangers and len(self._strangers) < 1000:
                self._strangers.add(robot_id)
                _log.warning("unknown_robot", robot_id=robot_id)
            return None
        return RobotLive(robot_id, self._place.name_of(robot_id))

    def _put(self, live: RobotLive) -> None:
        with self._lock:
            self._live[live.robot_id] = live
        self._events.note(live)
        self._show(live.robot_id)

    def _report(self, robot_id: str) -> None:
        with self._lock:
            self._news.add(robot_id)
        self.wake()

    def _show(self, robot_id: str) -> None:
        self._hub.changed(f"robot:{robot_id}", lambda: RobotMessage(robot=self.robot(robot_id)))

    # --- for the planner and for people ---

    def snapshot(self) -> tuple[Mapping[str, RobotLive], frozenset[str]]:
        """Every robot, and which of them have news to be stored."""
        with self._lock:
            news = frozenset(self._news)
            self._news.clear()
            return dict(self._live), news

    def width_m(self, robot_id: str) -> float | None:
        """How wide a robot is by its factsheet; None when it has not told."""
        live = self._live.get(robot_id)
        return live.width_m if live else None

    def take_malformed(self) -> list[Malformed]:
        """Malformed messages since the last time."""
        with self._lock:
            taken, self._malformed = self._malformed, []
        return taken

    def report_again(self, robot_ids: frozenset[str]) -> None:
        """News that could not be stored stay news."""
        with self._lock:
            self._news |= robot_ids

    def missions_changed(self, missions: Mapping[str, tuple[str, str | None]]) -> None:
        """Which mission and call each robot has now."""
        before, self._missions = self._missions, dict(missions)
        now = self._clock.now()
        online = {robot_id: live.online(now) for robot_id, live in list(self._live.items())}
        was_online, self._online = self._online, online
        for robot_id, is_online in online.items():
            if before.get(robot_id) != missions.get(robot_id) or was_online.get(robot_id) != is_online:
                self._show(robot_id)

    def takeover_changed(self, robot_id: str, takeover: TakeoverPublic | None) -> None:
        """Who holds a robot now; may be called from any thread."""
        with self._lock:
            if takeover is None:
                self._takeovers.pop(robot_id, None)
            else:
                self._takeovers[robot_id] = takeover
        if robot_id in self._live:
            self._show(robot_id)

    def takeover_of(self, robot_id: str) -> TakeoverPublic | None:
        """Who holds a robot."""
        return self._takeovers.get(robot_id)

    def robot(self, robot_id: str) -> RobotPublic:
        """A robot as people see it.

        Raises:
            KeyError: it was never heard of.
        """
        mission_id, call_id = self._missions.get(robot_id, (None, None))
        takeover = self._takeovers.get(robot_id)
        return public(self._live[robot_id], self._clock.now(), mission_id, call_id, takeover, self._place.wording)

    def robots(self) -> list[RobotPublic]:
        """Every robot that was ever heard of."""
        return [self.robot(robot_id) for robot_id in sorted(self._live)]
