"""``WS /stream``: who may read it and how fast."""

import asyncio
import contextlib
from collections.abc import Callable

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from gangseo_backend.core.access import AccountPrincipal, Authenticate, Principal, TicketPrincipal, everyone
from gangseo_backend.core.session_routes import COOKIE
from gangseo_backend.core.socket_access import NOT_ALLOWED, same_origin
from gangseo_backend.core.stream import StreamClient, StreamHub
from gangseo_backend.core.telemetry import STREAM_CLOSED_SLOW

TOO_SLOW = 4408
SEND_TIMEOUT_S = 5.0
HELLO_TIMEOUT_S = 10.0
HELLO_GRACE_S = 0.2
CHECK_EVERY_S = 60.0
Credentials = tuple[str | None, str | None]
"""Cookie and ticket; one of them."""
FirstFrames = Callable[[Principal], list[BaseModel]]
stream_router = APIRouter()


class _Hello(BaseModel):
    ticket: str


@stream_router.websocket("/stream")
@everyone
async def stream(socket: WebSocket) -> None:
    """Snapshot and changes until somebody hangs up."""
    await socket.accept()
    credentials: Credentials | None = await _credentials(socket)
    while credentials is not None:
        credentials = await _serve_as(socket, credentials)


async def _serve_as(socket: WebSocket, credentials: Credentials) -> Credentials | None:
    """Serve one reader to the end; gives the ticket when an account's browser shows one late."""
    hub: StreamHub = socket.app.state.hub
    principal = await _principal(socket, credentials)
    if principal is None:
        await _close(socket, NOT_ALLOWED)
        return None
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
    if code is not None:
        await _close(socket, code)
        return None
    ticket = listener.result() if listener.done() and not listener.cancelled() else None
    return (None, ticket) if ticket is not None else None


async def _close(socket: WebSocket, code: int) -> None:
    if code == TOO_SLOW:
        STREAM_CLOSED_SLOW.inc()
    with contextlib.suppress(RuntimeError, WebSocketDisconnect, TimeoutError):
        async with asyncio.timeout(1.0):
            await socket.close(code)


async def _credentials(socket: WebSocket) -> Credentials:
    """The first frame's ticket, else the cookie: an operator may look at a resident's page."""
    cookie = socket.cookies.get(COOKIE)
    if not cookie or not same_origin(socket):
        cookie = None
    try:
        async with asyncio.timeout(HELLO_TIMEOUT_S if cookie is None else HELLO_GRACE_S):
            ticket = _ticket_in(await socket.receive_text())
    except (TimeoutError, WebSocketDisconnect, KeyError, RuntimeError):
        ticket = None
    return (None, ticket) if ticket is not None else (cookie, None)


def _ticket_in(text: str) -> str | None:
    try:
        return _Hello.model_validate_json(text).ticket
    except ValidationError:
        return None


async def _principal(socket: WebSocket, credentials: Credentials) -> Principal | None:
    authenticate: Authenticate = socket.app.state.authenticate
    return await run_in_threadpool(authenticate, *credentials)


async def _listen(socket: WebSocket, client: StreamClient) -> str | None:
    """Notices that the reader hangs up, or that an account shows a ticket after all."""
    ticket = None
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while ticket is None and (message := await socket.receive())["type"] != "websocket.disconnect":
            if isinstance(client.principal, AccountPrincipal):
                ticket = _ticket_in(message.get("text") or "")
    client.ready.set()
    return ticket


async def _serve(
    socket: WebSocket,
    client: StreamClient,
    credentials: Credentials,
    listener: asyncio.Task[str | None],
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


async def _is_over(socket: WebSocket, principal: Principal, credentials: Credentials) -> bool:
    """A log-out ends the account's streams; a ticket may run out while its call is open."""
    if isinstance(principal, TicketPrincipal):
        return False
    return not isinstance(await _principal(socket, credentials), AccountPrincipal)


async def _send(socket: WebSocket, text: str) -> None:
    async with asyncio.timeout(SEND_TIMEOUT_S):
        await socket.send_text(text)
