"""What people have switched on this robot; kept in the journal."""

from dataclasses import dataclass

from gangseo_robot.journal import Journal


@dataclass(slots=True)
class Switches:
    """Each stop is on until it is released itself; any that is on stops the robot. ``lease``: who holds it, or ""."""

    remote_stop: bool = False
    fleet_stop: bool = False
    manual_stop: bool = False
    paused: bool = False
    lease: str = ""
    lapsed: bool = False

    @property
    def stops(self) -> tuple[str, ...]:
        """The sources of the emergency stop that are on."""
        on = {"button": self.manual_stop, "robot": self.remote_stop, "fleet": self.fleet_stop}
        return tuple(name for name, pressed in on.items() if pressed)


def kept_switches(journal: Journal) -> Switches:
    """The switches as the last process left them; the button on the robot is read anew."""
    return Switches(
        remote_stop=journal.flag("remote_stop") == "on",
        fleet_stop=journal.flag("fleet_stop") == "on",
        paused=journal.flag("paused") == "on",
        lease=journal.flag("takeover"),
        lapsed=journal.flag("takeover_lapsed") == "on",
    )
