"""Is this a sheet we can open: size, kind, and no archive that unpacks into something huge."""

from __future__ import annotations

import zipfile
from pathlib import Path

MOST_BYTES = 20 << 20
MOST_UNPACKED = 200 << 20
MOST_PARTS = 2000
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Unreadable(Exception):
    """A file that is no sheet for us; the message is one Chinese sentence that says what to do."""


def check(path: Path) -> None:
    """Raise Unreadable unless the file is an .xlsx within the limits."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(f"{path.name} 超过20MB，请分成几个文件。")
        with path.open("rb") as file:
            _check_kind(path, file.read(8))
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive)
    except Unreadable:
        raise
    except OSError as error:
        raise Unreadable(f"{path.name} 读不了，请检查文件名和权限。") from error
    except Exception as broken:
        # A damaged archive raises nearly anything: BadZipFile, zlib.error, NotImplementedError, RuntimeError.
        raise Unreadable(f"{path.name} 打不开，文件不完整。请重新保存为 .xlsx。") from broken


def _check_kind(path: Path, start: bytes) -> None:
    if start == _OLD:
        locked = _ENCRYPTED in path.read_bytes()
        why = "加了密码。请去掉密码" if locked else "是老式 .xls 文件。请另存为 .xlsx"
        raise Unreadable(f"{path.name} {why}后再试。")
    if not start.startswith(b"PK"):
        raise Unreadable(f"{path.name} 不是 .xlsx 文件。请用 Excel 或 WPS 另存为 .xlsx 后再试。")


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    # Reading never yields more than the declared size, so the sum of declared sizes is a true limit.
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(f"{path.name} 展开后太大，不像一份名单。请把内容复制到新的表格里再试。")
    if "xl/workbook.xml" not in archive.namelist():
        raise Unreadable(f"{path.name} 不是 .xlsx 表格。请用 Excel 或 WPS 另存为 .xlsx 后再试。")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                _check_xml(path, file.read(1024))


def _check_xml(path: Path, start: bytes) -> None:
    # No program writes a DOCTYPE into a sheet; with one, a few bytes can stand for gigabytes.
    if b"<!DOCTYPE" in start.replace(b"\0", b""):
        raise Unreadable(f"{path.name} 的内容不正常。请把内容复制到新的表格里再试。")
