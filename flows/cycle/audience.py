"""Who is meant by a cycle or a broadcast: its pages, the answers to begin with, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flows.core.kinds import Choice, Choices, People
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.words import Words, count, join, same
from flows.cycle.kept import Audience
from flows.people.person import Person

EVERYONE, DEPARTMENTS, LEVELS, PEOPLE = "everyone", "departments", "levels", "people"
WHO = Words("Who is meant?", "面向哪些人？")


@dataclass(frozen=True, slots=True)
class Groups:
    """What somebody may choose from: `scope` holds the departments of an HR partner, None is the whole company."""

    departments: tuple[str, ...]
    levels: tuple[str, ...]
    scope: frozenset[str] | None = None

    @property
    def open_departments(self) -> tuple[str, ...]:
        """The departments that may be named."""
        return tuple(name for name in self.departments if self.scope is None or name in self.scope)


class Directory(Protocol):
    """Where departments, levels and people are looked up."""

    def departments(self) -> list[str]: ...
    def levels(self) -> list[str]: ...
    def many(self, people: Any) -> list[Person]: ...


def groups_for(people: Directory, actor: Person) -> Groups:
    """What the actor may choose from."""
    return Groups(tuple(people.departments()), tuple(people.levels()), actor.hr_scope)


def ask_audience(ask: Ask, groups: Groups) -> Audience:
    """Ask who is meant, who exactly, and who is left out."""
    kind = ask.form(who_page(groups))["audience"] or EVERYONE
    exactly = exactly_page(kind, groups)
    chosen = ask.form(exactly) if exactly else {}
    without = ask.form(WITHOUT)["without"] or ()
    return audience_from({"audience": kind, **chosen, "without": without}, groups)


def audience_from(answers: Mapping[str, Any], groups: Groups) -> Audience:
    """The audience that the pages' answers mean; an HR partner's "everyone" are their own departments."""
    kind = answers.get("audience", EVERYONE)
    departments = tuple(answers.get(DEPARTMENTS) or ())
    if groups.scope is not None and kind in (EVERYONE, LEVELS):
        departments = tuple(sorted(groups.scope))
    return Audience(
        departments,
        tuple(answers.get(LEVELS) or ()),
        tuple(answers.get(PEOPLE) or answers.get("also") or ()),
        tuple(answers.get("without") or ()),
    )


def audience_answers(audience: Audience) -> Answers:
    """The pages' answers for an audience as it is kept, to begin a change with."""
    kind = EVERYONE
    page: dict[str, Any] = {}
    if audience.departments:
        kind = DEPARTMENTS
        page = {DEPARTMENTS: list(audience.departments), LEVELS: list(audience.levels) or None}
        page["also"] = list(audience.people) or None
    elif audience.levels:
        kind, page = LEVELS, {LEVELS: list(audience.levels), "also": list(audience.people) or None}
    elif audience.people:
        kind, page = PEOPLE, {PEOPLE: list(audience.people)}
    answers: dict[str, dict[str, Any]] = {
        "audience": {"audience": kind},
        "without": {"without": list(audience.without) or None},
    }
    return {**answers, f"audience-{kind}": page} if page else answers


def who_page(groups: Groups) -> Questionnaire:
    """The kind of audience."""
    everyone = Words("Everyone in the directory", "通讯录中的所有人")
    if groups.scope is not None:
        everyone = Words("Everyone in {names}", "{names}的所有人").fill(
            names=join(same(name) for name in sorted(groups.scope))
        )
    kinds = {EVERYONE: everyone}
    if groups.open_departments:
        kinds[DEPARTMENTS] = Words("Some departments", "部分部门")
    if groups.levels:
        kinds[LEVELS] = Words("Some levels", "部分职级")
    kinds[PEOPLE] = Words("People by name", "指定的人")
    options = tuple(Option(key, words) for key, words in kinds.items())
    return Questionnaire("audience", WHO, (Question("audience", WHO, Choice(options)),))


def exactly_page(kind: str, groups: Groups) -> Questionnaire | None:
    """Which departments, levels or people; nothing to ask for everyone."""
    levels = tuple(Option(name, same(name)) for name in groups.levels)
    also = Question("also", Words("These people besides", "另外加上这些人"), People(), optional=True)
    if kind == DEPARTMENTS:
        options = tuple(Option(name, same(name)) for name in groups.open_departments)
        asks = [Question(DEPARTMENTS, Words("Which departments?", "哪些部门？"), Choices(options, least=1))]
        if levels:
            only = Words("Only these levels (empty: all)", "仅限这些职级（留空为全部）")
            asks.append(Question(LEVELS, only, Choices(levels), optional=True))
        asks.append(also)
    elif kind == LEVELS:
        asks = [Question(LEVELS, Words("Which levels?", "哪些职级？"), Choices(levels, least=1)), also]
    elif kind == PEOPLE:
        asks = [Question(PEOPLE, Words("Who?", "哪些人？"), People(least=1))]
    else:
        return None
    return Questionnaire(f"audience-{kind}", Words("Who exactly?", "具体是谁？"), tuple(asks))


WITHOUT = Questionnaire(
    "without",
    Words("Who is left out?", "排除谁？"),
    (Question("without", Words("Leave these people out", "不包括这些人"), People(), optional=True),),
)


def refuse_beyond(people: Directory, actor: Person, audience: Audience) -> None:
    """Refuse an audience that reaches beyond an HR partner's departments, naming what is beyond."""
    scope = actor.hr_scope
    if scope is None:
        return
    beyond = [name for name in audience.departments if name not in scope]
    beyond += [person.name for person in people.many(audience.people) if person.department not in scope]
    if not audience.departments and not (audience.people and not audience.levels):
        beyond.append("*")
    if beyond:
        raise Refusal(
            Words(
                "You look after {mine}, and this reaches beyond: {beyond}. Leave that out, or ask an HR admin.",
                "你负责的是{mine}，这超出了范围：{beyond}。请去掉，或请 HR 管理员操作。",
            ).fill(
                mine=join(same(name) for name in sorted(scope)),
                beyond=join(EVERYBODY if name == "*" else same(name) for name in beyond),
            )
        )


EVERYBODY = Words("everyone in the company", "公司所有人")


def told_audience(audience: Audience, people: Directory) -> Words:
    """The audience in one line: "Sales, Engineering · L3 · without Mei"."""
    parts = []
    if audience.departments:
        parts.append(join(same(name) for name in audience.departments))
    if audience.levels:
        parts.append(join(same(name) for name in audience.levels))
    if audience.people:
        parts.append(_names(people, audience.people))
    told = join(parts or [EVERYBODY], " · ", " · ")
    if audience.without:
        told += Words(" · without {names}", " · 不包括{names}").fill(names=_names(people, audience.without))
    return told


def _names(people: Directory, ids: tuple[int, ...]) -> Words:
    """A few names; of many, how many."""
    if len(ids) > 8:
        return count(len(ids), "{n} person", "{n} people", "{n} 人")
    return join(same(person.name) for person in people.many(ids))
