"""What BasicNavigator (nav2_simple_commander 1.3, jazzy) uses of Nav2: names, types, fields, codes, QoS.

Names are relative to the robot's namespace. Read from Nav2's documentation and from the behaviour of its servers.
"""

from dataclasses import dataclass
from typing import Any

from geometry_msgs.msg import PoseWithCovarianceStamped
from lifecycle_msgs.srv import GetState
from nav2_msgs import action, srv
from nav_msgs.msg import OccupancyGrid
from rclpy.qos import DurabilityPolicy, ReliabilityPolicy


@dataclass(frozen=True)
class Action:
    """One action: its type, the feedback fields it fills, and the numbers of its error codes."""

    kind: Any
    feedback: tuple[str, ...]
    codes: dict[str, int]


JOURNEY = ("current_pose", "navigation_time", "estimated_time_remaining", "number_of_recoveries", "distance_remaining")
PLAN = {
    "UNKNOWN": 0, "INVALID_PLANNER": 1, "TF_ERROR": 2, "START_OUTSIDE_MAP": 3, "GOAL_OUTSIDE_MAP": 4,
    "START_OCCUPIED": 5, "GOAL_OCCUPIED": 6, "TIMEOUT": 7, "NO_VALID_PATH": 8,
}  # fmt: skip

ACTIONS = {
    "navigate_to_pose": Action(action.NavigateToPose, JOURNEY, {"NONE": 0}),
    "navigate_through_poses": Action(
        action.NavigateThroughPoses, (*JOURNEY, "number_of_poses_remaining"), {"NONE": 0}
    ),
    "follow_waypoints": Action(
        action.FollowWaypoints, ("current_waypoint",), {"NONE": 0, "UNKNOWN": 600, "TASK_EXECUTOR_FAILED": 601}
    ),
    "follow_gps_waypoints": Action(
        action.FollowGPSWaypoints, ("current_waypoint",), {"NONE": 0, "UNKNOWN": 600, "TASK_EXECUTOR_FAILED": 601}
    ),
    "follow_path": Action(
        action.FollowPath,
        ("distance_to_goal", "speed"),
        {
            "NONE": 0, "UNKNOWN": 100, "INVALID_CONTROLLER": 101, "TF_ERROR": 102, "INVALID_PATH": 103,
            "PATIENCE_EXCEEDED": 104, "FAILED_TO_MAKE_PROGRESS": 105, "NO_VALID_CONTROL": 106,
            "CONTROLLER_TIMED_OUT": 107,
        },
    ),
    "compute_path_to_pose": Action(
        action.ComputePathToPose, (), {"NONE": 0} | {name: 200 + code for name, code in PLAN.items()}
    ),
    "compute_path_through_poses": Action(
        action.ComputePathThroughPoses,
        (),
        {"NONE": 0, "NO_VIAPOINTS_GIVEN": 309} | {name: 300 + code for name, code in PLAN.items()},
    ),
    "smooth_path": Action(
        action.SmoothPath,
        (),
        {
            "NONE": 0, "UNKNOWN": 500, "INVALID_SMOOTHER": 501, "TIMEOUT": 502, "SMOOTHED_PATH_IN_COLLISION": 503,
            "FAILED_TO_SMOOTH_PATH": 504, "INVALID_PATH": 505,
        },
    ),
    "spin": Action(
        action.Spin,
        ("angular_distance_traveled",),
        {"NONE": 0, "UNKNOWN": 700, "TIMEOUT": 701, "TF_ERROR": 702, "COLLISION_AHEAD": 703},
    ),
    "backup": Action(
        action.BackUp,
        ("distance_traveled",),
        {"NONE": 0, "UNKNOWN": 710, "TIMEOUT": 711, "TF_ERROR": 712, "INVALID_INPUT": 713, "COLLISION_AHEAD": 714},
    ),
    "drive_on_heading": Action(
        action.DriveOnHeading,
        ("distance_traveled",),
        {"NONE": 0, "UNKNOWN": 720, "TIMEOUT": 721, "TF_ERROR": 722, "COLLISION_AHEAD": 723, "INVALID_INPUT": 724},
    ),
    "assisted_teleop": Action(
        action.AssistedTeleop,
        ("current_teleop_duration",),
        {"NONE": 0, "UNKNOWN": 730, "TIMEOUT": 731, "TF_ERROR": 732},
    ),
    "dock_robot": Action(
        action.DockRobot,
        ("state", "docking_time", "num_retries"),
        {
            "DOCK_NOT_IN_DB": 901, "DOCK_NOT_VALID": 902, "FAILED_TO_STAGE": 903,
            "FAILED_TO_DETECT_DOCK": 904, "FAILED_TO_CONTROL": 905, "FAILED_TO_CHARGE": 906, "UNKNOWN": 999,
        },
    ),
    "undock_robot": Action(
        action.UndockRobot, (), {"NONE": 0, "DOCK_NOT_VALID": 902, "FAILED_TO_CONTROL": 905, "UNKNOWN": 999}
    ),
}  # fmt: skip

SERVICES = {
    "bt_navigator/get_state": GetState,
    "amcl/get_state": GetState,
    "lifecycle_manager_navigation/manage_nodes": srv.ManageLifecycleNodes,
    "map_server/load_map": srv.LoadMap,
    "global_costmap/clear_entirely_global_costmap": srv.ClearEntireCostmap,
    "local_costmap/clear_entirely_local_costmap": srv.ClearEntireCostmap,
    "local_costmap/clear_costmap_except_region": srv.ClearCostmapExceptRegion,
    "local_costmap/clear_costmap_around_robot": srv.ClearCostmapAroundRobot,
    "local_costmap/clear_costmap_around_pose": srv.ClearCostmapAroundPose,
    "global_costmap/get_costmap": srv.GetCostmap,
    "local_costmap/get_costmap": srv.GetCostmap,
}

COMMANDS = {"STARTUP": 0, "PAUSE": 1, "RESUME": 2, "RESET": 3, "SHUTDOWN": 4, "CONFIGURE": 5, "CLEANUP": 6}
LOAD_MAP = {
    "RESULT_SUCCESS": 0, "RESULT_MAP_DOES_NOT_EXIST": 1, "RESULT_INVALID_MAP_DATA": 2,
    "RESULT_INVALID_MAP_METADATA": 3, "RESULT_UNDEFINED_FAILURE": 255,
}  # fmt: skip


@dataclass(frozen=True)
class Topic:
    """One topic: its type and what the side named must offer or take."""

    kind: Any
    published: bool
    durability: DurabilityPolicy
    reliability: ReliabilityPolicy = ReliabilityPolicy.RELIABLE


LATCHED, VOLATILE = DurabilityPolicy.TRANSIENT_LOCAL, DurabilityPolicy.VOLATILE
TOPICS = {
    "amcl_pose": Topic(PoseWithCovarianceStamped, published=True, durability=LATCHED),
    "map": Topic(OccupancyGrid, published=True, durability=LATCHED),
    "global_costmap/costmap": Topic(OccupancyGrid, published=True, durability=LATCHED),
    "local_costmap/costmap": Topic(OccupancyGrid, published=True, durability=LATCHED),
    "initialpose": Topic(PoseWithCovarianceStamped, published=False, durability=VOLATILE),
}
