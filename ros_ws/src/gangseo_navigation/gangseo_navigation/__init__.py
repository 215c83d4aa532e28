"""Nav2's interfaces for robots on machines without Nav2; the engines here know no ROS."""
