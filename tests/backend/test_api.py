"""Access, tickets, calls, limits, the console's pages."""

from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from backend.conftest import read_accounts
from gangseo_backend.core.clock import ManualClock
from gangseo_backend.core.links import LinkKey
from gangseo_backend.main import create_app

NOON_IN_SEOUL = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON_IN_SEOUL)


@pytest.fixture
def app(settings, clock):
    return create_app(settings, clock=clock)


@pytest.fixture
def client(app, settings):
    with TestClient(app) as client:
        yield client


def log_in(client: TestClient, settings: Any, role: str) -> None:
    body = {"username": role, "password": read_accounts(settings.data_dir)[role]}
    assert client.post("/api/session", json=body).status_code == 201


def spot_token(client: TestClient, settings: Any, spot: str) -> str:
    log_in(client, settings, "operator")
    page = next(item["page_url"] for item in client.get("/api/recycling/spots").json() if item["spot_id"] == spot)
    client.delete("/api/session")
    return page.rsplit("/", 1)[1]


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["code"] == code
    assert body["messages"]["ko"]
    assert body["messages"]["en"]
    return body


def test_nothing_is_open_but_what_opted_out(app):
    api = next(route.app for route in app.routes if getattr(route, "path", "") == "/api")
    open_routes = set()
    document = api.openapi()
    with TestClient(app) as client:
        for path, operations in document["paths"].items():
            for method in operations:
                url = "/api" + path.replace("{", "x").replace("}", "x")
                if client.request(method, url, json={}).status_code != 401:
                    open_routes.add(f"{method} {path}")
    assert open_routes == {
        "post /session", "get /healthz", "get /readyz", "get /metrics", "post /recycling/tickets",
        "post /delivery/shop/tickets", "post /delivery/follow/look",
    }  # fmt: skip


def test_route_without_a_rule_is_refused(app, settings):
    api = next(route.app for route in app.routes if getattr(route, "path", "") == "/api")
    api.get("/forgotten")(lambda: {"secret": True})
    with TestClient(app) as client:
        log_in(client, settings, "admin")
        problem(client.get("/api/forgotten"), 403, "not_allowed")


def test_roles(client, settings):
    log_in(client, settings, "viewer")
    assert client.get("/api/session").json()["role"] == "viewer"
    assert client.get("/api/fleet/robots").json() == []
    problem(client.get("/api/recycling/spots"), 403, "not_allowed")
    body = {"command_id": "command-1", "kind": "pause", "reason": "x"}
    problem(client.post("/api/fleet/robots/robot_01/commands", json=body), 403, "not_allowed")
    log_in(client, settings, "operator")
    problem(client.post("/api/fleet/robots/robot_01/commands", json=body), 404, "not_found")
    assert client.delete("/api/session").status_code == 204
    problem(client.get("/api/session"), 401, "not_logged_in")


def test_cookie_is_safe_and_session_ends(client, settings, clock):
    body = {"username": "admin", "password": read_accounts(settings.data_dir)["admin"]}
    header = client.post("/api/session", json=body).headers["set-cookie"].lower()
    assert "httponly" in header
    assert "samesite=strict" in header
    clock.advance(settings.session_hours * 3600 + 1)
    problem(client.get("/api/session"), 401, "not_logged_in")


def test_wrong_password_and_unknown_user_look_the_same_and_are_limited(client):
    answers = [
        client.post("/api/session", json={"username": name, "password": "no"}).json() for name in ("admin", "nobody")
    ]
    assert answers[0] == answers[1]
    codes = {client.post("/api/session", json={"username": "admin", "password": "no"}).status_code for _ in range(12)}
    assert codes == {401, 429}


def test_other_sites_cannot_use_the_cookie(client, settings):
    log_in(client, settings, "operator")
    answer = client.delete("/api/session", headers={"Sec-Fetch-Site": "cross-site"})
    problem(answer, 403, "cross_site")


def test_accounts_file_is_private(client, settings):
    assert (settings.data_dir / "demo-accounts.json").stat().st_mode & 0o777 == 0o600


