"""What a robot does at a spot."""

from gangseo_backend.core.domain_events import Leg, Work
from gangseo_backend.recycling.public import Language
from gangseo_protocol.actions import CloseBins, OpenBins, Say, WaitForResident
from gangseo_protocol.site import Spot


def visit(spot: Spot, language: Language) -> Leg:
    """Drive there, offer the bins, wait for the resident."""
    actions = (Say(text_key="recycling.offer", language=language), OpenBins(), WaitForResident(), CloseBins())
    return Leg(node_id=spot.node_id, work=tuple(Work.of(action) for action in actions))
