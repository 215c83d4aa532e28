"""Who calls robots, and when: residents who call again after being served, or calls by the clock."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Crowd(Protocol):
    """Decides which spots are called from now on."""

    def due(self, now_s: float, busy: frozenset[str]) -> list[str]:
        """Spots to call from now; ``busy`` have an open call."""

    def ended(self, now_s: float) -> None:
        """A call of theirs has ended."""

    @property
    def over(self) -> bool:
        """Whether nobody will call any more."""


@dataclass
class ClosedLoop:
    """K residents; each calls from a spot drawn at random, and again ``pause_s`` after being served."""

    spots: Sequence[str]
    calls: int
    residents: int = 2
    pause_s: float = 20.0
    seed: int = 1
    begin_s: float = 2.0
    _made: int = field(default=0, init=False)
    _due: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(f"residents {self.seed}")
        self._due = [self.begin_s] * self.residents

    def due(self, now_s: float, busy: frozenset[str]) -> list[str]:
        """Spots for those whose pause is over."""
        chosen: list[str] = []
        while self._due and self._due[0] <= now_s and self._made < self.calls:
            free = [spot for spot in self.spots if spot not in busy and spot not in chosen]
            if not free:
                break
            self._due.pop(0)
            self._made += 1
            chosen.append(self._chance.choice(free))
        return chosen

    def ended(self, now_s: float) -> None:
        """One of them is served and will call again later."""
        self._due.append(now_s + self.pause_s)

    @property
    def over(self) -> bool:
        """Whether all calls were made."""
        return self._made >= self.calls


@dataclass
class ByTheClock:
    """Calls at given moments from given spots; one from a spot that has an open call waits for its end."""

    times_s: Sequence[float]
    from_spots: Sequence[str]

    def __post_init__(self) -> None:
        self._waiting = sorted(zip(self.times_s, self.from_spots, strict=True))

    def due(self, now_s: float, busy: frozenset[str]) -> list[str]:
        """Spots whose moment has come."""
        chosen: list[str] = []
        later: list[tuple[float, str]] = []
        for at_s, spot in self._waiting:
            if at_s <= now_s and spot not in busy and spot not in chosen:
                chosen.append(spot)
            else:
                later.append((at_s, spot))
        self._waiting = later
        return chosen

    def ended(self, now_s: float) -> None:
        """Nobody waits for that."""

    @property
    def over(self) -> bool:
        """Whether all calls were made."""
        return not self._waiting


def poisson(spots: Sequence[str], calls: int, per_hour: float, seed: int) -> ByTheClock:
    """Calls at random moments with a mean rate, from spots drawn at random."""
    chance = random.Random(f"poisson {seed}")
    times_s, at_s = [], 2.0
    for _ in range(calls):
        times_s.append(at_s)
        at_s += chance.expovariate(per_hour / 3600.0)
    return ByTheClock(times_s, [chance.choice(list(spots)) for _ in range(calls)])
