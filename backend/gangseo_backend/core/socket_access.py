"""Who opens a WebSocket: the cookie of an account, shown by a page of ours."""

from urllib.parse import urlsplit

from fastapi import WebSocket
from starlette.concurrency import run_in_threadpool

from gangseo_backend.core.access import AccountPrincipal, Authenticate
from gangseo_backend.core.session_routes import COOKIE

NOT_ALLOWED = 4401


def same_origin(socket: WebSocket) -> bool:
    """Whether a page of this server asks, or no page at all."""
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host")


async def account_of(socket: WebSocket) -> AccountPrincipal | None:
    """The logged-in person behind a socket; None for anybody else."""
    cookie = socket.cookies.get(COOKIE)
    if not cookie or not same_origin(socket):
        return None
    authenticate: Authenticate = socket.app.state.authenticate
    principal = await run_in_threadpool(authenticate, cookie, None)
    return principal if isinstance(principal, AccountPrincipal) else None
