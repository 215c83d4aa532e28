"""Rounds by timetable: when they are due, who goes them, what was seen."""
