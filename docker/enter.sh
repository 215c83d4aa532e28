#!/bin/bash
# Puts ROS, the workspace and the Python environment in place, then does what it is told.
set -e
source /venv/bin/activate
source /opt/ros/jazzy/setup.bash
source /ws/install/setup.bash
exec "$@"
