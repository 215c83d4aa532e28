"""Recordings of the event recorder, for people who look into an incident."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa
from sqlmodel import Session, col, select

from gangseo_backend.core import audit
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database
from gangseo_backend.core.errors import NotFoundError
from gangseo_backend.core.texts import KeyedText
from gangseo_backend.fleet.models import IncidentRow, RecordingRow
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.public_law import RecordedMoment, RecordedPhase, Recording, RecordingSummary
from gangseo_backend.fleet.record import public_incident
from gangseo_backend.fleet.wording import Wording

_COLUMNS = (
    "x", "y", "theta", "speed_mps", "state_of_charge", "activity", "driving", "paused", "emergency_stop",
    "operating_mode", "order_id", "last_node_id", "waiting",
)  # fmt: skip


class Recordings:
    """Lists recordings, reads one, gives copies away."""

    def __init__(self, db: Database, clock: Clock, place: Place) -> None:
        self._db, self._clock, self._place = db, clock, place

    def of_all(self, *, robot_id: str | None, limit: int, before: str | None) -> list[RecordingSummary]:
        """Recordings, newest first; ``before`` is the id of an incident."""
        count = sa.func.json_array_length(RecordingRow.moments)
        query = select(IncidentRow, RecordingRow.robot_id, count).join(
            RecordingRow, col(RecordingRow.incident_id) == col(IncidentRow.id)
        )
        if robot_id is not None:
            query = query.where(col(RecordingRow.robot_id) == robot_id)
        if before is not None:
            query = query.where(col(IncidentRow.id) < before)
        with self._db.read() as session:
            found = session.exec(query.order_by(col(IncidentRow.id).desc()).limit(limit)).all()
        return [self._summary(incident, robot, moments) for incident, robot, moments in found]

    def one(self, incident_id: str) -> Recording:
        """The last minute before an incident.

        Raises:
            NotFoundError: there is none with this id, or it is about no robot.
        """
        with self._db.read() as session:
            return self._read(session, incident_id)

    def copy(self, incident_id: str, *, actor: str) -> tuple[str, str]:
        """Name and text of a CSV file; who took it is recorded.

        Raises:
            NotFoundError: there is none with this id, or it is about no robot.
        """
        with self._db.write() as session:
            recording = self._read(session, incident_id)
            details = {"robot_id": recording.robot_id}
            audit.append(
                session, self._clock, actor=actor, action="recording_copied", subject=incident_id, details=details
            )
        return f"recording-{recording.robot_id}-{recording.created_at:%Y%m%dT%H%M%SZ}.csv", as_csv(recording)

    def _read(self, session: Session, incident_id: str) -> Recording:
        row = session.get(RecordingRow, incident_id)
        incident = session.get(IncidentRow, incident_id)
        if row is None or incident is None:
            raise NotFoundError
        moments = [RecordedMoment.model_validate(moment) for moment in row.moments]
        summary = self._summary(incident, row.robot_id, len(moments))
        phases = phases_of(moments, incident.created_at, self._place.wording)
        return Recording(**summary.model_dump(), moments=moments, phases=phases)

    def _summary(self, incident: IncidentRow, robot_id: str, moment_count: int) -> RecordingSummary:
        public = public_incident(incident)
        return RecordingSummary(
            incident_id=public.id, robot_id=robot_id, robot_name=self._place.name_of(robot_id), text=public.text,
            state=public.state, created_at=public.created_at, moment_count=moment_count,
        )  # fmt: skip


def phases_of(moments: Sequence[RecordedMoment], end: datetime, wording: Wording) -> list[RecordedPhase]:
    """Stretches in which a robot did one thing; each lasts until the next begins, the last until ``end``."""
    stretches = [list(group) for _, group in groupby(moments, lambda each: (each.activity, each.waiting, each.errors))]
    begins = [stretch[0].at for stretch in stretches]
    ends = [*begins[1:], max([end, *begins[-1:]])]
    return [_phase(stretch[0], until, wording) for stretch, until in zip(stretches, ends, strict=False)]


def _phase(first: RecordedMoment, until: datetime, wording: Wording) -> RecordedPhase:
    values = first.error_values or [{} for _ in first.errors]
    return RecordedPhase(
        since=first.at,
        until=until,
        activity=first.activity,
        waiting=wording.say(first.waiting, first.waiting_values) if first.waiting else None,
        errors=[_error(error, value, wording) for error, value in zip(first.errors, values, strict=False)],
    )


def _error(error_type: str, values: dict[str, str], wording: Wording) -> KeyedText:
    said = wording.say(f"error.{error_type}", values)
    return said if said.ko != said.key else KeyedText(key=said.key, ko=error_type, en=error_type)


def as_csv(recording: Recording) -> str:
    """One row a moment; ``seconds`` counts down to the incident at 0."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(["at", "seconds", *_COLUMNS, "errors"])
    for moment in recording.moments:
        told = moment.model_dump(mode="json")
        seconds = (moment.at - recording.created_at).total_seconds()
        writer.writerow([told["at"], f"{seconds:.1f}", *(told[column] for column in _COLUMNS), " ".join(moment.errors)])
    return out.getvalue()
