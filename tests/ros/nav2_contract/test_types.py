"""The compat packages are on the wire what ROS's own are.

type_hashes.json holds RIHS01 hashes computed by `rosbags` 0.11.9 (``Typestore.hash_rihs01``) from the definitions of
Nav2's jazzy branch; TFMessage's is that of rosbags' own ROS 2 Jazzy type store.
"""

import importlib
import json
from pathlib import Path

import pytest
from ament_index_python.packages import get_package_share_directory

HASHES = json.loads(Path(__file__).with_name("type_hashes.json").read_text())


@pytest.mark.parametrize("name", HASHES)
def test_type_hash_equals_the_published_one(name: str) -> None:
    package, kind, message = name.split("/")
    stem = message.split("_")[0]
    described = json.loads((Path(get_package_share_directory(package)) / kind / f"{stem}.json").read_text())
    ours = {entry["type_name"]: entry["hash_string"] for entry in described["type_hashes"]}
    assert ours[name] == HASHES[name]


def test_everything_basic_navigator_imports_is_there() -> None:
    wanted = {
        "nav2_msgs.action": (
            "AssistedTeleop BackUp ComputePathThroughPoses ComputePathToPose DockRobot DriveOnHeading "
            "FollowGPSWaypoints FollowPath FollowWaypoints "
            "NavigateThroughPoses NavigateToPose SmoothPath Spin UndockRobot"
        ),
        "nav2_msgs.srv": (
            "ClearCostmapAroundPose ClearCostmapAroundRobot ClearCostmapExceptRegion ClearEntireCostmap GetCostmap "
            "LoadMap ManageLifecycleNodes"
        ),
        "nav2_msgs.msg": "Costmap CostmapMetaData MissedWaypoint SpeedLimit",
        "geographic_msgs.msg": "GeoPose",
        "tf2_msgs.msg": "TFMessage",
    }
    for module, names in wanted.items():
        found = importlib.import_module(module)
        assert [name for name in names.split() if not hasattr(found, name)] == []
