"""What happened in a lockstep city, as values that can be compared, counted and printed."""

import dataclasses
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lockstep.law import Breach


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call: when it came to what, in simulated seconds from the start; where the time until arrival went."""

    number: int
    spot_id: str
    asked_s: float
    assigned_s: float | None
    arrived_s: float | None
    ended_s: float | None
    end: str
    robot_id: str | None
    assignments: int
    spent_s: dict[str, float]
    kind: str = "collect"
    """``collect`` for residents' calls, ``deliver`` for deliveries."""

    @property
    def arrival_s(self) -> float | None:
        """From the QR code to the robot's arrival."""
        return None if self.arrived_s is None else self.arrived_s - self.asked_s


@dataclass(frozen=True, slots=True)
class CityRecord:
    """Everything that was counted in one run."""

    seed: int
    robots: int
    people: int
    simulated_s: float
    calls: tuple[CallRecord, ...]
    missions: dict[str, int]
    handed_on: int
    incidents: dict[str, int]
    contacts: tuple[Breach, ...]
    breaches: tuple[Breach, ...]
    stand_offs: tuple[Breach, ...]
    distance_m: dict[str, float]
    energy_wh: dict[str, float]
    messages: dict[str, int]
    busy_s: dict[str, dict[str, float]]
    longest_stand_s: float = 0.0
    longest_queue_s: float = 0.0
    closest_m: dict[str, float] = dataclasses.field(default_factory=dict)
    """Least gap between a robot's body and a person, and between two robots; those that came within a metre."""

    @property
    def arrivals_s(self) -> list[float]:
        """From the QR code to arrival, of all residents' calls that were reached, quickest first."""
        return sorted(c.arrival_s for c in self.calls if c.arrival_s is not None and c.kind == "collect")

    @property
    def ends(self) -> dict[str, int]:
        """Calls by how they ended."""
        return dict(Counter(call.end for call in self.calls))

    def spent_s(self) -> dict[str, float]:
        """Mean seconds of a call that was reached, by what they were spent on, most first."""
        reached = [call for call in self.calls if call.arrived_s is not None]
        total: dict[str, float] = defaultdict(float)
        for call in reached:
            for name, seconds in call.spent_s.items():
                total[name] += seconds / len(reached)
        return dict(sorted(total.items(), key=lambda item: -item[1]))

    def to_json(self) -> str:
        """The whole record; equal for equal runs."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True, indent=1)


def percentile(values: Sequence[float], share: float) -> float:
    """A value at a share of the ordered values; nan without any."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def table(record: CityRecord, wall_s: float, cpu_s: float) -> str:
    """The record for eyes."""
    arrivals = record.arrivals_s
    most = max(arrivals, default=float("nan"))
    quick = record.simulated_s / max(cpu_s, 1e-9)
    spent = ", ".join(f"{name} {s:.1f} s" for name, s in record.spent_s().items() if s >= 0.05)
    lines = [
        f"{record.robots} robots, {record.people} people, seed {record.seed}: {record.simulated_s:.0f} s simulated",
        f"took            {wall_s:.0f} s, {cpu_s:.0f} CPU-s: {quick:.1f} x real time on a core",
        f"calls           {len(record.calls)}: {_counts(record.ends)}",
        f"arrival         p50 {percentile(arrivals, 0.5):.0f}, p95 {percentile(arrivals, 0.95):.0f}, max {most:.0f} s",
        f"of a mean call  {spent}",
        f"missions        {_counts(record.missions)}; handed on {record.handed_on}",
        f"incidents       {_counts(record.incidents)}",
        f"messages        {_counts(record.messages)}",
        f"longest stand   {record.longest_stand_s:.0f} s; closest m {record.closest_m}",
        f"longest queue   {record.longest_queue_s:.0f} s, another at work at the same place",
    ]
    wrong = {"contacts": record.contacts, "law broken": record.breaches, "stand-offs": record.stand_offs}
    for name, found in wrong.items():
        lines.append(f"{name:<15} {len(found)}")
        lines += [f"    {b.at_s:8.1f} s {b.robot_id} {b.kind}: {b.detail}" for b in found[:20]]
    for robot_id, kinds in record.busy_s.items():
        shares = ", ".join(f"{key} {100.0 * s / record.simulated_s:.0f} %" for key, s in kinds.items())
        lines.append(
            f"{robot_id:<15} {record.distance_m[robot_id]:.0f} m, {record.energy_wh[robot_id]:.0f} Wh; {shares}"
        )
    return "\n".join(lines)


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"
