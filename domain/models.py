"""Read models: how entries become the present state of a thing, one pure fold per thing.

A thing is fed by exactly one archive. Storage makes a table from each dataclass and keeps it; whatever is
kept can be thrown away and folded again from the ledger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain import (
    attestations,
    commitments,
    contacts,
    leaves,
    organisations,
    rectifications,
    reports,
    review_plans,
    reviews,
    snoozes,
    tenure,
    transfers,
    waivers,
)
from domain.entries import Written


@dataclass(frozen=True, slots=True)
class Model:
    """A kind of thing: its dataclass, the entry kinds that feed it, its key and its fold.

    `key` names the row's primary-key fields; `keys_of` gives the keys which an entry touches; `fold` gives
    the new state from the old one (None: not there yet, or gone). `indexes` are for questions in bulk.
    """

    name: str
    state: type[Any]
    prefixes: tuple[str, ...]
    key: tuple[str, ...]
    key_of: Callable[[Written], tuple[Any, ...]]
    fold: Callable[[Any | None, Written], Any | None]
    indexes: tuple[tuple[str, ...], ...] = ()


MODELS: tuple[Model, ...] = (
    Model(
        "commitment",
        commitments.Commitment,
        ("commitment.",),
        ("number",),
        lambda w: (w.data["commitment"],),
        commitments.fold,
        (("owner", "state"), ("org", "state"), ("signer_org", "state")),
    ),
    Model(
        "report",
        reports.Report,
        ("report.",),
        ("person", "month"),
        lambda w: (w.entry.subject.id, w.data["month"]),
        reports.fold,
        (("org", "month"),),
    ),
    Model(
        "waiver",
        waivers.Waiver,
        ("duty.waived", "duty.restored"),
        ("subject", "duty", "period"),
        lambda w: (w.entry.subject.id, w.data["duty"], w.data["period"]),
        waivers.fold,
        (("org", "duty", "period"),),
    ),
    Model(
        "attestation",
        attestations.Attestation,
        ("duty.attested", "duty.unattested"),
        ("org", "duty", "period"),
        attestations.key,
        attestations.fold,
    ),
    Model(
        "review_plan",
        review_plans.ReviewPlan,
        ("plan.",),
        ("org", "round"),
        review_plans.key,
        review_plans.fold,
    ),
    Model(
        "review",
        reviews.Review,
        ("review.",),
        ("number",),
        lambda w: (w.data["review"],),
        reviews.fold,
        (("subject", "day"), ("reviewer", "day"), ("org", "day")),
    ),
    Model(
        "rectification",
        rectifications.Rectification,
        ("rectification.",),
        ("number",),
        lambda w: (w.data["rectification"],),
        rectifications.fold,
        (("owner", "state"), ("org", "state"), ("state",)),
    ),
    Model(
        "contact",
        contacts.Contact,
        ("contact.",),
        # The person is part of the key, because an account may pass from one archive to another.
        ("channel", "account", "person"),
        lambda w: (w.data["channel"], contacts.folded(w.data["account"]), w.entry.subject.id),
        contacts.fold,
        (("person",),),
    ),
    Model(
        "snooze",
        snoozes.Snooze,
        ("reminder.",),
        ("person", "duty", "period"),
        snoozes.key,
        snoozes.fold,
    ),
    Model(
        "leave",
        leaves.Leave,
        ("leave.",),
        ("person", "start"),
        leaves.key,
        leaves.fold,
    ),
    Model(
        "transfer",
        transfers.Transfer,
        ("transfer.",),
        ("person",),
        lambda w: (w.entry.subject.id,),
        transfers.fold,
        (("origin",), ("target",)),
    ),
    Model(
        "membership",
        tenure.MembershipRow,
        ("membership.",),
        ("person", "org", "start"),
        tenure.membership_key,
        tenure.fold_membership,
        (("org",),),
    ),
    Model(
        "role",
        tenure.RoleRow,
        ("role.",),
        ("person", "role", "org", "start"),
        tenure.role_key,
        tenure.fold_role,
        (("org", "role"),),
    ),
    Model(
        "link",
        tenure.LinkRow,
        ("link.",),
        ("leader", "org", "kind", "start"),
        tenure.link_key,
        tenure.fold_link,
        (("org",),),
    ),
    Model(
        "organisation",
        organisations.OrganisationRow,
        ("org.",),
        ("id",),
        lambda w: (w.entry.subject.id,),
        organisations.fold,
        (("parent",),),
    ),
)


def models_fed_by(kind: str) -> tuple[Model, ...]:
    """The things that an entry of this kind changes."""
    return tuple(model for model in MODELS if kind.startswith(model.prefixes))
