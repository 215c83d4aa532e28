"""The API as its own app, so that an unknown path under ``/api`` is a problem and never a page."""

from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI

from gangseo_backend.core import session_routes, telemetry
from gangseo_backend.core.access import enforce
from gangseo_backend.core.errors import PROBLEM_MEDIA_TYPE, PROBLEM_RESPONSES, install_handlers
from gangseo_backend.core.stream_routes import stream_router
from gangseo_backend.delivery import routes as delivery_routes
from gangseo_backend.fleet import control_routes, drive_routes, law_routes
from gangseo_backend.fleet import routes as fleet_routes
from gangseo_backend.fleet.public_control import DriveFrame
from gangseo_backend.patrol import routes as patrol_routes
from gangseo_backend.recycling import round_routes
from gangseo_backend.recycling import routes as recycling_routes
from gangseo_backend.stream_frames import StreamFrame, TicketHello


def create_api() -> FastAPI:
    """Routes without state; ``main.create_app`` gives them their services."""
    api = FastAPI(
        title="강서 Gangseo",
        version="0.1.0",
        summary="Robots and residents' calls of Gangseo-gu",
        dependencies=[Depends(enforce)],
        responses=PROBLEM_RESPONSES,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        separate_input_output_schemas=False,
        servers=[{"url": "/api"}],
        generate_unique_id_function=lambda route: route.name,
    )
    install_handlers(api)
    modules = (
        session_routes, telemetry, fleet_routes, control_routes, drive_routes, law_routes, recycling_routes,
        round_routes, delivery_routes, patrol_routes,
    )  # fmt: skip
    for module in modules:
        api.include_router(module.router)
    api.include_router(stream_router)

    @api.webhooks.post("stream-frame", tags=["stream"])
    def stream_frame(body: Annotated[StreamFrame, Body()]) -> None:
        """A frame the server sends on ``WS /api/stream``."""

    @api.webhooks.post("stream-hello", tags=["stream"])
    def stream_hello(body: TicketHello) -> None:
        """The first frame a resident's page sends on ``WS /api/stream``."""

    @api.webhooks.post("drive-frame", tags=["control"])
    def drive_frame(body: DriveFrame) -> None:
        """A frame the holder's console sends on ``WS /api/fleet/robots/{robot_id}/drive``, ten a second."""

    document = api.openapi
    api.openapi = lambda: _with_problems(document())  # type: ignore[method-assign]
    return api


def _with_problems(document: dict[str, Any]) -> dict[str, Any]:
    """Errors are problem+json only, also the 422 that FastAPI describes by itself."""
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            problem = operation["responses"]["4XX"]
            problem["content"] = {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for webhook in document["webhooks"].values():
        for operation in webhook.values():
            operation["responses"].pop("422", None)
    for unused in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(unused, None)
    return document
