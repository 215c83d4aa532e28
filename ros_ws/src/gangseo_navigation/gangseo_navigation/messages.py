"""ROS messages to our values and back."""

import array
import math

import numpy as np
from builtin_interfaces.msg import Duration, Time
from geometry_msgs.msg import Pose as PoseMsg
from geometry_msgs.msg import PoseStamped, Quaternion, TransformStamped
from nav2_msgs.msg import Costmap
from nav_msgs.msg import OccupancyGrid
from nav_msgs.msg import Path as PathMsg
from numpy.typing import NDArray

from gangseo_navigation.geometry import Pose
from gangseo_navigation.grid import Frame


def seconds(stamp: Time | Duration) -> float:
    """Seconds of a time or duration."""
    return float(stamp.sec) + float(stamp.nanosec) * 1e-9


def stamp_of(now_s: float) -> Time:
    """A stamp of seconds."""
    whole = math.floor(now_s)
    return Time(sec=whole, nanosec=min(999_999_999, round((now_s - whole) * 1e9)))


def duration_of(span_s: float) -> Duration:
    """A duration of seconds, at least 0."""
    span_s = min(max(0.0, span_s), 1e9)
    whole = math.floor(span_s)
    return Duration(sec=whole, nanosec=min(999_999_999, round((span_s - whole) * 1e9)))


def heading(q: Quaternion) -> float:
    """Turn about z of a quaternion; an all-zero one means 0."""
    return math.atan2(2.0 * (q.w * q.z + q.x * q.y), 1.0 - 2.0 * (q.y * q.y + q.z * q.z))


def quaternion(theta: float) -> Quaternion:
    """A turn about z."""
    return Quaternion(z=math.sin(theta / 2.0), w=math.cos(theta / 2.0))


def pose_of(message: PoseMsg) -> Pose:
    """A pose on the plane."""
    return Pose(message.position.x, message.position.y, heading(message.orientation))


def pose_message(pose: Pose) -> PoseMsg:
    """A pose as message."""
    message = PoseMsg(orientation=quaternion(pose.theta))
    message.position.x, message.position.y = pose.x, pose.y
    return message


def stamped(pose: Pose, frame_id: str, stamp: Time) -> PoseStamped:
    """A pose with its frame and time."""
    message = PoseStamped(pose=pose_message(pose))
    message.header.frame_id, message.header.stamp = frame_id, stamp
    return message


def transform_message(pose: Pose, parent: str, child: str, stamp: Time) -> TransformStamped:
    """A transform between two frames."""
    message = TransformStamped(child_frame_id=child)
    message.header.frame_id, message.header.stamp = parent, stamp
    message.transform.translation.x, message.transform.translation.y = pose.x, pose.y
    message.transform.rotation = quaternion(pose.theta)
    return message


def path_message(points: NDArray[np.float64], end_theta: float | None, frame_id: str, stamp: Time) -> PathMsg:
    """A path; each pose looks to the next."""
    message = PathMsg()
    message.header.frame_id, message.header.stamp = frame_id, stamp
    if not len(points):
        return message
    steps = np.diff(points[:, :2], axis=0)
    headings = np.arctan2(steps[:, 1], steps[:, 0]) if len(steps) else np.zeros(0)
    last = float(headings[-1]) if len(headings) else 0.0
    thetas = [*map(float, headings), last if end_theta is None else end_theta]
    message.poses = [
        stamped(Pose(float(x), float(y), theta), frame_id, stamp)
        for (x, y), theta in zip(points[:, :2], thetas, strict=True)
    ]
    return message


def path_points(message: PathMsg) -> NDArray[np.float64]:
    """Points of a path message."""
    return np.array([(p.pose.position.x, p.pose.position.y) for p in message.poses], np.float64).reshape(-1, 2)


def grid_message(cells: NDArray[np.int8], frame: Frame, frame_id: str, stamp: Time) -> OccupancyGrid:
    """An occupancy grid."""
    message = OccupancyGrid()
    message.header.frame_id, message.header.stamp = frame_id, stamp
    info = message.info
    info.map_load_time, info.resolution, info.width, info.height = stamp, frame.resolution, frame.cols, frame.rows
    info.origin = pose_message(Pose(frame.origin_x, frame.origin_y, 0.0))
    message.data = array.array("b", np.ascontiguousarray(cells, np.int8).tobytes())
    return message


def costmap_message(costs: NDArray[np.uint8], frame: Frame, frame_id: str, stamp: Time) -> Costmap:
    """A costmap with Nav2's own cost values."""
    message = Costmap()
    message.header.frame_id, message.header.stamp = frame_id, stamp
    about = message.metadata
    about.map_load_time = about.update_time = stamp
    about.layer, about.resolution, about.size_x, about.size_y = "master", frame.resolution, frame.cols, frame.rows
    about.origin = pose_message(Pose(frame.origin_x, frame.origin_y, 0.0))
    message.data = array.array("B", np.ascontiguousarray(costs, np.uint8).tobytes())
    return message
