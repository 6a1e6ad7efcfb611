"""A private PostgreSQL server for one test process, reached by a Unix socket and thrown away at the end."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

# Nothing here outlives the tests, so the server need not wait for the disk.
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def programs() -> Path | None:
    """The folder of the newest installed server's programs, or None where there is none."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    found = places[-1] if places else shutil.which("initdb")
    return Path(found).parent if found else None


def _major(initdb: Path) -> int:
    version = re.match(r"\d+", initdb.parts[-3])
    return int(version[0]) if version else 0


class Cluster:
    """One running server whose folder is also where its socket lies."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        self._numbers = count(1)

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """Make a database with everything `template` holds and return its name."""
        name = f"xieshi_{next(self._numbers)}"
        self._run("createdb", "-h", str(self.folder), "-U", "postgres", "-T", template, name)
        return name

    def drop(self, database: str) -> None:
        """Drop a database even while connections to it are open."""
        self._run("dropdb", "-h", str(self.folder), "-U", "postgres", "--force", database)

    def start(self) -> None:
        """Make the server's files and wait until it answers."""
        data, socket = str(self.folder / "data"), f"-k {self.folder}"
        self._run(
            "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        self._run(
            "pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"), "-o", f"{OPTIONS} {socket}", "start"
        )

    def stop(self) -> None:
        """Stop the server at once, cutting what is still connected."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        # The server refuses to run as root. The output goes to a file, because pg_ctl's child would keep a pipe open.
        user = "postgres" if os.geteuid() == 0 else None
        command = [str(self.programs / program), *arguments]
        with (self.folder / "commands").open("ab") as log:
            done = subprocess.run(
                command, stdout=log, stderr=log, cwd=self.folder, user=user, group=user, check=False
            )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed:\n{(self.folder / 'commands').read_text(errors='replace')}")


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A server that lives as long as the block; raises RuntimeError where PostgreSQL is not installed."""
    found = programs()
    if found is None:
        raise RuntimeError("PostgreSQL is not installed, and with CI=true its tests may not be left out.")
    # A path under /tmp itself: a socket's path has at most 107 bytes, and pytest's own folder is closed to postgres.
    with tempfile.TemporaryDirectory(prefix="xieshi-pg-", dir="/tmp") as name:
        if os.geteuid() == 0:
            shutil.chown(name, "postgres")
        cluster = Cluster(found, Path(name))
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
