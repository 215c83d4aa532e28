"""What a simulated camera costs, and how large its pictures are on the wire: ``python tests/bench/camera_speed.py``."""

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from gangseo_patrol.jpeg import jpeg_of
from gangseo_sim.engine.camera import photograph
from gangseo_sim.engine.scene import read_scene
from gangseo_sim.engine.world import read_world
from gangseo_sim.generate import generate

ROOT = Path(__file__).resolve().parents[2]
ROBOTS, PEOPLE, TURNS = 10, 30, 4


def run() -> list[dict[str, Any]]:
    """Figures with name, value, unit and target, over places and headings all over the park."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(ROOT / "sim" / "worlds" / "magok_hanui.yaml", folder)
        scene, world = read_scene(folder), read_world(folder)
    nodes = np.array(world.people.nodes)
    random = np.random.default_rng(1)
    people = np.column_stack((random.choice(nodes, PEOPLE), np.full(PEOPLE, 0.25)))
    others = np.column_stack((random.choice(nodes, ROBOTS - 1), random.uniform(-3, 3, ROBOTS - 1)))
    took_ms, sizes = [], []
    for x, y in nodes:
        for turn in range(TURNS):
            poses = np.vstack(([x, y, turn * 2 * np.pi / TURNS], others))
            started = time.thread_time()
            picture = photograph(scene, 0, poses, people, np.zeros((0, 3)))
            took_ms.append(1000 * (time.thread_time() - started))
            sizes.append(len(jpeg_of(picture)) / 1000)
    took_ms = took_ms[1:]
    return [
        _figure("one picture, 320 × 240, 10 robots and 30 people: median", median(took_ms), "ms of a core"),
        _figure("the same: p99", float(np.quantile(took_ms, 0.99)), "ms of a core"),
        _figure("one robot that looks round, 1 picture a second", median(took_ms) / 10, "% of a core", "≤ 2"),
        _figure("picture as JPEG: median", median(sizes), "kB"),
        _figure("picture as JPEG: largest", max(sizes), "kB", "≤ 200"),
    ]


def _figure(name: str, value: float, unit: str, target: str = "") -> dict[str, Any]:
    return {"name": name, "value": round(value, 2), "unit": unit, "target": target}


if __name__ == "__main__":
    for figure in run():
        sys.stdout.write(f"{figure['name']:<60} {figure['value']:>8} {figure['unit']}\n")
