"""A vehicle without physics that speaks true VDA 5050: for tests and benchmarks.

It accepts, stitches, refuses and repeats as the standard says, drives edge by edge in scaled time,
does actions, answers instant actions once, asks for RELEASE zones, and remembers its order over a restart
when it is given the same ``Memory``.
"""

import asyncio
import contextlib
import socket
import time
from dataclasses import dataclass, field

import aiomqtt

from backend.goods import Compartments
from backend.parked_vehicle import Memory, ParkedVehicle
from gangseo_protocol import info
from gangseo_protocol.actions import MOVED_BY_HAND, Goods, parse_action
from gangseo_protocol.drive import DriveMessage, drive_topic
from gangseo_protocol.site import Site
from gangseo_protocol.topics import TO_ROBOT, TopicName, is_refused, parse_topic, topic
from gangseo_protocol.vda5050 import (
    Action,
    ActionState,
    ActionStatus,
    Connection,
    ConnectionState,
    Error,
    ErrorLevel,
    GrantType,
    InstantAction,
    InstantActions,
    Order,
    OrderNode,
    RequestStatus,
    Responses,
    ZoneRequest,
    ZoneSetMessage,
)

STOPS = {"emergencyStop": "robot", "fleetEmergencyStop": "fleet"}
RELEASES = {"releaseEmergencyStop": "robot", "releaseFleetEmergencyStop": "fleet"}
ACTION_S = {"waitForResident": 30.0, "dock": 2.0, "unload": 3.0, "say": 1.0}


@dataclass
class Behaviour:
    """How the vehicle misbehaves."""

    deaf: bool = False
    refuse: bool = False
    blocked_edges: set[str] = field(default_factory=set)
    fill_by: float = 0.1
    fail_action: str = ""


class Vehicle(ParkedVehicle):
    """One robot; ``run`` until cancelled."""

    def __init__(
        self, site: Site, robot_id: str, port: int, *, node_id: str, pace: float = 20.0, host: str = "127.0.0.1",
        username: str | None = None, password: str | None = None, memory: Memory | None = None,
    ) -> None:  # fmt: skip
        super().__init__(site, robot_id, node_id, memory)
        self.pace = pace
        self.behaviour = Behaviour()
        self.compartments = Compartments(self.memory.goods)
        self.orders_seen: list[Order] = []
        self.canceled_orders: list[str] = []
        self.steered: list[tuple[float, DriveMessage]] = []
        self.connected = asyncio.Event()
        self.position_rate_hz = 0.0
        self._nodes = {node.node_id: node for node in site.nodes}
        self._edges = {edge.edge_id: edge for edge in site.edges}
        self._zones = {z.crosswalk_id: z.zone_id for z in site.zones if z.zone_type == "RELEASE"}
        self._address = (host, port, username, password)
        self._client: aiomqtt.Client | None = None
        self._changed = asyncio.Event()
        self._granted = asyncio.Event()
        self._dead = False
        self._mission: asyncio.Task[None] | None = None

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
                granted = await client.subscribe(topic(self.robot_id, name), qos=1)
                assert not any(is_refused(code) for code in granted), f"{self.robot_id} cannot hear {name}"
            await client.subscribe(drive_topic(self.robot_id), qos=0)
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
                    if str(message.topic) == drive_topic(self.robot_id):
                        self.steered.append((time.monotonic(), DriveMessage.model_validate_json(message.payload)))
                    elif parts is not None:
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
            memory.extend(order)
        elif self.active:
            self._complain(info.ORDER_UPDATE_ERROR, order, "another order is active")
        elif order.nodes[0].node_id != memory.last_node:
            self._complain(info.VALIDATION_FAILURE, order, f"the robot is at {memory.last_node}")
        else:
            memory.begin(order)
            self.errors = []
            if self._mission is None or self._mission.done():
                self._mission = asyncio.create_task(self._drive())

    async def _drive(self) -> None:
        self.memory.charging = False
        while self.memory.ahead:
            node = self.memory.ahead[0]
            if not node.released or self.paused or self.lost or self.memory.stops or self.memory.lease:
                if self.driving:
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
                    await self._do(action)
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

    async def _do(self, action: Action) -> None:
        action_id, action_type = action.action_id, action.action_type
        result, parsed = None, parse_action(action)
        if isinstance(parsed, Goods):
            self.countdown_s = parsed.duration_s
        self._mark(action_id, ActionStatus.RUNNING)
        if isinstance(parsed, Goods):
            result = await self.compartments.handle(parsed, self.pace)
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
        self._effect(action_type, self.behaviour.fill_by)
        self.memory.done.append(f"{action_type}:{action_id}")
        self._mark(action_id, ActionStatus.FINISHED, result)

    def _mark(self, action_id: str, status: ActionStatus, result: str | None = None) -> None:
        self.memory.mark(action_id, status, result)
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
            elif action.action_type in {"openCompartment", "closeCompartment"}:
                named = {item.key: str(item.value) for item in action.action_parameters or ()}
                failed = not self.compartments.ask(action.action_type, named["deliveryId"])
            elif action.action_type in {"startPause", "stopPause"}:
                self.paused = action.action_type == "startPause"
            elif action.action_type in STOPS:
                self.memory.stops.add(STOPS[action.action_type])
            elif action.action_type in RELEASES:
                self.memory.stops.discard(RELEASES[action.action_type])
            status = ActionStatus.FAILED if failed else ActionStatus.FINISHED
            if action.action_type in {"startTakeover", "endTakeover"}:
                status = self._take_over(action)
            self._answer(action.action_id, action.action_type, status)

    def _answer(self, action_id: str, action_type: str, status: ActionStatus) -> None:
        answer = ActionState(action_id=action_id, action_type=action_type, action_status=status)
        self.memory.instant[action_id] = answer

    # --- in people's hands ---

    def _take_over(self, action: InstantAction) -> ActionStatus:
        held, meant = self.memory.lease, next((p.value for p in action.action_parameters or ()), "")
        if action.action_type == "endTakeover" and meant != held:
            return ActionStatus.FINISHED
        if held:
            self._answer(held, "startTakeover", ActionStatus.FINISHED)
        starts = action.action_type == "startTakeover"
        self.memory.lease = action.action_id if starts else ""
        return ActionStatus.RUNNING if starts else ActionStatus.FINISHED

    def drop(self) -> None:
        """Driven too far away by hand: what it was to do there it drops."""
        self._cancel()
        self.memory.actions = {
            key: action.model_copy(update={"action_result": MOVED_BY_HAND})
            for key, action in self.memory.actions.items()
        }
        self._changed.set()

    def lapse(self) -> None:
        """Nobody was heard: it stands under a lease that has failed."""
        self._answer(self.memory.lease, "startTakeover", ActionStatus.FAILED)
        self._changed.set()

    def _cancel(self) -> None:
        if self._mission is not None:
            self._mission.cancel()
            self._mission = None
        self.memory.cancel()
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
