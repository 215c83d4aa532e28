"""Recordings of incidents: what is kept, what people read of it, who took a copy."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from backend.conftest import wait_until
from backend.test_takeover import audited
from gangseo_backend.core.texts import LocalText
from gangseo_backend.fleet.event_recorder import EventRecorder
from gangseo_backend.fleet.live import RobotLive
from gangseo_backend.fleet.place import Place
from gangseo_backend.fleet.public_law import RecordedMoment
from gangseo_backend.fleet.recordings import phases_of
from gangseo_protocol.vda5050 import EmergencyStop, OperatingMode, PowerSupply, SafetyState, State

BEGIN = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)


class SetClock:
    def __init__(self) -> None:
        self.at = BEGIN

    def now(self) -> datetime:
        return self.at


def moment(second: float, **changes) -> RecordedMoment:
    usual = {
        "at": BEGIN + timedelta(seconds=second), "x": 0.0, "y": 0.0, "theta": 0.0, "speed_mps": 0.0, "driving": False,
        "paused": False, "emergency_stop": "NONE", "operating_mode": "AUTOMATIC", "order_id": None,
        "last_node_id": None, "waiting": None, "errors": [],
    }  # fmt: skip
    return RecordedMoment.model_validate(usual | changes)


def state(*, moving: bool) -> State:
    return State(
        header_id=1, timestamp=BEGIN, version="3.0.0", manufacturer="gangseo", serial_number="robot_01",
        order_id="", order_update_id=0, last_node_id="n0", last_node_sequence_id=0, node_states=(), edge_states=(),
        driving=moving, action_states=(), instant_action_states=(), errors=(), operating_mode=OperatingMode.AUTOMATIC,
        power_supply=PowerSupply(state_of_charge=80.0, charging=False),
        safety_state=SafetyState(active_emergency_stop=EmergencyStop.NONE, field_violation=False),
    )  # fmt: skip


@pytest.mark.parametrize("per_second", [2, 10, 20, 50])
def test_however_often_a_robot_speaks_its_minute_has_no_gaps(per_second):
    clock = SetClock()
    recorder = EventRecorder(clock)
    live = RobotLive("robot_01", LocalText(ko="하늬", en="Hanui"))
    for tick in range(90 * per_second):
        clock.at = BEGIN + timedelta(seconds=tick / per_second)
        recorder.note(live)
    kept = recorder.last("robot_01")
    assert 60 * min(per_second, 10) <= len(kept) <= 60 * min(per_second, 10) + 1
    pauses = [(after.at - before.at).total_seconds() for before, after in pairwise(kept)]
    assert max(pauses) < max(0.2, 1.5 / per_second)
    assert kept[-1].activity == "offline"


def test_what_changed_within_a_tenth_of_a_second_is_kept_too():
    clock = SetClock()
    recorder = EventRecorder(clock)
    live = RobotLive("robot_01", LocalText(ko="하늬", en="Hanui"))
    said = state(moving=True)
    for ms, now in ((0, said), (20, said), (40, state(moving=False)), (60, state(moving=False))):
        clock.at = BEGIN + timedelta(milliseconds=ms)
        recorder.note(replace(live, state=now, state_at=clock.at))
    assert [moment.driving for moment in recorder.last("robot_01")] == [True, False]


def test_a_recording_is_told_in_phases_with_what_the_robot_said(site):
    wording = Place.of(site).wording
    told = phases_of(
        [
            moment(0, activity="driving"),
            moment(1, activity="driving"),
            moment(2, activity="waiting", waiting="waiting.crosswalk_signal", waiting_values={"crosswalk": "남문"}),
            moment(3, activity="waiting", waiting="waiting.crosswalk_signal", waiting_values={"crosswalk": "남문"}),
            moment(4, activity="waiting", errors=["navigationLost", "oddity"], error_values=[{}, {}]),
        ],
        BEGIN + timedelta(seconds=6),
        wording,
    )
    assert [(phase.activity, (phase.until - phase.since).total_seconds()) for phase in told] == [
        ("driving", 2.0), ("waiting", 2.0), ("waiting", 2.0),
    ]  # fmt: skip
    assert told[1].waiting
    assert "남문" in told[1].waiting.ko
    assert told[2].errors[0].ko != "navigationLost"
    assert told[2].errors[1].en == "oddity"
    assert phases_of([], BEGIN, wording) == []


def test_recordings_older_than_activities_and_charge_are_still_read(site):
    old = moment(0, errors=["navigationLost"])
    assert phases_of([old], BEGIN, Place.of(site).wording)[0].activity is None
    assert old.state_of_charge is None


def test_an_operator_finds_reads_and_takes_a_recording(start_city):
    city = start_city()
    vehicle = city.robot(1, pace=4.0)
    city.call_under_way("bench_03")
    vehicle.lose("navigationLost")
    listed = wait_until(lambda: city.get("/api/fleet/recordings"), what="recording")
    found = next(item for item in listed if "navigation_lost" in item["text"]["key"])
    assert (found["robot_id"], found["state"]) == ("robot_01", "open")
    assert found["moment_count"] > 0
    assert city.get("/api/fleet/recordings?robot_id=robot_02") == []
    assert found not in city.get(f"/api/fleet/recordings?before={found['incident_id']}")
    path = f"/api/fleet/incidents/{found['incident_id']}/recording"
    recording = city.get(path)
    assert {name: recording[name] for name in found} == found
    assert 0 < recording["moments"][-1]["state_of_charge"] <= 100
    assert "driving" in {phase["activity"] for phase in recording["phases"]}
    copy = city.client.get(f"{path}.csv")
    assert copy.headers["cache-control"] == "no-store"
    assert "recording-robot_01-" in copy.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(copy.content.decode("utf-8-sig"))))
    assert len(rows) == found["moment_count"]
    assert float(rows[-1]["seconds"]) <= 0.5
    assert rows[-1]["errors"] == "navigationLost"
    assert city.client.get("/api/fleet/incidents/none/recording.csv").status_code == 404
    assert [entry for entry in audited(city) if entry[1] == "recording_copied"] == [("admin", "recording_copied")]
    city.log_in("viewer")
    for forbidden in ("/api/fleet/recordings", path, f"{path}.csv"):
        assert city.client.get(forbidden).status_code == 403
