"""Temporary media: what members send and what apps upload, alive for three days (wecom §11)."""

from __future__ import annotations

import io
import secrets
import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta

from PIL import Image

from sandbox.errors import ApiError

SMALLEST = 6
LARGEST = {"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "file": 20 << 20}
TOO_LARGE = {"image": 40009, "voice": 40006, "video": 40011, "file": 40006}
HEADS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"#!AMR", "voice/amr"),
    (b"%PDF-", "application/pdf"),
)


@dataclass(frozen=True)
class Media:
    """One stored file. `kind` is image, voice, video or file; `name` is what a receiver sees."""

    media_id: str
    kind: str
    name: str
    content: bytes
    created: datetime

    @property
    def mime(self) -> str:
        """The content type told from the first bytes, never from the name."""
        found = (mime for head, mime in HEADS if self.content.startswith(head))
        return next(found, "application/octet-stream")


class MediaStore:
    """All media of the organisation; what expired stays visible on phones but not for the API."""

    def __init__(self) -> None:
        self._items: dict[str, Media] = {}

    def add(self, kind: str, name: str, content: bytes, now: datetime) -> Media:
        """Stores bytes as they are, without any check."""
        media = Media("2sim" + secrets.token_urlsafe(24), kind, name, content, now)
        self._items[media.media_id] = media
        return media

    def kept(self, media_id: str) -> Media | None:
        """The medium whatever its age, as phones show it."""
        return self._items.get(media_id)

    def get(self, media_id: str, now: datetime, ttl: float) -> Media:
        """The medium while it lives; raises 40007 afterwards."""
        media = self._items.get(media_id)
        if media is None or now >= media.created + timedelta(seconds=ttl):
            raise ApiError(40007)
        return media


def check_upload(kind: str, content: bytes) -> None:
    """Raises the error WeCom gives for an empty, oversized, broken or mislabelled upload."""
    if kind not in LARGEST:
        raise ApiError(40004)
    if len(content) < SMALLEST:
        raise ApiError(44001)
    if len(content) > LARGEST[kind]:
        raise ApiError(TOO_LARGE[kind])
    if kind == "image":
        check_picture(content)
    if kind == "voice" and not content.startswith(b"#!AMR"):
        raise ApiError(301017)


def check_picture(content: bytes) -> None:
    """Raises 40123 for what is not a whole JPG or PNG."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                picture.verify()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ApiError(40123) from None
