"""签: the second signature, by number at once, by name or for all after a look, with publication if wished (S-02)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.engine.forms import Complaint, Form, Reading
from bot.engine.state import Act, Draft
from bot.engine.turn import Context, Tell, Turn
from bot.handlers._commitment_words import by_owner, in_full, line, to_owners
from bot.handlers._seen import LOOK, is_seen, versions
from bot.handlers._signing import just_read, no_signer, waiting, wanted, why_not
from domain import commitment_entries, publication, signing
from domain.commitments import Commitment, changed
from domain.dates import show
from domain.entries import Entry
from domain.intake import halfwidth
from domain.numbers import tail, tails_in
from domain.signing import Chairs

MOST = 200
LISTED = 8


def _prepare(ctx: Context, fields: Mapping[str, Any]) -> Reading:
    words = f"{fields.get('number') or just_read(ctx, ctx.text)} {ctx.text}"
    found = wanted(ctx, words, waiting(ctx))
    if isinstance(found, Turn):
        return found
    named = bool(tails_in(words))
    changed = named and not all(is_seen(ctx, item) for item in found)
    return {
        "numbers": [item.number for item in found[:MOST]],
        "plain": named and not changed,
        "look": LOOK if changed else "",
        "wish": ctx.text if publication.wants_publication(ctx.text) else "",
    }


def _chosen(ctx: Context, draft: Draft) -> list[tuple[int, Commitment]]:
    """Those of the draft that still wait for this person, with their place in it, which digits mean."""
    alive = {item.number: item for item in waiting(ctx)}
    places = enumerate(draft.fields["numbers"], 1)
    return [(n, alive[number]) for n, number in places if number in alive]


def _heading(ctx: Context, draft: Draft) -> str:
    items = _chosen(ctx, draft)
    if len(items) == 1:
        return f"{draft.fields.get('look') or '请核对：'}\n{in_full(ctx.profile, items[0][1])}"
    lines = [f"{n} {item.owner_name} {line(item)}" for n, item in items[:LISTED]]
    rest = [f"……共{len(items)}件，全部请看“待签”。"] if len(items) > LISTED else []
    return "\n".join([f"请核对，将签字{len(items)}件：", *lines, *rest])


def _closing(ctx: Context, draft: Draft) -> str:
    if len(draft.fields["numbers"]) == 1:
        return "同意请回复“确认”。"
    return "都同意请回复“确认”；只签其中几件，请回复编号，如“1 3”。"


def _grant(ctx: Context, draft: Draft, wish: str) -> Reading | None:
    """Publication in the same turn (S-02)."""
    return {"wish": wish} if publication.wants_publication(wish) else None


def _mend(ctx: Context, draft: Draft, words: str) -> Reading:
    """Digits keep only these of the list."""
    digits = halfwidth(words).replace("签", " ").replace("、", " ").replace(",", " ").split()
    numbers = draft.fields["numbers"]
    if not digits or not all(digit.isdecimal() and 1 <= int(digit) <= len(numbers) for digit in digits):
        return Complaint("同意请回复“确认”；只签其中几件，请回复编号，如“1 3”。", is_blank=True)
    return {"numbers": [numbers[int(digit) - 1] for digit in dict.fromkeys(digits)]}


@dataclass(frozen=True, slots=True)
class _Signature:
    """One signing: what, by whom it may be published, and by which channels it is."""

    ctx: Context
    known: Chairs
    items: Sequence[Commitment]
    channels: tuple[str, ...]

    @property
    def public(self) -> list[Commitment]:
        """Items that the signer may and wishes to publish in the same turn."""
        actor = self.ctx.actor.id
        return [item for item in self.items if self.channels and actor in self.known.publishers(item)]

    def entries(self) -> tuple[Entry, ...]:
        """A signature for each, and publication after it."""
        ctx, post = self.ctx, self.known.post(self.ctx.actor.id) or "school_leader"
        made: list[Entry] = []
        for item in self.items:
            org = ctx.roster.org(item.org)
            name = org.name if org else item.org
            signs_as = self.known.capacity(item, ctx.actor.id)
            made.append(commitment_entries.countersigned(item, signs_as, post, name))
            if item in self.public:
                made.append(commitment_entries.published(item, self.channels, ctx.today, post, name))
        return tuple(made)

    def tells(self) -> tuple[Tell, ...]:
        """Each committer hears of his own."""
        texts = {group[0].owner: self._news(group) for group in by_owner(self.items)}
        return to_owners(self.ctx, self.items, "signed", texts, self.known)

    def _news(self, items: Sequence[Commitment]) -> str:
        lines = [line(changed(item)) for item in items]
        public = all(item in self.public for item in items)
        if all(item.pending is not None for item in items) and not public:
            return "\n".join([f"{self.ctx.actor.name}同志同意了变更：", *lines, "原时限保留在记录里。"])
        end = f"并已公开（{self.where()}）。请按计划去做。" if public else "公开时会再告诉您。"
        return "\n".join([f"{self.ctx.actor.name}同志已签字：", *lines, end])

    def where(self) -> str:
        """The channels and the day in words."""
        labels = "、".join(self.ctx.profile.label("channel", code) for code in self.channels)
        return f"{labels}，{show(self.ctx.today)}"


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    known = signing.Chairs(ctx.roster, ctx.today)
    items = [item for _, item in _chosen(ctx, draft)]
    if not items:
        return _gone(ctx, draft.fields["numbers"])
    words = draft.fields.get("wish", "")
    done = _Signature(ctx, known, items, publication.channels_in(words) if words else ())
    return Turn(
        _receipt(ctx, draft, done, bool(words)),
        entries=done.entries(),
        tell=done.tells(),
        act=Act("sign", ctx.now.isoformat(), tuple(item.number for item in items)),
    )


def _gone(ctx: Context, numbers: Sequence[str]) -> Turn:
    """Where everything stands that somebody else dealt with meanwhile."""
    if len(numbers) > LISTED:
        return Turn("这些承诺已经签过了，不用再签。回复“待签”看还有没有别的。")
    return Turn("\n".join(why_not(ctx, tail(number)) for number in numbers))


def _receipt(ctx: Context, draft: Draft, done: _Signature, wished: bool) -> str:
    what = _what(done.items)
    gone = len(draft.fields["numbers"]) - len(done.items)
    before = f"（另有{gone}件已经处理过了。）" if gone else ""
    left = len(waiting(ctx)) - len(done.items)
    more = f"还有{left}件待签，回复“待签”查看。" if left else ""
    if done.public:
        return f"已签并公开{what}（{done.where()}），已告诉本人。{before}{more}"
    may_publish = any(ctx.actor.id in done.known.publishers(item) for item in done.items)
    if not may_publish:
        return f"已签{what}，已告诉本人。{before}公开由所在党组织的书记办理。{more}"
    after = "公开用哪种形式？请回复“公开”，再选形式。" if wished else "要公开请回复“公开”。"
    return f"已签{what}，已告诉本人。{before}{after}{more}"


def _what(items: Sequence[Commitment]) -> str:
    names = "、".join(dict.fromkeys(item.owner_name for item in items[:3]))
    if len(items) == 1:
        return f"{items[0].tail}（{names}）"
    return f"{len(items)}件（{names}{'等' if len(items) > 3 else ''}）"


def _take_back(ctx: Context, act: Act) -> Turn:
    return Turn("签字已经告诉本人，不能撤回。要改请让本人提出变更。", keep=True)


HANDLER = Form(
    name="sign",
    title="在承诺上签字",
    words=("签", "签字", "全签"),
    fields=(),
    finish=_finish,
    allowed=no_signer,
    prepare=_prepare,
    grant=_grant,
    mend=_mend,
    things=lambda ctx, draft: versions(item for _, item in _chosen(ctx, draft)),
    take_back=_take_back,
    heading=_heading,
    closing=_closing,
    confirm_words=("签字", "签", "全签", "同意"),
    at_once=lambda ctx, draft: bool(draft.fields["plain"]),
)
