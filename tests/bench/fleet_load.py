"""Five hundred VDA 5050 vehicles without physics against one backend and one broker; see ``load/``."""

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "bench"), str(ROOT / "tests"), str(ROOT / "backend"), str(ROOT / "starter")]

from load import postgres  # noqa: E402 - after the path
from load.measure import Load, Result, measure, percentile  # noqa: E402

SIZES = tuple(int(word) for word in os.environ.get("GANGSEO_LOAD_SIZES", "50 200 500").split())
REACH = {"state": "p95 < 250 with 200", "burst": "p99 < 1000", "command": "p99 < 100"}
ANCHOR = {
    "state": "prototype 116 ms", "burst": "Open-RMF: about 110 s by its own code",
    "command": "up to 951 ms by the common pattern",
}  # fmt: skip
NAMES = {
    "state": "state at the robot → at the console", "visualization": "pose at the robot → at the console",
    "decided": "call → a robot, or why none", "assigned": "call → a robot", "burst": "50 calls at once → each decided",
    "command": "command → acknowledged", "answer": "GET /healthz",
    "echo": "floor: the broker alone, there and back",
}  # fmt: skip


def run() -> list[dict[str, Any]]:
    """Each size on SQLite, the largest on PostgreSQL too where it is here."""
    loads = [Load(size) for size in SIZES]
    if postgres.BINARIES:
        loads.append(Load(SIZES[-1], "postgresql"))
    figures: list[dict[str, Any]] = []
    for load in loads:
        result = measure(load)
        sys.stderr.write(f"{result}\n"[:2000])
        figures += _figures(result)
    return figures


def _rate(result: Result, key: str) -> float:
    return result.written[key] / result.written["passed_s"] / 1000.0


def _figures(result: Result) -> list[dict[str, Any]]:
    title = f"{result.robots} vehicles, {result.database}"
    figures: list[dict[str, Any]] = []
    for key, values in result.delays_ms.items():
        if not values:
            continue
        shares = ", ".join(f"{percentile(values, share):.0f}" for share in (0.5, 0.95, 0.99))
        figures.append(
            {"name": f"{NAMES.get(key, key)}, p50, p95, p99 of {len(values)} ({title})", "value": shares,
             "unit": "ms", "target": REACH.get(key, ""), "anchor": ANCHOR.get(key, "")}
        )  # fmt: skip
    parts = ", ".join(f"{key} {value:.2f}" for key, value in result.cores.items())
    memory = ", ".join(f"{key} {value:.0f}" for key, value in result.memory_mb.items())
    step = result.step_ms
    figures += [
        {"name": f"cores by process ({title})", "value": parts, "unit": ""},
        {"name": f"memory by process ({title})", "value": memory, "unit": "MB"},
        {"name": f"planner's step p50, p99; steps a second ({title})",
         "value": f"{step['p50']:.0f}, {step['p99']:.0f}; {step['per_s']:.1f}", "unit": "ms"},
        {"name": f"calls made, undecided, served, failed in the window ({title})",
         "value": ", ".join(f"{result.calls[key]:.0f}" for key in ("made", "undecided", "served", "failed")),
         "unit": ""},
        {"name": f"broker, messages in and out ({title})",
         "value": f"{result.rates['broker in_msgs']:.0f}, {result.rates['broker out_msgs']:.0f}", "unit": "a second"},
        {"name": f"database, log written and size gained ({title})",
         "value": f"{_rate(result, 'log_bytes'):.0f}, {_rate(result, 'size_bytes'):.0f}", "unit": "kB a second"},
        {"name": f"warnings and errors ({title})", "value": "; ".join(result.problems) or "none", "unit": ""},
    ]  # fmt: skip
    return figures


if __name__ == "__main__":
    for figure in run():
        sys.stdout.write(f"{figure}\n")
