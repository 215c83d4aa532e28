"""Lids that must not stay open: bins and compartments."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from gangseo_robot.ports import Body, Pending
from gangseo_robot.senses import Senses
from gangseo_robot.steps import Waiting


@dataclass(frozen=True, slots=True)
class OpenLid:
    """A lid seen open: how to close it, and what to say meanwhile."""

    close: Callable[[], Pending]
    waiting: Waiting


def open_lids(body: Body, senses: Senses) -> Iterator[OpenLid]:
    """All lids seen open now."""
    if senses.bins_open:
        yield OpenLid(partial(body.set_bins, opened=False), Waiting("waiting.closing_bins"))
    for each in senses.compartments:
        if each.opened:
            close = partial(body.set_compartment, each.number, opened=False)
            yield OpenLid(close, Waiting("waiting.closing_compartment", {"compartment": str(each.number)}))
