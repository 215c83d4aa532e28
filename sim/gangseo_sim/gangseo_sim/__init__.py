"""The park as one source: generator, exact 2-D engine and its ROS 2 bridge."""
