"""The recycling role: its steps and what it carries."""
