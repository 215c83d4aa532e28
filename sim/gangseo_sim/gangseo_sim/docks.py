"""``docks.yaml``: the stations of a site as a dock database of Nav2's docking server."""

from gangseo_protocol.site import Site


def docks_yaml(site: Site) -> str:
    """Every station by its id; its kind is the type of dock."""
    lines = ["docks:"]
    for station in site.stations:
        lines += [
            f"  {station.station_id}:",
            f"    type: {station.kind}",
            "    frame: map",
            f"    pose: [{station.x}, {station.y}, {station.theta}]",
        ]
    return "\n".join(lines) + "\n"
