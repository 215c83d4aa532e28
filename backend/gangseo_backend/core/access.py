"""Who may do what: denied by default, a route opts out by naming who may use it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, WebSocketException
from starlette.requests import HTTPConnection

from gangseo_backend.core.errors import GangseoError, NotAllowedError, NotLoggedInError

_ACCESS = "__gangseo_access__"
_F = TypeVar("_F", bound=Callable[..., Any])


class Role(StrEnum):
    """What an account may do; each includes the ones before."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Higher may do more."""
        return list(Role).index(self)


@dataclass(frozen=True, slots=True)
class AccountPrincipal:
    """A logged-in person."""

    account_id: str
    username: str
    role: Role


class Holder(StrEnum):
    """Who a ticket makes of a person without an account; its subject says of what."""

    SPOT = "spot"
    SHOP = "shop"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True)
class TicketPrincipal:
    """Somebody who opened a signed link: of a spot, a shop or a delivery, whose id is the subject."""

    ticket_id: str
    holder: Holder
    subject: str


Principal = AccountPrincipal | TicketPrincipal


@dataclass(frozen=True, slots=True)
class Access:
    """The rule of one route; ``role`` None lets no account in by itself."""

    role: Role | None
    holders: frozenset[Holder] = frozenset()
    everyone: bool = False

    def admits(self, principal: Principal | None) -> bool:
        """Whether this principal may use the route."""
        if self.everyone:
            return True
        if isinstance(principal, TicketPrincipal):
            return principal.holder in self.holders
        return principal is not None and self.role is not None and principal.role.rank >= self.role.rank


class CrossSiteError(GangseoError):
    """A page of another site sent the request."""

    code, status = "cross_site", 403


def _mark(access: Access) -> Callable[[_F], _F]:
    def mark(endpoint: _F) -> _F:
        setattr(endpoint, _ACCESS, access)
        return endpoint

    return mark


everyone = _mark(Access(None, everyone=True))
"""Route anyone may use."""


def ticket_only(*holders: Holder) -> Callable[[_F], _F]:
    """Route for these holders of tickets."""
    return _mark(Access(None, frozenset(holders)))


def accounts(role: Role) -> Callable[[_F], _F]:
    """Route for accounts of this role and above."""
    return _mark(Access(role))


def accounts_or_ticket(role: Role, *holders: Holder) -> Callable[[_F], _F]:
    """Route for accounts of this role and above and for these holders of tickets."""
    return _mark(Access(role, frozenset(holders)))


Authenticate = Callable[[str | None, str | None], Principal | None]
"""From cookie and bearer token to who it is."""


def enforce(connection: HTTPConnection) -> None:
    """The one dependency of the whole API: no rule, no entry."""
    endpoint = getattr(connection.scope.get("route"), "endpoint", None)
    access: Access = getattr(endpoint, _ACCESS, Access(None))
    if connection.scope["type"] == "websocket":
        if not access.everyone:
            raise WebSocketException(4401)
        return
    _refuse_cross_site(connection)
    authenticate: Authenticate = connection.app.state.authenticate
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    bearer = token.strip() if scheme.lower() == "bearer" else None
    principal = authenticate(connection.cookies.get("gangseo_session"), bearer)
    connection.state.principal = principal
    if not access.admits(principal):
        raise NotLoggedInError if principal is None else NotAllowedError


def _refuse_cross_site(connection: HTTPConnection) -> None:
    """A cookie must not be used by another site's page, even where SameSite is not known."""
    if connection.scope["method"] in {"GET", "HEAD", "OPTIONS"}:
        return
    if connection.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        raise CrossSiteError


def current_principal(request: Request) -> Principal | None:
    """Who asks; None for nobody in particular."""
    principal: Principal | None = request.state.principal
    return principal


def current_account(request: Request) -> AccountPrincipal:
    """The account that asks.

    Raises:
        NotLoggedInError: nobody is logged in.
    """
    principal = current_principal(request)
    if not isinstance(principal, AccountPrincipal):
        raise NotLoggedInError
    return principal


def current_ticket(request: Request) -> TicketPrincipal:
    """The ticket that asks.

    Raises:
        NotLoggedInError: no ticket was shown.
    """
    principal = current_principal(request)
    if not isinstance(principal, TicketPrincipal):
        raise NotLoggedInError
    return principal


MaybePrincipal = Annotated[Principal | None, Depends(current_principal)]
CurrentAccount = Annotated[AccountPrincipal, Depends(current_account)]
CurrentTicket = Annotated[TicketPrincipal, Depends(current_ticket)]
