"""A disk that can be filled and freed: a tiny file system where one may be mounted, else a limit on each file."""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

SIZE = 8 << 20


class Disk(Protocol):
    """What both kinds can do; `pid` leads the processes that live on it."""

    folder: Path

    def fill(self, pid: int) -> None:
        """Leave no room at all."""

    def free(self, pid: int) -> None:
        """Give the room back."""


class Mounted:
    """A file system of a few megabytes in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._filler = folder, folder / "filler"

    def fill(self, pid: int) -> None:
        with self._filler.open("wb", buffering=0) as file:
            for size in (1 << 16, 1 << 8, 1):
                while _took(file.write, bytes(size)):
                    pass

    def free(self, pid: int) -> None:
        self._filler.unlink()


class Limited:
    """Where nothing may be mounted: the processes of one group may not make any file longer than it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, pid: int) -> None:
        self._limit(pid, 1)

    def free(self, pid: int) -> None:
        self._limit(pid, resource.RLIM_INFINITY)

    def _limit(self, pid: int, most: int) -> None:
        for one in (pid, *_children(pid)):
            resource.prlimit(one, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def _took(write: Callable[[bytes], int | None], data: bytes) -> bool:
    try:
        return write(data) == len(data)
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def small(folder: Path) -> Iterator[Disk]:
    """The disk at a folder; unmounted after the block."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "xieshi-test", str(folder)]
    if (
        shutil.which(command[0]) is None
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        yield Limited(folder)
        return
    try:
        yield Mounted(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)
