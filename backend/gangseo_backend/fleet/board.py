"""Everything one planning step looks at and changes, inside one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from gangseo_backend.core.db import after_commit
from gangseo_backend.core.domain_events import MissionChanged, MissionStage
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.texts import KeyedText
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.losses import gets_no_work
from gangseo_backend.fleet.models import (
    BlockedLaneRow,
    ClosureRow,
    GoodsHeldRow,
    MissionRow,
    OrderRow,
    RobotRow,
    StepRow,
    TourStopRow,
)
from gangseo_backend.fleet.models_control import FleetStopRow, TakeoverRow
from gangseo_backend.fleet.open_rows import OpenRows
from gangseo_backend.fleet.orders import is_at_work
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.policy import Policy
from gangseo_backend.fleet.public import MissionState
from gangseo_backend.fleet.record import FLEET_TEXTS, About, Recorder
from gangseo_backend.fleet.states import OrderState
from gangseo_backend.fleet.step_memory import Memory
from gangseo_protocol.topics import AnyTopicName, TopicName

OPEN_MISSIONS = (MissionState.QUEUED, MissionState.ASSIGNED, MissionState.ACTIVE)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to publish after the commit; the link adds the header."""

    robot_id: str
    topic: AnyTopicName
    build: Callable[[dict[str, Any]], Any]


