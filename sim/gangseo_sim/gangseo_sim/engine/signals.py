"""Pedestrian lights: a fixed cycle green, flashing, red."""

from gangseo_protocol.site import Crosswalk
from gangseo_sim.engine.state import Signal, SignalState


def signal_at(crosswalk: Crosswalk, time_s: float) -> SignalState:
    """The light at a simulated time; the cycle begins green at time 0."""
    at = time_s % (crosswalk.green_s + crosswalk.flashing_s + crosswalk.red_s)
    for signal, lasts_s in (
        (Signal.GREEN, crosswalk.green_s),
        (Signal.FLASHING, crosswalk.flashing_s),
        (Signal.RED, crosswalk.red_s),
    ):
        if at < lasts_s:
            return SignalState(crosswalk.crosswalk_id, signal, lasts_s - at)
        at -= lasts_s
    return SignalState(crosswalk.crosswalk_id, Signal.GREEN, crosswalk.green_s)
