"""Gazebo Classic behind the engine: speed against robots, and how far it is from our own physics."""

import math
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from gangseo_sim.engine.core import DriveCommand, Engine
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.world import World, read_world
from gangseo_sim.gazebo.physics import GazeboPhysics
from gangseo_sim.gazebo.process import gazebo_folder
from gangseo_sim.gazebo.world_file import CameraView
from gangseo_sim.generate import generate

ROOT = Path(__file__).resolve().parents[2]
STEP_S = 0.01
SIMULATED_S = 10.0
PEOPLE = 20
OPEN_GROUND = (175.4, 123.5)
"""Nothing solid within 13 m."""
ANCHOR = "DESIGN.md section 4: 10 robots at 6 to 13 times real time"


def _engine(
    world: World, folder: Path, starts: list[RobotStart], people: int, view: CameraView | None = None
) -> Engine:
    physics = GazeboPhysics(gazebo_folder(), folder, starts, people, camera=view)
    return Engine(world, starts, 1, people=people, physics=physics, slip=0.0, lidar_noise_m=0.0)


def _spread(world: World, robots: int) -> list[RobotStart]:
    nodes = [world.people.nodes[a] for a, _, _ in world.people.edges]
    places = nodes[:: max(1, len(nodes) // robots)][:robots]
    return [RobotStart(f"r{k}", x, y, 0.4 * k) for k, (x, y) in enumerate(places)]


def _run(engine: Engine, simulated_s: float, speed: float, turn: float) -> float:
    """Simulated seconds per wall second with 10 Hz lidar of every robot."""
    commands = {name: DriveCommand(speed, turn) for name in engine.robot_ids}
    began = time.perf_counter()
    for step in range(round(simulated_s / STEP_S)):
        engine.advance(STEP_S, commands if step % 5 == 0 else {})
        for index, name in enumerate(engine.robot_ids):
            if (step + index) % 10 == 0:
                engine.scan(name)
    return simulated_s / (time.perf_counter() - began)


def _speeds(world: World, folder: Path) -> list[dict[str, Any]]:
    figures = []
    for robots in (1, 2, 5, 10):
        began = time.perf_counter()
        engine = _engine(world, folder, _spread(world, robots), PEOPLE)
        _run(engine, 0.5, 0.0, 0.0)
        if robots == 1:
            figures.append(_figure("Gazebo started, world loaded, first half second", time.perf_counter() - began, "s"))
        factor = _run(engine, SIMULATED_S, 0.8, 0.4)
        engine.close()
        name = f"real-time factor, {robots} robot{'s' * (robots > 1)} and {PEOPLE} people, 1 ms physics, 10 Hz lidar"
        figures.append(_figure(name, factor, "×", "≥ 1", ANCHOR if robots == 10 else ""))
    engine = _engine(world, folder, _spread(world, 1), PEOPLE, CameraView(640, 480, 10.0))
    factor = _run(engine, 3.0, 0.8, 0.4)
    engine.close()
    return [*figures, _figure("real-time factor, 1 robot with camera 640 × 480 at 10 Hz, no GPU", factor, "×")]


def _lidar_errors(engine: Engine, own: Engine, world: World, poses: int) -> tuple[float, float, int]:
    """Largest and median difference of beams in metres, and how many beams only one of them hits."""
    draw = np.random.default_rng(7)
    found, grazed = [], 0
    for _ in range(poses):
        a, b, _ = world.people.edges[int(draw.integers(len(world.people.edges)))]
        share = draw.uniform()
        x, y = np.array(world.people.nodes[a]) * (1 - share) + np.array(world.people.nodes[b]) * share
        for each in (engine, own):
            each.set_robot("r", pose=(float(x), float(y), float(draw.uniform(-3, 3))))
        theirs = engine.scan("r")
        own.set_robot("r", pose=(engine.robot("r").x, engine.robot("r").y, engine.robot("r").theta))
        ours = own.scan("r")
        both = np.isfinite(theirs) & np.isfinite(ours)
        apart = np.abs(theirs[both] - ours[both])
        grazed += int((np.isfinite(theirs) != np.isfinite(ours)).sum() + (apart > 0.3).sum())
        found.append(apart[apart <= 0.3])
    errors = np.concatenate(found)
    return float(errors.max()), float(np.median(errors)), grazed


def _stops(engine: Engine) -> tuple[float, float, float]:
    """Where 3 s at 1.0 m/s and a stop end, along and across, and the angle after 3 s of turning at 0.6 rad/s."""
    engine.set_robot("r", pose=(*OPEN_GROUND, 0.0))
    for speed, turn, seconds in ((0.0, 0.0, 0.5), (1.0, 0.0, 3.0), (0.0, 0.0, 2.0)):
        _run(engine, seconds, speed, turn)
    straight = engine.robot("r")
    _run(engine, 3.0, 0.0, 0.6)
    turned = math.remainder(engine.robot("r").theta - straight.theta, 2 * math.pi)
    return straight.x - OPEN_GROUND[0], straight.y - OPEN_GROUND[1], turned


def _agreement(world: World, folder: Path) -> list[dict[str, Any]]:
    starts = [RobotStart("r", *OPEN_GROUND, 0.0)]
    engine = _engine(world, folder, starts, 0)
    own = Engine(world, starts, 1, people=0, slip=0.0, lidar_noise_m=0.0)
    largest, median, grazed = _lidar_errors(engine, own, world, 75)
    (along, across, turned), (own_along, _, own_turned) = _stops(engine), _stops(own)
    engine.close()
    return [
        _figure("lidar, largest difference to our own, 75 poses", largest * 1000, "mm", "< 10"),
        _figure("lidar, median difference", median * 1000, "mm"),
        _figure("lidar, beams of 27,000 that only one of them hits", grazed, "beams"),
        _figure(
            "1.0 m/s for 3 s and stop: end along the way, against our own", (along - own_along) * 1000, "mm", "< 5"
        ),
        _figure("the same, across the way", across * 1000, "mm", "< 5"),
        _figure(
            "0.6 rad/s for 3 s: turned less than our own (tyres scrub)", (1 - turned / own_turned) * 100, "%", "< 8"
        ),
    ]


def run() -> list[dict[str, Any]]:
    """Figures with name, value, unit, target and anchor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(ROOT / "sim" / "worlds" / "magok_hanui.yaml", folder)
        world = read_world(folder)
        figures = _speeds(world, folder) + _agreement(world, folder)
    return [*figures, _figure("load of the machine meanwhile", os.getloadavg()[0], "processes on 2 cores")]


def _figure(name: str, value: float, unit: str, target: str = "", anchor: str = "") -> dict[str, Any]:
    return {"name": name, "value": round(value, 4), "unit": unit, "target": target, "anchor": anchor}
