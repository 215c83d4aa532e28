"""A robot of the city: all its roles in one process."""
