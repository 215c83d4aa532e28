"""The running system: prepare its data folder, launch it, wait until it is up, end it."""

import contextlib
import fcntl
import json
import os
import signal
import socket
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


def port_is_free(host: str, port: int) -> bool:
    """True when nothing listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def check_port(host: str, port: int) -> None:
    """Raises StartError when the console's port is taken."""
    if not port_is_free(host, port):
        raise StartError(
            f"port {port} on {host} is in use", "Choose another with --port; ./gangseo down ends a running system."
        )


def _free_port(preferred: int) -> int:
    if port_is_free("127.0.0.1", preferred):
        return preferred
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
        mqtt_port = options.mqtt_port or _free_port(1883)
        if not port_is_free("127.0.0.1", mqtt_port):
            raise StartError(f"MQTT port {mqtt_port} is in use", "Choose another with --mqtt-port.")
        ensure_secrets(options.data)
        write_broker_config(options.data, self._all_robot_ids(), mqtt_port, _free_port(4222))
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
        return _processes(self._options.data)

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


def _processes(data: Path) -> dict[str, int]:
    file = data / "processes.json"
    try:
        listed: dict[str, list[int]] = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return {name: pid for name, (pid, started) in listed.items() if _start_time(pid) == started}


def _start_time(pid: int) -> int:
    """Kernel start time of a process, so that a reused number is not taken for ours; -1 when gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    except (OSError, IndexError):
        return -1
    return -1 if fields[0] == "Z" else int(fields[19])


def end_leftovers(data: Path) -> int:
    """Ends processes a killed launch left behind; gives their number."""
    left = _processes(data)
    for stop_signal in (signal.SIGTERM, signal.SIGKILL):
        for pid in left.values():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, stop_signal)
        deadline = time.monotonic() + 5
        while _processes(data) and time.monotonic() < deadline:
            time.sleep(0.05)
    (data / "processes.json").unlink(missing_ok=True)
    return len(left)


def down(data: Path) -> bool:
    """Ends a system running on this data folder; False when there was none."""
    launch = _processes(data).get("launch")
    if launch is None:
        return end_leftovers(data) > 0
    os.kill(launch, signal.SIGINT)
    deadline = time.monotonic() + 30
    while _processes(data).get("launch") and time.monotonic() < deadline:
        time.sleep(0.1)
    end_leftovers(data)
    return True
