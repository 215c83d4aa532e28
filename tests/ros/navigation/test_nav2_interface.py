"""The navigation process answers as Nav2 does: names, types, codes, lifecycle, driving, cancel, preemption."""

import math
import time
from pathlib import Path
from typing import Any

import pytest
from action_msgs.msg import GoalStatus
from builtin_interfaces.msg import Duration
from geometry_msgs.msg import PoseStamped, PoseWithCovarianceStamped
from lifecycle_msgs.srv import GetState
from nav2_msgs import action, srv
from rclpy.action import ActionClient
from rclpy.qos import DurabilityPolicy, QoSProfile
from std_msgs.msg import Bool

from gangseo_navigation.messages import quaternion
from ros.navigation.vehicle import Robot, navigation_program
from unit.navigation.yard import Disc

pytestmark = pytest.mark.ros

ACTIONS = {
    "navigate_to_pose": action.NavigateToPose,
    "navigate_through_poses": action.NavigateThroughPoses,
    "follow_waypoints": action.FollowWaypoints,
    "follow_path": action.FollowPath,
    "compute_path_to_pose": action.ComputePathToPose,
    "compute_path_through_poses": action.ComputePathThroughPoses,
    "smooth_path": action.SmoothPath,
    "spin": action.Spin,
    "backup": action.BackUp,
    "drive_on_heading": action.DriveOnHeading,
    "assisted_teleop": action.AssistedTeleop,
    "dock_robot": action.DockRobot,
    "undock_robot": action.UndockRobot,
}
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


class Client:
    """Futures only, as BasicNavigator's names and types want them."""

    def __init__(self, robot: Robot) -> None:
        self.robot = robot
        self.feedback: list[Any] = []
        self._actions: dict[str, Any] = {}

    def _client(self, name: str) -> Any:
        if name not in self._actions:
            self._actions[name] = ActionClient(self.robot.node, ACTIONS[name], name)
            assert self._actions[name].wait_for_server(timeout_sec=20.0), name
        return self._actions[name]

    def send(self, name: str, goal: Any) -> Any:
        client = self._client(name)

        async def work() -> Any:
            return await client.send_goal_async(goal, feedback_callback=lambda m: self.feedback.append(m.feedback))

        return self.robot.do(work)

    def result(self, handle: Any, within_s: float = 60.0) -> Any:
        async def work() -> Any:
            return await handle.get_result_async()

        return self.robot.do(work, within_s=within_s)

    def run(self, name: str, goal: Any, within_s: float = 60.0) -> Any:
        handle = self.send(name, goal)
        assert handle.accepted
        return self.result(handle, within_s)

    def cancel(self, handle: Any) -> None:
        async def work() -> Any:
            return await handle.cancel_goal_async()

        self.robot.do(work)

    def call(self, name: str, request: Any) -> Any:
        client = self.robot.node.create_client(SERVICES[name], name)
        assert client.wait_for_service(timeout_sec=20.0), name

        async def work() -> Any:
            return await client.call_async(request)

        return self.robot.do(work)


@pytest.fixture
def client(robot: Robot) -> Client:
    robot.put()
    return Client(robot)


def pose(x: float, y: float, theta: float = 0.0, frame: str = "map") -> PoseStamped:
    message = PoseStamped()
    message.header.frame_id = frame
    message.pose.position.x, message.pose.position.y = x, y
    message.pose.orientation = quaternion(theta)
    return message


def test_every_action_and_service_is_offered_with_nav2s_types(robot: Robot, client: Client) -> None:
    for name in ACTIONS:
        client._client(name)
    wanted = {
        (f"/robot_01/{name}", f"{kind.__module__.split('.')[0]}/srv/{kind.__name__}") for name, kind in SERVICES.items()
    }

    def all_there() -> bool:
        return wanted <= {(name, kinds[0]) for name, kinds in robot.node.get_service_names_and_types()}

    robot.wait(all_there)


