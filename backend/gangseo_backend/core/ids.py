"""Ids of the backend's rows: the same UUIDv7 as on the wire."""

from gangseo_protocol.ids import new_id

__all__ = ["new_id"]
