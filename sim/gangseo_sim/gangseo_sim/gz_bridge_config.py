"""``bridge.yaml``: what ros_gz_bridge carries between Gazebo Harmonic and ROS 2, robot by robot.

On the side of ROS everything lies under ``/gz``: the robots' own topics are sim_bridge's, which adds what Gazebo
has not.
"""

from collections.abc import Iterable, Iterator

_OF_ROBOT = (
    ("cmd_vel", "{id}/cmd_vel", "geometry_msgs/msg/Twist", "gz.msgs.Twist", "ROS_TO_GZ"),
    ("odom", "{id}/odom", "nav_msgs/msg/Odometry", "gz.msgs.Odometry", "GZ_TO_ROS"),
    ("scan", "{id}/scan", "sensor_msgs/msg/LaserScan", "gz.msgs.LaserScan", "GZ_TO_ROS"),
    ("pose", "model/{id}/pose", "geometry_msgs/msg/PoseStamped", "gz.msgs.Pose", "GZ_TO_ROS"),
    ("bumper", "{id}/bumper", "ros_gz_interfaces/msg/Contacts", "gz.msgs.Contacts", "GZ_TO_ROS"),
    ("camera/image_raw", "{id}/camera/image_raw", "sensor_msgs/msg/Image", "gz.msgs.Image", "GZ_TO_ROS"),
)


def bridge_yaml(robot_ids: Iterable[str]) -> str:
    """The configuration file for some robots."""
    entries = [_entry("/gz/clock", "/clock", "rosgraph_msgs/msg/Clock", "gz.msgs.Clock", "GZ_TO_ROS")]
    for robot_id in robot_ids:
        entries += _entries(robot_id)
    return "".join(entries)


def _entries(robot_id: str) -> Iterator[str]:
    for ros, gazebo, ros_type, gazebo_type, direction in _OF_ROBOT:
        yield _entry(f"/gz/{robot_id}/{ros}", f"/{gazebo.format(id=robot_id)}", ros_type, gazebo_type, direction)


def _entry(ros: str, gazebo: str, ros_type: str, gazebo_type: str, direction: str) -> str:
    return (
        f"- ros_topic_name: {ros}\n  gz_topic_name: {gazebo}\n  ros_type_name: {ros_type}\n"
        f"  gz_type_name: {gazebo_type}\n  direction: {direction}\n"
    )
