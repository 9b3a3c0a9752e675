"""The rules of a template as its file says them: phases, weights, scale, guide and anonymity."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal

from flows.core.kinds import Rating
from flows.cycle.template import (
    PERSPECTIVES,
    Anonymity,
    Guide,
    Phase,
    Review,
    ReviewKind,
    Step,
    Work,
)
from flows.cycle.templates.entry import Entry, Read, listed, say
from flows.cycle.templates.parts import Part, Problems
from flows.cycle.templates.questions import LABEL, REVIEWS
from flows.cycle.templates.values import decimal, each, flag, key, name, one_of, share, whole, words

Who = Literal["everyone", "managers"]

WORK: Mapping[str, Work] = {"goals": "goals", "review": "review", "confirm": "confirm", "none": "none"}
WHO: Mapping[str, Who] = {"everyone": "everyone", "managers": "managers"}
PHASE = ("name", "title", "starts", "days", "work", "review", "who", "deadline", "grace", "note")
FROM_REVIEWS = {"peers": "peer", "upward": "upward", "external": "external"}
A_YEAR = 366


def phase(asked: Collection[str], *, goals: bool) -> Read[Phase]:
    """A phase; `asked` are the kinds of review that have questions, `goals` says that there are methods for them."""

    def read(part: Part, problems: Problems) -> Phase | None:
        entry = Entry(part, PHASE, problems)
        work: Work = entry.may("work", one_of(WORK), WORK["none"])
        review: ReviewKind | None = entry.may("review", one_of(REVIEWS), None)
        hard = entry.may("deadline", one_of({"soft": False, "hard": True}), False)
        grace = entry.may("grace", whole(0, 60), 0 if hard else _usual(Phase, "grace"))
        usual: Who = "managers" if review == "manager" else "everyone"
        made = Phase(
            name=entry.need("name", name),
            title=entry.need("title", words(LABEL)),
            starts=entry.need("starts", whole(-A_YEAR, 2 * A_YEAR)),
            days=entry.need("days", whole(1, A_YEAR)),
            work=work,
            who=entry.may("who", one_of(WHO), usual),
            review=review,
            hard=hard,
            grace=grace,
            note=entry.may("note", words(300), None),
        )
        _fits(entry, made, usual, asked)
        if work == "goals" and not goals:
            entry.wrong(
                "work",
                "Goals are written in this phase: say above which way with `goal_methods: [kpi, okr, bsc]`.",
                "该阶段要填写目标：请用 `goal_methods: [kpi, okr, bsc]` 说明采用哪些方法。",
            )
        return made if entry.sound else None

    return read


def _fits(entry: Entry, made: Phase, usual: Who, asked: Collection[str]) -> None:
    """What a phase says must go together."""
    if made.hard and entry.part("grace"):
        entry.wrong(
            "grace",
            "A hard deadline has no days of grace: take `grace` out, or make it `deadline: soft`.",
            "硬性截止没有宽限期：请删去 `grace`，或改为 `deadline: soft`。",
        )
    if made.work == "review" and not entry.part("review"):
        entry.wrong(
            "work",
            "This phase does not say which review is written: add `review:` with one of {kinds}.",
            "该阶段没有说明要写哪种评估：请加上 `review:`，可选 {kinds}。",
            kinds=listed(REVIEWS),
        )
    if made.work != "review" and entry.part("review") and "work" not in entry.broken:
        entry.wrong(
            "review",
            "A review is written only where it says `work: review`: add that, or take `review` out.",
            "只有 `work: review` 的阶段才写评估：请补上，或删去 `review`。",
        )
    if made.review and made.review not in asked:
        entry.wrong(
            "review",
            "There is no questionnaire for the {kind} review: add it under `reviews`.",
            "{kind} 评估没有问卷：请在 `reviews` 下补充。",
            kind=made.review,
        )
    if made.work == "review" and made.review and made.who != usual and "who" not in entry.broken:
        entry.wrong(
            "who",
            "Who writes the {kind} review is `{usual}`: change it, or take `who` out.",
            "{kind} 评估由 `{usual}` 填写：请修改，或删去 `who`。",
            kind=made.review, usual=usual,
        )  # fmt: skip


def weights(components: Collection[str] | None) -> Read[dict[str, Decimal]]:
    """Percent by component, each of which must be among `components`, where they are known."""

    def read(part: Part, problems: Problems) -> dict[str, Decimal] | None:
        written = tuple(part.value) if isinstance(part.value, Mapping) else ()
        entry = Entry(part, written if components is None else components, problems)
        given = {word: entry.need(word, share) for word in written}
        if not entry.broken and written:
            _sums(part, sum(given.values(), Decimal()), problems)
        return given if entry.sound else None

    return read


def perspectives(part: Part, problems: Problems) -> dict[str, Decimal] | None:
    """Percent by perspective of the balanced scorecard; those that are left out don't count in the end."""
    return weights(tuple(PERSPECTIVES))(part, problems)


