"""What robots see: the Detector port, its adapters, and people near the robot."""
