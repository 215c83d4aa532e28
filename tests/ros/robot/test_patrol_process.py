"""The real robot process on patrol: what it sees reaches the backend once, whoever is killed."""

import sys
from pathlib import Path

import cv2
import numpy as np
import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from gangseo_protocol.actions import OBSERVED, Observe
from gangseo_protocol.observation import Observation, ObservationReceived
from gangseo_protocol.topics import topic
from ros.robot.camera_double import HEIGHT, WIDTH
from ros.robot.fleet_double import action_status, await_that, finished, kill_hard
from unit.robot.little_park import ROBOT, make_order

pytestmark = pytest.mark.ros


class Desk:
    """The backend's end for observations; answers when it is told to."""

    def __init__(self, port: int) -> None:
        self.heard: list[Observation] = []
        self.answering = False
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="desk", clean_session=True)
        self._client.username_pw_set("backend", "secret")
        self._client.on_connect = lambda client, *_: client.subscribe(topic("+", "observation"), 0)
        self._client.on_message = self._on_message
        self._client.reconnect_delay_set(0.2, 0.5)
        self._client.connect("127.0.0.1", port, 5)
        self._client.loop_start()

    def _on_message(self, _client, _data, message) -> None:
        seen = Observation.model_validate_json(message.payload)
        self.heard.append(seen)
        if self.answering:
            self.answer(seen.observation_id)

    def answer(self, observation_id: str) -> None:
        received = ObservationReceived(observation_id=observation_id)
        self._client.publish(topic(ROBOT, "observationReceived"), received.to_json(), 1)

    def ids(self) -> dict[str, str]:
        return {seen.observation_id: seen.point_id for seen in self.heard}

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def desk(rig):
    desk = Desk(rig.fleet.client._port)
    yield desk
    desk.close()


def look(point: str, seconds: float = 3.0):
    return Observe(round_id="round-1", point_id=point, duration_s=seconds), f"look-{point}"


@pytest.mark.slow
def test_a_round_with_pictures_survives_kills_of_robot_and_broker(rig, desk, start_process):
    fleet = rig.fleet
    camera = [sys.executable, str(Path(__file__).with_name("camera_double.py")), "--ros-args", "-r", f"__ns:=/{ROBOT}"]
    start_process("camera", camera, rig.env)
    fleet.seen(lambda s: s.operating_mode == "AUTOMATIC" and s.last_node_id == "charger_1", what="robot ready")
    fleet.order(make_order(["charger_1", "w1", "w2"], actions={"w1": [look("gate")], "w2": [look("pond")]}))
    fleet.seen(lambda s: action_status(s, "look-gate") == "RUNNING", what="looking")
    kill_hard(rig.robot)
    fleet.forget()
    robot = rig.start_robot()
    await_that(lambda: "gate" in desk.ids().values(), 40, "the first observation")
    kill_hard(robot)
    fleet.forget()
    rig.start_robot()
    kill_hard(rig.broker)
    rig.start_broker()
    state = fleet.seen(finished("order-1"), 60, "order finished")
    assert {action.action_result for action in state.action_states} == {OBSERVED}
    await_that(lambda: set(desk.ids().values()) == {"gate", "pond"}, 40, "both, again and again")
    desk.answering = True
    await_that(lambda: _unsent(rig) == 0, 40, "everything confirmed")
    assert sorted(desk.ids().values()) == ["gate", "pond"], "each point has been observed once"
    picture = cv2.imdecode(np.frombuffer(desk.heard[-1].jpeg, np.uint8), cv2.IMREAD_COLOR_RGB)
    assert picture.shape == (HEIGHT, WIDTH, 3)
    assert np.abs(picture[40, 60].astype(int) - (200, 180, 40)).max() < 25
    assert {seen.people_seen for seen in desk.heard} == {2}


def _unsent(rig) -> int:
    import sqlite3

    with sqlite3.connect(f"file:{rig.folder / 'journal.db'}?mode=ro", uri=True) as db:
        return db.execute("SELECT COUNT(*) FROM observation WHERE body IS NOT NULL").fetchone()[0]
