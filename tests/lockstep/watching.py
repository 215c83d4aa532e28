"""Keeps the record of a running city: calls stage by stage, robots ten times a second."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlmodel import select

from gangseo_backend.core.domain_events import MissionChanged
from gangseo_backend.fleet.models import IncidentRow, MissionRow
from gangseo_protocol.site import Site
from gangseo_sim.engine.state import EngineState
from lockstep.activity import Timeline, kind_of, phase_of, spent_on, waits_for_work
from lockstep.closest import Closest
from lockstep.fleet import LockstepFleet
from lockstep.law import Watch
from lockstep.record import CallRecord, CityRecord
from lockstep.robot import LockstepRobot

LOOK_S = 0.1
TRAIL_S = 0.5
FINAL = {"finished": "served", "canceled": "canceled", "failed": "failed"}


class Recorder:
    """Sees everything of one city; ``record`` sums it up."""

    def __init__(self, site: Site, robots: Mapping[str, LockstepRobot], start_s: float) -> None:
        self.watch = Watch(site)
        self.timelines = {robot_id: Timeline() for robot_id in robots}
        self.trails: dict[str, list[tuple[float, float]]] = {robot_id: [] for robot_id in robots}
        self.calls: dict[str, list[tuple[float, str, str | None]]] = {}
        self._spots: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self.closest = Closest()
        self._robots, self._start_s = robots, start_s
        self._distance_m: dict[str, float] = defaultdict(float)
        self._energy_j: dict[str, float] = defaultdict(float)
        self._last: dict[str, tuple[float, float]] = {}
        self._looks = 0

    # --- calls ---

    def asked(self, now_s: float, call_id: str, spot_id: str, kind: str = "collect") -> None:
        """A call was made, or a delivery asked for."""
        self._kinds[call_id] = kind
        self.calls[call_id] = [(now_s - self._start_s, "asked", None)]
        self._spots[call_id] = spot_id

    def came_to(self, now_s: float, event: MissionChanged) -> bool:
        """A call came to a stage; whether it has ended with it. Rounds and the like are not calls."""
        if event.call_id not in self.calls:
            return False
        self.calls[event.call_id].append((now_s - self._start_s, event.stage, event.robot_id))
        return event.stage in FINAL

    def is_of_resident(self, call_id: str | None) -> bool:
        """Whether somebody at a spot called, rather than a shop."""
        return call_id is not None and self._kinds.get(call_id) == "collect"

    @property
    def open_calls(self) -> dict[str, str]:
        """Calls that have not ended, with their spots."""
        return {key: self._spots[key] for key, stages in self.calls.items() if stages[-1][1] not in FINAL}

    # --- robots ---

    def look(self, state: EngineState) -> None:
        """Takes the world as it is now, ten times a second."""
        now_s = state.time_s - self._start_s
        self._looks += 1
        self.closest.look(state)
        phases = {
            robot.robot_id: phase_of(self._robots[robot.robot_id].brain, robot, state.people, state.robots)
            for robot in state.robots
        }
        for robot in state.robots:
            key, owner = robot.robot_id, self._robots[robot.robot_id]
            kind, phase = kind_of(owner.brain.book), phases[robot.robot_id]
            if phase == "traffic" and waits_for_work(owner.brain, robot, phases, state.robots):
                phase = "queue"
            self.timelines[key].note(now_s, kind, phase)
            self.watch.look(now_s, robot, state.signals)
            self.watch.stands(now_s, robot, kind, phase)
            before = self._last.get(key, (robot.x, robot.y))
            self._distance_m[key] += ((robot.x - before[0]) ** 2 + (robot.y - before[1]) ** 2) ** 0.5
            self._energy_j[key] += robot.power_w * LOOK_S
            self._last[key] = (robot.x, robot.y)
            if self._looks % round(TRAIL_S / LOOK_S) == 0:
                self.trails[key].append((robot.x, robot.y))

    # --- the end ---

    def record(self, fleet: LockstepFleet, state: EngineState, seed: int) -> CityRecord:
        """Everything so far."""
        now_s = state.time_s - self._start_s
        with fleet.backend.db.read() as session:
            missions = session.exec(select(MissionRow)).all()
            incidents = Counter(row.kind for row in session.exec(select(IncidentRow)))
        return CityRecord(
            seed=seed,
            robots=len(self._robots),
            people=len(state.people),
            simulated_s=round(now_s, 2),
            calls=tuple(self._call(number, key) for number, key in enumerate(self.calls, start=1)),
            missions=dict(sorted(Counter(f"{m.kind.value} {m.state.value}" for m in missions).items())),
            handed_on=sum(max(0, m.attempt - 1) for m in missions),
            incidents=dict(sorted(incidents.items())),
            contacts=tuple(self.watch.contacts),
            breaches=tuple(self.watch.breaches),
            stand_offs=tuple(self.watch.stand_offs),
            distance_m={key: round(metres, 2) for key, metres in self._distance_m.items()},
            energy_wh={key: round(joule / 3600.0, 2) for key, joule in self._energy_j.items()},
            messages=dict(fleet.link.counts),
            longest_stand_s=round(self.watch.longest_s, 1),
            longest_queue_s=round(self.watch.longest_queue_s, 1),
            closest_m=self.closest.least_m,
            busy_s={key: self._busy(timeline, now_s) for key, timeline in self.timelines.items()},
        )

    @staticmethod
    def _busy(timeline: Timeline, now_s: float) -> dict[str, float]:
        spent: dict[str, float] = defaultdict(float)
        for (kind, _), seconds in timeline.between(0.0, now_s).items():
            spent[kind] += seconds
        return {kind: round(seconds, 2) for kind, seconds in sorted(spent.items())}

    def _call(self, number: int, key: str) -> CallRecord:
        stages = self.calls[key]
        first = {stage: at_s for at_s, stage, _ in reversed(stages)}
        arrived_s, end = first.get("arrived"), stages[-1][1]
        until = next((i for i, stage in enumerate(stages) if stage[1] == "arrived"), len(stages) - 1)
        return CallRecord(
            number=number,
            kind=self._kinds[key],
            spot_id=self._spots[key],
            asked_s=round(stages[0][0], 2),
            assigned_s=_rounded(first.get("assigned")),
            arrived_s=_rounded(arrived_s),
            ended_s=round(stages[-1][0], 2) if end in FINAL else None,
            end=FINAL.get(end, "open"),
            robot_id=next((robot for _, _, robot in reversed(stages) if robot), None),
            assignments=sum(stage == "assigned" for _, stage, _ in stages),
            spent_s={k: round(v, 2) for k, v in spent_on(stages[: until + 1], self.timelines).items()},
        )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
