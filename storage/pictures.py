"""Is this a picture we can keep, and the copy of it that may be shown: upright, smaller, without EXIF (R-131)."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

MOST_BYTES = 20 << 20
MOST_PIXELS = 50_000_000
LONG_SIDE, SMALL_SIDE = 2048, 320
# A phone's JPEG may hold a second view of the same picture, which Pillow calls MPO.
MIMES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
AMR = b"#!AMR"

# Our own limit is lower and is checked on the header, before a pixel is decoded.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS * 2


class Unfit(Exception):
    """Bytes that are not kept; `words` say why, in the middle of a sentence for the sender."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def mime_of(kind: str, data: bytes) -> str:
    """The type of a picture or voice by its bytes, whatever the sender claims; raises Unfit."""
    if len(data) > MOST_BYTES:
        raise Unfit("超过20MB")
    if kind == "image":
        return _picture(data)
    if kind == "voice" and data.startswith(AMR):
        return "audio/amr"
    raise Unfit("不是照片或语音")


def shown(data: bytes, side: int = LONG_SIDE) -> bytes:
    """A JPEG of a kept picture, at most `side` pixels long, as it is to be seen and with nothing else in it."""
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        picture.draft("RGB", (side, side))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((side, side))
        buffer = io.BytesIO()
        _flat(upright).save(buffer, "JPEG", quality=85)
        return buffer.getvalue()


def _picture(data: bytes) -> str:
    # A truncated or mended file raises nearly anything; a bomb warns or raises by its header alone.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _checked(data)
    except Unfit:
        raise
    except Image.DecompressionBombError as bomb:
        raise Unfit("尺寸太大") from bomb
    except Exception as broken:
        raise Unfit("不是完整的 jpg 或 png 图片") from broken


def _checked(data: bytes) -> str:
    with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise Unfit("尺寸太大")
        mime = MIMES[str(picture.format)]
        picture.verify()
    if mime == "image/jpeg":
        _read_to_the_end(data)
    return mime


def _read_to_the_end(data: bytes) -> None:
    """Pillow verifies a JPEG's header only; decoding an eighth of the size costs little and meets every cut."""
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        picture.draft("RGB", (1, 1))
        picture.load()


def _flat(picture: Image.Image) -> Image.Image:
    """On white paper, without transparency and without the information that travels with a picture."""
    if picture.mode in ("LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    clean = Image.new("RGB", picture.size)
    clean.paste(picture.convert("RGB"))
    return clean
