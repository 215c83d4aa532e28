"""What is ours beyond Nav2's contract: pausing, emergency stop, docking at our stations, failing in bounded time."""

import math
import time
from pathlib import Path
from typing import Any

import pytest
from action_msgs.msg import GoalStatus
from lifecycle_msgs.srv import GetState
from nav2_msgs import action, srv
from std_msgs.msg import Bool

from ros.nav2_contract.client import Client, pose
from ros.nav2_contract.vehicle import Robot, navigation_program
from unit.navigation.yard import Disc

pytestmark = pytest.mark.ros


def test_paused_navigation_refuses_goals_until_it_is_resumed(client: Client) -> None:
    request = srv.ManageLifecycleNodes.Request
    assert client.call("lifecycle_manager_navigation/manage_nodes", request(command=request.PAUSE)).success
    assert client.call("bt_navigator/get_state", GetState.Request()).current_state.label == "inactive"
    assert not client.send("navigate_to_pose", action.NavigateToPose.Goal(pose=pose(5.0, 5.0))).accepted
    assert client.call("lifecycle_manager_navigation/manage_nodes", request(command=request.STARTUP)).success
    assert client.call("bt_navigator/get_state", GetState.Request()).current_state.label == "active"


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
