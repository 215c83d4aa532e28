"""Parts of the running application, for routes."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request

from gangseo_backend.core.rate_limits import RateLimiter


def of_app(name: str) -> Callable[[Request], Any]:
    """A dependency: the part that ``create_app`` has put into ``app.state`` under this name."""

    def part(request: Request) -> Any:  # noqa: ANN401 - each route says which part it wants
        return getattr(request.app.state, name)

    return part


Limiter = Annotated[RateLimiter, Depends(of_app("limiter"))]
