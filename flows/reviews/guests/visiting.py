"""What an external reviewer may see and do: one form behind one link, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.moments import day_and_time
from flows.core.refusal import Refusal
from flows.core.said import Kept, Reader, Said
from flows.core.sitting import understand_one
from flows.core.words import Words, same
from flows.cycle.template import Review
from flows.results.records import ResultRecords
from flows.results.releasing.states import is_released
from flows.reviews.records import Guest

UNKNOWN = Words(
    "This link is not valid. Please check that you have copied all of it, or ask whoever sent it to you for a new one.",
    "链接无效。请确认已复制完整的链接，或联系发送人获取新链接。",
)
USED = Words(
    "This review has been sent already. Thank you! A link can be used once; nothing was sent twice.",
    "评价已经提交，谢谢！每个链接只能使用一次，没有重复提交。",
)
OVER = Words(
    "This link has expired. If you would still like to say something, please ask whoever sent it to you for a new one.",
    "链接已过期。如仍希望评价，请联系发送人获取新链接。",
)
SENT = Words(
    "Thank you! Your review has been sent. You can close this page.", "谢谢！评价已提交，可以关闭本页。"
)


class Closed(Refusal):
    """There is no form behind this link, or not any more."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A good link: whose it is, what is asked, and whom it is about."""

    guest: Guest
    form: Review
    name: str
    zone: str

    @property
    def title(self) -> Words:
        return self.form.title + same(f" · {self.name}")

    @property
    def readers(self) -> Words:
        """Who reads it, said before any typing."""
        return Words(
            "{name} reads what you write, with your name ({you}), once the results are opened; their managers and HR "
            "read it before. A question that says so is read by fewer. You can send this form once, until {until}.",
            "结果公布后，{name}会看到您写的内容和您的姓名（{you}）；其上级和 HR 会提前看到。另有说明的问题阅读范围更小。"
            "每个链接只能提交一次，截止时间为 {until}。",
        ).fill(
            name=same(self.name),
            you=same(f"{self.guest.name}, {self.guest.company}" if self.guest.company else self.guest.name),
            until=day_and_time(self.guest.expires_at, self.zone) + same(f" ({self.zone})"),
        )


def visit(records: ResultRecords, token: str, now: datetime) -> Visit:
    """The form behind a link, held for this transaction. Raises Closed in the visitor's words."""
    guest = records.guests.by_token(token) if token else None
    if guest is None:
        raise Closed(UNKNOWN)
    if guest.sent_at is not None:
        raise Closed(USED)
    cycle, person = records.cycles.get(guest.cycle), records.people.get(guest.about)
    maker = records.people.get(guest.made_by)
    form = cycle.template.reviews.get("external") if cycle else None
    over = guest.revoked_at is not None or now >= guest.expires_at
    if over or cycle is None or cycle.state != "live" or person is None or form is None:
        raise Closed(OVER)
    if is_released(records, cycle.id):  # nothing of a result changes any more
        raise Closed(OVER)
    return Visit(guest, form, person.name, (maker or person).zone)


def send(
    records: ResultRecords, visited: Visit, said: Mapping[str, Said], now: datetime
) -> Mapping[str, Words]:
    """Keep the review, or say what is wrong with it by question; then nothing is kept and the link stays good."""
    reader = Reader(visited.guest.language, visited.zone, now, lambda _: None, lambda _: "?", lambda _: "")
    answers: dict[str, Kept] = {}
    problems: dict[str, Words] = {}
    for question in visited.form.questions:
        try:
            answers[question.name] = understand_one(question, said.get(question.name), reader)
        except Refusal as no:
            problems[question.name] = no.words
    if not problems:
        records.guests.save(replace(visited.guest, answers=answers, sent_at=now))
        where = f"guest/{visited.guest.id}"
        records.audit.note(now, None, "guest.sent", where, {"about": visited.guest.about})
    return problems
