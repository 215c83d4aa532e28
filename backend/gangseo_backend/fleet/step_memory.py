"""What the planner remembers from step to step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gangseo_backend.fleet.dispatch import Expected
from gangseo_backend.fleet.lanes import LaneGraph
from gangseo_backend.fleet.losses import Loss
from gangseo_backend.fleet.models import ClosureRow
from gangseo_backend.fleet.open_rows import OpenRows
from gangseo_backend.fleet.plans import Plan, Plans
from gangseo_backend.fleet.tour_desk import Planned, TourDesk
from gangseo_backend.fleet.usage import UsageMemory

_REPEAT_S = 2.0


@dataclass
class Memory:
    """What is remembered between steps: losing it repeats a message or plans ways anew, never an effect."""

    strays: dict[str, datetime] = field(default_factory=dict)
    in_the_way: set[str] = field(default_factory=set)
    rest_until: dict[str, datetime] = field(default_factory=dict)
    losses: dict[str, Loss] = field(default_factory=dict)
    forgotten_since: dict[str, datetime] = field(default_factory=dict)
    plans: dict[str, Plan] | None = None
    usage: UsageMemory = field(default_factory=UsageMemory)
    expected: dict[str, Expected] = field(default_factory=dict)
    """When queued missions will begin, where a robot is in sight for them."""
    days: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Metres and per cent of charge of each robot in the last days."""
    celsius: float | None = None
    days_at: datetime | None = None
    tours: TourDesk = field(default_factory=TourDesk)
    batch_desk: TourDesk = field(default_factory=TourDesk)
    batches: Planned | None = None
    """What each robot that is at deliveries is to do next, one after another."""
    _rows: OpenRows | None = None
    _times: dict[str, Mapping[str, float]] = field(default_factory=dict)
    _times_closed: frozenset[str] = frozenset()
    _into: dict[str, frozenset[str]] = field(default_factory=dict)
    _zone_asked: dict[str, datetime] = field(default_factory=dict)
    _said: dict[str, datetime] = field(default_factory=dict)
    _zone_told: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def keep_plans(self, plans: Plans) -> None:
        """The ways as they are after a step that was stored."""
        self.plans = dict(plans)

    def take_rows(self) -> OpenRows | None:
        """The rows of the step before; None at first and after a step that was not stored."""
        rows, self._rows = self._rows, None
        return rows

    def keep_rows(self, rows: OpenRows) -> None:
        """Rows as they are after a step that was stored."""
        self._rows = rows

    def times_to(self, lanes: LaneGraph, goal: str, closed: frozenset[str]) -> Mapping[str, float]:
        """Seconds from every node to one, remembered while no edge that matters to them is closed or opened."""
        if closed is not self._times_closed:
            changed = closed ^ self._times_closed
            if changed:
                kept = {key: times for key, times in self._times.items() if not lanes.depends(times, changed)}
                self._times = kept
            self._times_closed = closed
        if goal not in self._times:
            self._times[goal] = lanes.times_to(goal, closed)
        return self._times[goal]

    def zone_asked(self, now: datetime, request_ids: Sequence[str]) -> Mapping[str, datetime]:
        """When each request was first seen; forgets those that are gone."""
        self._zone_asked = {request_id: self._zone_asked.get(request_id, now) for request_id in request_ids}
        return self._zone_asked

    def edges_into(self, lanes: LaneGraph, closure: ClosureRow) -> frozenset[str]:
        """Edges that lead into a closed area."""
        if closure.id not in self._into:
            self._into[closure.id] = lanes.edges_into([(x, y) for x, y in closure.vertices])
        return self._into[closure.id]

    def may_repeat(self, now: datetime, key: str) -> bool:
        """Whether what was said, or was first missed, has gone unheard for a while; then it counts as said again."""
        self._said = {known: at for known, at in self._said.items() if (now - at).total_seconds() < 2 * _REPEAT_S}
        said_at = self._said.setdefault(key, now)
        if (now - said_at).total_seconds() < _REPEAT_S:
            return False
        self._said[key] = now
        return True

    def may_tell(self, now: datetime, request_id: str, answer: str) -> bool:
        """Whether an answer is new or old enough to be repeated."""
        self._zone_told = {key: at for key, at in self._zone_told.items() if (now - at).total_seconds() < _REPEAT_S}
        return self._zone_told.setdefault((request_id, answer), now) == now
