"""``python -m gangseo_sim.warm_up``: compiles the engine's kernels once, so that the first simulator starts at once."""

import sys

import numpy as np

from gangseo_sim.engine.camera import photograph
from gangseo_sim.engine.core import DriveCommand, Engine
from gangseo_sim.engine.fleet import RobotStart
from gangseo_sim.engine.scene import Scene
from gangseo_sim.engine.world import PeopleLayout, World


def main() -> int:
    """Runs every kernel on a tiny world; numba keeps the machine code in its cache folder."""
    ground = PeopleLayout(2, (), (), (((5.0, 5.0), (9.0, 5.0), (9.0, 9.0)),))
    one = np.zeros(1, dtype=np.int64)
    wall, post = np.array([[3.0, -1.0, 3.0, 1.0]]), np.array([[0.0, 4.0, 0.5]])
    world = World("warm_up", wall, one, post, one, ("body",), ground, (), (), {})
    engine = Engine(world, [RobotStart("a", 0, 0, 0), RobotStart("b", 0, -3, 0)], 1)
    for _ in range(3):
        engine.advance(0.01, {"a": DriveCommand(0.5, 0.1)})
    engine.scan("a")
    nothing, nowhere = np.zeros((0, 3), dtype=np.uint8), np.zeros((1, 1, 3), dtype=np.uint8)
    empty = [np.zeros((0, width)) for width in (6, 5, 4)]
    scene = Scene(empty[0], nothing, empty[1], nothing, empty[2], nothing, nowhere, (0, 0, 0))
    photograph(scene, 0, np.zeros((2, 3)), np.zeros((0, 3)), np.zeros((0, 3)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
