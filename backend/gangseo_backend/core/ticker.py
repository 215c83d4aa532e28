"""A thread that looks at something once a second."""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

_LOOK_S = 1.0
_log = structlog.get_logger(__name__)


class Ticker:
    """Calls ``look`` until it is stopped; a database that fails is tried again."""

    def __init__(self, name: str, look: Callable[[], None]) -> None:
        self._name, self._look = name, look
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin with what came due while no process looked."""
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the look in hand and end."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
            except SQLAlchemyError:
                _log.exception("look_failed", name=self._name)
            self._stop.wait(_LOOK_S)
