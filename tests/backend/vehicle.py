"""A vehicle without physics that speaks true VDA 5050: for tests and benchmarks.

It accepts, stitches, refuses and repeats as the standard says, drives edge by edge in scaled time,
does actions, answers instant actions once, asks for RELEASE zones, and remembers its order over a restart
when it is given the same ``Memory``.
"""

import asyncio
import contextlib
import itertools
import math
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiomqtt

from gangseo_protocol import info
from gangseo_protocol.actions import STREAMS
from gangseo_protocol.site import Site
from gangseo_protocol.topics import TO_ROBOT, TopicName, parse_topic, topic
from gangseo_protocol.vda5050 import (
    ActionState,
    ActionStatus,
    Connection,
    ConnectionState,
    EdgeState,
    EmergencyStop,
    Error,
    ErrorLevel,
    ErrorReference,
    GrantType,
    Info,
    InfoReference,
    InstantActions,
    MobileRobotPosition,
    NodeState,
    OperatingMode,
    Order,
    OrderEdge,
    OrderNode,
    PowerSupply,
    RequestStatus,
    Responses,
    SafetyState,
    State,
    ZoneRequest,
    ZoneSetMessage,
    ZoneSetState,
)

ACTION_S = {"waitForResident": 30.0, "dock": 2.0, "unload": 3.0, "say": 1.0}


@dataclass
class Memory:
    """What survives a restart of the vehicle: its journal."""

    order_id: str = ""
    update_id: int = 0
    nodes: list[OrderNode] = field(default_factory=list)
    edges: list[OrderEdge] = field(default_factory=list)
    base_end: int = 0
    reached: int = -1
    actions: dict[str, ActionState] = field(default_factory=dict)
    instant: dict[str, ActionState] = field(default_factory=dict)
    last_node: str = ""
    x: float = 0.0
    y: float = 0.0
    charge: float = 90.0
    charging: bool = True
    fills: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STREAMS, 0.0))
    forgotten: set[str] = field(default_factory=set)
    """Orders that were canceled before they came."""
    done: list[str] = field(default_factory=list)
    """Every action type that was ever finished, with its action id: shows what was done twice."""


@dataclass
class Behaviour:
    """How the vehicle misbehaves."""

    deaf: bool = False
    refuse: bool = False
    blocked_edges: set[str] = field(default_factory=set)
    fill_by: float = 0.1
    fail_action: str = ""


