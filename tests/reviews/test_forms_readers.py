"""What stands with single questions of a form: who alone reads the answer, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from flows.core.kinds import Choice, Kind, Number, Rating, Text, YesNo
from flows.core.page import Question
from flows.core.records import Task
from flows.core.said import Option
from flows.core.words import Words, same
from flows.cycle.owing import Owed
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import Phase, Private, Review, ReviewKind, Template
from flows.people.person import Person
from flows.reviews.owed import Asked
from flows.reviews.readers import beside

NOW = datetime(2026, 3, 2, tzinfo=UTC)
KAVYA = Person(
    1, "kavya@example.com", "Kavya", None, "Sales", "L3", "", (), "Asia/Kolkata", "en", None, None, "U1", True
)  # fmt: skip
STEPS = tuple(Option(str(n), same(n)) for n in range(1, 6))
UNEVEN = tuple(Option(key, same(key)) for key in ("1", "2", "4"))
NEVER_SHOWN = Words("The answers to this are shown to nobody.", "这一项的回答不会显示给任何人。")


def asked(kind: ReviewKind, private: Private | None, answer: Kind, *, anonymous: bool = False) -> Asked:
    question = Question("one", same("One"), answer)
    form = Review(kind, same(kind), (question,), anonymous, {"one": private} if private else {})
    phase = Phase("p", same("P"), 0, 5, "review", review=kind)
    template = Template("q", same("Q"), "quarter", (phase,), {kind: form})
    cycle = Cycle(1, "live", "Q", date(2026, 3, 2), template, Audience(), 1, NOW)
    task = Task(1, "review", 1, 2, "p", "open", NOW, NOW, NOW, about=KAVYA.id)
    return Asked(Owed(task, cycle, phase), form, KAVYA)


@pytest.mark.parametrize(
    ("kind", "private", "en", "zh"),
    [
        ("self", "hr", "Only HR reads this.", "只有 HR 能看到这一项。"),
        (
            "self", "manager", "Only your manager, the managers above and HR read this.",
            "只有你的上级、更上级的管理者和 HR 能看到这一项。",
        ),
        ("manager", "hr", "Only HR reads this.", "只有 HR 能看到这一项。"),
        (
            "manager", "manager", "Kavya never reads this: only their manager, the managers above and HR do.",
            "Kavya看不到这一项，只有其上级、更上级的管理者和 HR 能看到。",
        ),
        (
            "project", "manager", "Kavya never reads this: only their manager, the managers above and HR do.",
            "Kavya看不到这一项，只有其上级、更上级的管理者和 HR 能看到。",
        ),
    ],
)  # fmt: skip
def test_a_private_question_says_who_alone_reads_it(
    kind: ReviewKind, private: Private, en: str, zh: str
) -> None:
    assert beside(asked(kind, private, Text(4))) == {"one": Words(en, zh)}


@pytest.mark.parametrize("private", ["manager", "hr"])
def test_a_private_question_without_names_says_that_it_is_read_together(private: Private) -> None:
    words = beside(asked("peer", private, Text(4), anonymous=True))["one"]
    assert "without names" in words.en
    assert "不显示姓名" in words.zh
    assert ("Kavya never sees" in words.en) is (private == "manager")


@pytest.mark.parametrize("answer", [Text(4), Rating(STEPS), Rating(STEPS, unknown=True)])
def test_what_everybody_reads_has_nothing_beside_it(answer: Kind) -> None:
    assert beside(asked("peer", None, answer, anonymous=True)) == {}
    assert beside(asked("manager", None, answer)) == {}


@pytest.mark.parametrize(
    "answer", [Choice(STEPS), Number(), YesNo(), Rating(UNEVEN), Rating(STEPS[:2])], ids=repr
)
def test_what_is_never_shown_without_names_says_so_even_where_it_is_private(answer: Kind) -> None:
    for private in (None, "hr"):
        assert beside(asked("peer", private, answer, anonymous=True)) == {"one": NEVER_SHOWN}  # type: ignore[arg-type]
    assert beside(asked("project", None, answer)) == {}