def test_states_are_active_and_amcl_pose_is_latched(robot: Robot, client: Client) -> None:
    for server in ("bt_navigator", "amcl"):
        assert client.call(f"{server}/get_state", GetState.Request()).current_state.label == "active"
    poses: list[Any] = []
    latched = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL)
    robot.node.create_subscription(PoseWithCovarianceStamped, "amcl_pose", poses.append, latched)
    deadline = time.monotonic() + 10.0
    while not poses and time.monotonic() < deadline:
        time.sleep(0.05)
    assert poses[0].header.frame_id == "map"
    assert math.hypot(poses[0].pose.pose.position.x - robot.yard.pose.x, 0.0) < 0.2


def test_paused_navigation_refuses_goals_until_it_is_resumed(client: Client) -> None:
    request = srv.ManageLifecycleNodes.Request
    assert client.call("lifecycle_manager_navigation/manage_nodes", request(command=request.PAUSE)).success
    assert client.call("bt_navigator/get_state", GetState.Request()).current_state.label == "inactive"
    assert not client.send("navigate_to_pose", action.NavigateToPose.Goal(pose=pose(5.0, 5.0))).accepted
    assert client.call("lifecycle_manager_navigation/manage_nodes", request(command=request.STARTUP)).success
    assert client.call("bt_navigator/get_state", GetState.Request()).current_state.label == "active"


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        ({"goal": pose(99.0, 5.0)}, 204),
        ({"goal": pose(10.5, 3.0)}, 206),
        ({"goal": pose(5.0, 5.0), "planner_id": "Magic"}, 201),
        ({"goal": pose(5.0, 5.0, frame="moon")}, 202),
        ({"goal": pose(5.0, 5.0), "start": pose(-5.0, 5.0), "use_start": True}, 203),
        ({"goal": pose(5.0, 5.0), "start": pose(10.5, 2.0), "use_start": True}, 205),
    ],
)
def test_path_that_cannot_be_fails_with_nav2s_code(client: Client, goal: dict[str, Any], code: int) -> None:
    answer = client.run("compute_path_to_pose", action.ComputePathToPose.Goal(**goal))
    assert answer.status == GoalStatus.STATUS_ABORTED
    assert answer.result.error_code == code
    assert answer.result.error_msg


def test_path_goes_round_the_block(client: Client) -> None:
    goal = action.ComputePathToPose.Goal(goal=pose(18.0, 3.0, 1.0), start=pose(3.0, 3.0), use_start=True)
    answer = client.run("compute_path_to_pose", goal)
    path = answer.result.path.poses
    assert answer.status == GoalStatus.STATUS_SUCCEEDED
    assert max(p.pose.position.y for p in path) > 6.3
    assert path[-1].pose.position.x == pytest.approx(18.0, abs=0.01)
    through = action.ComputePathThroughPoses.Goal(goals=[pose(5.0, 11.0), pose(18.0, 11.0)])
    assert client.run("compute_path_through_poses", through).status == GoalStatus.STATUS_SUCCEEDED
    nowhere = client.run("compute_path_through_poses", action.ComputePathThroughPoses.Goal())
    assert nowhere.result.error_code == 309
    smoothed = client.run("smooth_path", action.SmoothPath.Goal(path=answer.result.path, check_for_collisions=True))
    assert smoothed.status == GoalStatus.STATUS_SUCCEEDED
    assert smoothed.result.was_completed


@pytest.mark.parametrize(
    ("name", "goal", "code"),
    [
        ("navigate_to_pose", action.NavigateToPose.Goal(pose=pose(99.0, 5.0)), 204),
        ("navigate_through_poses", action.NavigateThroughPoses.Goal(poses=[pose(5.0, 5.0), pose(99.0, 5.0)]), 304),
        ("follow_path", action.FollowPath.Goal(controller_id="Magic"), 101),
        ("follow_path", action.FollowPath.Goal(), 103),
        ("smooth_path", action.SmoothPath.Goal(smoother_id="Magic"), 501),
        ("dock_robot", action.DockRobot.Goal(dock_id="nowhere"), 901),
        ("drive_on_heading", action.DriveOnHeading.Goal(), 724),
        ("follow_waypoints", action.FollowWaypoints.Goal(), 600),
    ],
)
def test_goals_that_cannot_be_fail_with_nav2s_codes(client: Client, name: str, goal: Any, code: int) -> None:
    answer = client.run(name, goal)
    assert answer.status == GoalStatus.STATUS_ABORTED
    assert answer.result.error_code == code
    assert answer.result.error_msg


