"""Runs `*.launch.xml` without ROS's launch: a strict subset, anything else is an error with file and line."""
