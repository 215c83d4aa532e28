"""Whose goods lie in which compartment: kept in the journal, checked against the scales."""

import json
import math
from collections.abc import Iterator
from dataclasses import astuple, dataclass

from gangseo_protocol.vda5050 import Load
from gangseo_robot.journal import Journal
from gangseo_robot.senses import Senses

LIGHTEST_KG = 0.05
"""Less than this a scale cannot tell from nothing."""
KEPT_PARCELS = 100
_FLAG = "cargo"


@dataclass(frozen=True, slots=True)
class Parcel:
    """The goods of one delivery; ``result`` is what its last action came to, "" while it is being loaded."""

    load_id: str
    compartment: int
    mass_kg: float
    on_board: bool = True
    result: str = ""


@dataclass(frozen=True, slots=True)
class Aboard:
    """Goods that are on board for sure; without a parcel nobody knows whose they are."""

    compartment: int
    mass_kg: float
    parcel: Parcel | None

    @property
    def load_id(self) -> str:
        """Id of the delivery, "" for nobody's."""
        return self.parcel.load_id if self.parcel else ""

    def to_wire(self) -> Load:
        """As the state tells it."""
        return Load(
            load_id=self.load_id or None,
            load_type="goods",
            load_position=position(self.compartment),
            weight=round(self.mass_kg, 2),
        )


def position(compartment: int) -> str:
    """Name of a compartment in factsheet and state."""
    return f"compartment_{compartment}"


def holds_goods(senses: Senses, compartment: int, announced_kg: float = math.inf) -> bool | None:
    """Whether goods of about that mass are seen in a compartment; None where its scale cannot tell."""
    seen = senses.compartment(compartment)
    if seen is None or seen.mass_kg is None:
        return None
    if seen.mass_kg >= LIGHTEST_KG:
        return True
    return False if announced_kg >= 2 * LIGHTEST_KG else None


class Cargo:
    """The parcels of one robot, those that have left it too: what was done with one is not done again."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        stored = journal.flag(_FLAG)
        parcels = [Parcel(*values) for values in json.loads(stored)] if stored else []
        self._parcels = {parcel.load_id: parcel for parcel in parcels}

    def find(self, load_id: str) -> Parcel | None:
        """What is known of a delivery's goods."""
        return self._parcels.get(load_id)

    def note(self, parcel: Parcel) -> None:
        """Remembers a parcel as it is now, in place of what was meant for its compartment before."""
        if self._parcels.get(parcel.load_id) == parcel:
            return
        before = [each for each in self._parcels.values() if each.on_board and each.compartment == parcel.compartment]
        for load_id in {parcel.load_id, *(each.load_id for each in before)}:
            self._parcels.pop(load_id, None)
        self._parcels[parcel.load_id] = parcel
        self._save()

    def drop(self, load_id: str) -> None:
        """Forgets a parcel that never came on board."""
        if self._parcels.pop(load_id, None):
            self._save()

    def _save(self) -> None:
        gone = [parcel.load_id for parcel in self._parcels.values() if not parcel.on_board]
        for load_id in gone[:-KEPT_PARCELS]:
            del self._parcels[load_id]
        self._journal.set_flag(_FLAG, json.dumps([astuple(parcel) for parcel in self._parcels.values()]))

    def aboard(self, senses: Senses) -> Iterator[Aboard]:
        """All goods on board: what the scales see, and what they cannot see but was loaded."""
        meant = {parcel.compartment: parcel for parcel in self._parcels.values() if parcel.on_board}
        for number in sorted(meant.keys() | {each.number for each in senses.compartments}):
            parcel, seen = meant.get(number), senses.compartment(number)
            held = holds_goods(senses, number, parcel.mass_kg if parcel else math.inf)
            if held and seen is not None and seen.mass_kg is not None:
                yield Aboard(number, seen.mass_kg, parcel)
            elif held is None and parcel is not None and parcel.result:
                yield Aboard(number, parcel.mass_kg, parcel)

    def mass_kg(self, senses: Senses) -> float:
        """Mass of all goods on board."""
        return math.fsum(each.mass_kg for each in self.aboard(senses))
