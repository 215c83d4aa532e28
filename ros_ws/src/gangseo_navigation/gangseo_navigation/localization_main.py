"""Localization alone, for robots that Nav2 drives: the place of amcl in a park with satellite positions."""

# mypy: disable-error-code="no-untyped-call"

import sys

import rclpy
from lifecycle_msgs.msg import State
from lifecycle_msgs.srv import GetState
from nav_msgs.msg import Odometry
from rclpy.node import Node

from gangseo_navigation.localization import Localization, LocalizationLimits
from gangseo_navigation.messages import pose_of, seconds
from gangseo_navigation.spinning import executor_of
from gangseo_navigation.whereabouts import Whereabouts


class LocalizationNode(Node):
    """Named ``amcl``, since that is whom Nav2's clients ask whether the robot knows where it is."""

    def __init__(self) -> None:
        super().__init__("amcl")
        self._localization = Localization(LocalizationLimits())
        self._whereabouts = Whereabouts(self, self._localization)
        self.create_subscription(Odometry, "odom", self._on_odom, 10)
        self.create_service(GetState, "amcl/get_state", self._get_state)

    def _on_odom(self, message: Odometry) -> None:
        self._localization.drive(seconds(message.header.stamp), pose_of(message.pose.pose))

    @staticmethod
    def _get_state(_: GetState.Request, response: GetState.Response) -> GetState.Response:
        response.current_state = State(id=State.PRIMARY_STATE_ACTIVE, label="active")
        return response


def main() -> int:
    """Runs until it is told to stop."""
    rclpy.init(args=sys.argv)
    with executor_of(LocalizationNode()) as executor:
        executor.spin()
    return 0
