"""Serves the built console: files, pages for people without an account by their address, else the console's own."""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response
from starlette.middleware.base import RequestResponseEndpoint

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' ws: wss:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_PAGES = {"s": "call.html", "shop": "shop.html", "d": "delivery.html"}
"""By the first part of the address of a signed link."""
_NOT_BUILT = "The console is not built yet; the API is under /api. Build it with ./gangseo run.\n"


def serve_console(app: FastAPI, folder: Path | None) -> None:
    """Add the console's paths and the security headers of every answer."""

    @app.middleware("http")
    async def secure(request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.url.path.startswith((*(f"/{first}/" for first in _PAGES), "/api")):
            # Ticket addresses and answers are nobody else's business.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.get("/{path:path}", include_in_schema=False)
    def console(path: str) -> Response:
        if folder is None or not (folder / "index.html").is_file():
            return PlainTextResponse(_NOT_BUILT, status_code=404)
        root = folder.resolve()
        file = (root / path).resolve()
        if path and file.is_file() and file.is_relative_to(root):
            hashed = path.startswith("assets/")
            cache = "public, max-age=31536000, immutable" if hashed else "no-cache"
            return FileResponse(file, headers={"Cache-Control": cache})
        page = root / _PAGES.get(path.partition("/")[0], "index.html")
        return FileResponse(page if page.is_file() else root / "index.html", headers={"Cache-Control": "no-cache"})
