"""One error base with a code; each becomes one RFC 9457 problem."""

from http import HTTPStatus
from pathlib import Path
from typing import Any, ClassVar

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from gangseo_backend.core.texts import Catalog, LocalText

PROBLEM_MEDIA_TYPE = "application/problem+json"
CORE_TEXTS = Catalog(Path(__file__).parent / "messages")
_log = structlog.get_logger(__name__)


class ProblemField(BaseModel):
    """One wrong field of a request."""

    at: str
    message: str


class Problem(BaseModel):
    """An RFC 9457 problem."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    messages: LocalText
    fields: list[ProblemField] | None = None


class GangseoError(Exception):
    """Base of every expected error; ``code`` is also the key of its text, ``error.<code>``."""

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    texts: ClassVar[Catalog] = CORE_TEXTS
    headers: ClassVar[dict[str, str]] = {}

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.messages().en)

    def messages(self) -> LocalText:
        """What to tell people."""
        return self.texts.text(f"error.{self.code}", self.values)


class NotFoundError(GangseoError):
    """There is no such thing."""

    code, status = "not_found", 404


class NotLoggedInError(GangseoError):
    """A log-in or ticket is needed."""

    code, status = "not_logged_in", 401


class NotAllowedError(GangseoError):
    """The account or ticket may not do this."""

    code, status = "not_allowed", 403


class TooManyRequestsError(GangseoError):
    """A rate limit was hit."""

    code, status = "too_many_requests", 429


class WrongPasswordError(GangseoError):
    """User name or password is wrong."""

    code, status = "wrong_password", 401


class InvalidError(GangseoError):
    """The request does not have the right form."""

    code, status = "invalid", 422


class MalformedError(GangseoError):
    """The request cannot be read."""

    code, status = "bad_request", 400


class MethodError(GangseoError):
    """The path does not know this method."""

    code, status = "method_not_allowed", 405


_BY_STATUS: dict[int, type[GangseoError]] = {
    404: NotFoundError,
    405: MethodError,
    401: NotLoggedInError,
    403: NotAllowedError,
    422: InvalidError,
    400: MalformedError,
}


def problem_response(error: GangseoError, fields: list[ProblemField] | None = None) -> JSONResponse:
    """The HTTP answer for an error."""
    messages = error.messages()
    problem = Problem(
        type=f"urn:gangseo:error:{error.code}",
        title=HTTPStatus(error.status).phrase,
        status=error.status,
        detail=messages.en,
        code=error.code,
        messages=LocalText(ko=messages.ko, en=messages.en),
        fields=fields,
    )
    return JSONResponse(
        problem.model_dump(mode="json", exclude_none=True),
        status_code=error.status,
        media_type=PROBLEM_MEDIA_TYPE,
        headers=error.headers or None,
    )


def install_handlers(app: FastAPI) -> None:
    """Map every error of an app to a problem."""

    async def on_expected(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, GangseoError)  # noqa: S101 - registered for this type only
        return problem_response(error)

    async def on_invalid(_request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        fields = [
            ProblemField(at=".".join(str(part) for part in item["loc"]), message=item["msg"]) for item in error.errors()
        ]
        return problem_response(InvalidError(first=f"{fields[0].at}: {fields[0].message}" if fields else ""), fields)

    async def on_http(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)  # noqa: S101 - as above
        response = problem_response(_BY_STATUS.get(error.status_code, GangseoError)())
        for name, value in (error.headers or {}).items():
            response.headers[name] = value
        if error.status_code == 405:
            response.headers["Allow"] = ", ".join(sorted(_methods_of(app, request)))
        return response

    async def on_unexpected(request: Request, error: Exception) -> JSONResponse:
        _log.error("request_failed", path=request.url.path, exc_info=error)
        return problem_response(GangseoError())

    app.add_exception_handler(GangseoError, on_expected)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, on_unexpected)


def _methods_of(app: FastAPI, request: Request) -> set[str]:
    """Methods of every route with this path: the router names only those of the first."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    methods: set[str] = set()
    for route in iter_route_contexts(app.routes):
        if route.path and route.methods and compile_path(route.path)[0].match(path):
            methods |= route.methods
    return methods


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "Problem (RFC 9457)", "model": Problem},
}
