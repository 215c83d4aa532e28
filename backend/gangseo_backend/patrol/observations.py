"""What robots see on rounds: taken from the link to a thread, stored once, answered."""

import contextlib
import queue
import threading
from collections.abc import Callable

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from gangseo_backend.core.blobs import Blobs
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database, after_commit
from gangseo_backend.core.robot_mail import RobotMail
from gangseo_backend.core.telemetry import MALFORMED
from gangseo_backend.core.texts import LocalText
from gangseo_backend.patrol.models import ObservationRow, RoundRow
from gangseo_backend.patrol.public import PointPublic
from gangseo_protocol.base import WireModel
from gangseo_protocol.observation import Observation, ObservationId, ObservationReceived

PICTURES = "pictures"
_WAITING = 200
_JPEG = b"\xff\xd8\xff"
_log = structlog.get_logger(__name__)
Tell = Callable[[Session, str, RoundRow, dict[str, object]], None]


class _Named(WireModel):
    """As much of a malformed observation as is needed to refuse it."""

    observation_id: ObservationId


class ObservationIntake:
    """Stores each observation once, whatever the wire repeats; answers when it is safe.

    A robot repeats what is not answered: what cannot be stored now is simply not answered.
    """

    def __init__(
        self, db: Database, clock: Clock, blobs: Blobs, mail: RobotMail, robot_ids: frozenset[str], tell: Tell
    ) -> None:
        """``tell`` records a fact about a round."""
        self._db, self._clock, self._blobs, self._mail = db, clock, blobs, mail
        self._robot_ids, self._tell = robot_ids, tell
        self._waiting: queue.Queue[tuple[str, bytes] | None] = queue.Queue(_WAITING)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        mail.subscribe("observation", self.put)

    def start(self) -> None:
        """Begin storing."""
        self._thread = threading.Thread(target=self._run, name="observations", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the one in hand and end."""
        self._stop.set()
        with contextlib.suppress(queue.Full):  # then the thread is not asleep
            self._waiting.put_nowait(None)
        if self._thread is not None:
            self._thread.join(timeout=10)

    def put(self, robot_id: str, payload: bytes) -> None:
        """From the link, in its loop: never waits."""
        try:
            self._waiting.put_nowait((robot_id, payload))
        except queue.Full:
            _log.warning("observations_waiting", robot_id=robot_id)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.handle_next(wait=True)

    def handle_next(self, *, wait: bool = False) -> bool:
        """Keep the next one that has come, or comes; whether there was one."""
        try:
            came = self._waiting.get(block=wait)
        except queue.Empty:
            return False
        if came is None:
            return False
        robot_id, payload = came
        try:
            self.keep(robot_id, payload)
        except (SQLAlchemyError, OSError):
            _log.exception("observation_not_stored", robot_id=robot_id)
        return True

    def keep(self, robot_id: str, payload: bytes) -> None:
        """Store one observation with its picture and answer it."""
        if robot_id not in self._robot_ids:
            return
        try:
            seen = Observation.model_validate_json(payload)
        except ValidationError as err:
            self._refuse_malformed(robot_id, payload, err)
            return
        with self._db.read() as session:
            known = session.get(ObservationRow, seen.observation_id) is not None
            row = session.get(RoundRow, seen.round_id)
        refused = None if known else _refusal(seen, row)
        if known or refused is not None:
            self._answer(robot_id, seen.observation_id, refused)
            return
        key = self._keep_picture(seen)
        with self._db.write() as session:
            self._store(session, robot_id, seen, key)

    def _keep_picture(self, seen: Observation) -> str | None:
        if seen.jpeg is None:
            return None
        key = f"{PICTURES}/{self._clock.now():%Y-%m-%d}/{seen.observation_id}.jpg"
        self._blobs.put(key, seen.jpeg)
        return key

    def _store(self, session: Session, robot_id: str, seen: Observation, key: str | None) -> None:
        row = session.get(RoundRow, seen.round_id)
        if row is not None and session.get(ObservationRow, seen.observation_id) is None:
            session.add(
                ObservationRow(
                    id=seen.observation_id, round_id=seen.round_id, point_id=seen.point_id, robot_id=robot_id,
                    taken_at=seen.taken_at, received_at=self._clock.now(), people_seen=seen.people_seen,
                    picture_key=key,
                )
            )  # fmt: skip
            kind = "point_observed" if seen.people_seen is None else "point_observed_people"
            name = point_name(row, seen.point_id)
            self._tell(session, kind, row, {"point": name.model_dump(), "people": seen.people_seen})
        after_commit(session, lambda: self._answer(robot_id, seen.observation_id, None))

    def _refuse_malformed(self, robot_id: str, payload: bytes, err: ValidationError) -> None:
        first = err.errors(include_input=False)[0]
        why = f"{'.'.join(map(str, first['loc'])) or 'message'}: {first['msg']}"
        MALFORMED.labels("observation").inc()
        _log.warning("malformed_message", robot_id=robot_id, topic="observation", why=why)
        try:
            named = _Named.model_validate_json(payload)
        except ValidationError:
            return
        self._answer(robot_id, named.observation_id, why)

    def _answer(self, robot_id: str, observation_id: str, refused: str | None) -> None:
        if refused is not None:
            _log.warning("observation_refused", robot_id=robot_id, observation_id=observation_id, why=refused)
        message = ObservationReceived(observation_id=observation_id, refused=refused)
        self._mail.send(robot_id, "observationReceived", message)


def _refusal(seen: Observation, row: RoundRow | None) -> str | None:
    """Why an observation is not kept; None when it is."""
    if row is None:
        return f"there is no round {seen.round_id}"
    if not any(point["point_id"] == seen.point_id for point in row.points):
        return f"round {seen.round_id} has no point {seen.point_id}"
    if seen.jpeg is not None and not seen.jpeg.startswith(_JPEG):
        return "the picture is not a JPEG"
    return None


def point_name(row: RoundRow, point_id: str) -> LocalText:
    """A point's name as the round has it."""
    found = next((point for point in row.points if point["point_id"] == point_id), None)
    return PointPublic.model_validate(found).name if found else LocalText(ko=point_id, en=point_id)
