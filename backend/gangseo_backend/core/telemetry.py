"""Structured logs, metrics and health."""

import logging
import sys
from collections.abc import Callable
from typing import Literal

import structlog
from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from pydantic import BaseModel

from gangseo_backend.core.access import everyone
from gangseo_backend.core.errors import NotAllowedError

MESSAGES_IN = Counter("gangseo_link_messages_total", "VDA 5050 messages received", ["topic"])
MALFORMED = Counter("gangseo_link_malformed_total", "Messages that were not what their topic promises", ["topic"])
UNFIT = Counter("gangseo_link_unfit_total", "Own messages that break the official schema", ["topic"])
MESSAGES_OUT = Counter("gangseo_link_published_total", "Messages published to robots", ["topic"])
OUTBOX_HANDLED = Counter("gangseo_outbox_handled_total", "Domain events handled", ["event", "result"])
STREAM_CLIENTS = Gauge("gangseo_stream_clients", "Open streams")
STREAM_CLOSED_SLOW = Counter("gangseo_stream_closed_slow_total", "Streams closed because the reader was too slow")
RETENTION_DELETED = Counter("gangseo_retention_deleted_total", "Old rows deleted", ["kind"])
NEWS_FAILED = Counter("gangseo_fleet_news_failed_total", "News of a robot that could not be stored", ["robot"])
_STEP_BUCKETS_S = (0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 5.0)
FLEET_STEP = Histogram("gangseo_fleet_step_seconds", "One step of the fleet's planning", buckets=_STEP_BUCKETS_S)
FLEET_STEP_CPU = Counter("gangseo_fleet_step_cpu_seconds", "CPU time of the fleet's planning, waiting left out")
MISSIONS_OPEN = Gauge("gangseo_missions_open", "Missions that are not final")
ROBOTS_ONLINE = Gauge("gangseo_robots_online", "Robots on line")

router = APIRouter(tags=["health"])
_LOOPBACK = {"127.0.0.1", "::1", "testclient"}


class Health(BaseModel):
    """Alive."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Ready for traffic, part by part."""

    ready: bool
    database: bool
    broker: bool


def configure_logs() -> None:
    """JSON lines on stderr for our own events and everybody else's."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for noisy in ("uvicorn.access", "alembic"):  # addresses and paths with tokens stay out of the log
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            *shared[:3],
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


@router.get("/healthz")
@everyone
def healthz() -> Health:
    """Whether the process lives."""
    return Health()


@router.get("/readyz", responses={503: {"model": Readiness, "description": "Not ready yet"}})
@everyone
def readyz(request: Request, response: Response) -> Readiness:
    """Whether database and broker are reached."""
    checks: dict[str, Callable[[], bool]] = request.app.state.readiness
    database, broker = checks["database"](), checks["broker"]()
    ready = database and broker
    if not ready:
        response.status_code = 503
    return Readiness(ready=ready, database=database, broker=broker)


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
@everyone
def metrics(request: Request) -> Response:
    """Prometheus metrics, for this machine only."""
    if request.client is None or request.client.host not in _LOOPBACK:
        raise NotAllowedError
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
