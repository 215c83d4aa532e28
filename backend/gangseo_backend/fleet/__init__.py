"""Robots, missions, commands and incidents; the fleet side of VDA 5050."""
