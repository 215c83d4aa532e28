"""The gzserver process: started in the unpacked tree, waited for, and ended with all it started."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from gangseo_sim.gazebo.errors import GazeboError
from gangseo_sim.gazebo.wire import Wire

START_S = 120.0
ANSWER_S = 120.0
"""A first picture on a software renderer takes its time."""
_TAIL_LINES = 6


def gazebo_folder(given: str = "") -> Path:
    """Where Gazebo was unpacked: as given, or GANGSEO_GAZEBO_DIR.

    Raises:
        GazeboError: it is not there.
    """
    name = given or os.environ.get("GANGSEO_GAZEBO_DIR", "")
    if not name or not (Path(name) / "tree" / "usr" / "bin" / "gzserver").exists():
        raise GazeboError(f"Gazebo is not here ({name or 'GANGSEO_GAZEBO_DIR is not set'}); run ./gangseo gazebo")
    return Path(name)


class GazeboProcess:
    """One running Gazebo and the wire to its plugin."""

    def __init__(self, folder: Path, world_text: str, robots: int, *, camera: bool = False) -> None:
        self._shared = Path(tempfile.mkdtemp(prefix="gangseo-gazebo-"))
        self.log = self._shared / "gazebo.log"
        (self._shared / "world.sdf").write_text(world_text, encoding="utf-8")
        listener = socket.socket(socket.AF_UNIX)
        try:
            listener.bind(str(self._shared / "lockstep.sock"))
            listener.listen(1)
            self._process = self._start(folder, camera=camera)
            self.wire = Wire(self._accept(listener), robots)
        except BaseException:
            self.close()
            raise
        finally:
            listener.close()

    @property
    def pid(self) -> int:
        """Process that all of Gazebo ends with."""
        return self._process.pid

    def why(self, error: GazeboError) -> GazeboError:
        """The same error with what Gazebo said last, and what to do."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2.0)
        status = self._process.poll()
        ended = "" if status is None else f" (status {status})"
        return GazeboError(f"{error}{ended}; start the simulator again, it goes on from its checkpoint.{self._tail()}")

    def close(self) -> None:
        """Ends it; never fails."""
        if hasattr(self, "wire"):
            self.wire.close()
        if hasattr(self, "_process"):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=2.0)
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._shared, ignore_errors=True)

    def _start(self, folder: Path, *, camera: bool) -> subprocess.Popen[bytes]:
        command = ["gzserver", "--verbose", "--seed", "1", "/gangseo/world.sdf"]
        if camera:
            command = ["/bin/sh", "/opt/gangseo/with_display.sh", *command[:-1], "--lockstep", command[-1]]
        with self.log.open("wb") as log:
            try:
                return subprocess.Popen(
                    ["/bin/sh", str(folder / "enter.sh"), str(folder / "tree"), str(self._shared), *command],
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                raise GazeboError(f"Gazebo cannot be started ({error}); see ./gangseo doctor") from error

    def _accept(self, listener: socket.socket) -> socket.socket:
        listener.settimeout(0.2)
        deadline = time.monotonic() + START_S
        while True:
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                if self._process.poll() is not None:
                    raise GazeboError(f"Gazebo ended while starting; see ./gangseo doctor.{self._tail()}") from None
                if time.monotonic() > deadline:
                    raise GazeboError(f"Gazebo did not start within {START_S:g} s.{self._tail()}") from None
                continue
            connection.settimeout(ANSWER_S)
            return connection

    def _tail(self) -> str:
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        return "".join(f"\n  gazebo: {line}" for line in lines[-_TAIL_LINES:])