def test_costmaps_and_maps_are_served(client: Client) -> None:
    whole = client.call("global_costmap/get_costmap", srv.GetCostmap.Request()).map
    assert (whole.metadata.size_x, whole.metadata.size_y) == (240, 140)
    assert whole.data[30 * 240 + 105] == 254
    assert whole.data[100 * 240 + 60] == 0
    local = client.call("local_costmap/get_costmap", srv.GetCostmap.Request()).map
    assert local.metadata.size_x == 120
    absent = client.call("map_server/load_map", srv.LoadMap.Request(map_url="/nowhere/map.yaml"))
    assert absent.result == srv.LoadMap.Response.RESULT_MAP_DOES_NOT_EXIST
    for name in ("global_costmap/clear_entirely_global_costmap", "local_costmap/clear_entirely_local_costmap"):
        client.call(name, srv.ClearEntireCostmap.Request())
    client.call("local_costmap/clear_costmap_around_robot", srv.ClearCostmapAroundRobot.Request(reset_distance=2.0))
    client.call("local_costmap/clear_costmap_except_region", srv.ClearCostmapExceptRegion.Request(reset_distance=2.0))
    client.call("local_costmap/clear_costmap_around_pose", srv.ClearCostmapAroundPose.Request(pose=pose(3.0, 3.0)))


def test_robot_drives_to_a_pose_and_tells_how_it_goes(robot: Robot, client: Client) -> None:
    robot.place(3.0, 9.0, 0.0)
    answer = client.run("navigate_to_pose", action.NavigateToPose.Goal(pose=pose(8.0, 10.0, 1.0)))
    assert answer.status == GoalStatus.STATUS_SUCCEEDED
    assert answer.result.error_code == 0
    assert math.hypot(robot.yard.pose.x - 8.0, robot.yard.pose.y - 10.0) < 0.25
    assert abs(robot.yard.pose.theta - 1.0) < 0.25
    remaining = [f.distance_remaining for f in client.feedback]
    assert max(remaining) > 4.0
    assert remaining[-1] < 1.5
    assert client.feedback[-1].current_pose.header.frame_id == "map"


def test_cancel_ends_a_goal_and_the_robot_stops(robot: Robot, client: Client) -> None:
    robot.place(3.0, 9.0, 0.0)
    handle = client.send("navigate_to_pose", action.NavigateToPose.Goal(pose=pose(21.0, 9.0)))
    robot.wait(lambda: robot.speeds[-1] > 1.0)
    client.cancel(handle)
    assert client.result(handle, 5.0).status == GoalStatus.STATUS_CANCELED
    robot.wait(lambda: robot.speeds[-1] == 0.0)


@pytest.mark.slow
def test_newer_goal_takes_over_without_a_stop(robot: Robot, client: Client) -> None:
    robot.place(3.0, 9.0, 0.0)
    first = client.send("navigate_to_pose", action.NavigateToPose.Goal(pose=pose(20.0, 9.0)))
    robot.wait(lambda: robot.speeds[-1] > 1.2)
    before = len(robot.speeds)
    second = client.send("navigate_to_pose", action.NavigateToPose.Goal(pose=pose(20.0, 11.0)))
    assert client.result(first, 5.0).status == GoalStatus.STATUS_ABORTED
    robot.wait(lambda: len(robot.speeds) >= before + 20)
    assert min(robot.speeds[before:]) > 0.5
    assert client.result(second).status == GoalStatus.STATUS_SUCCEEDED


@pytest.mark.slow
def test_poses_on_the_way_are_passed_and_counted(robot: Robot, client: Client) -> None:
    robot.place(3.0, 9.0, 0.0)
    goal = action.NavigateThroughPoses.Goal(poses=[pose(8.0, 9.0, 3.0), pose(13.0, 10.0), pose(18.0, 9.0)])
    answer = client.run("navigate_through_poses", goal)
    assert answer.status == GoalStatus.STATUS_SUCCEEDED
    counted = [f.number_of_poses_remaining for f in client.feedback]
    assert list(dict.fromkeys(counted)) == [3, 2, 1]


