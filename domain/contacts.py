"""Which account of which road speaks for whom; an entry of its own, so that it can be shown later (R-292)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.entries import Written


@dataclass(frozen=True, slots=True)
class Contact:
    """`account` is folded for comparing, `shown` is as the platform wrote it."""

    channel: str
    account: str
    shown: str
    person: str
    approved_by: str = ""


def folded(account: str) -> str:
    """Accounts compare without regard to case (contract, 账号), letters that only look alike never do.

    WeCom's are ASCII; Unicode would fold K, the sign of Kelvin, to k and ſ to s.
    """
    plain = account.strip()
    return plain.lower() if plain.isascii() else plain


def fold(state: Contact | None, written: Written) -> Contact | None:
    """The binding after `contact.bound` or `contact.released`."""
    if written.kind == "contact.released":
        return None
    data = written.data
    approved_by = data.get("approved_by") or ""
    person = written.entry.subject.id
    return Contact(data["channel"], folded(data["account"]), data["account"], person, approved_by)
