"""What robots see: stored once, shown to operators and recorded, gone in time."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from backend.conftest import read_accounts
from backend.small_site import build_site
from backend.watchman import picture, with_patrol
from gangseo_backend.core import audit
from gangseo_backend.core.blobs import Blobs
from gangseo_backend.core.clock import ManualClock
from gangseo_backend.core.config import ConfigError
from gangseo_backend.core.retention import Retention
from gangseo_backend.main import create_app
from gangseo_backend.patrol.models import ObservationRow, RoundRow
from gangseo_protocol.ids import new_id
from gangseo_protocol.observation import LARGEST_PICTURE_BYTES, Observation
from gangseo_protocol.site import Site

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAY = 86400


@pytest.fixture(scope="session")
def site() -> Site:
    return with_patrol(build_site())


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


class Desk:
    """The application without a broker: observations are put in where the link would."""

    def __init__(self, client: TestClient, settings) -> None:
        self.client, self._settings = client, settings
        self.backend = client.app.state.backend
        self.answers: list[tuple[str, str, str | None]] = []
        self.backend.patrol.intake._mail.send = lambda robot, _name, message: self.answers.append(
            (robot, message.observation_id, message.refused)
        )

    def log_in(self, role: str) -> None:
        body = {"username": role, "password": read_accounts(self._settings.data_dir)[role]}
        self.client.post("/api/session", json=body).raise_for_status()

    def make_round(self) -> str:
        self.log_in("operator")
        return self.client.post("/api/patrol/rounds", json={"route_id": "evening"}).json()["id"]

    def keep(self, seen: Observation | str | bytes, robot: str = "robot_01") -> None:
        payload = seen.to_json() if isinstance(seen, Observation) else seen
        self.backend.patrol.intake.keep(robot, payload.encode() if isinstance(payload, str) else payload)

    def seen(self, round_id: str) -> list[dict]:
        return self.client.get(f"/api/patrol/rounds/{round_id}").json()["observations"]

    def picture(self, observation_id: str):
        return self.client.get(f"/api/patrol/observations/{observation_id}/picture")

    def files(self) -> list[str]:
        return sorted(self.backend.blobs.keys("pictures"))

    def looks(self) -> list[audit.AuditRow]:
        with self.backend.db.read() as session:
            query = select(audit.AuditRow).where(audit.AuditRow.action == "patrol_picture_viewed")
            return list(session.exec(query))


@pytest.fixture
def desk(settings, clock):
    with TestClient(create_app(settings, clock=clock)) as client:
        yield Desk(client, settings)


def observation(round_id: str, **changes: object) -> Observation:
    values = {"observation_id": new_id(), "round_id": round_id, "point_id": "p_n2", "taken_at": NOON, "jpeg": picture()}
    return Observation.model_validate(values | changes)


def test_a_repeat_is_answered_and_not_stored_again(desk):
    seen = observation(desk.make_round())
    for _ in range(3):
        desk.keep(seen)
    assert desk.answers == [("robot_01", seen.observation_id, None)] * 3
    assert [item["id"] for item in desk.seen(seen.round_id)] == [seen.observation_id]
    assert len(desk.files()) == 1


def test_what_a_killed_process_left_half_done_is_done_by_the_repeat(desk):
    seen = observation(desk.make_round())
    desk.backend.patrol.intake._keep_picture(seen)  # killed before its row was written
    assert desk.seen(seen.round_id) == []
    desk.keep(seen)
    assert len(desk.files()) == len(desk.seen(seen.round_id)) == 1


def test_an_observation_without_camera_or_count_says_so(desk):
    seen = observation(desk.make_round(), jpeg=None)
    desk.keep(seen)
    found = desk.seen(seen.round_id)[0]
    assert (found["has_picture"], found["people_seen"]) == (False, None)
    refused = desk.picture(seen.observation_id)
    assert (refused.status_code, refused.json()["code"]) == (404, "no_picture")
    assert desk.looks() == []


def test_what_cannot_be_kept_is_refused_so_that_the_robot_stops_sending_it(desk):
    round_id = desk.make_round()
    wrong = {
        "there is no round": observation("nowhere"),
        "has no point": observation(round_id, point_id="elsewhere"),
        "not a JPEG": observation(round_id, jpeg=b"GIF89a..."),
    }
    for seen in wrong.values():
        desk.keep(seen)
    assert [why for *_, why in desk.answers if why] == [
        why for *_, why in desk.answers if any(part in why for part in wrong)
    ]
    assert len(desk.answers) == 3
    malformed = observation(round_id).to_wire() | {"takenAt": "yesterday"}
    desk.keep(json.dumps(malformed))
    assert desk.answers[-1][1] == malformed["observationId"]
    assert "takenAt" in desk.answers[-1][2]
    too_large = observation(round_id).to_wire()
    too_large["jpeg"] = base64.b64encode(picture() + bytes(LARGEST_PICTURE_BYTES)).decode()
    desk.keep(json.dumps(too_large))
    assert "jpeg" in desk.answers[-1][2]
    before = len(desk.answers)
    for nonsense in (b"", b"\xff", b"{}", b"[]", b'{"observationId": "1"}'):
        desk.keep(nonsense)
    desk.keep(observation(round_id), robot="stranger")
    assert len(desk.answers) == before, "nobody to answer"
    assert desk.seen(round_id) == []
    assert desk.files() == []


def test_nothing_is_answered_that_is_not_stored(desk, monkeypatch):
    seen = observation(desk.make_round())

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(desk.backend.blobs._store.__class__, "put", full, raising=False)
        with pytest.raises(OSError, match="no space"):
            desk.keep(seen)
    assert desk.answers == []
    desk.keep(seen)
    assert desk.answers == [("robot_01", seen.observation_id, None)]


def test_only_operators_see_pictures_and_every_look_is_recorded(desk):
    seen = observation(desk.make_round())
    desk.keep(seen)
    desk.log_in("viewer")
    assert desk.picture(seen.observation_id).status_code == 403
    assert desk.client.post("/api/patrol/rounds", json={"route_id": "evening"}).status_code == 403
    assert desk.looks() == []
    desk.log_in("operator")
    for _ in range(2):
        assert desk.picture(seen.observation_id).content == picture()
    assert [(row.actor, row.subject) for row in desk.looks()] == [("operator", seen.observation_id)] * 2
    assert json.loads(desk.looks()[0].details) == {"round_id": seen.round_id, "point_id": "p_n2"}
    assert desk.picture("nothing").status_code == 404


def test_pictures_are_gone_before_they_are_thirty_days_old_and_counts_stay(desk, clock):
    seen = observation(desk.make_round(), people_seen=4)
    desk.keep(seen)
    job = Retention(desk.backend.db, clock, desk.backend._retention_rules(clock))
    clock.advance(28 * DAY)
    job.run_if_due()
    assert desk.picture(seen.observation_id).status_code in {200, 401}
    desk.log_in("operator")
    assert desk.picture(seen.observation_id).status_code == 200
    clock.advance(1.5 * DAY)
    job.run_if_due()
    desk.log_in("operator")
    assert desk.files() == []
    assert desk.picture(seen.observation_id).status_code == 404
    assert [(item["has_picture"], item["people_seen"]) for item in desk.seen(seen.round_id)] == [(False, 4)]


def test_a_picture_too_old_is_not_shown_even_if_the_job_has_not_run(desk, clock):
    seen = observation(desk.make_round())
    desk.keep(seen)
    clock.advance(30 * DAY)
    desk.log_in("operator")
    assert desk.picture(seen.observation_id).status_code == 404


def test_pictures_that_no_row_names_are_swept(desk, clock):
    kept = observation(desk.make_round())
    desk.keep(kept)
    desk.backend.patrol.intake._keep_picture(observation(kept.round_id))
    job = Retention(desk.backend.db, clock, desk.backend._retention_rules(clock))
    job.run_if_due()
    assert len(desk.files()) == 2, "its row may still come today"
    clock.advance(2 * DAY)
    job.run_if_due()
    assert [name.rsplit("/", 1)[1] for name in desk.files()] == [f"{kept.observation_id}.jpg"]


def test_rounds_go_with_what_was_seen_and_open_ones_stay(desk, clock):
    over = observation(desk.make_round())
    desk.keep(over)
    with desk.backend.db.write() as session:
        row = session.get(RoundRow, over.round_id)
        row.state, row.ended_at = "done", clock.now()
        session.add(row)
    clock.advance(1)
    still = observation(desk.make_round())
    desk.keep(still)
    clock.advance(91 * DAY)
    rules = [rule for rule in desk.backend._retention_rules(clock) if rule.kind == "rounds"]
    Retention(desk.backend.db, clock, rules).run_if_due()
    with desk.backend.db.read() as session:
        assert {row.id for row in session.exec(select(ObservationRow))} == {still.observation_id}
        assert still.round_id in {row.id for row in session.exec(select(RoundRow))}
        assert session.get(RoundRow, over.round_id) is None


def test_routes_tell_their_next_rounds(desk):
    desk.log_in("viewer")
    route = desk.client.get("/api/patrol/routes").json()[0]
    assert (route["route_id"], route["timezone"], len(route["points"])) == ("evening", "Asia/Seoul", 3)
    assert [datetime.fromisoformat(at) for at in route["next_due"]] == [
        NOON + timedelta(hours=hours) for hours in (7, 8.5, 10, 11.5)
    ]
    assert desk.client.get("/api/patrol/rounds?state=nonsense").status_code == 422
    assert desk.client.get("/api/patrol/rounds/nothing").status_code == 404


def test_a_half_written_file_is_swept_at_start(tmp_path):
    (tmp_path / "pictures").mkdir()
    part = tmp_path / "pictures" / "a.jpg#1"
    part.write_bytes(b"half")
    blobs = Blobs("", tmp_path)
    assert not part.exists()
    blobs.put("pictures/a.jpg", b"whole")
    assert blobs.get("pictures/a.jpg") == b"whole"
    assert list(blobs.keys("pictures")) == ["pictures/a.jpg"]
    blobs.delete("pictures/a.jpg")
    blobs.delete("pictures/a.jpg")
    assert blobs.get("pictures/a.jpg") is None


def test_a_store_by_url_and_one_that_is_none(tmp_path):
    memory = Blobs("memory:///", tmp_path)
    memory.put("pictures/a.jpg", b"whole")
    assert memory.get("pictures/a.jpg") == b"whole"
    with pytest.raises(ConfigError, match="GANGSEO_PICTURE_STORE"):
        Blobs("gopher://nowhere", tmp_path)
