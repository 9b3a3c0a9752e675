"""The replay: a flow is played from the top over the answers kept by name, on every event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeVar

from flows.core.page import Page, Question, Questionnaire, is_answered, values_of
from flows.core.said import Kept
from flows.core.words import Words

Answers = Mapping[str, Mapping[str, Kept]]
"""Page key → question name → kept answer."""

FARTHEST = 500  # steps: a flow that asks more than this ahead of its answers is only counted so far


class Item(Protocol):
    """Something a page can be asked about, one by one: `key` names its answers, `str()` is shown."""

    @property
    def key(self) -> str: ...


P = TypeVar("P", bound=Page)
I = TypeVar("I", bound=Item)  # noqa: E741


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one page, or those of them that stand on one screen. `beside` is shown with a question.

    `start` is what stands in a field that was never answered: a proposal, which counts for nothing until it is sent.
    `in_message` stands in a message instead of the title and of what is beside, where neither may.
    """

    key: str
    title: Words
    questions: tuple[Question, ...]
    note: Words | None = None
    beside: Mapping[str, Words] = field(default_factory=dict)
    was: str | None = None
    start: Mapping[str, Kept] = field(default_factory=dict)
    in_message: Words | None = None

    def kept(self, answers: Answers) -> Mapping[str, Kept]:
        before = answers.get(self.was, {}) if self.was else {}
        return {**before, **answers.get(self.key, {})}


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of a flow: what stands on it, and whether all of it is answered."""

    groups: tuple[Group, ...]
    answered: bool

    @property
    def key(self) -> str:
        """The name of its first field; a step is found again by any of its fields."""
        return self.fields()[0] if self.fields() else ""

    def fields(self) -> tuple[str, ...]:
        return tuple(f"{group.key}.{question.name}" for group in self.groups for question in group.questions)


@dataclass(frozen=True, slots=True)
class Played:
    """How far the answers carry: every step known so far, the one that waits for an answer, or the result.

    Steps behind the waiting one are what a person would still see if they left every choice empty, so their
    number is an estimate; it is exact as soon as nothing waits.
    """

    steps: tuple[Step, ...]
    waiting: Step | None
    result: Any

    def step(self, at: str) -> Step | None:
        """The step on which the field `at` stands."""
        return next((step for step in self.steps if at in step.fields()), None)

    @property
    def progress(self) -> tuple[int, int]:
        """How many steps are answered, of how many."""
        return sum(step.answered for step in self.steps), len(self.steps)


class Ask:
    """What a flow asks with. `capacity` is how many questions one screen can hold."""

    def __init__(self, answers: Answers, capacity: int) -> None:
        self._answers, self._capacity = answers, capacity
        self._keys: set[str] = set()
        self.steps: list[Step] = []
        self.waiting: Step | None = None

    def __call__(
        self,
        page: type[P],
        *,
        of: str = "",
        beside: Mapping[str, Words] | None = None,
        start: Mapping[str, Kept] | None = None,
        note: Words | None = None,
    ) -> P:
        """Ask one page; `of` tells two askings of the same page apart.

        `start` proposes answers, as they are kept, for instance what an earlier answer already says; `note` stands
        above the questions instead of the page's own.
        """
        group = _group(page, of, beside)
        group = replace(group, start=start or {}, note=note or group.note)
        return page(**self._answered([group])[group.key])

    def each(self, page: type[P], items: Iterable[I]) -> dict[I, P]:
        """Ask the page about every item; several stand on one screen where they fit."""
        groups = {item: _group(page, item.key, None, str(item)) for item in items}
        answers = self._answered(list(groups.values()))
        return {item: page(**answers[group.key]) for item, group in groups.items()}

    def form(
        self,
        form: Questionnaire,
        *,
        beside: Mapping[str, Words] | None = None,
        start: Mapping[str, Kept] | None = None,
    ) -> dict[str, Any]:
        """Ask a questionnaire that is kept as data; the answers by question name."""
        group = Group(form.key, form.title, form.questions, form.note, beside or {}, start=start or {})
        return self._answered([group])[group.key]

    def forms(
        self,
        forms: Sequence[Questionnaire],
        *,
        beside: Mapping[str, Mapping[str, Words]] | None = None,
        start: Mapping[str, Mapping[str, Kept]] | None = None,
    ) -> dict[str, dict[str, Any]]:
        """Ask several questionnaires, more than one on a screen where they fit; all of these are by their keys."""
        shown, began = beside or {}, start or {}
        return self._answered(
            [
                Group(
                    one.key, one.title, one.questions, one.note, shown.get(one.key, {}), start=began.get(one.key, {}),
                    in_message=one.in_message,
                )
                for one in forms
            ]
        )  # fmt: skip

    def _answered(self, groups: Sequence[Group]) -> dict[str, dict[str, Any]]:
        for group in groups:
            if group.key in self._keys:
                raise ValueError(
                    f"{group.key} is asked twice: give one of them another name with of=, or use ask.each"
                )
            self._keys.add(group.key)
        for together in _screens(groups, self._capacity):
            full = all(
                is_answered(q, group.kept(self._answers)) for group in together for q in group.questions
            )
            self.steps.append(Step(together, full))
            if not full and self.waiting is None:
                self.waiting = self.steps[-1]
            if self.waiting is not None and len(self.steps) >= FARTHEST:
                raise RecursionError("the flow never ends")
        return {group.key: values_of(group.questions, group.kept(self._answers)) for group in groups}


def play(flow: Callable[[Ask, Any], Any], facts: object, answers: Answers, capacity: int) -> Played:
    """Play `flow` over `answers`; the same answers, in whatever order they came, give the same result.

    Behind the first unanswered step the flow is played on with empty answers, only to count what is ahead;
    what goes wrong there ends the counting.
    """
    ask = Ask(answers, max(1, capacity))
    result = None
    try:
        result = flow(ask, facts)
    except Exception:
        if ask.waiting is None:
            raise
    return Played(tuple(ask.steps), ask.waiting, None if ask.waiting else result)


def _group(page: type[Page], of: str, beside: Mapping[str, Words] | None, item: str = "") -> Group:
    suffix = f":{of}" if of else ""
    return Group(
        page.__name__ + suffix,
        page.title.fill(item=item) if item else page.title,
        page.questions,
        page.note,
        beside or {},
        page.was + suffix if page.was else None,
    )


def _screens(groups: Sequence[Group], capacity: int) -> Iterable[tuple[Group, ...]]:
    """Cut groups into screens of at most `capacity` questions; a group is split only if it can't fit alone."""
    screen: list[Group] = []
    for group in groups:
        for part in _parts(group, capacity):
            if screen and sum(len(g.questions) for g in screen) + len(part.questions) > capacity:
                yield tuple(screen)
                screen = []
            screen.append(part)
    if screen:
        yield tuple(screen)


def _parts(group: Group, capacity: int) -> Iterable[Group]:
    if len(group.questions) <= capacity:
        yield group
        return
    for start in range(0, len(group.questions), capacity):
        yield replace(group, questions=group.questions[start : start + capacity])
