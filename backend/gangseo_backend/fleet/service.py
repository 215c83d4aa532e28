"""The fleet's front door: what people and other domains ask is done."""

from datetime import datetime

from sqlmodel import Session, col, select

from gangseo_backend.core import audit
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.config import ConfigError, Settings
from gangseo_backend.core.db import Database, after_commit
from gangseo_backend.core.domain_events import MissionCancelRequested, MissionRequested
from gangseo_backend.core.errors import GangseoError, NotFoundError
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.live import LiveMissions
from gangseo_backend.core.outbox import Outbox
from gangseo_backend.core.robot_mail import RobotMail
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.fleet import commands, missions
from gangseo_backend.fleet.board import OPEN_MISSIONS, Outgoing
from gangseo_backend.fleet.closures import Closures
from gangseo_backend.fleet.event_recorder import EventRecorder
from gangseo_backend.fleet.figures import FleetFigures
from gangseo_backend.fleet.fleet_stop import FleetStop
from gangseo_backend.fleet.goods import Goods
from gangseo_backend.fleet.intake import Intake
from gangseo_backend.fleet.link import Carrier, Link, MakeCarrier
from gangseo_backend.fleet.models import CommandRow, IncidentRow, MissionRow, TourStopRow
from gangseo_backend.fleet.papers import Papers
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.planner import Planner
from gangseo_backend.fleet.policy import Policy
from gangseo_backend.fleet.public import (
    CommandCreate,
    CommandKind,
    CommandPublic,
    CommandState,
    IncidentPublic,
    IncidentState,
    MissionKind,
    MissionPublic,
    RobotPublic,
)
from gangseo_backend.fleet.queries import FleetQueries, mission_public
from gangseo_backend.fleet.record import FLEET_TEXTS, About, Recorder, public_incident
from gangseo_backend.fleet.recordings import Recordings
from gangseo_backend.fleet.relay import Relay
from gangseo_backend.fleet.takeovers import Takeovers
from gangseo_backend.fleet.tour_forecast import TourForecasts
from gangseo_backend.fleet.weather import Weather
from gangseo_backend.fleet.wire import Wire
from gangseo_protocol.schema import SchemaChecker, SchemaFolderError
from gangseo_protocol.site import Site


class CommandReusedError(GangseoError):
    """The command id belongs to another command."""

    code, status, texts = "command_id_taken", 409, FLEET_TEXTS


class MissionOverError(GangseoError):
    """The mission has ended."""

    code, status, texts = "mission_over", 409, FLEET_TEXTS


