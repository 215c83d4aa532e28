"""The running system: prepare its data folder, launch it, wait until it is up, end it."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from gangseo_starter.broker import ensure_secrets, write_broker_config
from gangseo_starter.environment import runtime_environment
from gangseo_starter.errors import StartError
from gangseo_starter.layout import Layout
from gangseo_starter.leftovers import end_leftovers, processes
from gangseo_starter.ports import check_port, free_port, port_is_free
from gangseo_starter.progress import Step

_READY_S = 120.0
_SWITCHES = 10
"""Robots that launch/fleet.launch.xml can start."""


@dataclass(frozen=True)
class CityOptions:
    """What `./gangseo run` was asked for."""

    data: Path
    world: Path
    robots: int
    speed: float
    port: int
    host: str = "127.0.0.1"
    mqtt_port: int | None = None
    people: int = -1
    seed: int = 1
    audio: bool = True
    service_hours: str = "always"
    schema_dir: str = ""
    sim: str = "embedded"


class City:
    """One running system and its data folder."""

    def __init__(self, layout: Layout, options: CityOptions) -> None:
        self._layout = layout
        self._options = options
        everywhere = options.host in {"0.0.0.0", "::"}  # noqa: S104 - the operator asked for it
        self.url = f"http://{'127.0.0.1' if everywhere else options.host}:{options.port}"
        self._launch: subprocess.Popen[bytes] | None = None
        self._client = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    @property
    def log_dir(self) -> Path:
        """Logs of all processes."""
        return self._options.data / "log"

    @contextlib.contextmanager
    def running(self) -> Iterator["City"]:
        """Launches everything; ends everything on leaving, whatever the reason."""
        with self._only_one():
            self._start()
            try:
                yield self
            finally:
                self.stop()

    @contextlib.contextmanager
    def _only_one(self) -> Iterator[None]:
        self._options.data.mkdir(parents=True, exist_ok=True)
        with (self._options.data / "run.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StartError(
                    f"강서 is already running on the data folder {self._options.data}",
                    "./gangseo down ends it; --data DIR starts a second one beside it.",
                ) from None
            end_leftovers(self._options.data)
            yield

    def _start(self) -> None:
        options = self._options
        check_port(options.host, options.port)
        robots = self._robot_ids()
        mqtt_port = options.mqtt_port or free_port(1883)
        if not port_is_free("127.0.0.1", mqtt_port):
            raise StartError(f"MQTT port {mqtt_port} is in use", "Choose another with --mqtt-port.")
        ensure_secrets(options.data)
        hub = os.environ.get("GANGSEO_BROKER_HUB")
        at_hub = {"hub": hub, "site": options.world.name} if hub else {}
        write_broker_config(options.data, self._all_robot_ids(), mqtt_port, free_port(4222), **at_hub)
        switches = [f"{robot}:={str(robot in robots).lower()}" for robot in self._all_robot_ids()[:_SWITCHES]]
        command = [
            str(self._layout.python), "-m", "gangseo_launch",
            "--log-dir", str(self.log_dir), "--state-file", str(self._state_file()),
            str(self._layout.root / "launch" / "city.launch.xml"),
            f"world_dir:={options.world}", f"data_dir:={options.data}", f"http_port:={options.port}",
            f"http_host:={options.host}", f"mqtt_port:={mqtt_port}", f"speed:={options.speed}",
            f"people:={options.people}", f"seed:={options.seed}", f"audio:={str(options.audio).lower()}",
            f"robots:=[{', '.join(robots)}]", f"schema_dir:={options.schema_dir}",
            f"sim:={options.sim}", *switches,
        ]  # fmt: skip
        self.log_dir.mkdir(parents=True, exist_ok=True)
        with (self.log_dir / "launch.log").open("ab") as log:
            self._launch = subprocess.Popen(
                command, env=self._environment(mqtt_port), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def _site(self) -> dict[str, Any]:
        site: dict[str, Any] = json.loads((self._options.world / "site.json").read_text())
        return site

    def _all_robot_ids(self) -> tuple[str, ...]:
        return tuple(str(robot["robotId"]) for robot in self._site()["robots"])

    def _robot_ids(self) -> tuple[str, ...]:
        known = self._all_robot_ids()[:_SWITCHES]
        if not 1 <= self._options.robots <= len(known):
            raise StartError(f"--robots {self._options.robots}: this world starts with 1 to {len(known)} robots")
        return known[: self._options.robots]

    def _environment(self, mqtt_port: int) -> dict[str, str]:
        options = self._options
        environment = runtime_environment(self._layout)
        environment.setdefault("ROS_DOMAIN_ID", str(1 + options.port % 99))
        return environment | {
            "GANGSEO_DATA_DIR": str(options.data),
            "GANGSEO_DATABASE_URL": environment.get("GANGSEO_DATABASE_URL", f"sqlite:///{options.data / 'gangseo.db'}"),
            "GANGSEO_SITE_FILE": str(options.world / "site.json"),
            "GANGSEO_SECRETS_FILE": str(options.data / "secrets.json"),
            "GANGSEO_MQTT_HOST": "127.0.0.1",
            "GANGSEO_MQTT_PORT": str(mqtt_port),
            "GANGSEO_MQTT_USERNAME": "backend",
            "GANGSEO_CONSOLE_DIR": str(self._layout.console),
            "GANGSEO_PUBLIC_URL": environment.get("GANGSEO_PUBLIC_URL", self.url),
            "GANGSEO_SPEED_FACTOR": str(options.speed),
            "GANGSEO_SERVICE_HOURS": options.service_hours,
            "GANGSEO_SCHEMA_DIR": options.schema_dir,
            "GANGSEO_ENVIRONMENT": environment.get("GANGSEO_ENVIRONMENT", "development"),
        }

    def _state_file(self) -> Path:
        return self._options.data / "processes.json"

    def processes(self) -> dict[str, int]:
        """Process ids by launch name, such as robot_01/navigation."""
        return processes(self._options.data)

    def wait_until_up(self) -> None:
        """Returns when the backend answers and every robot is on line."""
        with Step("Start broker, backend, simulation and robots") as step:
            deadline = time.monotonic() + _READY_S
            while True:
                online = self._online_robots()
                if online == self._options.robots:
                    return
                step.detail(
                    "waiting for the backend"
                    if online is None
                    else f"{online} of {self._options.robots} robots on line"
                )
                if self._launch is not None and self._launch.poll() is not None:
                    raise StartError("the system ended while starting:\n" + self._log_tail(), f"Logs: {self.log_dir}")
                if time.monotonic() > deadline:
                    raise StartError(f"not up after {_READY_S:.0f} s:\n{self._log_tail()}", f"Logs: {self.log_dir}")
                time.sleep(0.2)

    def _log_tail(self) -> str:
        lines: list[str] = []
        for file in sorted(self.log_dir.glob("*.log")):
            tail = file.read_text(errors="replace").splitlines()[-4:]
            lines += [f"[{file.stem}] {line}" for line in tail]
        return "\n".join(lines)

    def _online_robots(self) -> int | None:
        try:
            self.get("/api/readyz")
            robots = self.get("/api/fleet/robots")
        except urllib.error.HTTPError as err:
            if err.code == 401:
                self._log_in()
            return None
        except OSError:
            return None
        return sum(1 for robot in robots if robot["online"])

    def _log_in(self) -> None:
        account = next(account for account in self.accounts() if account["role"] == "operator")
        body = {"username": account["username"], "password": account["password"]}
        with contextlib.suppress(urllib.error.HTTPError):  # a password changed since: no figures, but it runs
            self._request("POST", "/api/session", body)

    def accounts(self) -> list[dict[str, str]]:
        """Demo accounts made on first start."""
        accounts: list[dict[str, str]] = json.loads((self._options.data / "demo-accounts.json").read_text())
        return accounts

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """JSON of an API path; raises OSError when the backend does not answer."""
        return self._request("GET", path, None)

    def _request(self, method: str, path: str, body: object) -> Any:  # noqa: ANN401 - JSON
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310
        with self._client.open(request, timeout=5) as response:
            text = response.read()
        return json.loads(text) if text else None

    def wait(self) -> int:
        """Blocks until the launch ends."""
        return self._launch.wait() if self._launch is not None else 0

    def stop(self) -> None:
        """Ends every process: SIGINT, then harder."""
        if self._launch is None or self._launch.poll() is not None:
            end_leftovers(self._options.data)
            return
        with Step("Stop everything"):
            self._launch.send_signal(signal.SIGINT)
            try:
                self._launch.wait(timeout=25)
            except subprocess.TimeoutExpired:
                self._launch.kill()
                self._launch.wait()
            end_leftovers(self._options.data)