def test_ticket_opens_one_spot_for_a_quarter_of_an_hour(client, settings, clock):
    token = spot_token(client, settings, "bench_01")
    made = client.post("/api/recycling/tickets", json={"spot_token": token})
    assert made.status_code == 201
    ticket = made.json()
    assert ticket["spot"]["spot_id"] == "bench_01"
    assert ticket["open_call"] is None
    headers = {"Authorization": f"Bearer {ticket['ticket']}"}
    call = client.post("/api/recycling/calls", json={"language": "en"}, headers=headers)
    assert call.status_code == 201
    again = client.post("/api/recycling/calls", json={"language": "en"}, headers=headers)
    assert "bench 1" in problem(again, 409, "spot_has_open_call")["detail"]
    shown = client.post("/api/recycling/tickets", json={"spot_token": token}).json()["open_call"]
    assert shown["id"] == call.json()["id"]
    assert client.get("/api/fleet/site", headers=headers).json()["qr_base_url"] == "http://testserver/s/"
    problem(client.get("/api/fleet/robots", headers=headers), 403, "not_allowed")
    other = spot_token(client, settings, "bench_02")
    other_ticket = client.post("/api/recycling/tickets", json={"spot_token": other}).json()["ticket"]
    stranger = {"Authorization": f"Bearer {other_ticket}"}
    problem(client.get(f"/api/recycling/calls/{shown['id']}", headers=stranger), 404, "not_found")
    problem(client.post(f"/api/recycling/calls/{shown['id']}/cancel", headers=stranger), 404, "not_found")
    clock.advance(15 * 60 + 1)
    problem(client.get(f"/api/recycling/calls/{shown['id']}", headers=headers), 401, "not_logged_in")


@pytest.mark.parametrize(
    "token", ["1.bench_01.AAAAAAAAAAAAAAAA", "bench_01", "1..x", "2.bench_01.x", "각.벤치.서명", "1.bench_01"]
)
def test_forged_qr_is_refused(client, token):
    problem(client.post("/api/recycling/tickets", json={"spot_token": token}), 404, "forged_qr")


def test_code_of_a_spot_that_is_gone(client, settings):
    key = settings.load_secrets().qr_key.get_secret_value()
    token = LinkKey(key, settings.qr_key_version, "spot").sign("bench_99")
    problem(client.post("/api/recycling/tickets", json={"spot_token": token}), 404, "unknown_spot")


def test_new_key_version_makes_printed_codes_worthless():
    old, new = LinkKey("k" * 40, 1, "spot"), LinkKey("k" * 40, 2, "spot")
    assert old.verify(old.sign("bench_01")) == "bench_01"
    assert new.verify(old.sign("bench_01")) is None
    assert old.verify(LinkKey("x" * 40, 1, "spot").sign("bench_01")) is None


def test_forged_ticket_is_nobody(client):
    for ticket in ("x", "a.b.c", ""):
        headers = {"Authorization": f"Bearer {ticket}"}
        problem(client.post("/api/recycling/calls", json={}, headers=headers), 401, "not_logged_in")


def test_call_rate_is_limited_per_ticket(client, settings):
    token = spot_token(client, settings, "bench_01")
    ticket = client.post("/api/recycling/tickets", json={"spot_token": token}).json()["ticket"]
    headers = {"Authorization": f"Bearer {ticket}"}
    codes = [client.post("/api/recycling/calls", json={}, headers=headers).status_code for _ in range(6)]
    assert codes == [201, 409, 409, 409, 409, 429]


def test_ticket_rate_is_limited_per_address(client):
    answers = [client.post("/api/recycling/tickets", json={"spot_token": "x"}).status_code for _ in range(61)]
    assert answers[-2:] == [404, 429]


def test_outside_service_hours_nobody_is_called(settings, clock):
    hours = settings.model_copy(update={"service_hours": "10:00-19:00"})
    with TestClient(create_app(hours, clock=clock)) as client:
        token = spot_token(client, hours, "bench_01")
        clock.advance(8 * 3600)
        ticket = client.post("/api/recycling/tickets", json={"spot_token": token}).json()["ticket"]
        answer = client.post("/api/recycling/calls", json={}, headers={"Authorization": f"Bearer {ticket}"})
        assert "10:00" in problem(answer, 409, "outside_service_hours")["detail"]


