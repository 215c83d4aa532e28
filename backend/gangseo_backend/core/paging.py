"""Lists in pieces, newest first."""

from typing import Annotated

from fastapi import Query

Cursor = Annotated[str | None, Query(max_length=64, pattern=r"^[0-9a-f-]+$", description="An id of this list")]
"""The last id a reader has; the list goes on after it."""
