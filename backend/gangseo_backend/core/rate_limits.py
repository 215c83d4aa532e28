"""How often somebody may try something."""

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from gangseo_backend.core.errors import TooManyRequestsError


class RateLimiter:
    """Moving windows in memory; one process, so one memory."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, rule: str, *who: str) -> None:
        """Count one try.

        Args:
            rule: such as ``10/minute``.
            who: what is counted, such as a route and an address.

        Raises:
            TooManyRequestsError: the rule is used up.
        """
        item: RateLimitItem = parse(rule)
        if not self._limiter.hit(item, *who):
            raise TooManyRequestsError
