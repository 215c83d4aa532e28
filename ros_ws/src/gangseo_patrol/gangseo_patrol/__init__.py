"""The patrol role: its steps, and what a robot looks with."""
