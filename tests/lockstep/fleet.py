"""The real backend on the engine's clock: real services, planner and SQLite, stepped instead of threaded."""

import logging
from pathlib import Path

import structlog

from gangseo_backend.core.clock import ManualClock
from gangseo_backend.core.config import Settings
from gangseo_backend.core.domain_events import MissionChanged
from gangseo_backend.fleet.policy import Policy
from gangseo_backend.fleet.wire import Wire
from gangseo_backend.main import Backend
from gangseo_backend.recycling.public import CallPublic
from lockstep.link import Conditions, LockstepLink

STEP_EVERY_S = 0.5
TIMETABLE_EVERY_S = 10.0
TOUR_TURNS = 300


class LockstepFleet:
    """Backend, planner and outbox; ``step`` decides when something changed and twice a second."""

    def __init__(
        self,
        folder: Path,
        site_file: Path,
        clock: ManualClock,
        *,
        seed: int,
        policy: Policy | None = None,
        conditions: Conditions | None = None,
        schema_dir: Path | None = None,
    ) -> None:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        settings = Settings(
            data_dir=folder, site_file=site_file, mqtt_enabled=False, schema_dir=schema_dir,
            password_time_cost=1, password_memory_kib=64,
        )  # fmt: skip
        self._clock = clock
        self.steps = 0

        def carrier(wire: Wire) -> LockstepLink:
            self.link = LockstepLink(wire, clock, seed, conditions)
            return self.link

        self.backend = Backend(settings, clock, policy, carrier)
        self._woken = True
        self._stepped_at_s = self._looked_at_s = -1e9
        self.backend.fleet.intake.wake = self.wake
        self.backend.fleet.planner.search_at_once(TOUR_TURNS)
        self.stages: list[MissionChanged] = []
        """What calls have come to, oldest first; whoever reads them empties the list."""
        self.backend.outbox.subscribe(MissionChanged, lambda _session, event: self.stages.append(event))
        self._start()

    def _start(self) -> None:
        backend = self.backend
        backend.db.migrate()
        backend.recycling.start()
        with backend.db.read() as session:
            backend.fleet.intake.restore(session)
        self._tokens = {spot.spot_id: spot.page_url.rsplit("/", 1)[1] for spot in backend.recycling.spots()}

    def wake(self) -> None:
        """Something changed: look at once."""
        self._woken = True

    @property
    def spots(self) -> tuple[str, ...]:
        """Spots with a QR code."""
        return tuple(sorted(self._tokens))

    def call(self, spot_id: str) -> CallPublic:
        """A resident scans the code of a spot and calls."""
        recycling = self.backend.recycling
        ticket = recycling.create_ticket(self._tokens[spot_id]).ticket
        principal = self.backend.tickets.verify(ticket)
        assert principal is not None
        return recycling.create_call(principal, "ko")

    def cancel(self, call_id: str) -> None:
        """The resident takes a call back."""
        self.backend.recycling.cancel_call(call_id, None)
        self._woken = True

    def step(self) -> None:
        """One look at the world, when it is time for one."""
        now_s = self._clock.monotonic()
        due = now_s - self._stepped_at_s >= STEP_EVERY_S - 1e-6
        if not (due or self._woken):
            return
        self._woken = False
        self._patrol(now_s)
        handled = self._handle()
        self._stepped_at_s = now_s
        self.backend.fleet.planner.step()
        self.steps += 1
        if self._handle() or handled:
            self._woken = True

    def _patrol(self, now_s: float) -> None:
        """What has been seen is stored; now and then a look at the timetable."""
        patrol = self.backend.patrol
        while patrol.intake.handle_next():
            self._woken = True
        if now_s - self._looked_at_s >= TIMETABLE_EVERY_S:
            self._looked_at_s = now_s
            patrol.scheduler.look()

    def _handle(self) -> bool:
        """Everything in the outbox; whether there was something."""
        some = False
        while self.backend.outbox.handle_due():
            some = True
        return some

    def close(self) -> None:
        """Ends it."""
        self.backend.db.close()
