#!/bin/bash
# Nav2's contract against real Nav2: a small yard, Nav2 in it, and the same test file that gangseo_navigation passes.
set -e
cd /repo
export PYTHONPATH="/repo/tests:${PYTHONPATH}" GANGSEO_NAV2_NAMESPACE=robot_01 ROS_DOMAIN_ID=42
python3 -m ros.nav2_contract.vehicle /tmp/yard
ros2 launch gangseo contract.launch.xml world_dir:=/tmp/yard &
nav2=$!
trap 'kill -INT "$nav2"; wait "$nav2" || true' EXIT
python3 -m pytest -p no:cacheprovider -c /dev/null --rootdir /repo tests/ros/nav2_contract/test_contract.py "$@"
