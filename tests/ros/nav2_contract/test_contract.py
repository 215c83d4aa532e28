"""Nav2's contract as BasicNavigator relies on it: run against gangseo_navigation here, against real Nav2 in docker.

Nothing in this file knows whose navigation answers. What depends on a map is the yard of ``vehicle.write_world``.
"""

import math
from typing import Any

import pytest
from action_msgs.msg import GoalStatus
from builtin_interfaces.msg import Duration
from geometry_msgs.msg import PoseWithCovarianceStamped
from lifecycle_msgs.srv import GetState
from nav2_msgs import action, srv
from rclpy.qos import DurabilityPolicy, QoSProfile, ReliabilityPolicy

from ros.nav2_contract.client import Client, pose
from ros.nav2_contract.contract import ACTIONS, COMMANDS, LOAD_MAP, SERVICES, TOPICS
from ros.nav2_contract.vehicle import Robot

pytestmark = pytest.mark.ros


@pytest.mark.parametrize("name", ACTIONS)
def test_action_is_offered_with_its_fields_and_codes(client: Client, name: str) -> None:
    wanted = ACTIONS[name]
    client.action(name)
    assert set(wanted.feedback) <= set(wanted.kind.Feedback.get_fields_and_field_types())
    assert {"error_code", "error_msg"} <= set(wanted.kind.Result.get_fields_and_field_types())
    assert {code: getattr(wanted.kind.Result, code) for code in wanted.codes} == wanted.codes


def test_services_are_offered_with_their_types(robot: Robot) -> None:
    space = robot.node.get_namespace()
    wanted = {
        (f"{space}/{name}", f"{kind.__module__.split('.')[0]}/srv/{kind.__name__}") for name, kind in SERVICES.items()
    }
    robot.wait(lambda: wanted <= {(name, kinds[0]) for name, kinds in robot.node.get_service_names_and_types()})


def test_numbers_of_commands_and_answers_are_nav2s() -> None:
    request, response = srv.ManageLifecycleNodes.Request, srv.LoadMap.Response
    assert {name: getattr(request, name) for name in COMMANDS} == COMMANDS
    assert {name: getattr(response, name) for name in LOAD_MAP} == LOAD_MAP


@pytest.mark.parametrize("name", TOPICS)
def test_topic_has_its_type_and_quality_of_service(robot: Robot, name: str) -> None:
    wanted, node = TOPICS[name], robot.node
    full = f"{node.get_namespace()}/{name}"
    look = node.get_publishers_info_by_topic if wanted.published else node.get_subscriptions_info_by_topic

    def ends() -> list[Any]:
        return [end for end in look(full) if end.node_name != node.get_name()]

    robot.wait(lambda: bool(ends()))
    kind = f"{wanted.kind.__module__.split('.')[0]}/msg/{wanted.kind.__name__}"
    for end in ends():
        assert end.topic_type == kind
        if wanted.published:
            # A reader as strict as BasicNavigator is served.
            assert end.qos_profile.reliability == wanted.reliability
            assert wanted.durability in {DurabilityPolicy.VOLATILE, end.qos_profile.durability}
        else:
            # A writer as loose as BasicNavigator is heard.
            assert end.qos_profile.durability == DurabilityPolicy.VOLATILE


def test_servers_are_active(client: Client) -> None:
    for server in ("bt_navigator", "amcl"):
        assert client.call(f"{server}/get_state", GetState.Request()).current_state.label == "active"


def test_a_late_reader_gets_the_pose(robot: Robot) -> None:
    poses: list[Any] = []
    latched = QoSProfile(depth=1, durability=DurabilityPolicy.TRANSIENT_LOCAL, reliability=ReliabilityPolicy.RELIABLE)
    robot.node.create_subscription(PoseWithCovarianceStamped, "amcl_pose", poses.append, latched)
    robot.wait(lambda: bool(poses))
    assert poses[0].header.frame_id == "map"
    assert math.hypot(poses[0].pose.pose.position.x - robot.yard.pose.x, 0.0) < 0.2


