"""The phases of a template as its file says them, and what must go together in and among them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from flows.core.words import Words
from flows.cycle.template import Phase, ReviewKind, Work
from flows.cycle.templates.entry import Entry, Read, listed, say
from flows.cycle.templates.parts import Part, Problems
from flows.cycle.templates.question_kinds import LABEL
from flows.cycle.templates.questions import REVIEWS
from flows.cycle.templates.values import name, one_of, whole, words

Who = Literal["everyone", "managers"]

WORK: Mapping[str, Work] = {
    "goals": "goals", "nominate": "nominate", "review": "review", "plan": "plan", "interview": "interview",
    "confirm": "confirm", "none": "none",
}  # fmt: skip
WHO: Mapping[str, Who] = {"everyone": "everyone", "managers": "managers"}
NOMINATED = ("peer", "project")  # reviews whose writers are named first
PHASE = ("name", "title", "starts", "days", "work", "review", "who", "deadline", "grace", "note", "minutes")
A_YEAR = 366
USUAL = Phase("", Words("", ""), 0, 1)


def phase(asked: Collection[str], *, goals: bool) -> Read[Phase]:
    """A phase; `asked` are the kinds of review that have questions, `goals` says that there are methods for them."""

    def read(part: Part, problems: Problems) -> Phase | None:
        entry = Entry(part, PHASE, problems)
        work: Work = entry.may("work", one_of(WORK), WORK["none"])
        usual: ReviewKind | None = "peer" if work == "nominate" else None
        review: ReviewKind | None = entry.may("review", one_of(REVIEWS), usual)
        hard = entry.may("deadline", one_of({"soft": False, "hard": True}), False)
        writers: Who = "managers" if review == "manager" else "everyone"
        made = Phase(
            name=entry.need("name", name),
            title=entry.need("title", words(LABEL)),
            starts=entry.need("starts", whole(-A_YEAR, 2 * A_YEAR)),
            days=entry.need("days", whole(1, A_YEAR)),
            work=work,
            who=entry.may("who", one_of(WHO), writers),
            review=review,
            hard=hard,
            grace=entry.may("grace", whole(0, 60), 0 if hard else USUAL.grace),
            note=entry.may("note", words(300), None),
            minutes=entry.may("minutes", whole(15, 180), USUAL.minutes),
        )
        if made.hard and entry.part("grace"):
            entry.wrong(
                "grace",
                "A hard deadline has no days of grace: take `grace` out, or make it `deadline: soft`.",
                "硬性截止没有宽限期：请删去 `grace`，或改为 `deadline: soft`。",
            )
        if work != "interview" and entry.part("minutes"):
            entry.wrong(
                "minutes",
                "Only an interview lasts so many minutes: take `minutes` out, or write `work: interview`.",
                "只有面谈需要时长：请删去 `minutes`，或改为 `work: interview`。",
            )
        if work == "goals" and not goals:
            entry.wrong(
                "work",
                "Goals are written in this phase: say above which way with `goal_methods: [kpi, okr, bsc]`.",
                "该阶段要填写目标：请用 `goal_methods: [kpi, okr, bsc]` 说明采用哪些方法。",
            )
        _review_fits(entry, made, writers, asked)
        return made if entry.sound else None

    return read


def _review_fits(entry: Entry, made: Phase, writers: Who, asked: Collection[str]) -> None:
    """Which review is meant must go with what is done, with the questionnaires and with who writes it."""
    reviewing = made.work in ("review", "nominate")
    if made.work == "review" and not entry.part("review"):
        entry.wrong(
            "work",
            "This phase does not say which review is written: add `review:` with one of {kinds}.",
            "该阶段没有说明要写哪种评估：请加上 `review:`，可选 {kinds}。",
            kinds=listed(REVIEWS),
        )
    if not reviewing and entry.part("review") and "work" not in entry.broken:
        entry.wrong(
            "review",
            "A review is written only where it says `work: review`: add that, or take `review` out.",
            "只有 `work: review` 的阶段才写评估：请补上，或删去 `review`。",
        )
    if made.work == "nominate" and made.review not in NOMINATED:
        entry.wrong(
            "review",
            "Reviewers are named for the reviews {kinds}: write one of them, or take `review` out.",
            "只有 {kinds} 评估需要提名评估人：请改为其中之一，或删去 `review`。",
            kinds=listed(NOMINATED),
        )
    elif made.review and made.review not in asked and "review" not in entry.broken:
        entry.wrong(
            "review",
            "There is no questionnaire for the {kind} review: add it under `reviews`.",
            "{kind} 评估没有问卷：请在 `reviews` 下补充。",
            kind=made.review,
        )
    if not reviewing or not made.review or made.who == writers or "who" in entry.broken:
        return
    if made.work == "nominate":
        entry.wrong(
            "who",
            "Reviewers are named for everyone who takes part: take `who` out.",
            "提名针对所有参与者：请删去 `who`。",
        )
    else:
        entry.wrong(
            "who",
            "Who writes the {kind} review is `{usual}`: change it, or take `who` out.",
            "{kind} 评估由 `{usual}` 填写：请修改，或删去 `who`。",
            kind=made.review, usual=writers,
        )  # fmt: skip


def named_in_time(part: Part, phases: Sequence[Phase], problems: Problems) -> None:
    """Reviewers are named once for each kind of review, and before it is written; all of the phases are sound."""
    seen: set[str] = set()
    for item, made in zip(part.value, phases, strict=True):
        if made.work != "nominate" or not made.review or not isinstance(item, Part):
            continue
        line = item.value["work"].line if isinstance(item.value, Mapping) else item.line
        after = made.starts + made.days
        if made.review in seen:
            say(
                problems, line,
                "Reviewers for the {kind} review are named in an earlier phase already: take this phase out.",
                "{kind} 评估的提名已有一个阶段：请删去此阶段。",
                kind=made.review,
            )  # fmt: skip
        elif not any(
            one.work == "review" and one.review == made.review and one.starts >= after for one in phases
        ):
            say(
                problems, line,
                "Reviewers are named before they write: add a phase with `work: review` and `review: {kind}` that starts on "
                "day {day} or later.",
                "评估人需要在填写之前确定：请安排一个 `work: review`、`review: {kind}` 的阶段，从第 {day} 天或之后开始。",
                kind=made.review, day=after,
            )  # fmt: skip
        seen.add(made.review)
