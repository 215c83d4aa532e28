"""``WS /stream``: who may read it and how fast."""

import asyncio
import contextlib
from collections.abc import Callable
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from gangseo_backend.core.access import AccountPrincipal, Authenticate, Principal, TicketPrincipal, everyone
from gangseo_backend.core.session_routes import COOKIE
from gangseo_backend.core.stream import StreamClient, StreamHub
from gangseo_backend.core.telemetry import STREAM_CLOSED_SLOW

NOT_ALLOWED = 4401
TOO_SLOW = 4408
SEND_TIMEOUT_S = 5.0
HELLO_TIMEOUT_S = 10.0
CHECK_EVERY_S = 60.0
FirstFrames = Callable[[Principal], list[BaseModel]]
stream_router = APIRouter()


class _Hello(BaseModel):
    ticket: str


@stream_router.websocket("/stream")
@everyone
async def stream(socket: WebSocket) -> None:
    """Snapshot and changes until somebody hangs up."""
    await socket.accept()
    hub: StreamHub = socket.app.state.hub
    credentials = await _credentials(socket)
    principal = await _principal(socket, credentials)
    if principal is None:
        await socket.close(NOT_ALLOWED)
        return
    first_frames: FirstFrames = socket.app.state.first_frames
    client = hub.join(principal)
    listener = asyncio.create_task(_listen(socket, client))
    try:
        for frame in await run_in_threadpool(first_frames, principal):
            await _send(socket, frame.model_dump_json())
        code = await _serve(socket, client, credentials, listener)
    except TimeoutError:
        code = TOO_SLOW
    except (WebSocketDisconnect, RuntimeError):
        code = None  # the reader hung up while we were writing
    finally:
        hub.leave(client)
        listener.cancel()
    if code == TOO_SLOW:
        STREAM_CLOSED_SLOW.inc()
    if code is not None:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
            async with asyncio.timeout(1.0):
                await socket.close(code)


async def _credentials(socket: WebSocket) -> tuple[str | None, str | None]:
    """Cookie, or ticket from the first frame."""
    cookie = socket.cookies.get(COOKIE)
    if cookie and _same_origin(socket):
        return cookie, None
    try:
        async with asyncio.timeout(HELLO_TIMEOUT_S):
            text = await socket.receive_text()
        return None, _Hello.model_validate_json(text).ticket
    except (TimeoutError, ValidationError, WebSocketDisconnect, KeyError, RuntimeError):
        return None, None


def _same_origin(socket: WebSocket) -> bool:
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host")


async def _principal(socket: WebSocket, credentials: tuple[str | None, str | None]) -> Principal | None:
    authenticate: Authenticate = socket.app.state.authenticate
    return await run_in_threadpool(authenticate, *credentials)


async def _listen(socket: WebSocket, client: StreamClient) -> None:
    """Readers have nothing more to say; reading notices that they hang up."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while (await socket.receive())["type"] != "websocket.disconnect":
            pass
    client.ready.set()


async def _serve(
    socket: WebSocket,
    client: StreamClient,
    credentials: tuple[str | None, str | None],
    listener: asyncio.Task[None],
) -> int | None:
    loop = asyncio.get_running_loop()
    check_at = loop.time() + CHECK_EVERY_S
    while not listener.done():
        await client.ready.wait()  # a heartbeat comes every few seconds
        if client.overrun:
            return TOO_SLOW
        for text in client.take():
            await _send(socket, text)
        if loop.time() >= check_at:
            check_at = loop.time() + CHECK_EVERY_S
            if await _is_over(socket, client.principal, credentials):
                return NOT_ALLOWED
    return None


async def _is_over(socket: WebSocket, principal: Principal, credentials: tuple[str | None, str | None]) -> bool:
    """A log-out ends the account's streams; a ticket may run out while its call is open."""
    if isinstance(principal, TicketPrincipal):
        return False
    return not isinstance(await _principal(socket, credentials), AccountPrincipal)


async def _send(socket: WebSocket, text: str) -> None:
    async with asyncio.timeout(SEND_TIMEOUT_S):
        await socket.send_text(text)
