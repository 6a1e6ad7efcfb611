"""Every table, every index, nothing else. Read models get theirs from the dataclasses in `domain.models`.

`ledger` is made once and never altered; its bodies lie apart so that words can be erased (house, 1 and 2).
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

from domain.models import MODELS, Model
from storage.codec import columns

metadata = MetaData()


def _text(name: str, *, key: bool = False, null: bool = True) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=null and not key)


archive = Table(
    "archive",
    metadata,
    _text("name", key=True),
    Column("seq", Integer, nullable=False),
    _text("hash", null=False),
)

ledger = Table(
    "ledger",
    metadata,
    _text("archive", key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("kind", null=False),
    Column("v", Integer, nullable=False),
    _text("at", null=False),
    _text("received", null=False),
    _text("actor", null=False),
    _text("via", null=False),
    Column("corrects", Integer),
    _text("content", null=False),
    _text("previous", null=False),
    _text("hash", null=False),
)

body = Table(
    "body",
    metadata,
    _text("archive", key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("salt", null=False),
    _text("body", null=False),
)

person = Table(
    "person",
    metadata,
    _text("id", key=True),
    _text("name", null=False),
    _text("number", null=False),
    _text("post", null=False),
    _text("political", null=False),
    _text("categories", null=False),
    _text("status", null=False),
    _text("sound", null=False),
    _text("gender"),
    _text("ethnicity"),
    _text("birth"),
    _text("joined_party"),
    _text("education"),
    _text("imported"),
    Index("person_name", "name"),
    Index("person_sound", "sound"),
    Index("person_number", "number", unique=True),
)

# What the last roster import said of an organisation; of a person it is `person.imported`.
org_imported = Table("org_imported", metadata, _text("id", key=True), _text("said", null=False))

conversation = Table(
    "conversation",
    metadata,
    _text("speaker", key=True),
    _text("state", null=False),
    _text("touched", null=False),
    Index("conversation_touched", "touched"),
)

inbox = Table(
    "inbox",
    metadata,
    _text("key", key=True),
    _text("speaker", null=False),
    _text("received", null=False),
    _text("reply", null=False),
)

owed = Table(
    "owed",
    metadata,
    _text("key", key=True),
    _text("kind", null=False),
    _text("person", null=False),
    _text("channel", null=False),
    _text("account", null=False),
    _text("unit", null=False),
    _text("duty", null=False),
    _text("step", null=False),
    _text("period", null=False),
    _text("body", null=False),
    _text("created", null=False),
    _text("not_before", null=False),
    _text("deadline"),
    _text("state", null=False),
    _text("lease"),
    Column("tries", Integer, nullable=False),
    _text("reason", null=False),
    _text("message", null=False),
    _text("done_at"),
    Index("owed_due", "state", "not_before"),
    Index("owed_person", "person", "done_at"),
    Index("owed_duty", "duty", "period"),
)

occasion = Table(
    "occasion",
    metadata,
    _text("duty", key=True),
    _text("period", key=True),
    _text("person", key=True),
    _text("step", key=True),
    _text("planned", null=False),
    _text("owed", null=False),
    Index("occasion_owed", "owed"),
)

attachment = Table(
    "attachment",
    metadata,
    _text("id", key=True),
    _text("person", null=False),
    _text("channel", null=False),
    _text("media", null=False),
    _text("kind", null=False),
    _text("at", null=False),
    _text("received", null=False),
    _text("state", null=False),
    _text("sha256"),
    Column("size", Integer),
    _text("mime"),
    _text("linked"),
    _text("reason", null=False),
    Index("attachment_person", "person", "at"),
    Index("attachment_linked", "linked"),
    Index("attachment_state", "state", "linked"),
)

token = Table(
    "token",
    metadata,
    _text("app", key=True),
    _text("token", null=False),
    _text("expires_at", null=False),
)

setting = Table("setting", metadata, _text("key", key=True), _text("value", null=False))

lease = Table(
    "lease", metadata, _text("name", key=True), _text("holder", null=False), _text("until", null=False)
)


def _model_table(model: Model) -> Table:
    parts = [
        Column(name, Integer if whole else Text, primary_key=name in model.key, autoincrement=False)
        for name, whole in columns(model.state)
    ]
    indexes = [Index(f"{model.name}_{'_'.join(names)}", *names) for names in model.indexes]
    archived = Column("archive", Text, nullable=False)
    of_archive = Index(f"{model.name}_archive", "archive")
    return Table(model.name, metadata, *parts, archived, of_archive, *indexes)


MODEL_TABLES: dict[str, Table] = {model.name: _model_table(model) for model in MODELS}
