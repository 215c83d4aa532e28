import asyncio

from gangseo_protocol.tasks import end_all
from own_loop import run_alone


async def _goes_on_once() -> None:
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        await asyncio.sleep(60)  # as ``wait_for`` of Python 3.11 goes on when it is cancelled as it ends


async def _fails_at_its_end() -> None:
    try:
        await asyncio.sleep(60)
    finally:
        raise RuntimeError("no good-bye")


def test_a_task_that_swallows_a_cancel_is_cancelled_anew():
    async def main() -> list[asyncio.Task]:
        tasks = [asyncio.create_task(work) for work in (_goes_on_once(), _fails_at_its_end(), asyncio.sleep(0))]
        await asyncio.sleep(0.01)
        async with asyncio.timeout(5):
            await end_all(tasks, again_s=0.01)
        return tasks

    stubborn, failing, done = run_alone(main())
    assert stubborn.cancelled()
    assert isinstance(failing.exception(), RuntimeError)
    assert done.result() is None


def test_nothing_to_end_is_no_error():
    run_alone(end_all([]))


def test_tidying_up_is_not_disturbed():
    tidied = []

    async def tidies_up() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            tidied.append(True)

    async def main() -> None:
        task = asyncio.create_task(tidies_up())
        await asyncio.sleep(0.01)
        await end_all([task], again_s=1.0)

    run_alone(main())
    assert tidied == [True]
