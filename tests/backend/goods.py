"""Compartments of a scripted vehicle: opened and closed for people, with what is in them."""

import asyncio
from dataclasses import dataclass, field

from gangseo_protocol.actions import (
    HANDED_OVER,
    LOADED,
    NOT_COLLECTED,
    NOT_LOADED,
    NOT_RETURNED,
    RETURNED,
    Goods,
    HandOver,
    LoadGoods,
)


@dataclass
class Compartments:
    """One action at a time; ``inside`` is the delivery in each compartment and is part of the vehicle's memory."""

    inside: dict[int, str]
    patience_s: float = 3600.0
    open: int | None = None
    heard: list[tuple[str, str]] = field(default_factory=list)
    """Every request with its delivery, once."""
    standing: Goods | None = None
    """The node action that is under way; a request for another is refused."""
    _opened: asyncio.Event = field(default_factory=asyncio.Event)
    _closed: asyncio.Event = field(default_factory=asyncio.Event)

    def ask(self, action_type: str, delivery_id: str) -> bool:
        """An instant action; whether it fits what the vehicle does."""
        self.heard.append((action_type, delivery_id))
        if self.standing is None or self.standing.delivery_id != delivery_id:
            return False
        if action_type == "openCompartment":
            self.open = self.standing.compartment
            self._opened.set()
            return True
        if self.open is None:
            return False
        self._closed.set()
        return True

    async def handle(self, action: Goods, pace: float) -> str:
        """Do a node action; gives its result."""
        self.standing = action
        self._opened.clear()
        self._closed.clear()
        wait_s = min(action.duration_s, self.patience_s) / pace
        try:
            if isinstance(action, HandOver) and not await _within(self._opened, wait_s):
                return NOT_COLLECTED
            self.open = action.compartment
            confirmed = await _within(self._closed, wait_s)
        finally:
            self.standing = self.open = None
        if isinstance(action, LoadGoods):
            if confirmed:
                self.inside[action.compartment] = action.delivery_id
            return LOADED if confirmed else NOT_LOADED
        if isinstance(action, HandOver):
            self.inside.pop(action.compartment, None)
            return HANDED_OVER
        if confirmed:
            self.inside.pop(action.compartment, None)
        return RETURNED if confirmed else NOT_RETURNED


async def _within(event: asyncio.Event, wait_s: float) -> bool:
    try:
        async with asyncio.timeout(wait_s):
            await event.wait()
    except TimeoutError:
        return False
    return True
