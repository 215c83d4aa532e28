"""Simulator speed against robots, and its memory: ``python tests/bench/sim_speed.py``."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from gangseo_sim.engine.core import DriveCommand, Engine
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.world import World, read_world
from gangseo_sim.generate import generate

ROOT = Path(__file__).resolve().parents[2]
STEP_S = 0.01
SIMULATED_S = 20.0
ANCHOR = "DESIGN.md section 5: 30 robots and 30 people at 10 times real time per core"
MEMORY_ANCHOR = "DESIGN.md section 4: 36 MB for a bare numpy engine; numba and its compiler are the rest"


def _engine(world: World, robots: int) -> Engine:
    """Robots in the park's middle, each turning and driving on its own spot of the loop."""
    nodes = [world.people.nodes[a] for a, _, _ in world.people.edges]
    places = nodes[:: max(1, len(nodes) // robots)][:robots]
    starts = [RobotStart(f"r{k}", x, y, 0.4 * k) for k, (x, y) in enumerate(places)]
    return Engine(world, starts, 1, people=30)


def _factor(world: World, robots: int) -> float:
    """Simulated seconds per second of one core: 100 Hz motion, 10 Hz lidar and 20 Hz state of every robot."""
    engine = _engine(world, robots)
    engine.step(STEP_S, {})
    engine.scan("r0")
    commands = {name: DriveCommand(0.8, 0.4) for name in engine.robot_ids}
    started = time.process_time()
    for step in range(round(SIMULATED_S / STEP_S)):
        engine.advance(STEP_S, commands if step % 5 == 0 else {})
        for index, name in enumerate(engine.robot_ids):
            if (step + index) % 10 == 0:
                engine.scan(name)
            if (step + index) % 5 == 0:
                engine.robot(name)
    return SIMULATED_S / (time.process_time() - started)


def _memory_mb(folder: Path, robots: int) -> float:
    """Resident memory of a fresh process that runs the engine."""
    code = (
        "import sys, psutil; sys.path.insert(0, sys.argv[1]); import sim_speed as s; from pathlib import Path; "
        "e = s._engine(s.read_world(Path(sys.argv[2])), int(sys.argv[3])); e.step(0.01, {}); e.scan('r0'); "
        "print(psutil.Process().memory_info().rss / 1e6)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent), str(folder), str(robots)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def run() -> list[dict[str, Any]]:
    """Figures with name, value, unit, target and anchor."""
    figures: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        started = time.perf_counter()
        generate(ROOT / "sim" / "worlds" / "magok_hanui.yaml", folder)
        figures.append(
            _figure("world generated", time.perf_counter() - started, "s", "< 3", "own target: generated in under 3 s")
        )
        world = read_world(folder)
        figures += [
            _figure(
                f"simulator speed, {n} robots and 30 people", _factor(world, n), "× real time per core", "≥ 10", ANCHOR
            )
            for n in (2, 10, 30)
        ]
        figures += [
            _figure(f"engine memory, {n} robots and 30 people", _memory_mb(folder, n), "MB", "≤ 250", MEMORY_ANCHOR)
            for n in (2, 30)
        ]
    return figures


def _figure(name: str, value: float, unit: str, target: str, anchor: str) -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "unit": unit, "target": target, "anchor": anchor}


if __name__ == "__main__":
    for figure in run():
        sys.stdout.write(f"{figure['name']:<45} {figure['value']:>9} {figure['unit']:<22} target {figure['target']}\n")
    sys.stdout.write(f"this process {psutil.Process().memory_info().rss / 1e6:.0f} MB\n")
