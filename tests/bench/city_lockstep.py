"""QR scan to arrival in a lockstep city: 100 calls, both robots always busy; simulated times, repeatable by seed."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "backend")]

from lockstep.__main__ import WORLD, _quick_folder  # noqa: E402
from lockstep.city import CityOptions, city  # noqa: E402
from lockstep.record import percentile  # noqa: E402
from lockstep.residents import ClosedLoop  # noqa: E402

CALLS = 100
RESIDENTS = 2
PAUSE_S = 20.0


def run(calls: int = CALLS) -> list[dict[str, Any]]:
    """Figures of arrivals and of what went wrong."""
    with (
        tempfile.TemporaryDirectory(prefix="lockstep-", dir=_quick_folder()) as folder,
        city(CityOptions(WORLD, Path(folder), robots=2, seed=1)) as park,
    ):
        began = time.perf_counter()
        record = park.run(ClosedLoop(park.fleet.spots, calls, RESIDENTS, PAUSE_S, 1), 10 * 3600.0)
        wall_s = time.perf_counter() - began
    arrivals = list(record.arrivals_s)
    on_time = 100.0 * sum(value <= 120.0 for value in arrivals) / len(arrivals)
    lost = calls - record.ends.get("served", 0)
    wrong = len(record.contacts) + len(record.breaches) + len(record.stand_offs)
    return [
        {"name": f"QR scan → arrival, p50 of {len(arrivals)} calls, two residents who always call",
         "value": percentile(arrivals, 0.5), "unit": "simulated s"},
        {"name": "QR scan → arrival, p95", "value": percentile(arrivals, 0.95), "unit": "simulated s",
         "target": "≤ 120", "anchor": "pilot: under 2 min"},
        {"name": "QR scan → arrival, slowest", "value": max(arrivals), "unit": "simulated s"},
        {"name": "arrivals within 120 s", "value": on_time, "unit": "%"},
        {"name": "calls not served", "value": lost, "unit": f"of {calls}", "target": "0"},
        {"name": "contacts, breaches of the law, stand-offs", "value": wrong, "unit": "", "target": "0"},
        {"name": "speed of the whole city in one process", "value": record.simulated_s / wall_s, "unit": "× real time"},
    ]  # fmt: skip


if __name__ == "__main__":
    for figure in run(int(sys.argv[1]) if len(sys.argv) > 1 else CALLS):
        sys.stdout.write(f"{figure}\n")
