"""What can go wrong with Gazebo, said so that a person can act."""

from gangseo_sim.engine.errors import EngineError


class GazeboError(EngineError):
    """Gazebo cannot be started, or has ended; the message says why and what to do."""