def test_an_initial_pose_is_taken(robot: Robot, client: Client) -> None:
    """As ``setInitialPose`` does; a robot that knows better by its sensors goes on knowing."""
    publisher = robot.node.create_publisher(PoseWithCovarianceStamped, "initialpose", 10)
    robot.wait(lambda: publisher.get_subscription_count() > 0)
    here = PoseWithCovarianceStamped()
    here.header.frame_id = "map"
    here.pose.pose = pose(robot.yard.pose.x, robot.yard.pose.y, robot.yard.pose.theta).pose
    publisher.publish(here)
    robot.wait(lambda: robot.believed is not None and robot.believed.distance_to(robot.yard.pose) < 0.3)
    assert client.call("amcl/get_state", GetState.Request()).current_state.label == "active"


def test_costmaps_are_served_and_cleared(client: Client) -> None:
    whole = client.call("global_costmap/get_costmap", srv.GetCostmap.Request()).map
    assert whole.metadata.size_x * whole.metadata.resolution == pytest.approx(24.0, abs=0.2)
    assert whole.metadata.size_y * whole.metadata.resolution == pytest.approx(14.0, abs=0.2)
    assert len(whole.data) == whole.metadata.size_x * whole.metadata.size_y

    def cost(x: float, y: float) -> int:
        origin, res = whole.metadata.origin.position, whole.metadata.resolution
        return int(whole.data[int((y - origin.y) / res) * whole.metadata.size_x + int((x - origin.x) / res)])

    assert cost(10.5, 3.0) >= 253
    assert cost(6.0, 10.0) < 253
    local = client.call("local_costmap/get_costmap", srv.GetCostmap.Request()).map
    assert len(local.data) == local.metadata.size_x * local.metadata.size_y > 0
    for name in ("global_costmap/clear_entirely_global_costmap", "local_costmap/clear_entirely_local_costmap"):
        client.call(name, srv.ClearEntireCostmap.Request())
    client.call("local_costmap/clear_costmap_around_robot", srv.ClearCostmapAroundRobot.Request(reset_distance=2.0))
    client.call("local_costmap/clear_costmap_except_region", srv.ClearCostmapExceptRegion.Request(reset_distance=2.0))
    client.call("local_costmap/clear_costmap_around_pose", srv.ClearCostmapAroundPose.Request(pose=pose(3.0, 3.0)))


def test_a_map_that_is_not_there_is_refused_with_its_code(client: Client) -> None:
    absent = client.call("map_server/load_map", srv.LoadMap.Request(map_url="/nowhere/map.yaml"))
    assert absent.result == srv.LoadMap.Response.RESULT_MAP_DOES_NOT_EXIST


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


def test_follow_path_drives_a_computed_path_and_tells_how_far_it_is(robot: Robot, client: Client) -> None:
    robot.place(3.0, 9.0, 0.0)
    path = client.run("compute_path_to_pose", action.ComputePathToPose.Goal(goal=pose(7.0, 9.5))).result.path
    client.feedback.clear()
    assert client.run("follow_path", action.FollowPath.Goal(path=path)).status == GoalStatus.STATUS_SUCCEEDED
    assert max(f.speed for f in client.feedback) > 0.3
    assert client.feedback[-1].distance_to_goal < client.feedback[0].distance_to_goal


def test_waypoints_on_earth_are_those_of_the_map(robot: Robot, client: Client) -> None:
    from geographic_msgs.msg import GeoPose

    robot.place(3.0, 9.0, 0.0)
    place = GeoPose()
    place.position.latitude = 37.5653 + math.degrees(9.0 / 6_378_137.0)
    place.position.longitude = 126.8247 + math.degrees(5.0 / 6_378_137.0 / math.cos(math.radians(37.5653)))
    place.orientation.w = 1.0
    answer = client.run("follow_gps_waypoints", action.FollowGPSWaypoints.Goal(gps_poses=[place]))
    assert answer.status == GoalStatus.STATUS_SUCCEEDED
    assert not answer.result.missed_waypoints
    assert math.hypot(robot.yard.pose.x - 5.0, robot.yard.pose.y - 9.0) < 0.3
