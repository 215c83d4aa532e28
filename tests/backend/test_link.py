"""The link to the broker ends when it is told to."""

import asyncio

import aiomqtt

from gangseo_backend.core.clock import SystemClock
from gangseo_backend.fleet.link import Link
from gangseo_backend.fleet.wire import Wire
from own_loop import run_alone


class Nobody:
    """A listener that has nothing to do."""

    def on_link(self, *, connected: bool) -> None:
        self.connected = connected


def test_a_good_bye_that_fails_does_not_keep_the_link_alive():
    async def work(link: Link) -> bool:
        good_byes = 0

        async def stays_connected() -> None:
            nonlocal good_byes
            try:
                await asyncio.sleep(3600)
            finally:
                good_byes += 1
                if good_byes == 1:
                    raise aiomqtt.MqttError("no answer to the good-bye")

        link._work = stays_connected
        running = asyncio.create_task(link.run())
        await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.wait({running}, timeout=1)
        return running.done()

    assert run_alone(work(Link("127.0.0.1", 1, "backend", "", Wire(SystemClock(), Nobody(), None))))
