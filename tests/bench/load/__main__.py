"""500 vehicles that speak true VDA 5050 against one backend: latency, cost of each part, and where it bends.

``./gangseo exec python tests/bench/load [ROBOTS …] [--postgresql] [--window S]`` measures and prints.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests" / "bench"), str(ROOT / "tests"), str(ROOT / "backend"), str(ROOT / "starter")]

from load import postgres  # noqa: E402 - after the path
from load.measure import Load, Result, measure, percentile  # noqa: E402


def _print(result: Result) -> None:
    out = sys.stdout
    out.write(f"== {result.robots} robots on {result.database}\n")
    for name, values in result.delays_ms.items():
        shares = " ".join(f"p{share * 100:g} {percentile(values, share):.1f}" for share in (0.5, 0.95, 0.99))
        out.write(f"  {name}: {shares} ms of {len(values)}\n")
    for name in ("step_ms", "cores", "memory_mb", "rates", "calls", "written"):
        values = getattr(result, name)
        out.write(f"  {name}: " + ", ".join(f"{key} {value:.3g}" for key, value in values.items()) + "\n")
    out.write(f"  others: {result.others_cores:.2f} cores; problems: {result.problems}\n")
    out.flush()


def main() -> int:
    """One or several sizes, printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("robots", nargs="*", type=int, default=[50])
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--warm", type=float, default=Load(0).warm_s)
    parser.add_argument("--window", type=float, default=Load(0).window_s)
    arguments = parser.parse_args()
    database = "postgresql" if arguments.postgresql and postgres.BINARIES else "sqlite"
    for robots in arguments.robots:
        _print(measure(Load(robots, database, arguments.warm, arguments.window)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
