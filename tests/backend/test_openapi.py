"""Every route against its own description, as nobody and as operator: no 5xx, answers as promised."""

from collections.abc import Iterator

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase
from hypothesis import settings as run_with

from backend.conftest import read_accounts
from backend.small_site import build_site
from backend.watchman import with_patrol
from gangseo_backend.api import create_api
from gangseo_backend.core.config import Settings
from gangseo_backend.main import create_app

schema = schemathesis.openapi.from_dict(create_api().openapi())


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("openapi")
    (folder / "site.json").write_text(with_patrol(build_site()).to_json(), encoding="utf-8")
    settings = Settings(
        data_dir=folder / "data", site_file=folder / "site.json", mqtt_enabled=False, public_url="http://testserver",
        password_time_cost=1, password_memory_kib=64,
    )  # fmt: skip
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        client.settings = settings
        yield client


def operator(client: TestClient) -> dict[str, str]:
    if not hasattr(client, "operator_cookie"):
        body = {"username": "operator", "password": read_accounts(client.settings.data_dir)["operator"]}
        client.operator_cookie = client.post("/api/session", json=body).cookies["gangseo_session"]
        client.cookies.clear()
    return {"gangseo_session": client.operator_cookie}


@pytest.mark.parametrize("who", ["nobody", "operator"])
@schema.parametrize()
@run_with(
    max_examples=4, deadline=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_answers_are_as_described(case, client, who):
    if who == "operator" and case.method == "DELETE":
        return
    request = case.as_transport_kwargs(base_url="http://testserver/api")
    request["cookies"] = operator(client) if who == "operator" else {}
    request["headers"] = {k: v for k, v in dict(request.get("headers") or {}).items() if k.lower() != "authorization"}
    client.cookies.clear()
    response = client.request(**request)
    assert response.status_code < 500 or case.path == "/readyz", response.text
    case.validate_response(response, excluded_checks=_unsuitable())


def test_every_reference_leads_somewhere():
    document = create_api().openapi()
    for reference in _references(document):
        found = document
        for part in reference.removeprefix("#/").split("/"):
            assert part in found, reference
            found = found[part]


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


def _unsuitable() -> list:
    from schemathesis.specs.openapi import checks

    # Limits and missing log-ins answer before the body is looked at.
    names = (
        "negative_data_rejection",
        "positive_data_acceptance",
        "ignored_auth",
        "missing_required_header",
        "unsupported_method",
    )
    return [getattr(checks, name) for name in names if hasattr(checks, name)]