@dataclass
class Board:
    """Rows and live robots of one step. Methods change rows; the transaction commits them together."""

    session: Session
    now: datetime
    place: Place
    policy: Policy
    live: Mapping[str, RobotLive]
    recorder: Recorder
    outbox: Outbox
    memory: Memory
    robots: dict[str, RobotRow] = field(default_factory=dict)
    missions: dict[str, MissionRow] = field(default_factory=dict)
    steps: dict[str, list[StepRow]] = field(default_factory=dict)
    orders: dict[str, OrderRow] = field(default_factory=dict)
    blocked: dict[str, BlockedLaneRow] = field(default_factory=dict)
    closures: list[ClosureRow] = field(default_factory=list)
    held: dict[str, TakeoverRow] = field(default_factory=dict)
    """Robots in people's hands."""
    fleet_stopped: bool = False
    unlawful: dict[str, str] = field(default_factory=dict)
    """Why a robot must not drive at all, as a text key."""
    holding: set[str] = field(default_factory=set)
    """Robots that may still have somebody's goods on board."""
    tours: dict[str, TourStopRow] = field(default_factory=dict)
    """Stops of rounds by mission, those under way included."""
    undecided: frozenset[str] = frozenset()
    """Robots that wait a moment for the plan of where to bring what they have on board."""
    outgoing: list[Outgoing] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    _by_robot: dict[str, list[MissionRow]] | None = None
    _rows: OpenRows = field(default_factory=OpenRows)
    _closed: tuple[frozenset[str], frozenset[str]] | None = None

    def load(self) -> None:
        """Read what is open."""
        session = self.session
        missions = session.exec(select(MissionRow).where(col(MissionRow.state).in_(OPEN_MISSIONS)))
        self.missions = {row.id: row for row in missions}
        self._rows = self.memory.take_rows() or OpenRows.read(session)
        self._rows.want_steps(session, self.missions)
        self.robots, self.orders, self.steps = self._rows.robots, self._rows.orders, self._rows.steps
        self.holding = set(session.exec(select(GoodsHeldRow.robot_id)))
        held = session.exec(select(TakeoverRow).where(col(TakeoverRow.ended_at).is_(None)))
        self.held = {row.robot_id: row for row in held}
        stops = select(FleetStopRow.id).where(col(FleetStopRow.released_at).is_(None))
        self.fleet_stopped = session.exec(stops).first() is not None
        for lane in session.exec(select(BlockedLaneRow)):
            if lane.until <= self.now:
                session.delete(lane)
            else:
                self.blocked[lane.lane_id] = lane

        closures = select(ClosureRow).where(col(ClosureRow.ended_at).is_(None), col(ClosureRow.until) > self.now)
        self.closures = list(session.exec(closures))

    def store(self) -> None:
        """Write everything that was changed; the rows are kept for the next step once they are stored."""
        self._rows.attach_changed(self.session)
        self.session.flush()
        after_commit(self.session, lambda: self.memory.keep_rows(self._rows))

    # --- looking ---

    @property
    def closed(self) -> frozenset[str]:
        """Edges nobody may newly enter: of lanes that a robot found blocked, and into areas that people closed."""
        blocked = frozenset(self.blocked)
        if self._closed is None or self._closed[0] != blocked:
            self._closed = (blocked, self.place.lanes.edges_of(blocked) | self.into_closures)
        return self._closed[1]

    @property
    def into_closures(self) -> frozenset[str]:
        """Edges that lead into areas that people closed."""
        return frozenset().union(*(self.memory.edges_into(self.place.lanes, row) for row in self.closures))

    def age_s(self, moment: datetime | None) -> float:
        """Seconds since a moment; 0 for none."""
        return (self.now - moment).total_seconds() if moment else 0.0

    def robot_time_s(self) -> float:
        """The present in robot time, from a moment that does not matter."""
        return self.now.timestamp() * self.policy.speed_factor

    def missions_of(self, robot_id: str) -> Sequence[MissionRow]:
        """The open missions a robot has, in turn; more than one only with goods on board."""
        if self._by_robot is None:
            self._by_robot = {}
            for row in self.missions.values():
                if row.open and row.robot_id:
                    self._by_robot.setdefault(row.robot_id, []).append(row)
        found = self._by_robot.get(robot_id, ())
        return found if len(found) < 2 else sorted(found, key=lambda row: (row.turn, row.created_at, row.id))

    def mission_of(self, robot_id: str) -> MissionRow | None:
        """The mission that a robot is at: what its order is for, else the first in turn."""
        missions = self.missions_of(robot_id)
        if len(missions) < 2:
            return missions[0] if missions else None
        order = self.orders.get(robot_id)
        return next((row for row in missions if order is not None and row.id == order.mission_id), missions[0])

    def waits_its_turn(self, mission: MissionRow) -> bool:
        """Whether its robot, which has its goods on board, is at another mission."""
        return mission.robot_id is not None and self.mission_of(mission.robot_id) is not mission

    def order_of(self, mission: MissionRow) -> OrderRow | None:
        """The order by which a mission is being done; not one that is being canceled."""
        order = self.orders.get(mission.robot_id or "")
        if order is None or order.mission_id != mission.id or order.state is OrderState.CANCELING:
            return None
        return order

    def node_of(self, robot_id: str) -> str | None:
        """The node a robot has last been at."""
        live = self.live.get(robot_id)
        if live is None or live.state is None:
            return None
        if live.state.last_node_id in self.place.lanes.nodes:
            return live.state.last_node_id
        if live.x is None or live.y is None:
            return None
        return self.place.lanes.nearest(live.x, live.y)

    def has_loss(self, live: RobotLive) -> bool:
        """Whether a robot gets no work because its navigation or a sensor is lost, or was just now."""
        return gets_no_work(self.memory.losses.get(live.robot_id), self.policy, self.now)

    def can_work(self, live: RobotLive) -> bool:
        """Whether a robot may be given work: on line, able, lawful, in nobody's hands, and nothing of it lost."""
        free = live.robot_id not in self.unlawful and live.robot_id not in self.held and not self.fleet_stopped
        return free and live.online(self.now) and live.able and not self.has_loss(live) and not self._is_astray(live)

    def _is_astray(self, live: RobotLive) -> bool:
        """Whether a robot is still at an order that was taken from it: it would refuse another."""
        state = live.state
        return state is not None and state.order_id in self.memory.strays and is_at_work(state)

    def queued(self) -> list[MissionRow]:
        """Missions that wait for a robot, oldest first."""
        waiting = [row for row in self.missions.values() if row.state is MissionState.QUEUED]
        return sorted(waiting, key=lambda row: (row.created_at, row.id))

    def way_home_m(self, node_id: str) -> float:
        """Metres from a node to the nearest charger."""
        return self.place.home_m.get(node_id, 0.0)

    # --- changing ---

    def send(self, robot_id: str, topic: TopicName, build: Callable[[dict[str, Any]], Any]) -> None:
        """Publish after the commit."""
        self.outgoing.append(Outgoing(robot_id, topic, build))

    def touch(self, *rows: MissionRow | OrderRow | RobotRow | StepRow) -> None:
        """Store rows and show their missions anew."""
        for row in rows:
            self.session.add(row)
            if isinstance(row, MissionRow):
                self._by_robot = None
                self.changed.add(row.id)
            elif isinstance(row, OrderRow | StepRow):
                self.changed.add(row.mission_id)

    def tell_call(
        self, mission: MissionRow, stage: MissionStage, reason: KeyedText | None = None, result: str | None = None,
        collected: dict[str, float] | None = None,
    ) -> None:  # fmt: skip
        """Tell the domain that asked for the mission."""
        if mission.call_id is None:
            return
        robot_id = mission.robot_id
        self.outbox.publish(
            self.session,
            MissionChanged(
                call_id=mission.call_id,
                mission_id=mission.id,
                stage=stage,
                leg=mission.leg,
                result=result,
                robot_id=robot_id,
                robot_name=self.place.name_of(robot_id) if robot_id else None,
                reason=reason,
                collected=collected,
            ),
        )

    def fact(self, kind: str, subject: About, **values: object) -> None:
        """Record a fact."""
        self.recorder.fact(self.session, kind, subject, **self._named(subject, values))

    def incident(self, kind: str, subject: About, **values: object) -> None:
        """Raise an incident."""
        self.recorder.incident(self.session, kind, subject, **self._named(subject, values))

    @staticmethod
    def words(key: str) -> dict[str, str]:
        """A text without values, as facts and incidents take it; empty for the key ""."""
        found = text(key) if key else None
        return {"ko": found.ko, "en": found.en} if found else {"ko": "", "en": ""}

    def _named(self, subject: About, values: dict[str, object]) -> dict[str, object]:
        if subject.robot_id is None:
            return values
        name = self.place.name_of(subject.robot_id)
        return {"robot": {"ko": name.ko, "en": name.en}, **values}


def text(key: str, values: Mapping[str, Any] | None = None) -> KeyedText:
    """A text of the fleet's message files."""
    return FLEET_TEXTS.text(key, values)
