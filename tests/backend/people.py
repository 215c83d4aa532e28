"""Several people at one backend, each with a session of their own."""

from contextlib import contextmanager

import httpx
from fastapi.testclient import TestClient

from backend.conftest import read_accounts

ROBOT = "/api/fleet/robots/robot_01"


class Person:
    """Somebody who is logged in."""

    def __init__(self, city, username: str, password: str = "") -> None:
        self.city, self.username = city, username
        self.http = TestClient(city.client.app)
        password = password or read_accounts(city.settings.data_dir)[username]
        self.http.post("/api/session", json={"username": username, "password": password}).raise_for_status()

    def post(self, path: str, **body: object) -> httpx.Response:
        return self.http.post(path, json=body)

    def take_over(self, reason: str = "길이 막혔음") -> httpx.Response:
        return self.post(f"{ROBOT}/takeover", reason=reason)

    def renew(self) -> httpx.Response:
        return self.post(f"{ROBOT}/takeover/renew")

    def release(self, reason: str = "지나갔음") -> httpx.Response:
        return self.post(f"{ROBOT}/takeover/release", reason=reason)

    @property
    def headers(self) -> dict[str, str]:
        return {"cookie": f"gangseo_session={self.http.cookies['gangseo_session']}"}

    @contextmanager
    def wheel(self, **headers: str):
        """The drive socket; in the loop of the application, as in a real server."""
        path = f"{ROBOT}/drive"
        with self.city.client.websocket_connect(path, headers={**self.headers, **headers}) as socket:
            yield Wheel(socket)


class Wheel:
    """Presses as a console does."""

    def __init__(self, socket) -> None:
        self.socket = socket
        self.sequence, self.at = 0, 0.0

    def press(self, v: float, w: float = 0.0, *, passed_ms: float = 100.0, **changes: object) -> None:
        self.sequence += 1
        self.at += passed_ms
        self.socket.send_json({"v": v, "w": w, "sequence": self.sequence, "at": self.at, **changes})


def held_by(city) -> str | None:
    takeover = city.robots()["robot_01"]["takeover"]
    return takeover and takeover["holder"]
