"""``python -m lockstep``: runs a city and prints what happened."""

import argparse
import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from lockstep.city import CityOptions, city
from lockstep.link import Conditions
from lockstep.picture import draw_trails
from lockstep.record import table
from lockstep.residents import ClosedLoop, Crowd, poisson

ROOT = Path(__file__).resolve().parents[2]
WORLD = ROOT / ".gangseo" / "worlds" / "magok_hanui"


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lockstep", description=__doc__)
    parser.add_argument("--robots", type=int, default=2)
    parser.add_argument("--people", type=int, default=None, help="walking people; default: as the world says")
    parser.add_argument("--calls", type=int, default=10)
    parser.add_argument("--residents", type=int, default=2, help="how many call again and again")
    parser.add_argument("--pause", type=float, default=20.0, help="seconds from served to the next call")
    parser.add_argument("--per-hour", type=float, default=None, help="calls at random moments instead of residents")
    parser.add_argument("--hours", type=float, default=10.0, help="simulated hours at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--world", type=Path, default=WORLD, help="generated world folder")
    parser.add_argument("--step", type=float, default=0.025, help="the engine's step in s")
    parser.add_argument("--loss", type=float, default=0.0, help="share of messages lost")
    parser.add_argument("--delay", type=float, default=0.02, help="most seconds a message takes")
    parser.add_argument("--doubled", type=float, default=0.0, help="share of messages that come twice")
    parser.add_argument("--schema-dir", type=Path, default=None, help="check all messages by the official schemas")
    parser.add_argument("--picture", type=Path, default=None, help="PNG of where the robots drove")
    parser.add_argument("--json", type=Path, default=None, help="file for the whole record")
    parser.add_argument("--slow", type=float, default=None, help="list calls that waited longer than so many seconds")
    parser.add_argument("--profile", action="store_true", help="where the computing time went")
    return parser.parse_args(given)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 1 when somebody was touched, the law was broken or a call did not end well."""
    given = _arguments(arguments)
    if not (given.world / "site.json").is_file():
        sys.stderr.write(f"{given.world}: no generated world here; run ./gangseo test --fast or gangseo_sim.generate\n")
        return 2
    conditions = Conditions((min(0.02, given.delay), given.delay), given.loss, given.doubled)
    profile = cProfile.Profile() if given.profile else None
    with tempfile.TemporaryDirectory(prefix="lockstep-", dir=_quick_folder()) as folder:
        options = CityOptions(
            given.world, Path(folder), robots=given.robots, seed=given.seed, people=given.people, step_s=given.step,
            conditions=conditions, schema_dir=given.schema_dir,
        )  # fmt: skip
        with city(options) as park:
            crowd: Crowd = (
                poisson(park.fleet.spots, given.calls, given.per_hour, given.seed)
                if given.per_hour
                else ClosedLoop(park.fleet.spots, given.calls, given.residents, given.pause, given.seed)
            )
            begin, begin_cpu = time.perf_counter(), time.process_time()
            if profile:
                profile.enable()
            record = park.run(crowd, given.hours * 3600.0)
            if profile:
                profile.disable()
            wall_s, cpu_s = time.perf_counter() - begin, time.process_time() - begin_cpu
            if given.picture:
                draw_trails(park, given.picture)
    sys.stdout.write(table(record, wall_s, cpu_s) + "\n")
    for call in record.calls if given.slow is not None else ():
        if (call.arrival_s or 1e9) > given.slow:
            sys.stdout.write(f"{call}\n")
    if given.json:
        given.json.write_text(record.to_json())
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)
    ended_well = set(record.ends) <= {"served", "canceled"}
    return int(bool(record.contacts or record.breaches or not ended_well))


def _quick_folder() -> str | None:
    """Memory instead of a disk, where the system has it: journals wait for their disk at every change."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() else None


if __name__ == "__main__":
    sys.exit(main())
