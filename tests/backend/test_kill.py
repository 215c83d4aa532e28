"""``kill -9`` of the real backend process in mid-mission."""

import sys
import time

import httpx
import pytest

from backend.conftest import backend_environment, read_accounts, wait_until
from backend.vehicle import Vehicle

COLLECT = ["say", "openBins", "waitForResident", "closeBins"]


class Process:
    """A real uvicorn, killed and started again."""

    def __init__(self, settings, start_process, port: int) -> None:
        self._settings = settings
        self._start = start_process
        self._port = port
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}/api", timeout=5, trust_env=False)
        self._process = None

    def start(self) -> None:
        command = [
            sys.executable, "-m", "uvicorn", "--factory", "gangseo_backend.main:app_from_environment",
            "--port", str(self._port), "--timeout-graceful-shutdown", "2",
        ]  # fmt: skip
        self._process = self._start("backend", command, env=backend_environment(self._settings))
        wait_until(self._ready, 20, "backend")

    def _ready(self) -> bool:
        try:
            return self.http.get("/readyz").status_code == 200
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def log_in(self) -> None:
        password = read_accounts(self._settings.data_dir)["admin"]
        self.http.post("/session", json={"username": "admin", "password": password}).raise_for_status()

    def call(self, spot: str) -> str:
        page = next(item["page_url"] for item in self.http.get("/recycling/spots").json() if item["spot_id"] == spot)
        token = page.rsplit("/", 1)[1]
        ticket = self.http.post("/recycling/tickets", json={"spot_token": token}).json()["ticket"]
        headers = {"Authorization": f"Bearer {ticket}"}
        return self.http.post("/recycling/calls", json={}, headers=headers).json()["id"]

    def state(self, call_id: str) -> str:
        return self.http.get(f"/recycling/calls/{call_id}").json()["state"]

    def ask(self, token: str, method: str, path: str, body: dict | None = None) -> dict:
        """As somebody with a ticket."""
        headers = {"Authorization": f"Bearer {token}"}
        return self.http.request(method, f"/delivery/{path}", json=body, headers=headers).json()


@pytest.mark.slow
def test_calls_survive_kill_9_at_many_moments(settings, site, broker, vehicle_loop, start_process, free_port):
    settings = settings.model_copy(update={"mqtt_enabled": True, "mqtt_port": broker.port})
    backend = Process(settings, start_process, free_port())
    backend.start()
    backend.log_in()
    vehicles = []
    for number in (1, 2):
        vehicle = Vehicle(site, f"robot_{number:02}", broker.port, node_id=f"c{number - 1}", pace=6.0)
        vehicle_loop.spawn(vehicle.run())
        vehicles.append(vehicle)
    wait_until(lambda: len([r for r in backend.http.get("/fleet/robots").json() if r["online"]]) == 2, what="robots")
    calls = []
    for spot, delay_s in (("bench_00", 0.0), ("bench_03", 0.05), ("bench_05", 0.5), ("bench_02", 1.5)):
        calls.append(backend.call(spot))
        time.sleep(delay_s)  # the moment of the kill is the point of this test
        backend.kill()
        backend.start()
    for call_id in calls:
        wait_until(lambda call_id=call_id: backend.state(call_id) == "served", 60, "served")
    done = [action.split(":")[0] for vehicle in vehicles for action in vehicle.memory.done]
    assert done.count("closeBins") == len(calls), "none lost, none done twice"
    missions = backend.http.get("/fleet/missions").json()
    assert sorted(m["call_id"] for m in missions if m["kind"] == "collect") == sorted(calls)


@pytest.mark.slow
def test_takeover_and_stop_of_all_survive_kill_9(settings, site, broker, vehicle_loop, start_process, free_port):
    settings = settings.model_copy(update={"mqtt_enabled": True, "mqtt_port": broker.port})
    backend = Process(settings, start_process, free_port())
    backend.start()
    backend.log_in()
    vehicle = Vehicle(site, "robot_01", broker.port, node_id="c0")
    vehicle_loop.spawn(vehicle.run())
    wait_until(lambda: backend.http.get("/fleet/robots").json(), what="robot")
    lease = backend.http.post("/fleet/robots/robot_01/takeover", json={"reason": "x"}).json()["id"]
    backend.http.post("/fleet/emergency-stop", json={"reason": "x"}).raise_for_status()
    backend.kill()
    backend.start()
    wait_until(lambda: vehicle.memory.lease == lease and vehicle.memory.stops == {"fleet"}, what="both at the robot")
    assert backend.http.post("/fleet/robots/robot_01/takeover/renew").json()["id"] == lease
    assert backend.http.get("/fleet/emergency-stop").json()["reason"] == "x"
    for path in ("/fleet/robots/robot_01/takeover/release", "/fleet/emergency-stop/release"):
        backend.http.post(path, json={"reason": "x"}).raise_for_status()
        backend.kill()
        backend.start()
    wait_until(lambda: not vehicle.memory.lease and not vehicle.memory.stops, what="both let go")


