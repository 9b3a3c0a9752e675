"""The rules of a template as its file says them: what a result is made of, anonymity, reviewers, opening, guests."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from flows.core.kinds import Rating
from flows.cycle.template import (
    PERSPECTIVES,
    Anonymity,
    Nominations,
    Nominator,
    Opening,
    Review,
)
from flows.cycle.templates.entry import Entry, Read, say
from flows.cycle.templates.parts import Part, Problems
from flows.cycle.templates.questions import FROM_REVIEWS
from flows.cycle.templates.values import each, flag, one_of, share, text, whole
from flows.results.expression import problem

NOMINATORS: Mapping[str, Nominator] = {"employee": "employee", "manager": "manager", "hr": "hr"}
FORMULA = 300  # characters


def weights(components: Collection[str] | None, private: Collection[str] = ()) -> Read[dict[str, Decimal]]:
    """Percent by component, each of which must be among `components`, where they are known, and none `private`."""

    def read(part: Part, problems: Problems) -> dict[str, Decimal] | None:
        written = tuple(part.value) if isinstance(part.value, Mapping) else ()
        entry = Entry(part, written if components is None else (*components, *private), problems)
        given = {word: entry.need(word, share) for word in written}
        for word in written:
            if word in private:
                entry.wrong(
                    word,
                    "`{key}` is private, so nobody could see how the result came about: take it out, or `private` away.",
                    "`{key}` 是非公开问题，计入结果会无法向员工说明：请删去，或取消 `private`。",
                )
        if not entry.broken and written:
            sums(part, sum(given.values(), Decimal()), problems)
        return given if entry.sound else None

    return read


def perspectives(part: Part, problems: Problems) -> dict[str, Decimal] | None:
    """Percent by perspective of the balanced scorecard; those that are left out don't count in the end."""
    return weights(tuple(PERSPECTIVES))(part, problems)


def goal_cap(part: Part, problems: Problems) -> Decimal | None:
    """The attainment at which a goal ends, in percent."""
    found = whole(100, 300)(part, problems)
    return None if found is None else Decimal(found)


def formula(components: Collection[str] | None) -> Read[str]:
    """How the score is computed from the components, where they are known."""

    def read(part: Part, problems: Problems) -> str | None:
        found = text(FORMULA)(part, problems)
        wrong = problem(found, components) if found and components is not None else None
        if wrong:
            say(problems, part.line, "`formula`: {wrong}", "`formula`：{wrong}", wrong=wrong)
        return found if not wrong else None

    return read


def known_components(methods: Collection[str], reviews: Mapping[str, Review]) -> tuple[str, ...]:
    """What a result can be made of: goals, the ratings in the manager's review, and those that others give."""
    others = [word for word, kind in FROM_REVIEWS.items() if kind in reviews and _rated(reviews[kind])]
    manager = _rated(reviews["manager"]) if "manager" in reviews else []
    return (*(["goals"] if methods else []), *manager, *others)


def private_ratings(reviews: Mapping[str, Review]) -> tuple[str, ...]:
    """The ratings in the manager's review that the one it is about never reads."""
    return tuple(reviews["manager"].private) if "manager" in reviews else ()


def _rated(review: Review) -> list[str]:
    """The names of its ratings that everybody may read."""
    found = [question.name for question in review.questions if isinstance(question.kind, Rating)]
    return [name for name in found if name not in review.private]


def sums(part: Part, total: Decimal, problems: Problems) -> None:
    """Percents must come to 100."""
    if total != 100:
        en, zh = "`{key}` come to {total} %: make them 100.", "`{key}` 合计为 {total}%：请调整为 100。"
        say(problems, part.line, en, zh, key=part.key, total=f"{total.normalize():f}")


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


def nominations(part: Part, problems: Problems) -> Nominations | None:
    """Who names reviewers, and how many."""
    usual = Nominations()
    entry = Entry(part, Nominations.__slots__, problems)
    made = Nominations(
        least=entry.may("least", whole(1, 20), usual.least),
        most=entry.may("most", whole(1, 20), usual.most),
        by=entry.may("by", each(one_of(NOMINATORS), len(NOMINATORS)), usual.by),
        approve=entry.may("approve", flag, usual.approve),
        load=entry.may("load", whole(1, 50), usual.load),
    )
    if made.least > made.most:
        entry.wrong(
            "most" if entry.part("most") else "least",
            "`least` ({least}) is more than `most` ({most}): change one of them.",
            "`least`（{least}）大于 `most`（{most}）：请修改其中之一。",
            least=made.least, most=made.most,
        )  # fmt: skip
    return made if entry.sound else None


def opening(part: Part, problems: Problems) -> Opening | None:
    """How results are opened."""
    usual = Opening()
    entry = Entry(part, Opening.__slots__, problems)
    made = Opening(
        lead=entry.may("lead", whole(1, 30), usual.lead),
        view=entry.may("view", whole(1, 60), usual.view),
        appeal=entry.may("appeal", whole(1, 60), usual.appeal),
    )
    return made if entry.sound else None


def external(part: Part, problems: Problems) -> int | None:
    """For how many days an external reviewer's link is good."""
    entry = Entry(part, ("days",), problems)
    days = entry.need("days", whole(1, 90))
    return days if entry.sound else None
