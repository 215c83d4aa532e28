"""Fifty robots and sixty people in the district for a simulated hour: calls, deliveries and patrols at once."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "backend")]

from lockstep.__main__ import _quick_folder  # noqa: E402
from lockstep.city import CityOptions, city  # noqa: E402
from lockstep.district import Load, district_folder, live  # noqa: E402
from lockstep.picture import draw_trails  # noqa: E402
from lockstep.record import CityRecord, percentile  # noqa: E402

ROBOTS, PEOPLE, SECONDS = 50, 60, 3600.0
PICTURE = ROOT / "docs" / "pictures" / "city_district.png"


def run(seconds: float = SECONDS, robots: int = ROBOTS, people: int = PEOPLE) -> list[dict[str, Any]]:
    """Figures of one run; the picture of the ways goes to docs/pictures."""
    with (
        tempfile.TemporaryDirectory(prefix="lockstep-", dir=_quick_folder()) as folder,
        city(CityOptions(district_folder(), Path(folder), robots=robots, people=people)) as park,
    ):
        began, began_cpu = time.perf_counter(), time.process_time()
        record = live(park, Load(seconds=seconds, residents=max(2, robots * 2 // 5)), tell=True)
        wall_s, cpu_s = time.perf_counter() - began, time.process_time() - began_cpu
        draw_trails(park, PICTURE, legend=False)
    return figures(record, seconds, wall_s, cpu_s)


def figures(record: CityRecord, seconds: float, wall_s: float, cpu_s: float) -> list[dict[str, Any]]:
    """What the record says."""
    arrivals = record.arrivals_s
    ended = sum(count for end, count in record.ends.items() if end in {"served", "canceled"})
    title = f"{record.robots} robots, {record.people} people, {seconds:.0f} s of new calls; simulated until all ended"
    asked = {kind: sum(call.kind == kind for call in record.calls) for kind in ("collect", "deliver")}
    rounds = ", ".join(f"{name} {n}" for name, n in record.missions.items() if name.startswith("patrol")) or "none"
    return [
        {"name": title, "value": record.simulated_s, "unit": "s"},
        {"name": "calls asked, deliveries asked", "value": f"{asked['collect']}, {asked['deliver']}", "unit": ""},
        {"name": "of these ended well", "value": ended, "unit": f"of {len(record.calls)}", "target": "all"},
        {"name": "patrol rounds", "value": rounds, "unit": ""},
        {"name": "contacts", "value": len(record.contacts), "unit": "", "target": "0"},
        {"name": "breaches of the law", "value": len(record.breaches), "unit": "", "target": "0"},
        {"name": "stand-offs (30 s stuck, or 120 s waiting for its turn)", "value": len(record.stand_offs), "unit": "",
         "target": "0"},
        {"name": "longest stand without work or law asking for it", "value": record.longest_stand_s, "unit": "s"},
        {"name": "longest wait while another robot was at work at the same place", "value": record.longest_queue_s,
         "unit": "s"},
        {"name": "closest to a person, body to body", "value": record.closest_m.get("person", 1.0), "unit": "m",
         "target": "> 0"},
        {"name": "closest of two robots", "value": record.closest_m.get("robot", 1.0), "unit": "m", "target": "> 0"},
        {"name": "QR scan → arrival, p50", "value": percentile(arrivals, 0.5), "unit": "simulated s"},
        {"name": "QR scan → arrival, p95", "value": percentile(arrivals, 0.95), "unit": "simulated s"},
        {"name": "wall time, CPU time", "value": f"{wall_s:.0f}, {cpu_s:.0f}", "unit": "s"},
        {"name": "speed on one core", "value": record.simulated_s / cpu_s, "unit": "× real time"},
    ]  # fmt: skip


if __name__ == "__main__":
    for figure in run(*(float(word) for word in sys.argv[1:2]), *(int(word) for word in sys.argv[2:])):
        sys.stdout.write(f"{figure}\n")
