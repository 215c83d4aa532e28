"""What a scripted vehicle remembers, how it is, and the VDA 5050 state it tells of both."""

import itertools
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from gangseo_protocol import info
from gangseo_protocol.actions import STREAMS
from gangseo_protocol.site import Site
from gangseo_protocol.vda5050 import (
    ActionState,
    ActionStatus,
    EdgeState,
    EmergencyStop,
    Error,
    ErrorLevel,
    ErrorReference,
    Info,
    InfoReference,
    MobileRobotPosition,
    NodeState,
    OperatingMode,
    Order,
    OrderEdge,
    OrderNode,
    PowerSupply,
    SafetyState,
    State,
    ZoneRequest,
    ZoneSetState,
)

ENDED = {ActionStatus.FINISHED, ActionStatus.FAILED}


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
    goods: dict[int, str] = field(default_factory=dict)
    """The delivery in each compartment."""
    forgotten: set[str] = field(default_factory=set)
    """Orders that were canceled before they came."""
    stops: set[str] = field(default_factory=set)
    lease: str = ""
    done: list[str] = field(default_factory=list)
    """Every action type that was ever finished, with its action id: shows what was done twice."""

    @property
    def ahead(self) -> list[OrderNode]:
        return [node for node in self.nodes if node.sequence_id > self.reached]

    @property
    def open_actions(self) -> list[str]:
        return [key for key, action in self.actions.items() if action.action_status not in ENDED]

    def begin(self, order: Order) -> None:
        self.order_id, self.nodes, self.edges, self.actions, self.reached = order.order_id, [], [], {}, 0
        self.extend(order)

    def extend(self, order: Order) -> None:
        """Stitches an order onto what is held, at its first node."""
        seam = order.nodes[0].sequence_id
        first = [node for node in self.nodes if node.sequence_id == seam][:1] or [order.nodes[0]]
        self.nodes = [n for n in self.nodes if n.sequence_id < seam] + first + list(order.nodes[1:])
        self.edges = [e for e in self.edges if e.sequence_id < seam] + list(order.edges)
        self.update_id = order.order_update_id
        self.base_end = max(node.sequence_id for node in self.nodes if node.released)
        for node in self.nodes:
            for action in node.actions:
                waiting = ActionState(
                    action_id=action.action_id, action_type=action.action_type, action_status=ActionStatus.WAITING
                )
                self.actions.setdefault(action.action_id, waiting)

    def cancel(self) -> None:
        """Gives up what is ahead and every action that has not ended."""
        self.nodes = [node for node in self.nodes if node.sequence_id <= self.reached]
        self.edges = []
        for action_id in self.open_actions:
            self.mark(action_id, ActionStatus.FAILED)

    def mark(self, action_id: str, status: ActionStatus, result: str | None = None) -> None:
        update = {"action_status": status, "action_result": result}
        self.actions[action_id] = self.actions[action_id].model_copy(update=update)


class ParkedVehicle:
    """A robot that neither hears nor drives: it has its equipment, and tells its state."""

    def __init__(self, site: Site, robot_id: str, node_id: str, memory: Memory | None = None) -> None:
        self.site = site
        self.robot_id = robot_id
        self.memory = memory or self._at(site, node_id)
        self.paused = False
        self.errors: list[Error] = []
        self.lost: Error | None = None
        self.driving = False
        self.countdown_s: float | None = None
        self.open = False
        self.zone_set_id = ""
        self.requests: dict[str, ZoneRequest] = {}
        self._headers = itertools.count(1)

    @staticmethod
    def _at(site: Site, node_id: str) -> Memory:
        node = next(node for node in site.nodes if node.node_id == node_id)
        return Memory(last_node=node_id, x=node.x, y=node.y)

    @property
    def stop(self) -> EmergencyStop:
        return EmergencyStop.REMOTE if self.memory.stops else EmergencyStop.NONE

    @property
    def active(self) -> bool:
        return bool(self.memory.ahead or self.memory.open_actions)

    def _effect(self, action_type: str, fill_by: float) -> None:
        memory = self.memory
        self.open = action_type == "openBins" or (self.open and action_type != "closeBins")
        if action_type == "closeBins":
            memory.fills["plastic"] = min(1.0, memory.fills["plastic"] + fill_by)
        elif action_type == "unload":
            memory.fills = dict.fromkeys(STREAMS, 0.0)
        elif action_type == "startCharging":
            memory.charging = True

    def _raise(self, error_type: str, level: ErrorLevel, why: str, **about: str) -> None:
        references = tuple(ErrorReference(reference_key=key, reference_value=value) for key, value in about.items())
        self.errors = [
            *self.errors[-3:],
            Error(error_type=error_type, error_level=level, error_description=why, error_references=references),
        ]

    def _complain(self, error_type: str, order: Order, why: str) -> None:
        self._raise(
            error_type, ErrorLevel.WARNING, why, orderId=order.order_id, orderUpdateId=str(order.order_update_id)
        )

    def _header(self) -> dict[str, Any]:
        return {"header_id": next(self._headers), "timestamp": datetime.now(UTC), "serial_number": self.robot_id}

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
                for node in memory.ahead
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
            instant_action_states=tuple(list(memory.instant.values())[-40:]),
            power_supply=PowerSupply(state_of_charge=memory.charge, charging=memory.charging),
            operating_mode=OperatingMode.INTERVENED if memory.lease else OperatingMode.AUTOMATIC,
            errors=(*self.errors, *([self.lost] if self.lost else []), *self._stopped()),
            information=self._information(),
            safety_state=SafetyState(active_emergency_stop=self.stop, field_violation=False),
        )

    def _stopped(self) -> list[Error]:
        if not self.memory.stops:
            return []
        sources = ErrorReference(reference_key="sources", reference_value=",".join(sorted(self.memory.stops)))
        return [Error(error_type=info.EMERGENCY_STOP, error_level=ErrorLevel.CRITICAL, error_references=(sources,))]

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
