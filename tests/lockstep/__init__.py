"""A whole city in one process on the engine's clock; all of it is real but the transport.

``LockstepCity`` runs it, ``CityRecord`` says what happened, ``python -m lockstep`` prints that.
"""
