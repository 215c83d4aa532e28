"""How far a robot can still go: by what it used before, the cold and its load. Pure."""

from bisect import bisect_right

RESERVE = 15.0
"""Per cent of charge that no mission is planned with: the way home when something goes wrong."""
PRIOR_M = 2000.0
"""What a robot says of its range counts as much as so many metres of having driven."""
MOST_TIMES = 3.0
"""What was learnt counts up to so many times what the robot says: no sum gone wrong keeps it at home for ever."""
BARE_KG = 100.0
"""Load counts against this mass."""
CAPACITY_BY_CELSIUS = ((-20.0, 0.55), (-10.0, 0.70), (0.0, 0.85), (10.0, 0.95), (20.0, 1.0))
"""Share of a lithium battery that is there in the cold; usual figures, not measured on our robots."""


def percent_per_m(distance_m: float, charge_used: float, told_m_per_percent: float | None) -> float | None:
    """Per cent of charge for a metre; None when nobody knows.

    Args:
        distance_m: driven in the last days.
        charge_used: per cent used in the same time, standing included.
        told_m_per_percent: metres the robot says it has per per cent.
    """
    prior = PRIOR_M if told_m_per_percent else 0.0
    if distance_m + prior <= 0.0:
        return None
    told = prior / told_m_per_percent if told_m_per_percent else 0.0
    learnt = (charge_used + told) / (distance_m + prior)
    return min(learnt, MOST_TIMES / told_m_per_percent) if told_m_per_percent else learnt


def capacity(celsius: float | None) -> float:
    """Share of the battery that is there at a temperature; all of it when nobody knows."""
    if celsius is None:
        return 1.0
    degrees = [point for point, _ in CAPACITY_BY_CELSIUS]
    index = bisect_right(degrees, celsius)
    if index == 0:
        return CAPACITY_BY_CELSIUS[0][1]
    if index == len(degrees):
        return 1.0
    (low, less), (high, more) = CAPACITY_BY_CELSIUS[index - 1 : index + 1]
    return less + (more - less) * (celsius - low) / (high - low)


def usable_range_m(charge: float, per_m: float | None, celsius: float | None) -> float | None:
    """Metres until only the reserve is left; None when nobody knows."""
    if per_m is None or per_m <= 0.0:
        return None
    return max(0.0, charge * capacity(celsius) - RESERVE) / per_m


def effort(load_kg: float) -> float:
    """How much more a metre takes with a load than without."""
    return 1.0 + max(0.0, load_kg) / BARE_KG
