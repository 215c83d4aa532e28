"""Ending asyncio tasks for certain."""

import asyncio
from collections.abc import Iterable
from typing import Any


async def end_all(tasks: Iterable[asyncio.Task[Any]], again_s: float = 0.5) -> None:
    """Cancel tasks until every one has ended; their errors stay with them.

    One cancel is not enough where a library waits with ``asyncio.wait_for``: up to Python 3.11 it swallows a cancel
    that comes in the moment in which what it waits for is done (bpo-42130), and the task goes on.

    Args:
        tasks: what is to end.
        again_s: seconds after which those that go on are cancelled anew; longer than their tidying up takes.
    """
    ending = set(tasks)
    going_on = ending
    while going_on:
        for task in going_on:
            task.cancel()
        _, going_on = await asyncio.wait(going_on, timeout=again_s)
    await asyncio.gather(*ending, return_exceptions=True)
