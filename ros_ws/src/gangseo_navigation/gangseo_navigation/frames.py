"""Poses of goals, brought into the map frame."""

import math

from geometry_msgs.msg import PoseStamped

from gangseo_navigation.geometry import Pose
from gangseo_navigation.messages import pose_of
from gangseo_navigation.pilot import Pilot


class FrameError(ValueError):
    """A pose is in a frame nobody knows, or is no pose."""


class Frames:
    """Knows ``map``, ``odom`` and ``base_link`` of one robot."""

    def __init__(self, pilot: Pilot) -> None:
        self._pilot = pilot

    def on_map(self, message: PoseStamped) -> Pose:
        """The pose in the map frame; a pose without a frame is taken as one on the map.

        Raises:
            FrameError: the frame is unknown, not connected yet, or the numbers are no pose.
        """
        pose = pose_of(message.pose)
        if not all(math.isfinite(v) for v in (pose.x, pose.y, pose.theta)):
            raise FrameError("the pose has numbers that are not finite")
        frame = message.header.frame_id.strip("/")
        if frame in ("", "map"):
            return pose
        localization = self._pilot.localization
        base = {"odom": localization.map_to_odom, "base_link": localization.pose}.get(frame)
        if base is None:
            raise FrameError(f"no transform from frame {frame!r} to 'map'; give poses in 'map'")
        return base.compose(pose)

    @staticmethod
    def only_map(frame_id: str) -> None:
        """Checks that something is given in the map frame.

        Raises:
            FrameError: it is not.
        """
        if frame_id.strip("/") not in ("", "map"):
            raise FrameError(f"paths must be given in frame 'map', not {frame_id!r}")
