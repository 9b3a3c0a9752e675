"""The questionnaires of a template: what each kind of review asks, who reads it, and rating steps that several share."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from flows.core.kinds import Kind, Rating, Text
from flows.core.page import Question
from flows.core.questions_json import KINDS
from flows.core.said import Option
from flows.cycle.template import Private, Review, ReviewKind
from flows.cycle.templates.entry import Entry, Read, must_be
from flows.cycle.templates.parts import Part, Problems
from flows.cycle.templates.question_kinds import LABEL, OWN, SENTENCE, Steps, kind_said, steps
from flows.cycle.templates.values import each, flag, name, one_of, words

REVIEWS: Mapping[str, ReviewKind] = {
    "self": "self", "manager": "manager", "peer": "peer", "upward": "upward", "project": "project",
    "external": "external",
}  # fmt: skip
FROM_REVIEWS = {"peers": "peer", "upward": "upward", "project": "project", "external": "external"}
"""What a result can be made of besides goals and the manager's ratings, and the review that it comes from."""
PRIVATE: Mapping[str, Private] = {"manager": "manager", "hr": "hr"}
ANONYMOUS = ("peer", "upward")  # shown without authors, unless the template says attributed

RATING, REASON, GOALS = "rating", "reason", "goals"
"""What the end of a manager's review is called in a line behind `/score`: no question has one of these names."""

MOST_QUESTIONS = 40
ASKED = 300  # characters
COMMON = ("name", "ask", "kind", "optional", "hint", "private", "was")


def ratings(part: Part, problems: Problems) -> dict[str, tuple[Option, ...]]:
    """Sets of rating steps by name; those that are sound."""
    found: dict[str, tuple[Option, ...]] = {}
    if not isinstance(part.value, Mapping):
        must_be(part, problems, "sets of steps by name", "按名称列出的评分等级")
        return found
    for word, given in part.value.items():
        name(Part(given.line, part.key, word), problems)
        if read := steps(given, problems):
            found[word] = read
    return found


def reviews(shared: Steps, *, attributed: bool) -> Read[dict[str, Review]]:
    """Reviews by kind; those that are sound. `shared` are the sets of steps that a rating may name."""

    def read(part: Part, problems: Problems) -> dict[str, Review]:
        entry = Entry(part, tuple(REVIEWS), problems)
        found = {}
        for word, kind in REVIEWS.items():
            review = entry.may(word, _review(kind, shared, attributed=attributed), None)
            if review is not None:
                found[word] = review
        return found

    return read


def _review(review: ReviewKind, shared: Steps, *, attributed: bool) -> Read[Review]:
    def read(part: Part, problems: Problems) -> Review | None:
        entry = Entry(part, ("title", "questions"), problems)
        nameless = review in ANONYMOUS and not attributed
        title = entry.need("title", words(LABEL))
        asked = entry.need("questions", each(_question(review, shared, nameless), MOST_QUESTIONS, by="name"))
        if not entry.sound:
            return None
        private = {question.name: whom for question, whom in asked if whom}
        questions = tuple(question for question, _ in asked)
        return Review(review, title, questions, nameless, private)

    return read


def _question(review: ReviewKind, shared: Steps, nameless: bool) -> Read[tuple[Question, Private | None]]:
    """A question of that kind of review, and who alone reads the answer; `nameless`: answers show no author."""

    def read(part: Part, problems: Problems) -> tuple[Question, Private | None] | None:
        kind = _kind_of(part)
        entry = Entry(part, (*COMMON, *OWN.get(kind, ())), problems)
        entry.need("kind", one_of({word: word for word in KINDS}))
        made = Question(
            name=entry.need("name", name),
            words=entry.need("ask", words(ASKED)),
            kind=kind_said(entry, kind, shared),
            optional=entry.may("optional", flag, False),
            hint=entry.may("hint", words(SENTENCE), None),
            was=entry.may("was", name, None),
        )
        whom: Private | None = entry.may("private", one_of(PRIVATE), None)
        if nameless and entry.sound:
            _can_be_shown(entry, made.kind)
        if whom and review == "self":
            entry.wrong(
                "private",
                "Whoever writes a self review is the one it is about, so nothing in it is private: take `private` out.",
                "自评由本人填写，没有对本人不公开的问题：请删去 `private`。",
            )
        if review == "external" and kind in ("person", "people"):
            entry.wrong(
                "kind",
                "Somebody outside sees nobody of the directory: ask for a `text` instead.",
                "外部评估人看不到通讯录：请改用 `text`。",
            )
        if review == "manager" and made.name in (RATING, REASON, GOALS):
            entry.wrong(
                "name",
                "`{name}` has its own meaning in a line behind /score: give this question another name, such as `{name}-1`.",
                "`{name}` 在 /score 命令中另有含义：请给这道题换个名称，例如 `{name}-1`。",
                name=made.name,
            )
        elif review == "manager" and kind == "rating" and made.name in FROM_REVIEWS:
            entry.wrong(
                "name",
                "`{name}` stands for another part of a result: give this rating another name.",
                "`{name}` 已表示结果的另一构成项：请给这项评分换个名称。",
                name=made.name,
            )
        return (made, whom) if entry.sound else None

    return read


def _can_be_shown(entry: Entry, kind: Kind) -> None:
    """Without authors, texts are shown and averages: on two steps or uneven ones rounding would hide too little."""
    if isinstance(kind, Rating):
        steps = sorted(int(option.key) for option in kind.options)
        if len(steps) < 3 or len({high - low for low, high in pairwise(steps)}) > 1:
            entry.wrong(
                "steps",
                "Without names, a rating is shown as an average, which needs three even steps or more, such as 1, 2, 3.",
                "匿名评分只显示平均分，需要至少三个间隔相同的等级，例如 1、2、3。",
            )
    elif not isinstance(kind, Text):
        entry.wrong(
            "kind",
            "Without names, only averages and comments are shown: ask for a `rating` or a `text`.",
            "匿名评估只显示平均分和评语：请改用 `rating` 或 `text`。",
        )


def _kind_of(part: Part) -> str:
    """The word under `kind`, whether or not it is one."""
    kind = part.value.get("kind") if isinstance(part.value, Mapping) else None
    return kind.value if kind and isinstance(kind.value, str) else ""
