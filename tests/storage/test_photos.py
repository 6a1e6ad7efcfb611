"""Photos are kept as they came, once, whole or not at all; what is shown of them tells nothing more."""

from __future__ import annotations

import hashlib
import io
import resource
import struct
import subprocess
import sys
import textwrap
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from storage import pictures
from storage.photos import Photos
from storage.pictures import Unfit, mime_of

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: object) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, 128 if mode in "LP" else None).save(buffer, form, **more)
    return buffer.getvalue()


def photographed() -> bytes:
    """A picture held sideways, with the place where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Phone"
    exif.get_ifd(GPS)[2] = (45.0, 43.0, 12.0)
    return picture(size=(400, 300), exif=exif)


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(9999)))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def photos(tmp_path) -> Photos:
    return Photos(tmp_path / "media")


@pytest.mark.requirement("R-131")
def test_what_was_received_is_kept_byte_for_byte_under_its_digest(photos):
    data = photographed()
    sha = photos.put(data)
    assert sha == hashlib.sha256(data).hexdigest()
    assert photos.get(sha) == data
    assert photos.path(sha).relative_to(photos.folder).parts == (sha[:2], sha[2:4], sha)
    assert not photos.path(sha).stat().st_mode & 0o222


@pytest.mark.requirement("R-131")
def test_the_same_picture_twice_is_stored_once(photos):
    first, second = photos.put(photographed()), photos.put(photographed())
    assert first == second
    assert len([path for path in photos.folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.requirement("R-131")
def test_what_is_shown_is_upright_and_says_neither_where_nor_with_what_it_was_taken(photos):
    sha = photos.put(photographed())
    for copy in (photos.shown(sha), photos.thumbnail(sha)):
        with Image.open(io.BytesIO(copy)) as seen:
            assert seen.height > seen.width
            assert dict(seen.getexif()) == {} and "exif" not in seen.info
            assert b"Phone" not in copy


def test_what_is_shown_is_no_larger_than_a_screen_needs(photos):
    sha = photos.put(picture(size=(5000, 1000)))
    assert Image.open(io.BytesIO(photos.shown(sha))).size == (2048, 410)
    assert max(Image.open(io.BytesIO(photos.thumbnail(sha))).size) == 320


@pytest.mark.parametrize(
    ("form", "mode"),
    [(form, mode) for form in ("JPEG", "PNG") for mode in ("RGB", "L")]
    + [("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "I;16"), ("PNG", "1")],
)
def test_every_kind_of_jpg_and_png_is_taken_and_can_be_shown(photos, form, mode):
    data = picture(form, mode=mode)
    assert mime_of("image", data) == {"JPEG": "image/jpeg", "PNG": "image/png"}[form]
    assert Image.open(io.BytesIO(photos.shown(photos.put(data)))).mode == "RGB"


@pytest.mark.requirement("R-328")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        "会议记录，不是照片".encode(),
        b'{"errcode":40007,"errmsg":"invalid media_id"}',
        b"\xff\xd8\xff\xe0 no picture at all",
        b"<html>502</html>",
        picture("GIF"),
        picture("BMP"),
        picture("WEBP"),
        picture(size=(400, 300))[:-200],
        picture("PNG", size=(400, 300))[:-30],
    ],
    ids=["empty", "text", "json", "head", "html", "gif", "bmp", "webp", "cut jpg", "cut png"],
)
def test_what_is_no_whole_jpg_or_png_is_refused_whatever_its_name(data):
    with pytest.raises(Unfit, match="jpg 或 png"):
        mime_of("image", data)


@pytest.mark.requirement("R-328")
@pytest.mark.parametrize("size", [(30_000, 30_000), (8_000, 6_251), (10_000, 6_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(size):
    with pytest.raises(Unfit, match="尺寸太大"):
        mime_of("image", bomb(*size))


@pytest.mark.requirement("R-328")
def test_a_picture_over_20_mb_is_refused_and_one_of_20_mb_is_taken():
    whole = picture()
    assert mime_of("image", whole + bytes(pictures.MOST_BYTES - len(whole))) == "image/jpeg"
    with pytest.raises(Unfit, match="20MB"):
        mime_of("image", whole + bytes(pictures.MOST_BYTES - len(whole) + 1))


@pytest.mark.parametrize(("kind", "data"), [("voice", b"MZ"), ("file", picture()), ("video", b"\0" * 99)])
def test_other_kinds_are_refused(kind, data):
    with pytest.raises(Unfit, match="不是照片或语音"):
        mime_of(kind, data)


def test_a_voice_is_taken_as_it_is():
    assert mime_of("voice", b"#!AMR\n" + bytes(100)) == "audio/amr"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 700))
def test_no_bytes_do_anything_but_fit_or_be_refused(noise, cut):
    for data in (noise, picture()[:cut] + noise, picture("PNG")[:cut] + noise):
        try:
            assert mime_of("image", data) in ("image/jpeg", "image/png")
        except Unfit as unfit:
            assert unfit.words


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63])
def test_only_a_digest_leads_to_a_file(photos, name):
    with pytest.raises(FileNotFoundError):
        photos.get(name)


def test_on_a_full_disk_nothing_half_written_stays(tmp_path):
    program = textwrap.dedent("""
        import resource, sys
        from pathlib import Path
        from storage.photos import Photos
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        try:
            Photos(Path(sys.argv[1])).put(bytes(5000))
        except OSError as error:
            print(error.strerror)
    """)
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "File too large"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
