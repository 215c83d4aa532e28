"""Log in, who am I, log out."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from gangseo_backend.core.access import CurrentAccount, Role, accounts, everyone
from gangseo_backend.core.accounts import AccountService
from gangseo_backend.core.config import Settings
from gangseo_backend.core.errors import NotLoggedInError
from gangseo_backend.core.rate_limits import RateLimiter

COOKIE = "gangseo_session"
router = APIRouter(tags=["session"])


class LogIn(BaseModel):
    """Body of a log-in."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    username: Annotated[str, Field(min_length=1, max_length=64)]
    password: Annotated[str, Field(min_length=1, max_length=256)]


class SessionPublic(BaseModel):
    """Who is logged in."""

    username: str
    role: Role
    expires_at: datetime


def client_address(request: Request) -> str:
    """Network address of the client."""
    return request.client.host if request.client else "unknown"


@router.post("/session", status_code=201)
@everyone
def log_in(body: LogIn, request: Request, response: Response) -> SessionPublic:
    """Log in; the answer sets the session cookie."""
    limiter: RateLimiter = request.app.state.limiter
    service: AccountService = request.app.state.accounts
    settings: Settings = request.app.state.settings
    address = client_address(request)
    limiter.hit("30/minute", "log_in", address)
    limiter.hit("10/minute", "log_in", address, body.username)
    token, principal, expires_at = service.log_in(body.username, body.password, address)
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(settings.session_hours * 3600),
        httponly=True,
        samesite="strict",
        secure=settings.public_url.startswith("https:"),
        path="/",
    )
    return SessionPublic(username=principal.username, role=principal.role, expires_at=expires_at)


@router.get("/session")
@accounts(Role.VIEWER)
def who_am_i(request: Request) -> SessionPublic:
    """The account behind the cookie."""
    service: AccountService = request.app.state.accounts
    found = service.find(request.cookies.get(COOKIE, ""))
    if found is None:
        raise NotLoggedInError
    principal, expires_at = found
    return SessionPublic(username=principal.username, role=principal.role, expires_at=expires_at)


@router.delete("/session", status_code=204)
@accounts(Role.VIEWER)
def log_out(request: Request, response: Response, account: CurrentAccount) -> None:
    """End the session and take the cookie back."""
    service: AccountService = request.app.state.accounts
    service.log_out(request.cookies.get(COOKIE, ""), account)
    response.delete_cookie(COOKIE, path="/")
