"""Insurance and certificate of each robot, as the law asks for them."""

from collections.abc import Callable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import select

from gangseo_backend.core import audit
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.db import Database
from gangseo_backend.core.errors import NotFoundError
from gangseo_backend.fleet.lawful import paper_state, why_unlawful
from gangseo_backend.fleet.models_law import PaperRow
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.public_law import PaperInput, PaperKind, PaperPublic, PaperStanding, RobotStanding
from gangseo_backend.fleet.record import FLEET_TEXTS


class Papers:
    """Kept by administrators; ``lawful`` reads them before it gives work."""

    def __init__(
        self, db: Database, clock: Clock, place: Place, width_m: Callable[[str], float | None], *, required: bool
    ) -> None:
        """``width_m`` tells how wide a robot is; ``required`` is whether robots without papers must not drive."""
        self._db, self._clock, self._place = db, clock, place
        self._width_m, self._required = width_m, required

    def of_all(self) -> list[PaperPublic]:
        """Every paper, by robot."""
        query = select(PaperRow).order_by(PaperRow.robot_id, PaperRow.kind)
        with self._db.read() as session:
            return [PaperPublic.model_validate(row.model_dump()) for row in session.exec(query)]

    def standing(self) -> list[RobotStanding]:
        """How each robot of the site stands with the law today."""
        today = self._clock.now().astimezone(ZoneInfo(self._place.site.timezone)).date()
        with self._db.read() as session:
            rows = session.exec(select(PaperRow)).all()
        papers: dict[str, dict[PaperKind, PaperRow]] = {robot_id: {} for robot_id in self._place.homes}
        for row in rows:
            papers.get(row.robot_id, {})[row.kind] = row
        return [self._standing(robot_id, of_robot, today) for robot_id, of_robot in papers.items()]

    def _standing(self, robot_id: str, papers: Mapping[PaperKind, PaperRow], today: date) -> RobotStanding:
        dates = {kind: row.valid_until for kind, row in papers.items()}
        reason = why_unlawful(self._width_m(robot_id), self._place.narrowest_m, dates, today, required=self._required)
        return RobotStanding(
            robot_id=robot_id,
            name=self._place.name_of(robot_id),
            lawful=reason is None,
            reason=FLEET_TEXTS.text(reason) if reason else None,
            papers=[self._paper(kind, papers.get(kind), today) for kind in PaperKind],
        )

    def _paper(self, kind: PaperKind, row: PaperRow | None, today: date) -> PaperStanding:
        until = row.valid_until if row else None
        return PaperStanding(
            kind=kind,
            state=paper_state(until, today),
            required=self._required,
            number=row.number if row else None,
            valid_until=until,
            days_left=(until - today).days if until else None,
            updated_at=row.updated_at if row else None,
            updated_by=row.updated_by if row else None,
        )

    def put(self, robot_id: str, kind: PaperKind, body: PaperInput, *, actor: str) -> PaperPublic:
        """Enter a paper, or its renewal.

        Raises:
            NotFoundError: the site has no such robot.
        """
        if robot_id not in self._place.homes:
            raise NotFoundError
        with self._db.write() as session:
            row = PaperRow(
                robot_id=robot_id, kind=kind, number=body.number, valid_until=body.valid_until,
                updated_at=self._clock.now(), updated_by=actor,
            )  # fmt: skip
            session.merge(row)
            details = {"kind": kind.value, "valid_until": body.valid_until.isoformat()}
            audit.append(session, self._clock, actor=actor, action="robot_paper", subject=robot_id, details=details)
            return PaperPublic.model_validate(row.model_dump())
