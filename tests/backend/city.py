"""A running backend with its people and robots, as the tests of stories use it."""

import httpx
from fastapi.testclient import TestClient

from backend.conftest import Broker, Loop, read_accounts, wait_until
from backend.vehicle import Vehicle
from gangseo_backend.core.config import Settings
from gangseo_backend.fleet.policy import Policy
from gangseo_protocol.site import Site

FAST = Policy(
    resend_after_s=0.5, give_up_after_s=2.0, silent_after_s=1.5, cancel_resend_s=0.5, cancel_give_up_s=3.0,
    idle_before_home_s=20.0, lane_blocked_s=30.0, retry_home_s=2.0, unable_after_s=3.0,
    lost_after_s=1.0, lost_rest_s=0.5, command_resend_s=0.5,
)  # fmt: skip


class City:
    """A running backend with its people and robots."""

    def __init__(self, client: TestClient, settings: Settings, site: Site, loop: Loop, broker: Broker) -> None:
        self.client = client
        self.site = site
        self.loop = loop
        self.broker = broker
        self.settings = settings
        self.log_in("admin")

    def log_in(self, username: str) -> None:
        password = read_accounts(self.settings.data_dir)[username]
        self.client.post("/api/session", json={"username": username, "password": password}).raise_for_status()

    def robot(self, number: int, pace: float = 60.0, **options: object) -> Vehicle:
        vehicle = Vehicle(
            self.site, f"robot_{number:02}", self.broker.port, node_id=f"c{number - 1}", pace=pace, **options
        )
        self.loop.spawn(vehicle.run(), vehicle.robot_id)
        wait_until(lambda: self.robots().get(vehicle.robot_id, {}).get("online"), what="robot on line")
        return vehicle

    def robots(self) -> dict[str, dict]:
        return {robot["robot_id"]: robot for robot in self.get("/api/fleet/robots")}

    def get(self, path: str) -> object:
        response = self.client.get(path)
        response.raise_for_status()
        return response.json()

    def ticket(self, spot: str) -> str:
        spots = {item["spot_id"]: item for item in self.get("/api/recycling/spots")}
        token = spots[spot]["page_url"].rsplit("/", 1)[1]
        return self.client.post("/api/recycling/tickets", json={"spot_token": token}).json()["ticket"]

    def call(self, spot: str) -> dict:
        response = self.call_raw(spot)
        assert response.status_code == 201, response.text
        return response.json()

    def call_raw(self, spot: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.ticket(spot)}"}
        return self.client.post("/api/recycling/calls", json={"language": "ko"}, headers=headers)

    def call_state(self, call_id: str) -> dict:
        return self.get(f"/api/recycling/calls/{call_id}")

    def await_call(self, call_id: str, *states: str, timeout_s: float = 45.0) -> dict:
        return wait_until(
            lambda: (call := self.call_state(call_id))["state"] in states and call, timeout_s, f"call {states}"
        )

    def call_under_way(self, spot: str) -> dict:
        """A call whose robot drives, and the backend has seen it drive."""
        call = self.await_call(self.call(spot)["id"], "assigned")
        robot_id = call["robot_id"]
        wait_until(lambda: self.robots()[robot_id]["activity"] == "driving", what=f"{robot_id} seen driving")
        return call

    def await_mission(self, mission_id: str, *states: str, timeout_s: float = 15.0) -> dict:
        path = f"/api/fleet/missions/{mission_id}"
        return wait_until(
            lambda: (found := self.get(path))["state"] in states and found, timeout_s, f"mission {states}"
        )

    def incidents(self) -> set[str]:
        return {item["kind"] for item in self.get("/api/fleet/incidents")}
