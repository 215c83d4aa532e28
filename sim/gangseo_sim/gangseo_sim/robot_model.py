"""The robot's body for every simulator, from its xacro sources."""

from pathlib import Path

import xacro

from gangseo_sim.world_loader import WorldError

SIMULATORS = ("classic", "harmonic")


def models_folder() -> Path:
    """Where the xacro files lie: beside the sources, or in the package's share folder once installed.

    Raises:
        WorldError: nowhere.
    """
    package = Path(__file__).resolve().parent
    places = [
        package.parents[1] / "models",
        *(parent / "share" / "gangseo_sim" / "models" for parent in package.parents),
    ]
    for place in places:
        if (place / "gangseo_robot" / "body.xacro").is_file():
            return place
    raise WorldError("the robot's xacro files are not there; install gangseo_sim whole, or run from a checkout")


def robot_sdf(simulator: str, robot_id: str, pose: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> str:
    """SDF of one robot.

    Args:
        simulator: one of ``SIMULATORS``.
        robot_id: name of the model and first part of its topics.
        pose: x, y, heading in the world.

    Raises:
        WorldError: the xacro sources are absent or broken.
    """
    if simulator not in SIMULATORS:
        raise WorldError(f"no robot for a simulator {simulator!r}; there are {', '.join(SIMULATORS)}")
    x, y, theta = pose
    values = {"simulator": simulator, "robot_id": robot_id, "pose": f"{x:g} {y:g} 0 0 0 {theta!r}"}
    return _expanded("robot.sdf.xacro", values)


def robot_urdf() -> str:
    """URDF of the robot, frames without prefix.

    Raises:
        WorldError: the xacro sources are absent or broken.
    """
    return _expanded("robot.urdf.xacro", {})


def _expanded(name: str, values: dict[str, str]) -> str:
    file = models_folder() / "gangseo_robot" / name
    try:
        document = xacro.process_file(str(file), mappings=values)
    except (xacro.XacroException, OSError) as error:
        raise WorldError(f"{file}: cannot be expanded ({error})") from error
    text: str = document.documentElement.toprettyxml(indent="  ")
    return '<?xml version="1.0"?>\n' + "\n".join(line for line in text.splitlines() if line.strip()) + "\n"
