"""A broker that grants not every subscription: who cannot hear everything does not say that it is there."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.conftest import Broker
from gangseo_backend.core.clock import SystemClock
from gangseo_backend.fleet.link import Link as FleetLink
from gangseo_backend.fleet.wire import Wire
from gangseo_robot.link import Broker as BrokerAddress
from gangseo_robot.link import Link as RobotLink
from own_loop import run_alone


@pytest.fixture
def broker_that_grants(tmp_path: Path, free_port: Callable[[], int]):
    """A broker that takes so many subscriptions with QoS 1."""
    running = []

    def start(most: int) -> Broker:
        broker = Broker(tmp_path, free_port(), free_port(), f"default_max_consumers: {most}")
        broker.start()
        running.append(broker)
        return broker

    yield start
    for broker in running:
        broker.stop()


class Listener:
    """Notes that there is a link."""

    def __init__(self, seen: asyncio.Event) -> None:
        self._seen = seen

    def on_link(self, *, connected: bool) -> None:
        if connected:
            self._seen.set()


async def _for(seconds: float, run, linked: asyncio.Event) -> None:
    task = asyncio.create_task(run)
    try:
        async with asyncio.timeout(seconds):
            await linked.wait()
    except TimeoutError:
        pass
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize(("most", "linked"), [(-1, True), (2, False)])
def test_a_robot_is_linked_only_when_it_hears_everything(broker_that_grants, caplog, most, linked):
    broker, seen = broker_that_grants(most), asyncio.Event()
    link = RobotLink(
        "robot_01", BrokerAddress("127.0.0.1", broker.port), lambda *_: None, lambda _: None,
        lambda on: seen.set() if on else None,
    )  # fmt: skip
    run_alone(_for(15.0 if linked else 2.0, link.run(), seen))
    assert seen.is_set() is linked
    assert ("refuses subscriptions of robot_01" in caplog.text) is not linked


@pytest.mark.parametrize(("most", "linked"), [(-1, True), (1, False)])
def test_the_fleet_is_linked_only_when_it_hears_everything(broker_that_grants, most, linked):
    broker, seen = broker_that_grants(most), asyncio.Event()
    link = FleetLink("127.0.0.1", broker.port, "backend", "", Wire(SystemClock(), Listener(seen), None))
    run_alone(_for(15.0 if linked else 2.0, link.run(), seen))
    assert seen.is_set() is linked
