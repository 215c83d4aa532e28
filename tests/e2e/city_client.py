"""Speaks to a running city as residents and operators do: over HTTP."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from gangseo_starter.city import City

OPEN_CALLS = {"queued", "assigned", "arrived"}


class CityClient:
    """HTTP view of one city."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._spots: dict[str, dict[str, Any]] | None = None

    def get(self, path: str) -> Any:
        """JSON of an API path as operator, waiting out a restart of the backend."""
        deadline = time.monotonic() + 30
        while True:
            try:
                return self.city.get(path)
            except urllib.error.HTTPError as err:
                if err.code < 500 or time.monotonic() > deadline:
                    raise AssertionError(f"GET {path}: {err.code} {err.read().decode()}") from err
            except OSError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(0.2)

    def post(self, path: str, body: object) -> Any:
        """Posts as operator."""
        return self.city._request("POST", path, body)

    @property
    def spots(self) -> dict[str, dict[str, Any]]:
        """Spots with their signed pages."""
        if self._spots is None:
            self._spots = {spot["spot_id"]: spot for spot in self.get("/api/recycling/spots")}
        return self._spots

    def scan(self, spot_id: str) -> dict[str, Any]:
        """What a resident's phone gets from the QR code."""
        token = self.spots[spot_id]["page_url"].rsplit("/s/", 1)[1]
        return self.resident("POST", "/api/recycling/tickets", {"spot_token": token})

    def call(self, spot_id: str) -> dict[str, Any]:
        """A resident scans and presses the button; gives the call with its ticket."""
        ticket = self.scan(spot_id)["ticket"]
        call = self.resident("POST", "/api/recycling/calls", {"language": "ko"}, ticket)
        return call | {"ticket": ticket}

    def resident(self, method: str, path: str, body: object = None, ticket: str | None = None) -> Any:
        """A request without any cookie; raises urllib.error.HTTPError as a phone would see it."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {ticket}"} if ticket else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.city.url + path, data, headers, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5) as response:
            return json.loads(response.read() or b"null")

    def call_state(self, call_id: str) -> dict[str, Any]:
        """A call now."""
        return self.get(f"/api/recycling/calls/{call_id}")

    def wait_for_call(self, call_id: str, states: set[str], timeout_s: float = 120.0) -> dict[str, Any]:
        """The call as soon as it is in one of these states."""
        return self.wait(lambda: self._in_state(call_id, states), timeout_s, lambda: self._explain(call_id))

    def _in_state(self, call_id: str, states: set[str]) -> dict[str, Any] | None:
        call = self.call_state(call_id)
        return call if call["state"] in states else None

    def _explain(self, call_id: str) -> str:
        robots = [
            {k: r[k] for k in ("robot_id", "activity", "x", "y", "waiting", "errors", "mission_id", "online")}
            for r in self.get("/api/fleet/robots")
        ]
        missions = [
            {k: m[k] for k in ("kind", "state", "robot_id", "reason", "attempt")}
            for m in self.get("/api/fleet/missions?limit=10")
        ]
        return json.dumps(
            {"call": self.call_state(call_id), "robots": robots, "missions": missions}, ensure_ascii=False
        )

    def robot(self, robot_id: str) -> dict[str, Any]:
        """A robot now."""
        return self.get(f"/api/fleet/robots/{robot_id}")

    def missions(self, call_id: str | None = None) -> list[dict[str, Any]]:
        """Newest missions, of one call or all."""
        missions = self.get("/api/fleet/missions?limit=100")
        return [m for m in missions if call_id is None or m["call_id"] == call_id]

    def events(self) -> list[dict[str, Any]]:
        """All events so far."""
        return self.get("/api/fleet/events?limit=1000")

    def wait(
        self,
        condition: Callable[[], Any],
        timeout_s: float,
        explain: Callable[[], str] = lambda: "",
        every_s: float = 0.2,
    ) -> Any:
        """First truthy value of a condition."""
        deadline = time.monotonic() + timeout_s
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {timeout_s} s: {explain()}")
            time.sleep(every_s)

    def settle(self, timeout_s: float = 60.0) -> None:
        """Cancels open calls and waits until no mission for a call is left."""
        for call in self.get("/api/recycling/calls?limit=100"):
            if call["state"] in OPEN_CALLS:
                self.post(f"/api/recycling/calls/{call['id']}/cancel", {})
        self.wait(
            lambda: (
                not [
                    m
                    for m in self.missions()
                    if m["kind"] == "collect" and m["state"] in {"queued", "assigned", "active"}
                ]
            ),
            timeout_s,
            lambda: json.dumps(self.missions()[:5], ensure_ascii=False),
        )
