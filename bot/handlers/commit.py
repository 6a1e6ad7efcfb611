"""公开承诺: proposing an item for oneself or one's organisation, signing it, mending a returned one (S-01 to S-03)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot import texts
from bot.engine.forms import Complaint, Form, Reading
from bot.engine.state import LEAVABLE, Act, Draft
from bot.engine.turn import Context, Turn
from bot.handlers import _commit_goal as goal
from bot.handlers import _permission as permission
from bot.handlers._commit_fields import FIELDS, is_immediate, matter_named
from bot.handlers._commit_item import item_of, owned_in, refusal_of_reopening
from bot.handlers._commit_start import asks_to_mend, prepared, start_of
from bot.handlers._commitment_words import LEFT_TO_BRANCH, cut, names, tell, to_signers
from domain import commitment_entries, signing
from domain.commitments import Commitment, State
from domain.pledges import without_entrance
from domain.publication import wants_publication
from domain.renumbering import renumbered


def _allowed(ctx: Context) -> str | None:
    return permission.no_member(ctx, "commit", "公开承诺由党员来作")


def _foresee(ctx: Context, draft: Draft | None) -> None:
    ctx.soon.branch(ctx.actor.id, ctx.today)
    if draft is None or draft.fields.get("queue"):
        # Only a wording that is judged is compared with the others of the branch.
        ctx.soon.goals(ctx.actor.id, ctx.today)


def _refuse(ctx: Context, draft: Draft) -> str | None:
    unit = draft.fields.get("unit")
    verdict = permission.may(ctx, "commit_for_org", unit) if unit else None
    if verdict is not None and not verdict.allowed:
        return f"现在不是您担任这个党组织的书记，不能代它作承诺。{permission.whom_to_ask(ctx, verdict)}"
    return refusal_of_reopening(ctx, draft)


def _heading(ctx: Context, draft: Draft) -> str:
    unit = ctx.roster.org(draft.fields.get("unit", ""))
    kind = ctx.profile.label("commitment_kind", draft.fields["kind"])
    lines = [f"请核对{unit.name if unit else '您'}的{kind}："]
    if LEFT_TO_BRANCH in draft.fields.get("flags", ()):
        lines.append("（写得比较笼统，会请支部把关。）")
    item = item_of(ctx, draft)
    if item.late and not draft.fields.get("reopens"):
        lines.append("（今年的征集已经截止，记为迟报，不影响内容。）")
    left = len(draft.fields.get("queue", ()))
    lines += [f"（您说了{left + 1}件，先核对这一件，签好接着核对下一件。）"] if left else []
    return "\n".join([*lines, *_too_many(ctx, draft, item)])


def _too_many(ctx: Context, draft: Draft, item: Commitment) -> list[str]:
    """R-065: above the advised number it says so; whether to go on is up to the person."""
    most = ctx.profile.number("commitment.max_items")
    n = len(owned_in(ctx, item.owner, ctx.today.year)) + 1
    if n <= most or draft.fields.get("reopens"):
        return []
    return [f"（这是今年第{n}件，一般不超过{most}件，请量力而行。仍要作就回复“签字”。）"]


def _closing(ctx: Context, draft: Draft) -> str:
    return "没有错请回复“签字”；要改请说，如“改2 7月15日”。"


def _grant(ctx: Context, draft: Draft, wish: str) -> Reading | None:
    """Nobody publishes his own promise: who does is said (R-074)."""
    if not wants_publication(wish):
        return None
    who = names(ctx, signing.Chairs(ctx.roster, ctx.today).signers(item_of(ctx, draft))) or "书记"
    return Complaint(f"公开由{who}签字后来办，您只要回复“签字”。")


def _mend(ctx: Context, draft: Draft, words: str) -> Reading:
    """A date, a matter or 即时 said at the read-back without a number."""
    said = words.strip("。 ")
    if said in ("即时", "即时承诺", "改成即时承诺", "改为即时承诺"):
        return {"kind": "immediate"}
    matter = matter_named(ctx, draft, said)
    if matter:
        return {"matter": matter}
    if goal.is_only_date(words, ctx.today):
        return goal.read_due(ctx, draft, words)
    counted = renumbered(draft.fields["goal"], said)
    if counted:
        return goal.read_goal(ctx, draft, counted)
    unclear = "没看懂要改哪里。没有错请回复“签字”；要改请带上编号，如“改2 7月15日”。"
    return Complaint(unclear, is_blank=True)


def _finish(ctx: Context, draft: Draft, wish: str) -> Turn:
    item = item_of(ctx, draft)
    known = signing.Chairs(ctx.roster, ctx.today)
    signers = known.signers(item)
    org = ctx.roster.org(item.org)
    where = org.name if org else item.org
    capacity = "self" if item.owner_type == "person" else known.post(ctx.actor.id)
    again = ctx.facts.commitment(item.number) if draft.fields.get("reopens") else None
    entries = (
        commitment_entries.corrected(again, item.goal, item.due, capacity, where)
        if again
        else commitment_entries.proposed(item, capacity, where)
    )
    said = f"已签（编号{item.number}）。{_what_next(ctx, item, signers)}"
    turn = _next(ctx, draft, said) if not again else Turn(said)
    return replace(
        turn,
        entries=entries,
        tell=to_signers(ctx, item, signers),
        act=Act("commit", ctx.now.isoformat(), (item.number,)),
    )


def _what_next(ctx: Context, item: Commitment, signers: Sequence[str]) -> str:
    if not signers:
        return "签字的书记暂缺，到任后由他签字。"
    who = names(ctx, signers)
    if item.kind != "immediate":
        return f"已报{who}，签字后公开，会告诉您。"
    sign, publish = (ctx.profile.number(f"commitment.immediate.{key}_hours") for key in ("sign", "publish"))
    return f"已报{who}，{sign}小时内签字、{publish}小时内公开，会告诉您。"


def _next(ctx: Context, draft: Draft, said: str) -> Turn:
    """The next item of the same message, or the question for one (R-066); an immediate item stands alone."""
    queue = list(draft.fields.get("queue", ()))
    if is_immediate(draft) and not queue:
        return Turn(said)
    fields = start_of(draft) | {"queue": queue[1:]}
    fresh = Draft("commit", started=ctx.now.isoformat()).having(**fields)
    if queue:
        reading = goal.read_goal(ctx, fresh, queue[0])
        if isinstance(reading, Mapping):
            return HANDLER.go_on(ctx, fresh.having(**reading), f"{said}\n下一件。")
        said += f"\n后面的“{cut(queue[0], 20)}”没有记下，请换个说法。"
    n = len(owned_in(ctx, draft.fields.get("unit") or draft.fields["owner"], ctx.today.year)) + 2
    return HANDLER.go_on(ctx, fresh.having(more=n, **{LEAVABLE: True}), f"{said}\n")


def _take_back(ctx: Context, act: Act) -> Turn:
    item = ctx.facts.commitment(act.numbers[0]) if act.numbers else None
    if item is None or not act.is_within(ctx.now, ctx.profile.number("chat.undo_minutes")):
        return Turn(texts.TOO_LATE_TO_UNDO, keep=True)
    if item.owner_type == "org" and not permission.may(ctx, "commit_for_org", item.owner).allowed:
        return Turn(texts.NOTHING_TO_UNDO, keep=True)
    if item.state is State.WITHDRAWN:
        return Turn(f"{item.tail}已经撤回过了。", keep=True)
    if item.state is not State.SIGNED:
        return Turn(f"书记已经处理过{item.tail}，不能直接撤回了。要改请告诉支部书记。", keep=True)
    known = signing.Chairs(ctx.roster, ctx.today)
    org = ctx.roster.org(item.org)
    capacity = "self" if item.owner_type == "person" else known.post(ctx.actor.id)
    text = f"{item.owner_name}撤回了承诺{item.tail}，不用签了。"
    return Turn(
        f"已撤回承诺{item.tail}，并已告诉书记。要重新作，请直接说。",
        keep=True,
        entries=(commitment_entries.withdrawn(item, capacity, org.name if org else item.org),),
        tell=tuple(tell(ctx, f"withdrawn|{item.number}", one, text) for one in known.signers(item)),
    )


class _Commit(Form):
    """The form; a new commitment begun while 还有第二件吗？ is open is begun from what it says."""

    __slots__ = ()

    def again(self, ctx: Context, draft: Draft, fields: Mapping[str, Any]) -> Turn:
        """Begin anew when nothing of the open draft was said yet or another item is named, else an answer."""
        if draft.is_leavable or asks_to_mend(ctx.text):
            return self.begin(ctx, fields)
        if draft.asked == "goal" and not without_entrance(ctx.text):
            return Turn(self.resume(ctx, draft), draft)
        return Form.again(self, ctx, draft, fields)


HANDLER = _Commit(
    name="commit",
    title="作承诺",
    words=("作承诺", "承诺", "我要作承诺", "年度承诺", "即时承诺", "支部承诺", "改承诺"),
    fields=FIELDS,
    finish=_finish,
    allowed=_allowed,
    foresee=_foresee,
    prepare=prepared,
    refuse=_refuse,
    grant=_grant,
    mend=_mend,
    take_back=_take_back,
    heading=_heading,
    closing=_closing,
    confirm_words=("签字", "签"),
)
