"""From the QR scan to the robot's arrival over 100 calls, and what each process costs. Two robots, the pilot's park."""

import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "starter"), str(ROOT / "tests" / "e2e")]

from city_client import OPEN_CALLS, CityClient  # noqa: E402
from running_city.clock import SimClock  # noqa: E402

from claims import free_port  # noqa: E402
from gangseo_starter.city import City, CityOptions  # noqa: E402
from gangseo_starter.layout import ROOT as LAYOUT  # noqa: E402

CALLS = 100
SPEED = 8.0
RESIDENTS = 2
PAUSE_S = 20.0
"""Two residents at a time: the next one calls, from a spot drawn at random, 20 simulated s after one was served.
Both robots are always busy, and a trip to the depot makes a call wait."""


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _memory(city: City) -> dict[str, float]:
    return {name: psutil.Process(pid).memory_info().rss / 2**20 for name, pid in city.processes().items()}


def _drive(client: CityClient, calls: int) -> tuple[list[tuple[float, float]], dict[str, str]]:
    draw = random.Random(1)
    spots = sorted(client.spots)
    waiting: set[str] = set()
    asked: dict[str, float] = {}
    arrived: dict[str, float] = {}
    ends: dict[str, str] = {}
    made, due = 0, [0.0] * RESIDENTS
    while made < calls or waiting:
        if made < calls and due and time.monotonic() >= due[0]:
            due.pop(0)
            recent = client.get("/api/recycling/calls?limit=100")
            busy = {call["spot_id"] for call in recent if call["state"] in OPEN_CALLS}
            free = [spot for spot in spots if spot not in busy]
            call_id = client.call(draw.choice(free))["id"]
            waiting.add(call_id)
            asked[call_id] = time.monotonic()
            made += 1
        for call_id in list(waiting):
            state = client.call_state(call_id)["state"]
            if state in {"arrived", "served"}:
                arrived.setdefault(call_id, time.monotonic())
            if state not in OPEN_CALLS:
                ends[call_id] = state
                waiting.discard(call_id)
                due.append(time.monotonic() + PAUSE_S / SPEED)
        time.sleep(0.1)
    return [(asked[call_id], at) for call_id, at in arrived.items()], ends


def run(calls: int = CALLS) -> list[dict[str, Any]]:
    """Figures of arrival and memory."""
    with tempfile.TemporaryDirectory(prefix="gangseo-bench-") as data:
        port, mqtt = free_port(), free_port()
        options = CityOptions(Path(data), LAYOUT.world("magok_hanui"), 2, SPEED, port, mqtt_port=mqtt, audio=False)
        city = City(LAYOUT, options)
        with city.running():
            city.wait_until_up()
            with SimClock(Path(data)) as clock:
                moments, ends = _drive(CityClient(city), calls)
                time.sleep(1.5)  # one more checkpoint
            arrivals = [clock.at(at) - clock.at(asked) for asked, at in moments]
            memory = _memory(city)
            cpu = {n: sum(psutil.Process(p).cpu_times()[:2]) for n, p in city.processes().items()}
    lost = calls - sum(end == "served" for end in ends.values())
    figures: list[dict[str, Any]] = [
        {
            "name": f"QR scan → arrival, p50 of {len(arrivals)} calls, two residents at a time",
            "value": _percentile(arrivals, 0.5), "unit": "simulated s",
        },
        {
            "name": "QR scan → arrival, p95", "value": _percentile(arrivals, 0.95), "unit": "simulated s",
            "target": "≤ 120", "anchor": "pilot: under 2 min",
        },
        {"name": "QR scan → arrival, slowest", "value": max(arrivals), "unit": "simulated s"},
        {"name": "simulated seconds per second kept up", "value": clock.speed, "unit": "×", "target": f"{SPEED:g}"},
        {"name": "calls lost or failed", "value": lost, "unit": f"of {calls}", "target": "0"},
    ]  # fmt: skip
    for name in ("broker", "backend", "sim_bridge", "robot_01/navigation", "robot_01/robot"):
        figures.append({"name": f"memory of {name}", "value": memory[name], "unit": "MiB"})
        figures.append({"name": f"CPU of {name} over the run", "value": cpu[name], "unit": "CPU-s"})
    return figures


if __name__ == "__main__":
    for figure in run(int(sys.argv[1]) if len(sys.argv) > 1 else CALLS):
        sys.stdout.write(f"{figure}\n")
