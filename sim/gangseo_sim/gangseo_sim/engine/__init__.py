"""Exact 2-D simulation of robots, people, signals and waste; no ROS, no wall clock."""
