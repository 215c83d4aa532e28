"""The stream's queue, coalescing, and who may read it."""

import asyncio
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel
from starlette.websockets import WebSocketDisconnect

from gangseo_backend.core.access import AccountPrincipal, Holder, Role, TicketPrincipal
from gangseo_backend.core.clock import ManualClock
from gangseo_backend.core.stream import MAXIMUM_PENDING, MINIMUM_INTERVAL_S, StreamHub
from gangseo_backend.main import create_app
from own_loop import run_alone

HERE = (Holder.SPOT, "bench_01")
VIEWER = AccountPrincipal("1", "viewer", Role.VIEWER)


class Frame(BaseModel):
    value: int


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 22, tzinfo=UTC))


async def settle() -> None:
    for _ in range(3):
        await asyncio.sleep(0.03)


async def on_hub(clock, story) -> None:
    hub = StreamHub(clock)
    running = asyncio.create_task(hub.run())
    await asyncio.sleep(0)
    try:
        await story(hub)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def test_newest_value_is_sent_at_most_five_times_a_second(clock):
    async def story(hub: StreamHub) -> None:
        client = hub.join(VIEWER)
        for value in range(10):
            hub.changed("robot:1", lambda value=value: Frame(value=value))
        await settle()
        assert client.take() == ['{"value":9}']
        hub.changed("robot:1", lambda: Frame(value=10))
        await settle()
        assert client.take() == []
        clock.advance(MINIMUM_INTERVAL_S)
        await settle()
        assert client.take() == ['{"value":10}']

    run_alone(on_hub(clock, story))


def test_facts_are_all_told(clock):
    async def story(hub: StreamHub) -> None:
        client = hub.join(VIEWER)
        for value in range(5):
            hub.tell(Frame(value=value))
        await settle()
        assert len(client.take()) == 5

    run_alone(on_hub(clock, story))


def test_residents_get_only_their_spot(clock):
    async def story(hub: StreamHub) -> None:
        here = hub.join(TicketPrincipal("t", *HERE))
        others = [
            hub.join(TicketPrincipal("u", Holder.SPOT, "bench_02")),
            hub.join(TicketPrincipal("v", Holder.SHOP, "bench_01")),
        ]
        account = hub.join(VIEWER)
        hub.changed("call:1", lambda: Frame(value=1), reader=HERE)
        hub.changed("robot:1", lambda: Frame(value=2))
        hub.changed("position:1", lambda: Frame(value=3), reader=HERE, accounts=False)
        await settle()
        assert here.take() == ['{"value":1}', '{"value":3}']
        assert [other.take() for other in others] == [[], []]
        assert account.take() == ['{"value":1}', '{"value":2}']

    run_alone(on_hub(clock, story))


def test_reader_that_does_not_read_is_marked_too_slow(clock):
    async def story(hub: StreamHub) -> None:
        client = hub.join(VIEWER)
        for value in range(MAXIMUM_PENDING + 1):
            hub.tell(Frame(value=value))
        await settle()
        assert client.overrun
        assert len(client.pending) == MAXIMUM_PENDING

    run_alone(on_hub(clock, story))


def test_frame_that_cannot_be_built_stops_nothing(clock):
    async def story(hub: StreamHub) -> None:
        client = hub.join(VIEWER)
        hub.changed("bad", lambda: Frame(value=1 // 0))
        hub.changed("good", lambda: Frame(value=1))
        await settle()
        assert client.take() == ['{"value":1}']

    run_alone(on_hub(clock, story))


def read_all(stream) -> None:
    while True:
        stream.receive_json()


def close_code(client: TestClient, first: dict | None, headers: dict[str, str]) -> int:
    with client.websocket_connect("/api/stream", headers=headers) as stream:
        if first is not None:
            stream.send_json(first)
        with pytest.raises(WebSocketDisconnect) as closed:
            stream.receive_json()
    return closed.value.code


def test_strangers_are_closed_4401(settings):
    with TestClient(create_app(settings)) as client:
        assert close_code(client, None, {"cookie": "gangseo_session=forged"}) == 4401
        assert close_code(client, {"ticket": "forged"}, {}) == 4401
        assert close_code(client, {"hello": 1}, {}) == 4401


def ticket_of(client: TestClient, settings) -> str:
    from backend.test_api import spot_token

    token = spot_token(client, settings, "bench_01")
    return client.post("/api/recycling/tickets", json={"spot_token": token}).json()["ticket"]


@pytest.mark.parametrize("late", [False, True])
def test_ticket_in_the_first_frame_wins_over_a_cookie(settings, monkeypatch, late):
    from backend.conftest import read_accounts, wait_until

    if late:
        monkeypatch.setattr("gangseo_backend.core.stream_routes.HELLO_GRACE_S", 0.0)
    with TestClient(create_app(settings)) as client:
        ticket = ticket_of(client, settings)
        password = read_accounts(settings.data_dir)["viewer"]
        client.post("/api/session", json={"username": "viewer", "password": password}).raise_for_status()
        hub = client.app.state.backend.hub
        headers = {"cookie": f"gangseo_session={client.cookies['gangseo_session']}"}
        with client.websocket_connect("/api/stream", headers=headers) as stream:
            if late:
                assert stream.receive_json()["type"] == "snapshot"
            stream.send_json({"ticket": ticket})
            wait_until(lambda: [isinstance(reader.principal, TicketPrincipal) for reader in hub._clients] == [True])
            hub.changed("robot:1", lambda: Frame(value=1))
            hub.changed("call:1", lambda: Frame(value=2), reader=HERE)
            assert stream.receive_json() == {"value": 2}


def test_cookie_alone_gets_the_snapshot_and_nonsense_changes_nothing(settings):
    from backend.conftest import read_accounts

    with TestClient(create_app(settings)) as client:
        password = read_accounts(settings.data_dir)["viewer"]
        client.post("/api/session", json={"username": "viewer", "password": password}).raise_for_status()
        headers = {"cookie": f"gangseo_session={client.cookies['gangseo_session']}"}
        for first in (None, {"hello": 1}):
            with client.websocket_connect("/api/stream", headers=headers) as stream:
                if first:
                    stream.send_json(first)
                assert stream.receive_json()["type"] == "snapshot"
        assert close_code(client, {"ticket": "forged"}, headers) == 4401


def test_slow_reader_is_closed_4408(settings, monkeypatch):
    monkeypatch.setattr("gangseo_backend.core.stream.MAXIMUM_PENDING", 3)
    with TestClient(create_app(settings)) as client:
        ticket = ticket_of(client, settings)
        hub = client.app.state.backend.hub
        with client.websocket_connect("/api/stream") as stream:
            stream.send_json({"ticket": ticket})
            from backend.conftest import wait_until

            wait_until(lambda: hub._clients)
            for value in range(50):
                hub.changed(f"k{value}", lambda: Frame(value=1), reader=HERE)
            with pytest.raises(WebSocketDisconnect) as closed:
                read_all(stream)
    assert closed.value.code == 4408