def test_waiting_call_tells_its_place_and_reason(client, settings):
    token = spot_token(client, settings, "bench_01")
    ticket = client.post("/api/recycling/tickets", json={"spot_token": token}).json()["ticket"]
    headers = {"Authorization": f"Bearer {ticket}"}
    call = client.post("/api/recycling/calls", json={}, headers=headers).json()
    from backend.conftest import wait_until

    shown = wait_until(
        lambda: (
            (now := client.get(f"/api/recycling/calls/{call['id']}", headers=headers).json())["queue_position"] and now
        )
    )
    assert shown["queue_position"] == 1
    assert shown["reason"]["key"] == "queue.no_robot_online"
    canceled = client.post(f"/api/recycling/calls/{call['id']}/cancel", headers=headers)
    assert canceled.status_code == 202
    wait_until(lambda: client.get(f"/api/recycling/calls/{call['id']}", headers=headers).json()["state"] == "canceled")
    problem(client.post(f"/api/recycling/calls/{call['id']}/cancel", headers=headers), 409, "call_over")


def test_body_is_strict(client, settings):
    log_in(client, settings, "operator")
    wrong = client.post("/api/fleet/missions/x/cancel", json={"reason": 5})
    assert problem(wrong, 422, "invalid")["fields"][0]["at"] == "body.reason"
    problem(client.post("/api/fleet/missions/x/cancel", json={"reason": "r", "more": 1}), 422, "invalid")
    problem(client.post("/api/fleet/missions/x/cancel", content=b"{"), 422, "invalid")
    problem(client.post("/api/fleet/missions/x/cancel", json={"reason": "r"}), 404, "not_found")


def test_qr_codes_can_be_printed(client, settings):
    log_in(client, settings, "operator")
    svg = client.get("/api/recycling/spots/bench_01/qr.svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert b"<svg" in svg.content
    sheet = client.get("/api/recycling/qr-sheet").text
    assert sheet.count("<section>") == 6
    assert "bench 1" in sheet
    assert "QR을 찍으면" in sheet
    problem(client.get("/api/recycling/spots/bench_99/qr.svg"), 404, "unknown_spot")


def test_console_is_served_and_unknown_api_is_a_problem(settings, tmp_path, clock):
    folder = tmp_path / "console"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("console")
    (folder / "call.html").write_text("resident")
    (folder / "assets" / "app.js").write_text("js")
    (tmp_path / "secret.txt").write_text("secret")
    with TestClient(create_app(settings.model_copy(update={"console_dir": folder}), clock=clock)) as client:
        assert client.get("/").text == "console"
        assert client.get("/robots/robot_01").text == "console"
        assert client.get("/s/1.bench_01.abc").text == "resident"
        assert "immutable" in client.get("/assets/app.js").headers["cache-control"]
        assert client.get("/..%2fsecret.txt").text == "console"
        answer = client.get("/api/nowhere")
        problem(answer, 404, "not_found")
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        problem(client.put("/api/session"), 405, "method_not_allowed")


def test_health_tells_part_by_part(client):
    assert client.get("/api/healthz").json() == {"status": "ok"}
    assert client.get("/api/readyz").json() == {"ready": True, "database": True, "broker": True}
    assert "gangseo_fleet_step_seconds" in client.get("/api/metrics").text


def test_message_files_have_the_same_keys():
    from gangseo_backend.core.errors import CORE_TEXTS
    from gangseo_backend.delivery.refusals import TEXTS as DELIVERY_TEXTS
    from gangseo_backend.fleet.record import FLEET_TEXTS
    from gangseo_backend.recycling.service import TEXTS

    for catalog in (CORE_TEXTS, DELIVERY_TEXTS, FLEET_TEXTS, TEXTS):
        assert catalog.keys_of("ko") == catalog.keys_of("en")


@pytest.mark.parametrize("path", ["/api/fleet/robots/a%0Ab", "/api/nothing", "/api/fleet/robots/a%0Ab/commands"])
def test_a_path_nobody_serves_is_a_problem_and_not_a_page(client, path):
    problem(client.get(path), 404, "not_found")
