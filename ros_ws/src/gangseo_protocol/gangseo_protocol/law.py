"""What the law asks of robots outdoors (지능형 로봇 개발 및 보급 촉진법, outdoor rules since 2023-11-17). Pure."""

KMH = 1 / 3.6
MAXIMUM_MASS_KG = 500.0
SPEED_BY_MASS: tuple[tuple[float, float], ...] = ((230.0, 5 * KMH), (100.0, 10 * KMH), (0.0, 15 * KMH))
"""Total mass (robot and load, kg) above a bound, and the highest speed then (m/s)."""
MAXIMUM_WIDTH_M = 0.80
MAXIMUM_WIDTH_ON_WIDE_PAVEMENT_M, WIDE_PAVEMENT_M = 1.20, 2.50
STEP_M, SLOPE_DEG = 0.03, 5.0
"""A step it must pass and a slope it must stand on."""


def speed_limit_mps(mass_kg: float) -> float:
    """Highest speed at a total mass; 0 above what is allowed at all."""
    if mass_kg > MAXIMUM_MASS_KG:
        return 0.0
    return next(speed for bound, speed in SPEED_BY_MASS if mass_kg > bound or bound == 0.0)


def fits_pavement(width_m: float, pavement_m: float) -> bool:
    """Whether a robot of a width may drive on a pavement of a width."""
    if width_m <= MAXIMUM_WIDTH_M:
        return width_m <= pavement_m
    return width_m <= MAXIMUM_WIDTH_ON_WIDE_PAVEMENT_M and pavement_m >= WIDE_PAVEMENT_M
