"""Ends a process that was born deaf, so that whoever launched it starts a fresh one.

Seen once in some hundred restarts after kill -9 on a loaded machine: the new process heard no topic at all, for
minutes, while its neighbours talked. Discovery gets a new chance only with a new participant.
"""

import os
import signal
import threading
from collections.abc import Callable

PATIENCE_S = 15.0
_MERCY_S = 5.0
DEAF_STATUS = 3


def keep_vigil(
    heard: Callable[[], bool], tell: Callable[[str], None], patience_s: float = PATIENCE_S
) -> threading.Thread:
    """Watches, on wall time and outside the executor, that the node hears its robot at all.

    Args:
        heard: whether anything came from the robot since the start.
        tell: logs one line.
        patience_s: seconds of silence after the start until the process ends with status 3.
    """

    def watch() -> None:
        pause = threading.Event()
        pause.wait(patience_s)
        if heard():
            return
        tell(f"heard nothing from the robot for {patience_s:.0f} s after the start: ending, to be started afresh")
        os.kill(os.getpid(), signal.SIGTERM)
        pause.wait(_MERCY_S)
        os._exit(DEAF_STATUS)

    thread = threading.Thread(target=watch, name="vigil", daemon=True)
    thread.start()
    return thread
