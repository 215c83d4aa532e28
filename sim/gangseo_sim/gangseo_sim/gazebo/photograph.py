"""``python -m gangseo_sim.gazebo.photograph WORLD_DIR OUT X Y HEADING``: what a robot there sees in Gazebo Classic."""

import argparse
import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from gangseo_sim.engine.core import DriveCommand, Engine, starts_at_home
from gangseo_sim.engine.errors import EngineError
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.world import WorldReadError, read_world
from gangseo_sim.gazebo.physics import GazeboPhysics
from gangseo_sim.gazebo.process import gazebo_folder
from gangseo_sim.gazebo.world_file import CameraView

STEP_S = 0.01
SETTLED_S = 1.0


def photograph(
    world_dir: Path, places: list[RobotStart], people: int, view: CameraView, film_s: float = 0.0
) -> list[NDArray[np.uint8]]:
    """Pictures (height x width x 3, BGR) from the first place; the second robot drives ahead while a film is made.

    Args:
        world_dir: generated world.
        places: the camera first, then robots to be seen.
        people: walking people.
        view: size and rate.
        film_s: simulated seconds of the film; 0 for one picture.

    Raises:
        EngineError: Gazebo cannot be started.
        WorldReadError: the world's folder cannot be used.
    """
    world = read_world(world_dir)
    physics = GazeboPhysics(gazebo_folder(), world_dir, places, people, camera=view)
    engine = Engine(world, places, 1, people=people, physics=physics)
    moving = {places[1].robot_id: DriveCommand(0.9, 0.0)} if film_s > 0.0 else {}
    pictures = []
    try:
        for _ in range(max(1, round(film_s * view.rate_hz))):
            for _ in range(round((1.0 / view.rate_hz if film_s > 0.0 else SETTLED_S) / STEP_S)):
                engine.advance(STEP_S, moving)
            pictures.append(cv2.cvtColor(engine.camera(places[0].robot_id), cv2.COLOR_RGB2BGR).astype(np.uint8))
    finally:
        engine.close()
    return pictures


def save(pictures: list[NDArray[np.uint8]], out: Path, rate_hz: float) -> None:
    """Writes a picture, or several as a film (WebP)."""
    if len(pictures) == 1:
        cv2.imwrite(str(out), pictures[0])
        return
    film = cv2.Animation()
    film.frames = pictures
    film.durations = [round(1000.0 / rate_hz)] * len(pictures)
    cv2.imwriteanimation(str(out), film, [cv2.IMWRITE_WEBP_QUALITY, 60])


def main() -> int:
    """Command line; 2 with one line where no picture can be taken."""
    parser = argparse.ArgumentParser(prog="python -m gangseo_sim.gazebo.photograph", description=__doc__)
    parser.add_argument("world", type=Path, help="folder of a generated world")
    parser.add_argument("out", type=Path, help="PNG or WebP to write")
    parser.add_argument("x", type=float)
    parser.add_argument("y", type=float)
    parser.add_argument("heading", type=float, help="rad")
    parser.add_argument("--beside", type=float, nargs=3, metavar=("X", "Y", "HEADING"), help="another robot in view")
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--size", type=int, nargs=2, default=(1280, 720), metavar=("WIDTH", "HEIGHT"))
    parser.add_argument("--film", type=float, default=0.0, metavar="SECONDS", help="a WebP film; needs --beside")
    given = parser.parse_args()
    if given.film > 0.0 and not given.beside:
        parser.error("--film needs --beside: somebody must drive")
    places = [RobotStart("camera", given.x, given.y, given.heading)]
    if given.beside:
        places.append(RobotStart("robot", *given.beside))
    try:
        world = read_world(given.world)
        places += starts_at_home(world, list(world.homes)[:4])
        view = CameraView(given.size[0], given.size[1], 5.0)
        save(photograph(given.world, places, given.people, view, given.film), given.out, view.rate_hz)
    except (EngineError, WorldReadError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