class Vehicle:
    """One robot; ``run`` until cancelled."""

    def __init__(
        self, site: Site, robot_id: str, port: int, *, node_id: str, pace: float = 20.0, host: str = "127.0.0.1",
        username: str | None = None, password: str | None = None, memory: Memory | None = None,
        on_message: Callable[[TopicName, Any], None] | None = None,
    ) -> None:  # fmt: skip
        self.site = site
        self.robot_id = robot_id
        self.pace = pace
        self.memory = memory or self._at(site, node_id)
        self.behaviour = Behaviour()
        self.orders_seen: list[Order] = []
        self.canceled_orders: list[str] = []
        self.connected = asyncio.Event()
        self.paused = False
        self.stop = EmergencyStop.NONE
        self.errors: list[Error] = []
        self.lost: Error | None = None
        self.driving = False
        self.countdown_s: float | None = None
        self.open = False
        self.zone_set_id = ""
        self.requests: dict[str, ZoneRequest] = {}
        self.position_rate_hz = 0.0
        self._nodes = {node.node_id: node for node in site.nodes}
        self._edges = {edge.edge_id: edge for edge in site.edges}
        self._zones = {z.crosswalk_id: z.zone_id for z in site.zones if z.zone_type == "RELEASE"}
        self._address = (host, port, username, password)
        self._headers = itertools.count(1)
        self._client: aiomqtt.Client | None = None
        self._changed = asyncio.Event()
        self._granted = asyncio.Event()
        self._dead = False
        self._mission: asyncio.Task[None] | None = None
        self._on_message = on_message

    @staticmethod
    def _at(site: Site, node_id: str) -> Memory:
        node = next(node for node in site.nodes if node.node_id == node_id)
        return Memory(last_node=node_id, x=node.x, y=node.y)

    # --- the wire ---

    async def run(self) -> None:
        while not self._dead:
            with contextlib.suppress(aiomqtt.MqttError):
                await self._session()
            self.connected.clear()
            await asyncio.sleep(0.2)

    async def _session(self) -> None:
        host, port, username, password = self._address
        will = aiomqtt.Will(
            topic(self.robot_id, "connection"), self._connection(ConnectionState.CONNECTION_BROKEN), qos=1, retain=True
        )
        async with aiomqtt.Client(
            host, port, identifier=self.robot_id, username=username, password=password, will=will, clean_session=False,
            keepalive=10,
        ) as client:  # fmt: skip
            self._client = client
            for name in TO_ROBOT:
                await client.subscribe(topic(self.robot_id, name), qos=1)
            await client.publish(
                topic(self.robot_id, "connection"), self._connection(ConnectionState.ONLINE), qos=1, retain=True
            )
            self.connected.set()
            if self.memory.order_id and (self._mission is None or self._mission.done()):
                self._mission = asyncio.create_task(self._drive())
            self._changed.set()
            speaking = asyncio.create_task(self._speak())
            try:
                async for message in client.messages:
                    parts = parse_topic(str(message.topic))
                    if parts is not None:
                        self._hear(parts.name, bytes(message.payload))
            finally:
                speaking.cancel()

    def die(self) -> None:
        """As ``kill -9`` does it: the wheels stop, the socket breaks, nobody says good-bye."""
        self._dead = True
        if self._mission is not None:
            self._mission.cancel()
        client = self._client._client if self._client else None
        sock = client.socket() if client else None
        if sock is not None:
            sock.shutdown(socket.SHUT_RDWR)

    def _connection(self, state: ConnectionState) -> str:
        return Connection(**self._header(), connection_state=state).to_json()

    def _header(self) -> dict[str, Any]:
        return {"header_id": next(self._headers), "timestamp": datetime.now(UTC), "serial_number": self.robot_id}

    async def _speak(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1 / self.position_rate_hz if self.position_rate_hz else 10.0):
                    await self._changed.wait()
            self._changed.clear()
            if self._client is not None:
                with contextlib.suppress(aiomqtt.MqttError):
                    await self._client.publish(topic(self.robot_id, "state"), self.state().to_json(), qos=0)
            await asyncio.sleep(0.005)

    def _hear(self, name: TopicName, payload: bytes) -> None:
        if name == "order":
            order = Order.model_validate_json(payload)
            self.orders_seen.append(order)
            if not self.behaviour.deaf:
                self._take_order(order)
        elif name == "instantActions":
            if not self.behaviour.deaf:
                self._take_instant(InstantActions.model_validate_json(payload))
        elif name == "responses":
            for response in Responses.model_validate_json(payload).responses:
                self._take_response(response.request_id, response.grant_type)
        elif name == "zoneSet":
            self.zone_set_id = ZoneSetMessage.model_validate_json(payload).zone_set.zone_set_id
        self._changed.set()

    # --- orders ---

    @property
    def ahead(self) -> list[OrderNode]:
        return [node for node in self.memory.nodes if node.sequence_id > self.memory.reached]

    @property
    def active(self) -> bool:
        ended = {ActionStatus.FINISHED, ActionStatus.FAILED}
        return bool(self.ahead) or any(action.action_status not in ended for action in self.memory.actions.values())

    def _take_order(self, order: Order) -> None:
        memory = self.memory
        if order.order_id in memory.forgotten:
            self._complain(info.ORDER_UPDATE_ERROR, order, "canceled before it came")
        elif self.behaviour.refuse:
            self._complain(info.VALIDATION_FAILURE, order, "refused by test")
        elif order.order_id == memory.order_id:
            if order.order_update_id <= memory.update_id:
                return
            if order.nodes[0].sequence_id != memory.base_end:
                self._complain(info.ORDER_UPDATE_ERROR, order, "does not start at the end of the base")
                return
            self._extend(order)
        elif self.active:
            self._complain(info.ORDER_UPDATE_ERROR, order, "another order is active")
        elif order.nodes[0].node_id != memory.last_node:
            self._complain(info.VALIDATION_FAILURE, order, f"the robot is at {memory.last_node}")
        else:
            memory.order_id, memory.nodes, memory.edges, memory.reached = order.order_id, [], [], 0
            memory.actions = {}
            self.errors = []
            self._extend(order)
            if self._mission is None or self._mission.done():
                self._mission = asyncio.create_task(self._drive())

    def _extend(self, order: Order) -> None:
        memory = self.memory
        seam = order.nodes[0].sequence_id
        first = [node for node in memory.nodes if node.sequence_id == seam][:1] or [order.nodes[0]]
        memory.nodes = [n for n in memory.nodes if n.sequence_id < seam] + first + list(order.nodes[1:])
        memory.edges = [e for e in memory.edges if e.sequence_id < seam] + list(order.edges)
        memory.update_id = order.order_update_id
        memory.base_end = max(node.sequence_id for node in memory.nodes if node.released)
        for node in memory.nodes:
            for action in node.actions:
                waiting = ActionState(
                    action_id=action.action_id, action_type=action.action_type, action_status=ActionStatus.WAITING
                )
                memory.actions.setdefault(action.action_id, waiting)

    def _complain(self, error_type: str, order: Order, why: str) -> None:
        self._raise(
            error_type, ErrorLevel.WARNING, why, orderId=order.order_id, orderUpdateId=str(order.order_update_id)
        )

    def _raise(self, error_type: str, level: ErrorLevel, why: str, **about: str) -> None:
        references = tuple(ErrorReference(reference_key=key, reference_value=value) for key, value in about.items())
        self.errors = [
            *self.errors[-3:],
            Error(error_type=error_type, error_level=level, error_description=why, error_references=references),
        ]

    async def _drive(self) -> None:
        self.memory.charging = False
        while self.ahead:
            node = self.ahead[0]
            if not node.released or self.paused or self.lost or self.stop is not EmergencyStop.NONE:
                self._moving(driving=False)
                await asyncio.sleep(0.02)
                continue
            edge = next(edge for edge in self.memory.edges if edge.sequence_id == node.sequence_id - 1)
            if edge.edge_id in self.behaviour.blocked_edges:
                about = {"orderId": self.memory.order_id, "edgeId": edge.edge_id}
                self._raise(info.PATH_BLOCKED, ErrorLevel.CRITICAL, "blocked", **about)
                self._moving(driving=False)
                await asyncio.sleep(3600)
            await self._cross(edge.edge_id, node)
        self._moving(driving=False)
        for node in self.memory.nodes:
            for action in node.actions:
                if self.memory.actions[action.action_id].action_status is not ActionStatus.FINISHED:
                    await self._do(action.action_id, action.action_type)
        self._changed.set()

    async def _cross(self, edge_id: str, node: OrderNode) -> None:
        crosswalk = self._edges[edge_id].crosswalk_id
        if crosswalk is not None:
            await self._ask_for(self._zones[crosswalk])
        self._moving(driving=True)
        await asyncio.sleep(self._edges[edge_id].length_m / 1.5 / self.pace)
        spot = self._nodes[node.node_id]
        self.memory.x, self.memory.y = spot.x, spot.y
        self.memory.last_node, self.memory.reached = node.node_id, node.sequence_id
        if crosswalk is not None:
            self.requests.pop(self._zones[crosswalk], None)
        self._changed.set()

    async def _ask_for(self, zone_id: str) -> None:
        self.requests[zone_id] = ZoneRequest(
            request_id=f"{self.robot_id}-{next(self._headers)}", request_type="ACCESS", zone_id=zone_id,
            zone_set_id=self.zone_set_id or "none", request_status=RequestStatus.REQUESTED,
        )  # fmt: skip
        self._moving(driving=False)
        self._granted.clear()
        await self._granted.wait()

    def _take_response(self, request_id: str, grant: GrantType) -> None:
        for zone_id, request in self.requests.items():
            if request.request_id == request_id and grant is GrantType.GRANTED:
                self.requests[zone_id] = request.model_copy(update={"request_status": RequestStatus.GRANTED})
                self._granted.set()
                return

    def _moving(self, *, driving: bool) -> None:
        if self.driving != driving:
            self.driving = driving
        self._changed.set()

    async def _do(self, action_id: str, action_type: str) -> None:
        self._mark(action_id, ActionStatus.RUNNING)
        remaining_s = ACTION_S.get(action_type, 0.5)
        while remaining_s > 0:
            if action_type == "waitForResident":
                self.countdown_s = remaining_s
            await asyncio.sleep(min(remaining_s, 5.0) / self.pace)
            remaining_s -= 5.0
            self._changed.set()
        self.countdown_s = None
        if action_type == self.behaviour.fail_action:
            self._mark(action_id, ActionStatus.FAILED)
            return
        self._effect(action_type)
        self.memory.done.append(f"{action_type}:{action_id}")
        self._mark(action_id, ActionStatus.FINISHED)

    def _effect(self, action_type: str) -> None:
        memory = self.memory
        self.open = action_type == "openBins" or (self.open and action_type != "closeBins")
        if action_type == "closeBins":
            memory.fills["plastic"] = min(1.0, memory.fills["plastic"] + self.behaviour.fill_by)
        elif action_type == "unload":
            memory.fills = dict.fromkeys(STREAMS, 0.0)
        elif action_type == "startCharging":
            memory.charging = True

    def _mark(self, action_id: str, status: ActionStatus) -> None:
        self.memory.actions[action_id] = self.memory.actions[action_id].model_copy(update={"action_status": status})
        self._changed.set()

    # --- instant actions ---

    def _take_instant(self, message: InstantActions) -> None:
        for action in message.actions:
            if action.action_id in self.memory.instant:
                continue
            meant = next((p.value for p in action.action_parameters or () if p.key == "orderId"), "")
            self.canceled_orders += [str(meant)] if action.action_type == "cancelOrder" else []
            other = meant not in {"", self.memory.order_id}
            failed = action.action_type == "cancelOrder" and not other and not self.active
            if action.action_type == "cancelOrder" and other:
                self.memory.forgotten.add(str(meant))
            elif action.action_type == "cancelOrder":
                self._cancel()
            elif action.action_type in {"startPause", "stopPause"}:
                self.paused = action.action_type == "startPause"
            elif action.action_type == "emergencyStop":
                self.stop = EmergencyStop.REMOTE
            elif action.action_type == "releaseEmergencyStop":
                self.stop = EmergencyStop.NONE
            self.memory.instant[action.action_id] = ActionState(
                action_id=action.action_id, action_type=action.action_type,
                action_status=ActionStatus.FAILED if failed else ActionStatus.FINISHED,
            )  # fmt: skip

    def _cancel(self) -> None:
        if self._mission is not None:
            self._mission.cancel()
            self._mission = None
        memory = self.memory
        memory.nodes = [node for node in memory.nodes if node.sequence_id <= memory.reached]
        memory.edges = []
        ended = {ActionStatus.FINISHED, ActionStatus.FAILED}
        memory.actions = {
            key: action
            if action.action_status in ended
            else action.model_copy(update={"action_status": ActionStatus.FAILED})
            for key, action in memory.actions.items()
        }
        self.errors, self.requests, self.countdown_s, self.driving, self.open = [], {}, None, False, False

    # --- equipment ---

    def lose(self, error_type: str) -> None:
        """Stops and says that something is lost; unlike what is about an order, no cancel clears it."""
        self.lost = Error(error_type=error_type, error_level=ErrorLevel.URGENT, error_description="lost by test")
        self._moving(driving=False)

    def recover(self) -> None:
        """All is well again."""
        self.lost = None
        self._changed.set()

    # --- what it says ---

    def state(self) -> State:
        memory = self.memory
        edges = [edge for edge in memory.edges if edge.sequence_id > memory.reached]
        return State(
            **self._header(),
            zone_sets=(ZoneSetState(zone_set_id=self.zone_set_id, map_id=self.site.map_id, zone_set_status="ENABLED"),)
            if self.zone_set_id
            else (),
            order_id=memory.order_id,
            order_update_id=memory.update_id,
            last_node_id=memory.last_node,
            last_node_sequence_id=max(0, memory.reached),
            node_states=tuple(
                NodeState(node_id=node.node_id, sequence_id=node.sequence_id, released=node.released)
                for node in self.ahead
            ),
            edge_states=tuple(
                EdgeState(edge_id=edge.edge_id, sequence_id=edge.sequence_id, released=edge.released) for edge in edges
            ),
            mobile_robot_position=MobileRobotPosition(
                x=memory.x, y=memory.y, theta=math.atan2(0, 1), map_id=self.site.map_id, localized=True
            ),
            driving=self.driving,
            paused=self.paused,
            zone_requests=tuple(self.requests.values()),
            action_states=tuple(memory.actions.values()),
            instant_action_states=tuple(list(memory.instant.values())[-20:]),
            power_supply=PowerSupply(state_of_charge=memory.charge, charging=memory.charging),
            operating_mode=OperatingMode.AUTOMATIC,
            errors=(*self.errors, *([self.lost] if self.lost else [])),
            information=self._information(),
            safety_state=SafetyState(active_emergency_stop=self.stop, field_violation=False),
        )

    def _information(self) -> tuple[Info, ...]:
        items = [
            _info(info.BIN, stream=stream, fill=f"{fill:.3f}", capacityLitres="40", open=str(self.open).lower())
            for stream, fill in self.memory.fills.items()
        ]
        if self.countdown_s is not None:
            items.append(_info(info.COUNTDOWN, remainingSeconds=f"{self.countdown_s:.0f}"))
        return tuple(items)


def _info(info_type: str, **references: str) -> Info:
    return Info(
        info_type=info_type,
        info_level="INFO",
        info_references=tuple(InfoReference(reference_key=k, reference_value=v) for k, v in references.items()),
    )