@pytest.mark.slow
def test_whole_story_on_postgresql(settings, postgresql_url, site, broker, vehicle_loop, start_process, free_port):
    settings = settings.model_copy(
        update={"mqtt_enabled": True, "mqtt_port": broker.port, "database_url": postgresql_url}
    )
    backend = Process(settings, start_process, free_port())
    backend.start()
    backend.log_in()
    vehicle = Vehicle(site, "robot_01", broker.port, node_id="c0", pace=40.0)
    vehicle_loop.spawn(vehicle.run())
    wait_until(lambda: backend.http.get("/fleet/robots").json(), what="robot")
    call_id = backend.call("bench_03")
    wait_until(lambda: backend.state(call_id) == "assigned", what="assigned")
    backend.kill()
    backend.start()
    wait_until(lambda: backend.state(call_id) == "served", 30, "served")
    assert [action.split(":")[0] for action in vehicle.memory.done] == COLLECT


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_delivery_survives_kill_9_at_every_stage(
    request, database, settings, site, broker, vehicle_loop, start_process, free_port
):
    url = request.getfixturevalue("postgresql_url") if database == "postgresql" else ""
    settings = settings.model_copy(update={"mqtt_enabled": True, "mqtt_port": broker.port, "database_url": url})
    backend = Process(settings, start_process, free_port())
    backend.start()
    backend.log_in()
    vehicle = Vehicle(site, "robot_01", broker.port, node_id="c0", pace=15.0)
    vehicle_loop.spawn(vehicle.run())
    shop_token = backend.http.get("/delivery/shops").json()[0]["page_url"].rsplit("/", 1)[1]
    shop = backend.http.post("/delivery/shop/tickets", json={"shop_token": shop_token}).json()["ticket"]
    order = {"request_id": "request-1", "spot_id": "bench_03", "goods": "g", "mass_kg": 1.0, "size": "small"}
    made = backend.ask(shop, "POST", "shop/deliveries", order)
    follower, delivery = made["follow_url"].rsplit("/", 1)[1], f"shop/deliveries/{made['delivery']['id']}"

    def crash() -> None:
        backend.kill()
        backend.start()

    def comes_to(*states: str) -> None:
        seen: list[dict] = []

        def there() -> bool:
            seen[:] = [backend.ask(follower, "GET", "follow")]
            return seen[0].get("state") in states

        try:
            wait_until(there, 60)
        except pytest.fail.Exception:
            pytest.fail(f"not {states}: {seen}, {vehicle.compartments}, {vehicle.memory}")

    def begins_the_goods() -> None:
        """Until it has said its sentence a robot refuses every word about the goods."""
        wait_until(lambda: vehicle.compartments.standing, what="the goods' own action")

    crash()
    comes_to("at_shop")
    begins_the_goods()
    heard = backend.ask(shop, "POST", f"{delivery}/goods-in")
    assert heard.get("state") == "at_shop", heard
    crash()
    comes_to("loaded", "near", "arrived")
    crash()
    comes_to("arrived")
    begins_the_goods()
    assert backend.ask(follower, "POST", "follow/open", {"pin": made["pin"]})["door"] == "opening"
    crash()
    wait_until(lambda: backend.ask(follower, "GET", "follow")["door"] == "open", 40, "door open")
    backend.ask(follower, "POST", "follow/taken")
    crash()
    comes_to("handed_over")
    done = [action.split(":")[0] for action in vehicle.memory.done]
    assert (done.count("loadGoods"), done.count("handOver")) == (1, 1)
    assert [name for name, _ in vehicle.compartments.heard] == [
        "closeCompartment",
        "openCompartment",
        "closeCompartment",
    ]
    wait_until(lambda: backend.http.get("/fleet/missions").json()[0]["state"] == "finished", what="mission finished")
