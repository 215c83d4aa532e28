"""How patient the fleet is; wall seconds."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """Times and bounds of the fleet's decisions."""

    resend_after_s: float = 10.0
    give_up_after_s: float = 30.0
    silent_after_s: float = 30.0
    goods_silent_after_s: float = 900.0
    unable_after_s: float = 120.0
    lost_after_s: float = 20.0
    lost_rest_s: float = 10.0
    forgotten_after_s: float = 10.0
    stuck_after_s: float = 240.0
    fixed_after_s: float = 45.0
    cancel_resend_s: float = 5.0
    cancel_give_up_s: float = 30.0
    idle_before_home_s: float = 20.0
    lane_blocked_s: float = 120.0
    retry_home_s: float = 60.0
    attempts: int = 4
    full_bin: float = 0.9
    fill_of_call: float = 0.1
    unload_from: float = 0.5
    idle_before_unload_s: float = 5.0
    charge_to_leave: float = 40.0
    full_charge: float = 98.0
    near_m: float = 100.0
    lookahead_m: float = 40.0
    lookahead_parts: int = 3
    lease_s: float = 60.0
    command_resend_s: float = 5.0
    command_expires_s: float = 30.0
    stop_worries_s: float = 10.0
    speed_factor: float = 1.0
    papers_required: bool = False

    def of_robot(self, seconds: float) -> float:
        """Wall seconds for a duration in robot time."""
        return seconds / self.speed_factor

    @property
    def lane_time(self) -> timedelta:
        """How long a lane counts as blocked."""
        return timedelta(seconds=self.lane_blocked_s)

    @property
    def lease(self) -> timedelta:
        """How long a zone is granted at a time."""
        return timedelta(seconds=self.lease_s)
