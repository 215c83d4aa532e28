"""A PostgreSQL of this machine for one measurement, with its real fsync."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
START_S = 30.0


class Postgres:
    """A running server with one database."""

    def __init__(self, folder: Path, pid: int) -> None:
        self._folder = folder
        self._process = psutil.Process(pid)

    @property
    def url(self) -> str:
        """For the backend."""
        return f"postgresql://postgres@/gangseo?host={self._folder}"

    def connect(self, database: str = "gangseo") -> psycopg.Connection:
        """As the server's owner."""
        return psycopg.connect(host=str(self._folder), user="postgres", dbname=database, autocommit=True)

    def processes(self) -> list[psutil.Process]:
        """The server and its children."""
        return [self._process, *self._process.children(recursive=True)]

    def counts(self) -> dict[str, float]:
        """What was written so far: rows, bytes of the log, bytes on disk."""
        with self.connect() as connection:
            rows = connection.execute(
                "SELECT tup_inserted, tup_updated, tup_deleted, xact_commit, pg_database_size(datname),"
                " pg_current_wal_lsn() - '0/0' FROM pg_stat_database WHERE datname = 'gangseo'"
            ).fetchone()
        names = ("inserted", "updated", "deleted", "transactions", "size_bytes", "log_bytes")
        return {key: float(value) for key, value in zip(names, rows or (0,) * len(names), strict=True)}


@contextlib.contextmanager
def running() -> Iterator[Postgres]:
    """A new server with an empty database ``gangseo``; gone at the end."""
    binaries = BINARIES[-1].parent
    with tempfile.TemporaryDirectory(prefix="gangseo-pg-") as name:
        folder = Path(name)
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if as_user:
            shutil.chown(folder, "postgres")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
        data = folder / "data"
        init = [*as_user, str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        subprocess.run(init, check=True, **quiet)
        serve = [*as_user, str(binaries / "postgres"), "-D", str(data), "-k", str(folder), "-c", "listen_addresses="]
        server = subprocess.Popen(serve, **quiet)
        postgres = Postgres(folder, server.pid)
        try:
            _await(postgres)
            yield postgres
        finally:
            server.terminate()
            server.wait(timeout=30)


def _await(postgres: Postgres) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            with postgres.connect("postgres") as connection:
                connection.execute("CREATE DATABASE gangseo")
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