@pytest.mark.slow
def test_waypoints_that_cannot_be_reached_are_told(robot: Robot, client: Client) -> None:
    robot.place(3.0, 9.0, 0.0)
    goal = action.FollowWaypoints.Goal(poses=[pose(5.0, 9.0), pose(10.5, 3.0), pose(6.0, 10.0)])
    answer = client.run("follow_waypoints", goal)
    assert answer.status == GoalStatus.STATUS_SUCCEEDED
    assert [(m.index, m.error_code) for m in answer.result.missed_waypoints] == [(1, 206)]


@pytest.mark.slow
def test_emergency_stop_holds_the_goal(robot: Robot, client: Client) -> None:
    robot.place(3.0, 9.0, 0.0)
    handle = client.send("navigate_to_pose", action.NavigateToPose.Goal(pose=pose(12.0, 9.0)))
    robot.wait(lambda: robot.speeds[-1] > 1.0)
    robot.emergency_stop.publish(Bool(data=True))
    robot.wait(lambda: robot.speeds[-1] == 0.0)
    robot.emergency_stop.publish(Bool(data=False))
    assert client.result(handle).status == GoalStatus.STATUS_SUCCEEDED


@pytest.mark.slow
def test_docking_and_undocking(robot: Robot, client: Client) -> None:
    robot.place(17.0, 6.0, 0.0)
    answer = client.run("dock_robot", action.DockRobot.Goal(dock_id="charger_01"), 90.0)
    assert answer.status == GoalStatus.STATUS_SUCCEEDED
    assert answer.result.success
    assert math.hypot(robot.yard.pose.x - 20.0, robot.yard.pose.y - 2.15) < 0.05
    assert abs(robot.yard.pose.theta + math.pi / 2.0) < math.radians(3.0)
    answer = client.run("undock_robot", action.UndockRobot.Goal(dock_type="charger"), 40.0)
    assert answer.result.success
    assert robot.yard.pose.y == pytest.approx(3.15, abs=0.1)


@pytest.mark.slow
def test_behaviours_do_what_they_say(robot: Robot, client: Client) -> None:
    robot.place(5.0, 9.0, 0.0)
    allowance = Duration(sec=15)
    answer = client.run("spin", action.Spin.Goal(target_yaw=1.57, time_allowance=allowance))
    assert answer.status == GoalStatus.STATUS_SUCCEEDED
    assert robot.yard.pose.theta == pytest.approx(1.57, abs=0.08)
    goal = action.BackUp.Goal(speed=0.25, time_allowance=allowance)
    goal.target.x = 0.5
    answer = client.run("backup", goal)
    assert answer.status == GoalStatus.STATUS_SUCCEEDED
    assert robot.yard.pose.y == pytest.approx(8.5, abs=0.08)


@pytest.mark.slow
def test_blocked_way_fails_in_bounded_time(robot: Robot, client: Client) -> None:
    robot.place(14.0, 9.0, 0.0)
    robot.put(*(Disc(17.5, 0.4 + 0.45 * i, 0.3) for i in range(30)))
    begin = time.monotonic()
    answer = client.run("navigate_to_pose", action.NavigateToPose.Goal(pose=pose(21.5, 9.0)), 90.0)
    assert answer.status == GoalStatus.STATUS_ABORTED
    assert answer.result.error_code in (105, 208)
    assert time.monotonic() - begin < 40.0


def test_missing_map_ends_the_program_with_one_message(tmp_path: Path, start_process: Any, ros_domain_id: int) -> None:
    command = [navigation_program(), "--ros-args", "-p", f"map_yaml:={tmp_path}/none.yaml"]
    process = start_process("navigation", command, {"ROS_DOMAIN_ID": str(ros_domain_id)})
    assert process.wait(timeout=60) == 2
    text = (tmp_path / "navigation.log").read_text()
    assert "no such map file" in text
    assert "Traceback" not in text
