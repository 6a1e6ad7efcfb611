"""Small real pictures for uploads."""

import io

from PIL import Image


def picture(form: str = "JPEG", colour: str = "teal", size: tuple[int, int] = (40, 30)) -> bytes:
    """A whole picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, form)
    return buffer.getvalue()
