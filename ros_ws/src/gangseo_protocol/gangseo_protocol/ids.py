"""UUIDv7 text (RFC 9562): ids that sort by time of making."""

import secrets
import threading
import time
import uuid

_lock = threading.Lock()
_last_tick = 0


def new_id() -> str:
    """A new UUIDv7; strictly increasing inside one process."""
    global _last_tick  # noqa: PLW0603 - the order of ids is a property of the process
    with _lock:
        # milliseconds with 12 bits of fraction in rand_a (RFC 9562 §6.2, method 3)
        tick = max((time.time_ns() << 12) // 1_000_000, _last_tick + 1)
        _last_tick = tick
    value = (tick >> 12) << 80 | 0x7 << 76 | (tick & 0xFFF) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
