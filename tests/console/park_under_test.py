"""A real backend with a real broker and scripted vehicles, serving the console as it was just built."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from vehicle import Vehicle

from claims import free_port
from gangseo_protocol.site import Site

ROOT = Path(__file__).resolve().parents[2]
PACE = 12.0
STROLL = 2.0
_BROKER = """
server_name: console_test
host: 127.0.0.1
port: {client}
mqtt {{ host: 127.0.0.1, port: {mqtt} }}
jetstream {{ store_dir: "{store}" }}
"""


def wait_until(condition: Callable[[], object], what: str, timeout_s: float = 60.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout_s:.0f} s: {what}")
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class VehicleLoop:
    """Runs vehicles in a thread, so that tests with Playwright's own loop stay plain functions."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._futures: list[Future[None]] = []

    def run(self, vehicle: Vehicle) -> None:
        self._futures.append(asyncio.run_coroutine_threadsafe(vehicle.run(), self._loop))

    def close(self) -> None:
        async def end() -> None:
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


class Park:
    """The running system: where it is, who may log in, which robots drive."""

    def __init__(self, folder: Path, console_dir: Path, world_dir: Path, robots: int, **settings: str) -> None:
        self._folder = folder
        self._mqtt_port, self._client_port, self._port = free_port(), free_port(), free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._environment = {
            **os.environ,
            "GANGSEO_DATA_DIR": str(folder / "data"),
            "GANGSEO_SITE_FILE": str(world_dir / "site.json"),
            "GANGSEO_CONSOLE_DIR": str(console_dir),
            "GANGSEO_MQTT_PORT": str(self._mqtt_port),
            "GANGSEO_PUBLIC_URL": self.url,
            "GANGSEO_SPEED_FACTOR": str(PACE),
            "GANGSEO_PASSWORD_TIME_COST": "1",
            "GANGSEO_PASSWORD_MEMORY_KIB": "64",
            **settings,
        }
        self.site = Site.model_validate_json((world_dir / "site.json").read_text(encoding="utf-8"))
        self._loop = VehicleLoop()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._backend: subprocess.Popen[bytes] | None = None
        self._robots = robots
        self._sessions: dict[str, str] = {}
        self.vehicles: list[Vehicle] = []

    def start(self) -> None:
        self._start_broker()
        self.start_backend()
        homes = {station.station_id: station.node_id for station in self.site.stations}
        for home in self.site.robots[: self._robots]:
            node_id = homes[home.charger_id]
            vehicle = Vehicle(self.site, home.robot_id, self._mqtt_port, node_id=node_id, pace=PACE)
            self.vehicles.append(vehicle)
            self._loop.run(vehicle)
        with self.client("admin") as client:
            wait_until(lambda: self._online(client) >= self._robots, "robots on line")

    def _online(self, client: httpx.Client) -> int:
        return sum(robot["online"] for robot in client.get("/api/fleet/robots").json())

    def _start_broker(self) -> None:
        binary = shutil.which("nats-server") or str(Path(sys.executable).with_name("nats-server"))
        config = self._folder / "broker.conf"
        store = self._folder / "broker"
        config.write_text(_BROKER.format(client=self._client_port, mqtt=self._mqtt_port, store=store))
        self._spawn("broker", [binary, "-c", str(config)])
        wait_until(lambda: listens(self._mqtt_port), "broker")

    def start_backend(self) -> None:
        self._backend = self._spawn(
            "backend",
            [
                sys.executable, "-m", "uvicorn", "--factory", "gangseo_backend.main:app_from_environment",
                "--host", "127.0.0.1", "--port", str(self._port), "--log-level", "warning",
                "--timeout-graceful-shutdown", "1",
            ],
        )  # fmt: skip
        wait_until(self._backend_answers, "backend (see backend.log)", timeout_s=120.0)

    def _backend_answers(self) -> bool:
        backend = self._backend
        if backend is not None and backend.poll() is not None:
            raise AssertionError((self._folder / "backend.log").read_text(encoding="utf-8")[-3000:])
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/api/readyz").status_code == 200
        return False

    def kill_backend(self) -> None:
        if self._backend is not None:
            self._backend.kill()
            self._backend.wait()

    def _spawn(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self._processes.append(process)
        return process

    def stop(self) -> None:
        self._loop.close()
        for process in reversed(self._processes):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self._processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def passwords(self) -> dict[str, str]:
        made = json.loads((self._folder / "data" / "demo-accounts.json").read_text(encoding="utf-8"))
        return {account["username"]: account["password"] for account in made}

    @contextmanager
    def client(self, username: str) -> Iterator[httpx.Client]:
        """An HTTP client with a session; one log-in per role, or the rate limit would end the suite."""
        with httpx.Client(base_url=self.url, cookies={"gangseo_session": self.session(username)}) as client:
            yield client

    def session(self, username: str) -> str:
        if username not in self._sessions:
            body = {"username": username, "password": self.passwords()[username]}
            answer = httpx.post(f"{self.url}/api/session", json=body).raise_for_status()
            self._sessions[username] = answer.cookies["gangseo_session"]
        return self._sessions[username]

    def page_of(self, client: httpx.Client, number: int) -> str:
        """Path of the resident's page of the n-th spot of the site."""
        spot_id = self.site.spots[number].spot_id
        spots = {spot["spot_id"]: spot for spot in client.get("/api/recycling/spots").json()}
        return str(spots[spot_id]["page_url"]).removeprefix(self.url)
