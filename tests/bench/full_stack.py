"""How many whole robots (navigation, robot, DDS) this machine carries in real time, and what one costs.

The pilot's park at real time: broker, backend, simulator, and two processes for each robot. As many residents as
robots call again and again, so that all of them drive. A size is carried while the simulated clock keeps up and no
robot misses a sense.
"""

import os
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "starter"), str(ROOT / "tests" / "e2e")]

from city_client import CityClient  # noqa: E402
from running_city.clock import SimClock  # noqa: E402
from running_city.machine import busy_s  # noqa: E402
from running_city.residents import Residents  # noqa: E402

from claims import free_port  # noqa: E402
from gangseo_starter.city import City, CityOptions  # noqa: E402
from gangseo_starter.layout import ROOT as LAYOUT  # noqa: E402

SIZES = tuple(int(word) for word in os.environ.get("GANGSEO_STACK_SIZES", "2 4 6 8").split())
WARM_S, WINDOW_S = 40.0, 60.0
KEEPS_UP = 0.98
"""Simulated seconds per second, at least."""
MISSED = {"navigation_lost", "sensor_lost", "no_progress", "robot_silent"}


@dataclass(frozen=True)
class Found:
    """One size: share of real time kept up, cores and MiB by kind of process, incidents that tell of misses."""

    robots: int
    speed: float
    cores: dict[str, float]
    memory: dict[str, float]
    machine: float
    missed: int
    served: int

    @property
    def carried(self) -> bool:
        """Whether everything kept up."""
        return self.speed >= KEEPS_UP and self.missed == 0

    def one_robot(self, of: dict[str, float]) -> float:
        """Of all processes of robots, divided by the robots."""
        return sum(of.get(kind, 0.0) for kind in ("navigation", "robot", "perception")) / self.robots


def _call_on(residents: Residents, over: threading.Event) -> None:
    """Looks twice a second until it is over."""
    while not over.wait(0.5):
        residents.call_when_free()


def _kind(name: str) -> str:
    return name.rsplit("/", maxsplit=1)[-1]


def _cpu(city: City) -> dict[int, tuple[str, float]]:
    found = {}
    for name, pid in city.processes().items():
        times = psutil.Process(pid).cpu_times()
        found[pid] = (_kind(name), times.user + times.system)
    return found


def measure(robots: int) -> Found:
    """Starts the city with so many robots and looks at it for a while."""
    with tempfile.TemporaryDirectory(prefix="gangseo-stack-") as data:
        options = CityOptions(
            Path(data), LAYOUT.world("magok_hanui"), robots, 1.0, free_port(), mqtt_port=free_port(), audio=False
        )
        city = City(LAYOUT, options)
        with city.running():
            city.wait_until_up()
            client = CityClient(city)
            over = threading.Event()
            residents = Residents(client, random.Random(robots), robots)
            calling = threading.Thread(target=_call_on, args=(residents, over), daemon=True)
            calling.start()
            time.sleep(WARM_S)
            before, busy, begin = _cpu(city), busy_s(), time.monotonic()
            with SimClock(Path(data)) as clock:
                time.sleep(WINDOW_S)
            after, passed_s = _cpu(city), time.monotonic() - begin
            machine = (busy_s() - busy) / passed_s
            memory: dict[str, float] = {}
            for name, pid in city.processes().items():
                kind = _kind(name)
                memory[kind] = memory.get(kind, 0.0) + psutil.Process(pid).memory_full_info().pss / 2**20
            over.set()
            calling.join(timeout=10)
            kinds = [item["kind"] for item in client.get("/api/fleet/incidents?limit=500")]
            served = sum(call["state"] == "served" for call in client.get("/api/recycling/calls?limit=500"))
    cores: dict[str, float] = {}
    for pid, (kind, spent_s) in after.items():
        cores[kind] = cores.get(kind, 0.0) + (spent_s - before.get(pid, (kind, 0.0))[1]) / passed_s
    missed = sum(kind in MISSED for kind in kinds)
    return Found(robots, clock.speed, cores, memory, machine, missed, served)


def run() -> list[dict[str, Any]]:
    """Larger and larger, until a size is not carried."""
    found: list[Found] = []
    for robots in SIZES:
        found.append(measure(robots))
        sys.stderr.write(f"{found[-1]}\n")
        if not found[-1].carried:
            break
    most = max((each.robots for each in found if each.carried), default=0)
    figures: list[dict[str, Any]] = [
        {"name": f"whole robots carried in real time on {os.cpu_count()} cores, all of them driving", "value": most,
         "unit": f"of {', '.join(str(each.robots) for each in found)} tried"},
    ]  # fmt: skip
    for each in found:
        title = f"with {each.robots} robots"
        figures += [
            {"name": f"simulated seconds per second, {title}", "value": each.speed, "unit": "×",
             "target": f"≥ {KEEPS_UP}"},
            {"name": f"incidents of a missed sense or a silent robot, {title}", "value": each.missed, "unit": "",
             "target": "0"},
            {"name": f"one robot, {title}", "value": each.one_robot(each.cores), "unit": "cores"},
            {"name": f"one robot, {title}, shared memory divided", "value": each.one_robot(each.memory),
             "unit": "MiB"},
            *(
                {"name": f"{kind}, {title}", "value": f"{each.cores.get(kind, 0.0):.2f} cores, "
                 f"{each.memory[kind]:.0f}", "unit": "MiB"}
                for kind in sorted(each.memory) if kind in {"broker", "backend", "sim_bridge"}
            ),
            {"name": f"the machine in all, {title}", "value": each.machine, "unit": f"of {os.cpu_count()} cores"},
        ]  # fmt: skip
    return figures


if __name__ == "__main__":
    for figure in run():
        sys.stdout.write(f"{figure}\n")
