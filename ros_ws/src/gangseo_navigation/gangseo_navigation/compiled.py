"""One way to compile a function to machine code, with types kept for checkers."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compiles with numba, cached on disk (``NUMBA_CACHE_DIR``), running without Python's lock."""
    return cast("F", numba.njit(cache=True, nogil=True)(function))
