"""Bytes as received, under their SHA-256 in a folder; written once, never changed, never half (R-131, house 7)."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from storage import pictures


class Photos:
    """The store in one folder, which is made when the first bytes come."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep bytes and return their SHA-256; raises OSError, and then nothing of them is there."""
        sha = hashlib.sha256(data).hexdigest()
        path = self.path(sha)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, data)
        return sha

    def get(self, sha: str) -> bytes:
        """The bytes as they were received; FileNotFoundError if they are not here."""
        return self.path(sha).read_bytes()

    def shown(self, sha: str) -> bytes:
        """The JPEG that may leave the store: upright, at most 2,048 pixels long, without EXIF."""
        return pictures.shown(self.get(sha))

    def thumbnail(self, sha: str) -> bytes:
        """The same, at most 320 pixels long."""
        return pictures.shown(self.get(sha), pictures.SMALL_SIDE)

    def path(self, sha: str) -> Path:
        """Where the bytes of a digest lie: two levels of folders keep each short."""
        if len(sha) != 64 or not set(sha) <= set("0123456789abcdef"):
            raise FileNotFoundError(sha)
        return self.folder / sha[:2] / sha[2:4] / sha


def _write(path: Path, data: bytes) -> None:
    """First whole under another name, then in place: whoever sees the name sees all the bytes."""
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o444)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Make the new name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
