"""The process of a robot: ``ros2 run gangseo_service robot``."""

from gangseo_patrol.eyes import RosEyes
from gangseo_robot.node import run_robot
from gangseo_service.roles import ROLES, combine
from gangseo_voice.speaker import make_speaker


def main() -> None:
    """Runs until SIGINT or SIGTERM."""
    run_robot(tuple(ROLES), combine, make_speaker, RosEyes)


if __name__ == "__main__":
    main()
