"""The same town on a clock that jumps: what one step of the planner costs, whatever else the machine does.

The backend is the real one, stepped instead of threaded; messages go as JSON through its own parser, without a broker.
"""

import asyncio
import gc
import random
import selectors
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Never

from gangseo_backend.core.clock import ManualClock
from gangseo_protocol.site import RobotHome, Site
from gangseo_protocol.topics import TopicName
from load.town import build_town
from load.vehicles import TownVehicle
from lockstep.fleet import LockstepFleet
from lockstep.link import LockstepLink

TICK_S = 0.1
WARM_S = 60.0


class _JumpingSelector(selectors.SelectSelector):
    """Instead of waiting, time moves on."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        self.now_s += max(0.0, timeout or 0.0)
        return super().select(0)


class _JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop on such a clock."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now_s


class _RehearsalVehicle(TownVehicle):
    """A vehicle whose messages go to the fleet by hand."""

    def __init__(self, site: Site, home: RobotHome, node_id: str, link: LockstepLink) -> None:
        super().__init__(site, home.robot_id, 0, [], node_id=node_id)
        self._link = link
        link.attach(
            self.robot_id, lambda name, payload, _now: self._hear(name, payload), lambda _up: None, lambda _drive: None
        )

    async def _session(self) -> Never:
        self._link.connect(self.robot_id)
        self._changed.set()
        await self._speak()
        raise AssertionError("a vehicle speaks for ever")

    async def _tell(self, name: TopicName, text: str) -> None:
        self._link.send(self.robot_id, name, text)


def rehearse(robots: int, window_s: float, calls_of_robot_hour: float) -> list[float]:
    """Milliseconds of CPU of each step of the planner in a window of robot time."""
    with tempfile.TemporaryDirectory(prefix="gangseo-load-") as name, asyncio.Runner(loop_factory=_JumpingLoop) as loop:
        return loop.run(_run(Path(name), build_town(robots), window_s, calls_of_robot_hour))


async def _run(folder: Path, site: Site, window_s: float, calls_of_robot_hour: float) -> list[float]:
    site_file = folder / "site.json"
    site_file.write_text(site.to_json(), encoding="utf-8")
    clock = ManualClock(datetime.now(UTC))
    fleet = LockstepFleet(folder, site_file, clock, seed=1)
    took_ms = _timed_steps(fleet)
    nodes = {station.station_id: station.node_id for station in site.stations}
    vehicles = [_RehearsalVehicle(site, home, nodes[home.charger_id], fleet.link) for home in site.robots]
    tasks = [asyncio.create_task(vehicle.run()) for vehicle in vehicles]
    residents = _Residents(fleet, len(vehicles) * calls_of_robot_hour / 3600.0)

    async def pass_time(until_s: float) -> None:
        while clock.monotonic() < until_s:
            await asyncio.sleep(TICK_S)
            clock.advance(TICK_S)
            fleet.link.deliver()
            residents.call(TICK_S)
            fleet.step()
            for task in tasks:
                if task.done():
                    task.result()

    await pass_time(WARM_S)
    took_ms.clear()
    # The real backend freezes its heap, too; here the vehicles share it.
    gc.collect()
    gc.freeze()
    await pass_time(WARM_S + window_s)
    gc.unfreeze()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    fleet.close()
    return took_ms


def _timed_steps(fleet: LockstepFleet) -> list[float]:
    planner = fleet.backend.fleet.planner
    step, took_ms = planner.step, []

    def timed() -> None:
        begin = time.thread_time()
        step()
        took_ms.append((time.thread_time() - begin) * 1000.0)

    planner.step = timed
    return took_ms


class _Residents:
    """Calls from benches drawn at random."""

    def __init__(self, fleet: LockstepFleet, calls_of_s: float) -> None:
        self._fleet = fleet
        self._calls_of_s = calls_of_s
        self._draw = random.Random(1)
        self._busy: dict[str, str] = {}

    def call(self, passed_s: float) -> None:
        """Those who call in this moment."""
        for stage in self._fleet.stages:
            if stage.stage in {"finished", "failed", "canceled"}:
                self._busy.pop(stage.call_id, None)
        self._fleet.stages.clear()
        for _ in range(self._poisson(self._calls_of_s * passed_s)):
            free = sorted(set(self._fleet.spots) - set(self._busy.values()))
            if free:
                spot = self._draw.choice(free)
                self._busy[self._fleet.call(spot).id] = spot

    def _poisson(self, mean: float) -> int:
        count, left = 0, mean
        while (left := left - self._draw.expovariate(1.0)) > 0.0:
            count += 1
        return count
