"""A real backend for tests: real database, real broker, scripted vehicles."""

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.testclient import TestClient

from backend.small_site import build_site
from gangseo_backend.core.clock import Clock
from gangseo_backend.core.config import Settings
from gangseo_backend.core.db import Database
from gangseo_backend.fleet.policy import Policy
from gangseo_backend.main import create_app
from gangseo_protocol.site import Site

BROKER = """
server_name: test
host: 127.0.0.1
port: {client}
mqtt {{ host: 127.0.0.1, port: {mqtt}, ack_wait: "2s" }}
jetstream {{ store_dir: "{store}", limits {{ {limits} }} }}
"""


def wait_until(condition: Callable[[], Any], timeout_s: float = 30.0, what: str | Callable[[], str] = "") -> Any:
    """The first true value of a condition; ``what`` says what was waited for, or what there is instead."""
    deadline = time.monotonic() + timeout_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            pytest.fail(f"not within {timeout_s} s: {what() if callable(what) else what or condition}")
        time.sleep(0.02)


@pytest.fixture(scope="session")
def site() -> Site:
    return build_site()


@pytest.fixture
def settings(tmp_path: Path, site: Site) -> Settings:
    """Cheap passwords, own data folder, no broker."""
    site_file = tmp_path / "site.json"
    site_file.write_text(site.to_json(), encoding="utf-8")
    return Settings(
        data_dir=tmp_path / "data", site_file=site_file, mqtt_enabled=False, public_url="http://testserver",
        password_time_cost=1, password_memory_kib=64,
    )  # fmt: skip


class NatsServer:
    """A NATS server that can be killed and started again."""

    def __init__(self, config: Path, **environment: str) -> None:
        self._command, self._log = ["nats-server", "-c", str(config)], config.with_suffix(".log")
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def start(self) -> None:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log)
        wait_until(lambda: "Server is ready" in self.log, what=lambda: self.log)

    def stop(self, *, hard: bool = False) -> None:
        if self._process is not None:
            if hard:
                self._process.kill()
            else:
                self._process.terminate()
            self._process.wait()


class Broker(NatsServer):
    """One with MQTT that asks for no password; ``limits`` go into its JetStream."""

    def __init__(self, folder: Path, mqtt_port: int, client_port: int, limits: str = "") -> None:
        self.port = mqtt_port
        config = folder / "broker.conf"
        config.write_text(BROKER.format(client=client_port, mqtt=mqtt_port, store=folder / "broker", limits=limits))
        super().__init__(config)


@pytest.fixture
def broker(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[Broker]:
    broker = Broker(tmp_path, free_port(), free_port())
    broker.start()
    yield broker
    broker.stop()


class Loop:
    """An event loop in a thread for vehicles; tests stay plain functions."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self.runs: dict[str, Future[Any]] = {}

    def spawn(self, work: Coroutine[Any, Any, Any], name: str = "") -> Future[Any]:
        self.runs[name] = asyncio.run_coroutine_threadsafe(work, self.loop)
        return self.runs[name]

    def call(self, function: Callable[[], Any]) -> Any:
        async def run() -> Any:
            return function()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(5)

    def close(self) -> None:
        async def end() -> None:
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        with contextlib.suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(end(), self.loop).result(5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(5)
        self.loop.close()


@pytest.fixture
def vehicle_loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.close()


def read_accounts(data_dir: Path) -> dict[str, str]:
    """Passwords by user name of the demo accounts."""
    made = json.loads((data_dir / "demo-accounts.json").read_text(encoding="utf-8"))
    return {account["username"]: account["password"] for account in made}


def backend_environment(settings: Settings) -> dict[str, str]:
    """The settings as a real process takes them."""
    given = settings.model_dump(mode="json", exclude_none=True)
    return {**os.environ, **{f"GANGSEO_{key.upper()}": str(value) for key, value in given.items()}}


@pytest.fixture
def start_city(settings: Settings, site: Site, broker: Broker, vehicle_loop: Loop) -> Iterator[Callable[..., Any]]:
    """Starts the application in this process against the real broker; starting again is a restart."""
    from backend.city import FAST, City

    given = settings.model_copy(update={"mqtt_enabled": True, "mqtt_port": broker.port})
    running: list[TestClient] = []

    def start(policy: Policy = FAST, clock: Clock | None = None, **changes: object) -> City:
        settings = given.model_copy(update=changes)
        while running:
            running.pop().__exit__(None, None, None)
        client = TestClient(create_app(settings, clock=clock, policy=policy))
        client.__enter__()
        running.append(client)
        return City(client, settings, site, vehicle_loop, broker)

    yield start
    for client in running:
        client.__exit__(None, None, None)


PG_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of this machine on a socket of its own; skipped loudly where there is none."""
    if not PG_BINARIES:
        pytest.skip("NO POSTGRESQL ON THIS MACHINE: apt-get install postgresql-15 runs this test too")
    binaries = PG_BINARIES[-1].parent
    folder = tmp_path_factory.mktemp("pg")
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        for place in (folder, *(above for above in folder.parents if above.name.startswith(("pytest-", "popen-")))):
            place.chmod(0o755)
        shutil.chown(folder, "postgres")
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    init = [*as_user, str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*init, "--no-sync"], check=True, **quiet)
    command = [*as_user, str(binaries / "postgres"), "-D", str(data), "-k", str(folder), "-c", "listen_addresses="]
    server = subprocess.Popen([*command, "-F"], **quiet)
    wait_until((folder / ".s.PGSQL.5432").exists, what="PostgreSQL")
    yield f"postgresql://postgres@/{{name}}?host={folder}"
    server.terminate()
    server.wait()


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """A new empty database."""
    name = f"test_{time.monotonic_ns()}"
    admin = postgresql_server.format(name="postgres").split("?host=")[1]
    deadline = time.monotonic() + 10
    while True:
        try:
            with psycopg.connect(host=admin, user="postgres", dbname="postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            break
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    return postgresql_server.format(name=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'test.db'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    database = Database(url)
    database.migrate()
    yield database
    database.close()
