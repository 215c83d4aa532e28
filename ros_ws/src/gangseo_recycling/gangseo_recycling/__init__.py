"""The recycling robot: its steps and its process."""
