"""The one place that knows numba."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Machine code for a numeric kernel, kept on disk between runs; IEEE arithmetic, so results repeat bit by bit."""
    return cast("Function", numba.njit(cache=True, fastmath=False)(function))
