"""A busy hour of the whole district: residents, shops and patrols at once, many robots, many people."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

from gangseo_sim.generate import generate
from lockstep.city import LockstepCity
from lockstep.deliveries import Deliveries
from lockstep.record import CityRecord
from lockstep.residents import ClosedLoop

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "sim" / "worlds" / "magok_district.yaml"
WORLD = ROOT / ".gangseo" / "worlds" / "magok_district"
DRAIN_S = 1200.0
"""Simulated seconds that calls under way are given to end after the last may begin."""
TOLD_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of the fleet: for how long, residents who call again and again, shops that send."""

    seconds: float = 3600.0
    residents: int = 20
    pause_s: float = 60.0
    shop_pause_s: float = 240.0
    seed: int = 1


def district_folder() -> Path:
    """The generated district, made anew when its source is newer."""
    site = WORLD / "site.json"
    if not site.is_file() or site.stat().st_mtime < SOURCE.stat().st_mtime:
        generate(SOURCE, WORLD)
    return WORLD


def live(park: LockstepCity, load: Load, *, tell: bool = False) -> CityRecord:
    """Lives through the load and until everything asked for has ended, at most ``DRAIN_S`` longer.

    Args:
        park: a fresh city.
        load: what is asked.
        tell: whether to print a line each simulated minute.
    """
    crowd = ClosedLoop(park.fleet.spots, sys.maxsize, load.residents, load.pause_s, load.seed)
    park.crowd = crowd
    shops = [station.station_id for station in park.site.stations if station.kind == "shop"]
    deliveries = Deliveries(
        park.fleet.backend.delivery, park.engine, shops, park.fleet.spots, park.engine.time_s + load.seconds,
        park.fleet.wake, park.recorder.asked, pause_s=load.shop_pause_s, seed=load.seed,
    )  # fmt: skip
    told_s, begin = 0.0, time.perf_counter()
    while park.now_s < load.seconds + DRAIN_S:
        open_calls = park.recorder.open_calls
        if park.now_s < load.seconds:
            for spot_id in crowd.due(park.now_s, frozenset(open_calls.values())):
                park.call(spot_id)
        elif not open_calls:
            break
        deliveries.look()
        park.cycle()
        if tell and park.now_s >= told_s + TOLD_EVERY_S:
            told_s = park.now_s
            watch = park.recorder.watch
            sys.stdout.write(
                f"{park.now_s:5.0f} s after {time.perf_counter() - begin:4.0f} s: {len(park.recorder.calls)} asked, "
                f"{len(open_calls)} open, contacts {len(watch.contacts)}, law {len(watch.breaches)}, "
                f"stand-offs {len(watch.stand_offs)}, longest {watch.longest_s:.0f} s, "
                f"for another's work {watch.longest_queue_s:.0f} s {watch.stand_offs[-3:] or ''}\n"
            )
            sys.stdout.flush()
    return park.record()
