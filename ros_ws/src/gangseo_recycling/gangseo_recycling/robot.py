"""The process of a recycling robot: ``ros2 run gangseo_recycling robot``."""

from gangseo_protocol.actions import STREAMS
from gangseo_recycling.steps import RECYCLING_STEPS
from gangseo_robot.node import Role, run_robot
from gangseo_voice.speaker import make_speaker


def main() -> None:
    """Runs until SIGINT or SIGTERM."""
    run_robot(Role(steps=RECYCLING_STEPS, loads=STREAMS, make_voice=make_speaker))


if __name__ == "__main__":
    main()
