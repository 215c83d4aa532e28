"""The fleet's end of the wire for tests: a real MQTT client beside a real broker."""

import json
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from gangseo_protocol.drive import DriveMessage, drive_topic
from gangseo_protocol.topics import parse_topic, topic
from gangseo_protocol.vda5050 import (
    ActionParameter,
    GrantType,
    InstantAction,
    InstantActions,
    Order,
    Response,
    Responses,
    State,
)
from unit.robot.little_park import NOW, ROBOT

BROKER = """
listen: "127.0.0.1:{nats_port}"
server_name: test
jetstream {{ store_dir: "{store}" }}
mqtt {{ listen: "127.0.0.1:{mqtt_port}", ack_wait: "5s" }}
authorization {{ users: [
  {{ user: backend, password: secret }}
  {{ user: {robot}, password: "wheels", permissions: {{
     publish: {{ allow: ["vda5050.v3.gangseo.{robot}.state", "vda5050.v3.gangseo.{robot}.visualization",
       "vda5050.v3.gangseo.{robot}.connection", "vda5050.v3.gangseo.{robot}.factsheet",
       "gangseo.v1.{robot}.observation", "$MQTT.>"] }}
     subscribe: {{ allow: ["vda5050.v3.gangseo.{robot}.order", "vda5050.v3.gangseo.{robot}.instantActions",
       "vda5050.v3.gangseo.{robot}.zoneSet", "vda5050.v3.gangseo.{robot}.responses",
       "gangseo.v1.{robot}.observationReceived", "gangseo.v1.{robot}.drive", "$MQTT.>"] }} }} }}
] }}
"""


def write_broker_config(folder: Path, nats_port: int, mqtt_port: int) -> Path:
    path = folder / "broker.conf"
    path.write_text(BROKER.format(nats_port=nats_port, mqtt_port=mqtt_port, store=folder / "js", robot=ROBOT))
    return path


def await_that(condition: Callable[[], object], timeout_s: float, what: str) -> None:
    end = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"not within {timeout_s} s: {what}")
        time.sleep(0.02)


class FleetDouble:
    """Keeps every message of the robot and publishes to it."""

    def __init__(self, port: int) -> None:
        self.states: list[tuple[float, State]] = []
        self.raw: list[tuple[str, dict]] = []
        self.grants = True
        self._granted: set[str] = set()
        self._lock = threading.Lock()
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="backend", clean_session=False)
        self.client.username_pw_set("backend", "secret")
        self.client.on_connect = lambda client, *_: client.subscribe("vda5050/v3/gangseo/+/+", 1)
        self.client.on_message = self._on_message
        self.client.reconnect_delay_set(0.2, 0.5)
        await_that(lambda: self._try(port), 15, "broker up")
        self.client.loop_start()
        await_that(self.client.is_connected, 10, "fleet connected")

    def _try(self, port: int) -> bool:
        try:
            return self.client.connect("127.0.0.1", port, 5) == 0
        except OSError:
            return False

    def _on_message(self, _client, _data, message) -> None:
        parts = parse_topic(message.topic)
        if parts.name not in {"state", "connection", "factsheet", "visualization"}:
            return
        with self._lock:
            self.raw.append((parts.name, json.loads(message.payload)))
            if parts.name == "state":
                self.states.append((time.monotonic(), State.model_validate_json(message.payload)))
        if parts.name == "state" and self.grants:
            self._grant(State.model_validate_json(message.payload))

    def _grant(self, state: State) -> None:
        for request in state.zone_requests or ():
            if request.request_status == "REQUESTED" and request.request_id not in self._granted:
                self._granted.add(request.request_id)
                response = Response(request_id=request.request_id, grant_type=GrantType.GRANTED)
                message = Responses(header_id=0, timestamp=NOW, serial_number=ROBOT, responses=(response,))
                self.put("responses", message.to_json())

    def put(self, name: str, payload: str | bytes) -> None:
        self.client.publish(topic(ROBOT, name), payload, 1)

    def forget(self) -> None:
        """Drops the states so far: what is seen next is new."""
        with self._lock:
            self.states.clear()

    def order(self, order: Order) -> None:
        self.put("order", order.to_json())

    def instant(self, action_type: str, action_id: str, **parameters: str) -> None:
        values = tuple(ActionParameter(key=key, value=value) for key, value in parameters.items())
        action = InstantAction(action_type=action_type, action_id=action_id, action_parameters=values or None)
        self.put(
            "instantActions",
            InstantActions(header_id=0, timestamp=NOW, serial_number=ROBOT, actions=(action,)).to_json(),
        )

    def press(self, lease_id: str, v: float, w: float = 0.0) -> float:
        """A word about the wheels, QoS 0; gives when it was sent."""
        now = datetime.now(UTC)
        number = int(now.timestamp() * 1000)
        message = DriveMessage(lease_id=lease_id, sequence=number, sent_at=now, v=v, w=w)
        self.client.publish(drive_topic(ROBOT), message.to_json(), 0)
        return time.monotonic()

    @property
    def state(self) -> State:
        with self._lock:
            return self.states[-1][1]

    def seen(self, condition: Callable[[State], object], timeout_s: float = 20.0, what: str = "") -> State:
        """Waits until the latest state fits; gives it back."""
        try:
            await_that(lambda: any(condition(s) for _, s in self.states[-1:]), timeout_s, what or "state")
        except AssertionError as error:
            raise AssertionError(f"{error}; latest: {self.state.to_json()}") from None
        return self.state

    def connection(self) -> str | None:
        with self._lock:
            return next((m["connectionState"] for n, m in reversed(self.raw) if n == "connection"), None)

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


def action_status(state: State, action_id: str) -> str | None:
    states = (*state.action_states, *state.instant_action_states)
    return next((a.action_status.value for a in states if a.action_id == action_id), None)


def waiting_key(state: State) -> str | None:
    return next((i.info_descriptor for i in state.information or () if i.info_type == "waitingReason"), None)


def finished(order_id: str) -> Callable[[State], bool]:
    return lambda s: (
        s.order_id == order_id
        and not s.node_states
        and all(a.action_status.value == "FINISHED" for a in s.action_states)
    )


def kill_hard(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
