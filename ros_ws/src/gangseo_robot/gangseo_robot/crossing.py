"""Crosswalks: RELEASE zones that need the fleet's grant and a green signal with time to cross. Pure."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError

from gangseo_protocol.polygon import inside, segment_meets
from gangseo_protocol.site import Crosswalk, Site
from gangseo_protocol.vda5050 import GrantType, RequestStatus, Response, ZoneRequest, ZoneSet
from gangseo_robot.senses import Pose, Senses, SignalColor

log = logging.getLogger(__name__)

SIGNAL_STALE_S = 3.0
MARGIN_S = 2.0
PLANNED_SPEED_MPS = 1.0
ASK_AGAIN = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class CrosswalkMap:
    """Which edges cross which crosswalk."""

    by_edge: Mapping[str, Crosswalk]
    zone_of: Mapping[str, str]
    crosswalks: tuple[Crosswalk, ...]
    map_id: str

    @staticmethod
    def of(site: Site) -> "CrosswalkMap":
        """Reads ``crosswalk_id`` of each edge, and where it is absent looks whether the edge meets a carriageway."""
        by_id = {crosswalk.crosswalk_id: crosswalk for crosswalk in site.crosswalks}
        nodes = {node.node_id: (node.x, node.y) for node in site.nodes}
        by_edge: dict[str, Crosswalk] = {}
        for edge in site.edges:
            crosswalk = by_id.get(edge.crosswalk_id or "")
            start, end = nodes[edge.start_node_id], nodes[edge.end_node_id]
            crosswalk = crosswalk or next((c for c in site.crosswalks if segment_meets(c.vertices, start, end)), None)
            if crosswalk:
                by_edge[edge.edge_id] = crosswalk
        zone_of = {z.crosswalk_id: z.zone_id for z in site.zones if z.crosswalk_id and z.zone_type == "RELEASE"}
        return CrosswalkMap(by_edge, zone_of, site.crosswalks, site.map_id)

    def between(self, pose: Pose, x: float, y: float) -> bool:
        """Whether the straight way to a point meets a carriageway."""
        return any(segment_meets(c.vertices, (pose.x, pose.y), (x, y)) for c in self.crosswalks)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to the fleet and its answer so far."""

    request: ZoneRequest
    asked_at: datetime
    lease_expiry: datetime | None = None
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a robot may not enter a crosswalk yet: a key of the message files."""

    key: str
    crosswalk: Crosswalk


def signal_obstacle(crosswalk: Crosswalk, senses: Senses, end: tuple[float, float]) -> Obstacle | None:
    """The signal's say: green, and green long enough to reach ``end`` at walking speed."""
    signal = senses.signals.get(crosswalk.crosswalk_id)
    if signal is None or senses.now_s - signal.received_s > SIGNAL_STALE_S:
        return Obstacle("waiting.signal_unknown", crosswalk)
    way_m = senses.pose.distance_to(*end) if senses.pose else crosswalk.length_m
    needed_s = max(way_m, crosswalk.length_m) / PLANNED_SPEED_MPS + MARGIN_S
    remaining_s = signal.remaining_s - (senses.now_s - signal.received_s)
    # Green blinks before red: whoever has started may finish then.
    if signal.color is SignalColor.GREEN and remaining_s + crosswalk.flashing_s >= needed_s and remaining_s > MARGIN_S:
        return None
    return Obstacle("waiting.crosswalk_signal", crosswalk)


def on_carriageway(crosswalk: Crosswalk, pose: Pose | None) -> bool:
    """Whether the robot stands on the road."""
    return pose is not None and inside(crosswalk.vertices, pose.x, pose.y)


def is_behind(crosswalk: Crosswalk, pose: Pose | None, end: tuple[float, float]) -> bool:
    """Whether the way to the far end of the crossing no longer meets the road."""
    return pose is not None and not segment_meets(crosswalk.vertices, (pose.x, pose.y), end)


_ASKS = TypeAdapter(dict[str, Ask])


