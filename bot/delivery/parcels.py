"""An owed row's body as the bytes that travel."""

from __future__ import annotations

from bot.delivery.sheet import xlsx
from bot.messages import Parcel
from storage.owed import Owed
from storage.photos import Photos

PICTURES = ("image/jpeg", "image/png")


def parcel(row: Owed, photos: Photos, repeat: bool) -> Parcel:
    """`{"text"}` is a text, `{"name", "rows"}` a sheet, `{"blob", "name", "mime"}` something from the store.

    A picture leaves the store as its clean copy only. Raises OSError when the bytes are not here, and
    KeyError for a body nobody knows.
    """
    body = row.body
    if "rows" in body:
        return Parcel("file", name=str(body["name"]), data=xlsx(body["rows"], row.created), repeat=repeat)
    if "blob" not in body:
        return Parcel("text", text=str(body["text"]), repeat=repeat)
    sha, name = str(body["blob"]), str(body["name"])
    if body["mime"] in PICTURES:
        return Parcel(
            "image", name=f"{name.rpartition('.')[0] or name}.jpg", data=photos.shown(sha), repeat=repeat
        )
    return Parcel("file", name=name, data=photos.get(sha), repeat=repeat)
