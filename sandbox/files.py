"""media/upload, media/uploadimg and media/get."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Response

from sandbox.call import Answer, Call
from sandbox.errors import ApiError
from sandbox.media import Media, check_picture, check_upload

UPLOADIMG_LARGEST = 2 << 20


def upload(call: Call) -> Answer:
    """POST media/upload?type= with one part named media (wecom §11.1)."""
    kind = call.args.get("type", "")
    name, content = _part(call)
    check_upload(kind, content)
    media = call.desk.media.add(kind, name, content, call.now)
    return {"type": kind, "media_id": media.media_id, "created_at": str(call.desk.clock.stamp())}


def uploadimg(call: Call) -> Answer:
    """POST media/uploadimg: a picture under a lasting address."""
    name, content = _part(call)
    if not 5 < len(content) <= UPLOADIMG_LARGEST:
        raise ApiError(40009)
    check_picture(content)
    media = call.desk.media.add("image", name, content, call.now)
    return {"errmsg": "", "url": f"{call.desk.base_url}/sandbox/media/{media.media_id}"}


def _part(call: Call) -> tuple[str, bytes]:
    """The uploaded name and bytes; WeCom does not understand the filename* form of old clients."""
    if call.file is None or not call.file.filename:
        raise ApiError(41005)
    if "filename*" in call.file.headers.get("Content-Disposition", ""):
        raise ApiError(44001)
    return call.file.filename, call.file.read()


def download(call: Call) -> Answer:
    """GET media/get?media_id= with Range (wecom §11.2)."""
    media_id = call.args.get("media_id", "")
    if not media_id:
        raise ApiError(41006)
    media = call.desk.media.get(media_id, call.now, call.desk.faults.media_ttl_s)
    return _whole(media) if not call.byte_range else _slice(media, call.byte_range)


def _whole(media: Media) -> Response:
    return Response(media.content, 200, {"Content-disposition": attachment(media.name)}, mimetype=media.mime)


def _slice(media: Media, wanted: str) -> Response:
    size = len(media.content)
    match = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
    start, end = (int(match[1]), min(int(match[2] or size - 1), size - 1)) if match else (size, 0)
    if start > end:
        raise ApiError(40146)
    headers = {
        "Content-disposition": attachment(media.name),
        "Content-Range": f"bytes {start}-{end}/{size}",
    }
    return Response(media.content[start : end + 1], 206, headers, mimetype=media.mime)


def attachment(name: str) -> str:
    """The header with the name in raw UTF-8 and in the filename* form, as WeCom sends it."""
    plain = re.sub(r'[\x00-\x1f"\\]', "_", name)
    return f"attachment; filename=\"{plain.encode().decode('latin-1')}\"; filename*=UTF-8''{quote(plain)}"
