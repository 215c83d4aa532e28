"""What the engine refuses."""


class EngineError(ValueError):
    """A request that the world cannot fulfil, with what to do about it."""
