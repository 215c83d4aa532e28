"""Localization on topics: position fixes in, ``amcl_pose`` and ``map -> odom`` out, as Nav2's amcl does."""

# mypy: disable-error-code="no-untyped-call"

import numpy as np
from geometry_msgs.msg import PoseWithCovarianceStamped
from numpy.typing import NDArray
from rclpy.node import Node
from rclpy.qos import DurabilityPolicy, QoSProfile
from tf2_msgs.msg import TFMessage

from gangseo_navigation.localization import Localization
from gangseo_navigation.messages import pose_message, pose_of, seconds, transform_message

PLANE = (0, 1, 5)
"""Rows of x, y and heading in a 6 x 6 covariance."""
LATCHED = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)


class Whereabouts:
    """Feeds a localization with ``gnss/pose`` and ``initialpose`` and tells what it thinks."""

    def __init__(self, node: Node, localization: Localization) -> None:
        self._node, self._localization = node, localization
        self._tf = node.create_publisher(TFMessage, "tf", 100)
        self._amcl_pose = node.create_publisher(PoseWithCovarianceStamped, "amcl_pose", LATCHED)
        node.create_subscription(PoseWithCovarianceStamped, "gnss/pose", self._on_fix, 10)
        node.create_subscription(PoseWithCovarianceStamped, "initialpose", self._on_initial_pose, 10)

    def _on_fix(self, message: PoseWithCovarianceStamped) -> None:
        self._localization.fix(seconds(message.header.stamp), pose_of(message.pose.pose), _covariance(message))
        self._tell(message.header.stamp)

    def _on_initial_pose(self, message: PoseWithCovarianceStamped) -> None:
        self._localization.reset(pose_of(message.pose.pose), _covariance(message))
        self._tell(self._node.get_clock().now().to_msg())

    def _tell(self, stamp: object) -> None:
        localization = self._localization
        if localization.pose is None:
            return
        message = PoseWithCovarianceStamped()
        message.header.frame_id, message.header.stamp = "map", stamp
        message.pose.pose = pose_message(localization.pose)
        covariance = np.zeros((6, 6))
        covariance[np.ix_(PLANE, PLANE)] = localization.covariance
        message.pose.covariance = covariance.ravel()
        self._amcl_pose.publish(message)
        transform = localization.map_to_odom
        if transform is not None:
            self._tf.publish(TFMessage(transforms=[transform_message(transform, "map", "odom", stamp)]))


def _covariance(message: PoseWithCovarianceStamped) -> NDArray[np.float64]:
    return np.asarray(message.pose.covariance, np.float64).reshape(6, 6)[np.ix_(PLANE, PLANE)]
