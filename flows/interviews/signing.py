"""Signing that one took note of what both sides say was agreed; to sign is not to agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flows.core.catalog import flow
from flows.core.page import Page, choice, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, here
from flows.core.words import Words
from flows.interviews.agreeing import SEE, about_words, other_side
from flows.interviews.following import follow, known
from flows.interviews.sides import SAY, Both, found, whose_interview
from flows.interviews.talked import Side, Signature, Talk, TalkRecords
from flows.people.person import Person

MEANS = Words(
    "To sign says that you have taken note of what stands there. It does not say that you agree, and whoever does not "
    "sign loses nothing: it is recorded, and nothing waits for it.",
    "签署只表示你已知悉内容，不代表同意。不签署也没有任何影响：系统会记录，不会因此停下任何事项。",
)
Signing = Literal["noted", "disagrees", "refused"]
WAYS = {
    "noted": Words("I have taken note of it", "我已知悉"),
    "disagrees": Words("I have taken note of it, and I don't agree with it", "我已知悉，但不同意其中内容"),
    "refused": Words("I don't want to sign", "我不签署"),
}


@dataclass(frozen=True, slots=True)
class Signed:
    """What is signed, and for which side."""

    both: Both
    side: Side
    talk: Talk


class Sign(Page):
    title = Words("Your signature", "你的签署")
    note = MEANS
    way: Signing = choice("How do you stand to it?", "你的意见", WAYS)
    comment: str | None = text(
        "Anything that you want to add", "补充说明", lines=4, optional=True,
        hint=Words("It stands beside your signature, for everybody who reads this.", "会显示在签署旁边，能查看的人都会看到。"),
    )  # fmt: skip


def signed(records: TalkRecords, actor: Person, subject: str, now: datetime) -> Signed:
    """What would be signed now; refuses what can't be signed yet, or has another version by now."""
    both = found(records, (subject,))
    side, talk = both.side_of(actor), known(records, both)
    if not both.is_over(now) or both.opened_at(talk, now) is None:
        raise Refusal(NOT_YET.fill(name=both.of(other_side(side)).name))
    if subject.partition("/")[2] != str(talk.version):
        raise Refusal(
            "What was agreed has changed since you opened this. Please look at both sides once more, and sign that.",
            "内容在你打开之后有改动。请再次查看双方的内容，然后签署。",
        )
    if talk.has_signed(side):
        raise Refusal(ALREADY)
    return Signed(both, side, talk)


NOT_YET = Words(
    "There is nothing to sign yet: you and {name} first say what was agreed, each by yourself.",
    "目前还没有可以签署的内容：请你和{name}先分别填写约定事项。",
)
ALREADY = Words(
    "This is signed for your side already, and stays as it is.",
    "你这一方已经签署，内容保持不变。",
)


def keep(
    records: TalkRecords, actor: Person, subject: str, given: tuple[Signing, str], now: datetime
) -> Words:
    """Keep the signature; a second one changes nothing."""
    both = found(records, (subject,))
    records.interviews.lock(both.interview.id)
    this = signed(records, actor, subject, now)
    way, comment = given
    signature = Signature(both.interview.id, this.talk.version, this.side, way, actor.id, comment, now)
    if not records.agreements.sign(signature):
        raise Refusal(ALREADY)
    detail = {"version": this.talk.version, "side": this.side}
    records.audit.note(now, actor.id, "interview.sign", f"interview/{both.interview.id}", detail)
    talk = follow(records, both, now)
    if talk.is_settled:
        return DONE
    name = both.of(other_side(this.side)).name
    return Words("Kept. {name} has been asked to sign as well.", "已保存。已请{name}签署。").fill(name=name)


DONE = Words(
    "Kept, and complete: the talk is closed with this. What each of you wants to do is among your actions.",
    "已保存，面谈至此完成。各自要做的事项已列入各自的行动项。",
)


def to_both(_records: TalkRecords, _actor: Person, subject: str, _now: datetime) -> list[Button]:
    return [Button(SEE, here(Act("see", ("interview-talk", subject.partition("/")[0]))))]


@flow(
    "interview-sign",
    Words("Sign", "签署"),
    may=SAY,
    of=whose_interview,
    facts=signed,
    keep=keep,
    about=lambda known_: about_words(known_.both, known_.side),
    ways=lambda known_: [Button(SEE, Act("see", ("interview-talk", str(known_.both.interview.id))))],
    onward=to_both,
)
def sign(ask: Ask, _known: Signed) -> tuple[Signing, str]:
    page = ask(Sign)
    return page.way, page.comment or ""
