"""Gazebo Classic 11 as the physics of the engine: world file, process, wire and what they measure."""