def _remembered(stored: str) -> dict[str, Ask]:
    try:
        return _ASKS.validate_json(stored) if stored else {}
    except ValidationError as error:
        log.warning("zone_requests_forgotten %d errors in the journal", error.error_count())
        return {}


class ZoneAsks:
    """The robot's zone requests and their answers; a restarted robot goes on asking by the same ids."""

    def __init__(
        self,
        crosswalks: CrosswalkMap,
        new_id: Callable[[], str],
        stored: str = "",
        save: Callable[[str], None] = lambda _: None,
    ) -> None:
        """``stored`` is what was last given to ``save``, which is called before a change is told."""
        self._map = crosswalks
        self._new_id, self._save = new_id, save
        self._asks = _remembered(stored)
        self.zone_set: ZoneSet | None = None

    def _put(self, crosswalk_id: str, ask: Ask) -> None:
        if self._asks.get(crosswalk_id) != ask:
            self._asks[crosswalk_id] = ask
            self._remember()

    def _remember(self) -> None:
        self._save(_ASKS.dump_json(self._asks, by_alias=True).decode())

    @property
    def requests(self) -> tuple[ZoneRequest, ...]:
        """For the state message."""
        return tuple(ask.request for ask in self._asks.values())

    def want(self, crosswalk: Crosswalk, utc: datetime) -> None:
        """Asks for access, once; asks again some seconds after a refusal or an end."""
        ask = self._asks.get(crosswalk.crosswalk_id)
        if ask and not self._may_ask_again(ask, utc):
            return
        zone_set_id = self.zone_set.zone_set_id if self.zone_set else self._map.map_id
        request = ZoneRequest(
            request_id=self._new_id(),
            request_type="ACCESS",
            zone_id=self._map.zone_of.get(crosswalk.crosswalk_id, crosswalk.crosswalk_id),
            zone_set_id=zone_set_id,
            request_status=RequestStatus.REQUESTED,
        )
        self._put(crosswalk.crosswalk_id, Ask(request, utc))

    def _may_ask_again(self, ask: Ask, utc: datetime) -> bool:
        over = ask.rejected or ask.request.request_status in {RequestStatus.REVOKED, RequestStatus.EXPIRED}
        return over and utc - ask.asked_at >= ASK_AGAIN

    def keep_only(self, crosswalk_ids: frozenset[str]) -> None:
        """Gives back all zones but these."""
        if gone := self._asks.keys() - crosswalk_ids:
            for crosswalk_id in gone:
                del self._asks[crosswalk_id]
            self._remember()

    def answer(self, response: Response) -> None:
        """Takes an answer of the fleet; answers to unknown requests change nothing."""
        for key, ask in [*self._asks.items()]:
            if ask.request.request_id != response.request_id:
                continue
            status = ask.request.request_status
            if response.grant_type is GrantType.GRANTED and status is RequestStatus.REQUESTED:
                granted = self._with(ask, RequestStatus.GRANTED)
                self._put(key, replace(granted, lease_expiry=response.lease_expiry, rejected=False))
            elif response.grant_type is GrantType.GRANTED and status is RequestStatus.GRANTED:
                self._put(key, replace(ask, lease_expiry=response.lease_expiry))
            elif response.grant_type is GrantType.REVOKED:
                self._put(key, self._with(ask, RequestStatus.REVOKED))
            elif response.grant_type is GrantType.REJECTED:
                self._put(key, replace(ask, rejected=True))

    @staticmethod
    def _with(ask: Ask, status: RequestStatus) -> Ask:
        return replace(ask, request=ask.request.model_copy(update={"request_status": status}))

    def granted(self, crosswalk_id: str, utc: datetime) -> bool:
        """Whether the robot holds a lease now."""
        ask = self._asks.get(crosswalk_id)
        if ask is None or ask.request.request_status is not RequestStatus.GRANTED:
            return False
        if ask.lease_expiry and ask.lease_expiry <= utc:
            self._put(crosswalk_id, replace(self._with(ask, RequestStatus.EXPIRED), asked_at=utc))
            return False
        return True
