"""The application: settings in, running backend out."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator
from datetime import timedelta

from fastapi import FastAPI
from pydantic import BaseModel

from gangseo_backend.api import create_api
from gangseo_backend.core import accounts, audit, facts, outbox, tickets
from gangseo_backend.core.access import Holder, Principal, TicketPrincipal
from gangseo_backend.core.accounts import AccountService
from gangseo_backend.core.blobs import Blobs
from gangseo_backend.core.clock import Clock, SystemClock
from gangseo_backend.core.config import Settings
from gangseo_backend.core.console import serve_console
from gangseo_backend.core.db import Database
from gangseo_backend.core.errors import install_handlers
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.live import LiveMissions
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.rate_limits import RateLimiter
from gangseo_backend.core.retention import EVERY, YEAR, Retention, Rule
from gangseo_backend.core.robot_mail import RobotMail
from gangseo_backend.core.site import load_site
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.telemetry import configure_logs
from gangseo_backend.core.tickets import Tickets
from gangseo_backend.core.timetable import Timetable
from gangseo_backend.delivery import retention as delivery_retention
from gangseo_backend.delivery.service import DeliveryService
from gangseo_backend.fleet import retention as fleet_retention
from gangseo_backend.fleet.link import MakeCarrier
from gangseo_backend.fleet.policy import Policy
from gangseo_backend.fleet.service import FleetService
from gangseo_backend.patrol import retention as patrol_retention
from gangseo_backend.patrol.service import PatrolService
from gangseo_backend.recycling import retention as recycling_retention
from gangseo_backend.recycling.round_service import CollectionService
from gangseo_backend.recycling.round_watch import RoundWatch
from gangseo_backend.recycling.service import RecyclingService
from gangseo_backend.stream_frames import CallFrame, SnapshotFrame
from gangseo_protocol.tasks import end_all

_GOODBYE_S = 12.0
"""The link may take so long to tidy up: its client waits 10 s for the broker."""


class Backend:
    """The parts of one running backend, wired together."""

    def __init__(
        self, settings: Settings, clock: Clock, policy: Policy | None, make_carrier: MakeCarrier | None = None
    ) -> None:
        secrets = settings.load_secrets()
        site = load_site(settings.site_file)
        self.settings = settings
        self.clock = clock
        self.db = Database(settings.effective_database_url)
        self.hub = StreamHub(clock)
        self.outbox = Outbox(self.db, clock)
        session_key = secrets.session_key.get_secret_value()
        self.accounts = AccountService(self.db, clock, settings, session_key)
        recorder = FactRecorder(clock, self.hub)
        live, mail = LiveMissions(), RobotMail()
        qr_key = secrets.qr_key.get_secret_value()
        self.tickets = Tickets(self.db, clock, session_key, settings.ticket_minutes)
        self.fleet = FleetService(
            settings, self.db, clock, self.hub, self.outbox, recorder, live, site,
            secrets.mqtt_password.get_secret_value(), policy, make_carrier, mail,
        )  # fmt: skip
        self.recycling = RecyclingService(
            settings, self.db, clock, self.hub, self.outbox, recorder, live, site, self.tickets, qr_key=qr_key,
        )  # fmt: skip
        self.collections = CollectionService(
            settings, self.db, clock, self.hub, self.outbox, recorder, live, site, self.fleet.tours
        )
        starts = settings.round_starts.split(",") if settings.round_starts else []
        self.round_watch = RoundWatch(
            self.db, clock, self.collections, Timetable.of(starts, site.timezone),
            late=timedelta(minutes=settings.round_late_minutes),
        )  # fmt: skip
        self.delivery = DeliveryService(
            settings, self.db, clock, self.hub, self.outbox, recorder, live, site, self.tickets,
            session_key=session_key, qr_key=qr_key,
        )  # fmt: skip
        self.blobs = Blobs(settings.picture_store, settings.data_dir / "blobs")
        self.patrol = PatrolService(settings, self.db, clock, self.outbox, recorder, live, mail, self.blobs, site)
        self.retention = Retention(self.db, clock, self._retention_rules(clock))

    def _retention_rules(self, clock: Clock) -> list[Rule]:
        """What is kept for how long; positions only with an incident."""
        keep = timedelta(days=self.settings.retention_days)
        # The job comes once a day: what may be kept for thirty days goes at its last chance before.
        keep_pictures = timedelta(days=self.settings.picture_retention_days) - EVERY
        keep_audit = self.settings.audit_retention_years * YEAR
        return [
            Rule("tickets", tickets.KEEP, tickets.prune),
            Rule("login_sessions", timedelta(0), accounts.prune_sessions),
            Rule("outbox", outbox.KEEP, outbox.prune),
            Rule(
                "pictures",
                keep_pictures,
                lambda session, before: patrol_retention.prune_pictures(session, self.blobs, before),
            ),
            Rule("rounds", keep, patrol_retention.prune_rounds),
            Rule(
                "stray_pictures",
                EVERY,
                lambda session, before: patrol_retention.prune_strays(session, self.blobs, before),
            ),
            Rule("calls", keep, recycling_retention.prune_calls),
            Rule("collection_rounds", keep, recycling_retention.prune_collections),
            Rule("deliveries", keep, delivery_retention.prune_deliveries),
            Rule("recipients", delivery_retention.KEEP_NAMES, delivery_retention.forget_recipients),
            Rule("proofs", delivery_retention.KEEP_PROOFS, delivery_retention.prune_proofs),
            Rule("missions", keep, fleet_retention.prune_missions),
            Rule("commands", keep, fleet_retention.prune_commands),
            Rule("control", keep, fleet_retention.prune_control),
            Rule("incidents", keep, fleet_retention.prune_incidents),
            Rule("events", keep, facts.prune),
            Rule("audit", keep_audit, lambda session, before: audit.prune(session, clock, before)),
        ]

    def give_to(self, api: FastAPI) -> None:
        """Let the routes find their services."""
        api.state.settings = self.settings
        api.state.accounts = self.accounts
        api.state.limiter = RateLimiter()
        api.state.fleet = self.fleet
        api.state.recycling = self.recycling
        api.state.collections = self.collections
        api.state.delivery = self.delivery
        api.state.patrol = self.patrol
        api.state.hub = self.hub
        api.state.clock = self.clock
        api.state.driving = {}
        api.state.authenticate = self.authenticate
        api.state.first_frames = self.first_frames
        api.state.readiness = {"database": self.db.is_ready, "broker": self._broker_ready}

    def authenticate(self, cookie: str | None, bearer: str | None) -> Principal | None:
        """Who shows this cookie or ticket."""
        if bearer is not None:
            return self.tickets.verify(bearer) or self.delivery.recipients.verify(bearer)
        found = self.accounts.find(cookie) if cookie else None
        return found[0] if found else None

    def first_frames(self, principal: Principal) -> list[BaseModel]:
        """What a new reader of the stream gets before the changes."""
        if isinstance(principal, TicketPrincipal) and principal.holder is not Holder.SPOT:
            return self.delivery.first_frames(principal)
        if isinstance(principal, TicketPrincipal):
            call = self.recycling.open_call_of(principal.subject)
            return [CallFrame(type="call", call=call)] if call is not None else []
        return [self._snapshot()]

    def _snapshot(self) -> SnapshotFrame:
        queries = self.fleet.queries
        return SnapshotFrame(
            type="snapshot",
            robots=self.fleet.robots(),
            missions=queries.open_missions(),
            calls=self.recycling.open_calls(),
            deliveries=self.delivery.operators.open_deliveries(),
            incidents=queries.open_incidents(),
            events=queries.events(after=None, limit=50),
            fleet_stop=self.fleet.stop_of_all.current(),
        )

    def _broker_ready(self) -> bool:
        return self.fleet.link.connected or not self.settings.mqtt_enabled

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Migrate, go on where the last process stopped, work, and end in order."""
        await asyncio.to_thread(self._prepare)
        tasks = [asyncio.create_task(self.hub.run())]
        if self.settings.mqtt_enabled:
            tasks.append(asyncio.create_task(self.fleet.link.run()))
        try:
            yield
        finally:
            await asyncio.to_thread(self._finish)
            await end_all(tasks, again_s=_GOODBYE_S)
            self.db.close()

    def _prepare(self) -> None:
        self.db.migrate()
        self.accounts.create_first_accounts(self.settings.data_dir / "demo-accounts.json")
        self.recycling.start()
        self.collections.start()
        self.delivery.start()
        self.fleet.start()
        self.outbox.start()
        self.patrol.start()
        self.round_watch.ticker.start()
        self.retention.start()

    def _finish(self) -> None:
        self.retention.stop()
        self.round_watch.ticker.stop()
        self.patrol.stop()
        self.outbox.stop()
        self.fleet.stop()


def create_app(settings: Settings, *, clock: Clock | None = None, policy: Policy | None = None) -> FastAPI:
    """The application for these settings.

    Raises:
        ConfigError: a file is missing or a secret is not fit for production.
    """
    backend = Backend(settings, clock or SystemClock(), policy)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with backend.running():
            yield

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    api = create_api()
    backend.give_to(api)
    app.mount("/api", api)
    install_handlers(app)  # a path with a line break passes the mount by
    app.state.backend = backend
    serve_console(app, settings.console_dir)
    return app


def app_from_environment() -> FastAPI:
    """For ``uvicorn --factory gangseo_backend.main:app_from_environment``."""
    configure_logs()
    app = create_app(Settings())
    # What is loaded now stays for good: a full collection over it would stop all threads for 0.1–0.2 s.
    gc.collect()
    gc.freeze()
    return app