def goal_cap(part: Part, problems: Problems) -> Decimal | None:
    """The attainment at which a goal ends, in percent."""
    found = whole(100, 300)(part, problems)
    return None if found is None else Decimal(found)


def known_components(methods: Collection[str], reviews: Mapping[str, Review]) -> tuple[str, ...]:
    """What a result can be made of: goals, what others say, and the ratings in the manager's review."""
    manager = reviews["manager"].questions if "manager" in reviews else ()
    rated = [question.name for question in manager if isinstance(question.kind, Rating)]
    others = [word for word, kind in FROM_REVIEWS.items() if kind in reviews]
    return tuple(dict.fromkeys([*(["goals"] if methods else []), *rated, *others]))


def _sums(part: Part, total: Decimal, problems: Problems) -> None:
    if total != 100:
        en, zh = "`{key}` come to {total} %: make them 100.", "`{key}` 合计为 {total}%：请调整为 100。"
        say(problems, part.line, en, zh, key=part.key, total=f"{total.normalize():f}")


def scale(part: Part, problems: Problems) -> tuple[Step, ...] | None:
    """The rating scale, from its best step to its worst or the other way."""
    before = len(problems)
    found = each(_step, 15, least=2, by="key")(part, problems)
    if found is None or len(problems) > before:
        return None
    values = [step.value for step in found]
    ups = {left < right for left, right in pairwise(values)}
    if len(ups) > 1 or len(set(values)) < len(values):
        en = "The values {values} go up and down: put the steps in order, each with a value of its own."
        zh = "数值 {values} 时升时降：请按顺序排列，且每级数值不同。"
        say(problems, part.line, en, zh, values=", ".join(map(str, values)))
        return None
    return found


def _step(part: Part, problems: Problems) -> Step | None:
    entry = Entry(part, ("key", "label", "value"), problems)
    made = Step(entry.need("key", key), entry.need("label", words(LABEL)), entry.need("value", decimal))
    return made if entry.sound else None


def guide(steps: Collection[str]) -> Read[Guide]:
    """How ratings may be spread over the keys of the scale; each stands in one group."""

    def read(part: Part, problems: Problems) -> Guide | None:
        entry = Entry(part, ("shares", "forced"), problems)
        shares = entry.need("shares", each(_group(steps), 15))
        forced = entry.may("forced", flag, False)
        if not entry.sound:
            return None
        named = [step for group, _ in shares for step in group]
        twice = [step for step in dict.fromkeys(named) if named.count(step) > 1]
        left = [step for step in steps if step not in named]
        if twice:
            en, zh = "{steps} stands in two groups: keep it in one.", "{steps} 出现在两组中：请只保留一处。"
            entry.wrong("shares", en, zh, steps=listed(twice))
        if left:
            en, zh = "No group has {steps}: add it to one.", "{steps} 不在任何一组中：请补充。"
            entry.wrong("shares", en, zh, steps=listed(left))
        _sums(
            Part(entry.line("shares"), "shares", ""),
            sum((percent for _, percent in shares), Decimal()),
            problems,
        )
        return Guide(shares, forced) if entry.sound else None

    return read


def _group(steps: Collection[str]) -> Read[tuple[tuple[str, ...], Decimal]]:
    def read(part: Part, problems: Problems) -> tuple[tuple[str, ...], Decimal] | None:
        entry = Entry(part, ("steps", "percent"), problems)
        known = one_of({step: step for step in steps}) if steps else key
        made = (entry.need("steps", each(known, 15)), entry.need("percent", share))
        return made if entry.sound else None

    return read


def anonymity(part: Part, problems: Problems) -> Anonymity | None:
    """Names, or how many answers of a group it takes."""
    usual = Anonymity()
    entry = Entry(part, Anonymity.__slots__, problems)
    made = Anonymity(
        entry.may("attributed", flag, usual.attributed),
        entry.may("peers", whole(3, 10), usual.peers),
        entry.may("upward", whole(3, 10), usual.upward),
    )
    if made.attributed and (entry.part("peers") or entry.part("upward")):
        entry.wrong(
            "attributed",
            "Names are shown, so no number of answers hides anybody: take `peers` and `upward` out, or say `attributed: no`.",
            "既然显示姓名，就不需要最低人数：请删去 `peers` 和 `upward`，或改为 `attributed: no`。",
        )
    return made if entry.sound else None


def _usual(of: type[Any], field: str) -> Any:
    """The default of a field."""
    return next(known.default for known in fields(of) if known.name == field)
