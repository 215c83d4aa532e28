"""Facts, incidents and changed missions, told to people after the commit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel
from sqlmodel import Session, col, select

from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import after_commit
from gangseo_backend.core.facts import FactRecorder
from gangseo_backend.core.ids import new_id
from gangseo_backend.core.stream import StreamHub
from gangseo_backend.core.texts import Catalog, KeyedText
from gangseo_backend.fleet.models import IncidentRow, MissionRow, RecordingRow
from gangseo_backend.fleet.public import IncidentPublic, IncidentState, MissionPublic
from gangseo_backend.fleet.public_control import TakeoverPublic
from gangseo_backend.fleet.public_law import RecordedMoment

LastMinute = Callable[[str], Sequence[RecordedMoment]]
"""What the event recorder has of a robot."""
FLEET_TEXTS = Catalog(Path(__file__).parent / "messages")


class IncidentMessage(BaseModel):
    """The incident's frame on the stream."""

    type: Literal["incident"] = "incident"
    incident: IncidentPublic


class MissionMessage(BaseModel):
    """The mission's frame on the stream."""

    type: Literal["mission"] = "mission"
    mission: MissionPublic


@dataclass(frozen=True, slots=True)
class About:
    """What a fact or incident is about."""

    robot_id: str | None = None
    mission_id: str | None = None
    call_id: str | None = None


def about(mission: MissionRow, robot_id: str | None = None) -> About:
    """About a mission and its robot."""
    return About(robot_id or mission.robot_id, mission.id, mission.call_id)


def public_incident(row: IncidentRow) -> IncidentPublic:
    """The incident as people see it."""
    return IncidentPublic(
        text=KeyedText(key=row.text_key, ko=row.text_ko, en=row.text_en),
        **row.model_dump(exclude={"text_key", "text_ko", "text_en", "note"}),
    )


class Recorder:
    """Writes facts and incidents in the caller's transaction."""

    def __init__(self, clock: Clock, hub: StreamHub, facts: FactRecorder, last_minute: LastMinute) -> None:
        self._clock = clock
        self._hub = hub
        self._facts = facts
        self._last_minute = last_minute
        self.on_takeover: Callable[[str, TakeoverPublic | None], None] = lambda _robot_id, _takeover: None

    def fact(self, session: Session, kind: str, subject: About, **values: object) -> None:
        """Record ``event.<kind>``."""
        self._facts.record(
            session,
            kind,
            FLEET_TEXTS.text(f"event.{kind}", values),
            robot_id=subject.robot_id,
            mission_id=subject.mission_id,
            call_id=subject.call_id,
        )

    def incident(self, session: Session, kind: str, subject: About, **values: object) -> None:
        """Raise ``incident.<kind>`` with the robot's last minute; open ones about the same stay one."""
        known = session.exec(
            select(IncidentRow).where(
                IncidentRow.kind == kind,
                col(IncidentRow.robot_id).is_not_distinct_from(subject.robot_id),
                col(IncidentRow.mission_id).is_not_distinct_from(subject.mission_id),
                col(IncidentRow.state) != IncidentState.RESOLVED,
            )
        ).first()
        if known is not None:
            return
        text = FLEET_TEXTS.text(f"incident.{kind}", values)
        row = IncidentRow(
            id=new_id(),
            kind=kind,
            state=IncidentState.OPEN,
            text_key=text.key,
            text_ko=text.ko,
            text_en=text.en,
            robot_id=subject.robot_id,
            mission_id=subject.mission_id,
            call_id=subject.call_id,
            created_at=self._clock.now(),
        )
        session.add(row)
        if subject.robot_id is not None:
            moments = [moment.model_dump(mode="json") for moment in self._last_minute(subject.robot_id)]
            session.add(RecordingRow(incident_id=row.id, robot_id=subject.robot_id, moments=moments))
        self.incident_changed(session, row)

    def incident_changed(self, session: Session, row: IncidentRow) -> None:
        """Show an incident anew."""
        message = IncidentMessage(incident=public_incident(row))
        after_commit(session, lambda: self._hub.changed(f"incident:{row.id}", lambda: message))

    def takeover_changed(self, session: Session, robot_id: str, takeover: TakeoverPublic | None) -> None:
        """Show who holds a robot."""
        after_commit(session, lambda: self.on_takeover(robot_id, takeover))

    def mission_changed(self, session: Session, mission: MissionPublic) -> None:
        """Show a mission anew."""
        message = MissionMessage(mission=mission)
        after_commit(session, lambda: self._hub.changed(f"mission:{mission.id}", lambda: message))
