"""The ledger as JSON lines for others: contract, Ledger export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from domain.acting import titled
from domain.entries import Written, body_of, envelope_of
from domain.profile import Profile
from storage import attachments, ledger
from storage.db import Transaction

BODY = ("capacity", "capacity_text", "subject", "org", "org_id", "data", "salt")
"""What goes with an erased body; the keys stay, so that every line has the same."""


def lines(
    tx: Transaction, profile: Profile, archive: str | None = None, since: int = 0
) -> Iterator[dict[str, Any]]:
    """Every entry, or those of one archive after a number, in order."""
    for written, is_erased in ledger.entries(tx, archive, since):
        yield _line(tx, profile, written, is_erased)


def _line(tx: Transaction, profile: Profile, written: Written, is_erased: bool) -> dict[str, Any]:
    entry = written.entry
    line = envelope_of(entry, written.stamp, written.seq, written.content)
    line |= {"previous": written.previous, "hash": written.hash}
    if is_erased:
        gone = {**dict.fromkeys(BODY), "erased": ledger.erasure(tx, entry.archive, written.seq)}
        return {**line, **gone, "attachments": []}
    joined = {
        "salt": written.salt,
        "capacity_text": _capacity(profile, written),
        "attachments": attachments.described(tx, entry.data.get("attachments", ())),
    }
    return {**line, **json.loads(json.dumps(body_of(entry))), **joined}


def _capacity(profile: Profile, written: Written) -> str:
    """党支部书记, or 代党支部书记（代李芳） for who acted for her (R-041)."""
    entry = written.entry
    label = profile.label("capacity", entry.capacity) if entry.capacity else ""
    return titled(label, "", entry.data.get("acting", "")) if label else ""