class FleetService:
    """Robots, missions, commands and incidents."""

    def __init__(
        self,
        settings: Settings,
        db: Database,
        clock: Clock,
        hub: StreamHub,
        outbox: Outbox,
        facts: FactRecorder,
        live_missions: LiveMissions,
        site: Site,
        mqtt_password: str,
        policy: Policy | None = None,
        make_carrier: MakeCarrier | None = None,
        mail: RobotMail | None = None,
    ) -> None:
        """``make_carrier`` brings the messages by another way than MQTT; ``mail`` is for those of other domains."""
        self.site = site
        self._db = db
        self._clock = clock
        self._live_missions = live_missions
        self._place = Place.of(site)
        events = EventRecorder(clock)
        self._recorder = recorder = Recorder(clock, hub, facts, events.last)
        self.queries = FleetQueries(db, self._place, live_missions)
        self.figures = FleetFigures(db, clock, self._place, settings.speed_factor)
        self.intake = Intake(clock, hub, self._place, events)
        policy = policy or _policy(settings)
        self.papers = Papers(db, clock, self._place, self.intake.width_m, required=policy.papers_required)
        self.recordings = Recordings(db, clock, self._place)
        self.weather = Weather(db, clock)
        self.closures = Closures(db, clock, self._recorder)
        wire = Wire(clock, self.intake, _checker(settings), mail)
        self.link: Carrier = make_carrier(wire) if make_carrier else _mqtt(settings, mqtt_password, wire)
        self.planner = Planner(
            db, clock, self._place, policy, self._recorder,
            outbox, live_missions, self.intake, self.link,
        )  # fmt: skip
        self.tours = TourForecasts(self.planner.tours, self._place, policy)
        if mail is not None:
            mail.send = lambda robot_id, name, message: self.link.publish(Outgoing(robot_id, name, lambda _: message))
        self.relay = Relay(clock, self.link.steer)
        publish, wake = self.link.publish, self.planner.wake
        self.takeovers = Takeovers(db, clock, self._place, recorder, self.relay, publish, wake)
        self.stop_of_all = FleetStop(db, clock, hub, self._place, recorder, publish, wake)
        recorder.on_takeover = self.intake.takeover_changed
        self.intake.wake = self.closures.wake = self.planner.wake
        self.intake.send = self.link.publish
        self.intake.on_reconnect = self.planner.repeat_unanswered
        self.goods = Goods(clock, self._place, outbox, self._recorder, self.planner, self.link)
        outbox.subscribe(MissionRequested, self._on_mission_requested)
        outbox.subscribe(MissionCancelRequested, self._on_cancel_requested)

    def start(self) -> None:
        """Go on where an earlier process stopped."""
        with self._db.read() as session:
            self.intake.restore(session)
        self.planner.start()

    def stop(self) -> None:
        """End the planner; the link is a task of the application."""
        self.planner.stop()

    # --- from other domains, inside the outbox's transaction ---

    def _on_mission_requested(self, session: Session, event: MissionRequested) -> None:
        if session.exec(select(MissionRow).where(MissionRow.call_id == event.call_id)).first() is not None:
            return
        board = self.planner.board(session, {})
        mission = missions.create(board, MissionKind(event.purpose), event.legs, call_id=event.call_id)
        if event.tour is not None:
            session.add(TourStopRow(mission_id=mission.id, litres=event.tour.litres, latest_at=event.tour.latest_at))
        after_commit(session, lambda: self.planner.show(board.changed))

    def _on_cancel_requested(self, session: Session, event: MissionCancelRequested) -> None:
        mission = session.exec(
            select(MissionRow).where(MissionRow.call_id == event.call_id, col(MissionRow.state).in_(OPEN_MISSIONS))
        ).first()
        if mission is not None:
            self._request_cancel(session, mission, "reason.call_canceled")

    # --- for people ---

    def robots(self) -> list[RobotPublic]:
        """Every robot that was ever heard of."""
        return self.intake.robots()

    def robot(self, robot_id: str) -> RobotPublic:
        """One robot.

        Raises:
            NotFoundError: nobody has heard of it.
        """
        try:
            return self.intake.robot(robot_id)
        except KeyError as err:
            raise NotFoundError from err

    def cancel_mission(self, mission_id: str, *, reason: str, actor: str) -> MissionPublic:
        """Ask for the end of a mission; asking twice is asking once.

        Raises:
            NotFoundError: there is no such mission.
            MissionOverError: it has ended already.
        """
        with self._db.write() as session:
            mission = session.get(MissionRow, mission_id)
            if mission is None:
                raise NotFoundError
            if not mission.open:
                raise MissionOverError
            details = {"reason": reason}
            audit.append(
                session, self._clock, actor=actor, action="mission_cancel", subject=mission_id, details=details
            )
            if mission.cancel_requested_at is None:
                self._request_cancel(session, mission, "reason.operator_canceled")
            return mission_public(session, self._place, mission, self._live_missions)

    def _request_cancel(self, session: Session, mission: MissionRow, reason_key: str) -> None:
        mission.cancel_requested_at = self._clock.now()
        mission.cancel_reason_key = reason_key
        session.add(mission)
        about = About(mission.robot_id, mission.id, mission.call_id)
        self._recorder.fact(session, "mission_cancel_requested", about)
        after_commit(session, self.planner.wake)

    def command(self, robot_id: str, body: CommandCreate, *, actor: str) -> CommandPublic:
        """Ask something of a robot at once; the same command id twice is one command.

        Raises:
            NotFoundError: nobody has heard of the robot.
            CommandReusedError: the id belongs to another command.
        """
        self.robot(robot_id)
        with self._db.write() as session:
            row = session.get(CommandRow, body.command_id)
            if row is not None:
                if (row.robot_id, row.kind) != (robot_id, body.kind):
                    raise CommandReusedError
                return commands.public(row)
            row = self._new_command(robot_id, body, actor)
            session.add(row)
            audit.append(
                session, self._clock, actor=actor, action=f"robot_{body.kind}", subject=robot_id,
                details={"command_id": body.command_id, "reason": body.reason},
            )  # fmt: skip
            self._recorder.fact(session, f"command_{body.kind}", About(robot_id), **self._robot_name(robot_id))
            message = commands.message(row)
            after_commit(session, lambda: self.link.publish(message))
            after_commit(session, self.planner.wake)
        return commands.public(row)

    def _new_command(self, robot_id: str, body: CommandCreate, actor: str) -> CommandRow:
        now = self._clock.now()
        return CommandRow(
            command_id=body.command_id,
            robot_id=robot_id,
            kind=CommandKind(body.kind),
            state=CommandState.SENT if self.link.connected else CommandState.REQUESTED,
            reason=body.reason,
            actor=actor,
            requested_at=now,
            sent_at=now if self.link.connected else None,
        )

    def _robot_name(self, robot_id: str) -> dict[str, dict[str, str]]:
        return {"robot": self._place.name_of(robot_id).model_dump()}

    def handle_incident(self, incident_id: str, state: IncidentState, *, actor: str, note: str) -> IncidentPublic:
        """Acknowledge or resolve; doing it twice changes nothing.

        Raises:
            NotFoundError: there is no such incident.
        """
        with self._db.write() as session:
            row = session.get(IncidentRow, incident_id)
            if row is None:
                raise NotFoundError
            if _moves_on(row.state, state):
                _handle(row, state, actor, self._clock.now(), note)
                session.add(row)
                details = {"note": note}
                audit.append(
                    session, self._clock, actor=actor, action=f"incident_{state.value}", subject=row.id, details=details
                )
                self._recorder.incident_changed(session, row)
            return public_incident(row)


def _mqtt(settings: Settings, password: str, wire: Wire) -> Link:
    return Link(settings.mqtt_host, settings.mqtt_port, settings.mqtt_username, password, wire)


def _policy(settings: Settings) -> Policy:
    return Policy(speed_factor=settings.speed_factor, papers_required=settings.environment == "production")


def _checker(settings: Settings) -> SchemaChecker | None:
    if settings.schema_dir is None:
        return None
    try:
        return SchemaChecker(settings.schema_dir)
    except SchemaFolderError as err:
        raise ConfigError(f"GANGSEO_SCHEMA_DIR: {err}") from err


def _moves_on(before: IncidentState, after: IncidentState) -> bool:
    order = list(IncidentState)
    return order.index(after) > order.index(before)


def _handle(row: IncidentRow, state: IncidentState, actor: str, now: datetime, note: str) -> None:
    row.state = state
    if note:
        row.note = note
    if row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by = now, actor
    if state is IncidentState.RESOLVED:
        row.resolved_at, row.resolved_by = now, actor
