"""Whoever wrote about colleagues looks at it once more: only the author of a comment finds what HR asks about it.

Everybody who was asked gets the same notice and opens the same form, so that neither shows who is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.core.catalog import flow, notice
from flows.core.desk import NotThere
from flows.core.kinds import Choice
from flows.core.owed import Notice
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, same
from flows.cycle.owing import parts_of, whole
from flows.cycle.people.joiners import is_repeated
from flows.cycle.records import Cycle
from flows.cycle.template import Phase
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.records import ResultRecords
from flows.reviews.anonymity import comment as shown
from flows.reviews.gathering import anonymous_phases
from flows.reviews.owed import KIND
from flows.reviews.records import Flag
from flows.reviews.wording.deciding import LOOK, REWORD


@dataclass(frozen=True, slots=True)
class Mark:
    """One's own comment that HR asks to put in other words."""

    flag: Flag
    about: Person
    question: Question
    text: str

    @property
    def key(self) -> str:
        return f"comment-{self.flag.id}"


@dataclass(frozen=True, slots=True)
class Look:
    """What was written in one phase, as far as HR has marked it."""

    cycle: Cycle
    phase: Phase
    marks: tuple[Mark, ...]


def place(records: ResultRecords, subject: str) -> tuple[Cycle, Phase] | None:
    """The cycle and the phase that "cycle/phase" names, where people write without a name."""
    parts = parts_of(subject, 2)
    cycle = records.cycles.get(whole(parts[0])) if parts else None
    phases = anonymous_phases(cycle) if cycle else []
    phase = next((phase for phase in phases if parts and phase.name == parts[1]), None)
    return (cycle, phase) if cycle and phase else None


def asked(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """Everybody who was asked in the phase may look, whether or not they wrote anything."""
    found = place(records, about[0]) if about else None
    if found is None or not records.tasks.of_round(KIND, found[0].id, found[1].name, [actor.id]):
        return None
    return Thing("review", actor)


def looking(records: ResultRecords, actor: Person, subject: str, _now: datetime) -> Look:
    """One's own comments that are marked; most who look have none."""
    found = place(records, subject)
    if found is None:
        raise NotThere
    cycle, phase = found
    if cycle.state != "live" or records.pens.is_sealed(cycle.id):
        raise Refusal(
            "The results of {name} are released, or it is closed: comments can't be changed any more. "
            "You need not do anything.",
            "“{name}”已发布结果或已关闭，评语不能再修改，你无需操作。",
            name=cycle.name,
        )
    flags = {flag.id: flag for flag in records.flags.of_cycle(cycle.id) if flag.state == REWORD}
    return Look(cycle, phase, tuple(marks(records, actor, cycle, phase, flags)) if flags else ())


def marks(
    records: ResultRecords, actor: Person, cycle: Cycle, phase: Phase, flags: Mapping[str, Flag]
) -> list[Mark]:
    """The actor's own comments among those that are flagged."""
    form, found = cycle.template.reviews[phase.review or "peer"], []
    marked = {(flag.about, flag.question) for flag in flags.values()}
    for task in records.tasks.of_round(KIND, cycle.id, phase.name, [actor.id]):
        for question in form.questions:
            if (task.about, question.name) not in marked:
                continue
            name = records.pens.own_comment(cycle.id, phase.name, actor.id, task.about, question.name)
            answers = records.pens.mine(cycle.id, phase.name, actor.id, task.about) if name in flags else None
            person = records.people.get(task.about)
            if answers is not None and person is not None:
                found.append(Mark(flags[name], person, question, shown(question, answers)))
    return found


def look_again(ask: Ask, known: Look) -> Mapping[str, Any]:
    """Each marked comment with HR's reason; who has none says that they have looked, on as many screens as the others."""
    forms = [
        Questionnaire(
            mark.key, mark.question.words, (replace(mark.question, optional=True, hint=None),),
            note=WHY.fill(name=mark.about.name, why=mark.flag.why),
        )
        for mark in known.marks
    ]  # fmt: skip
    seen = Question(
        "seen", Words("Have you looked?", "已查看？"), Choice((Option("yes", Words("Yes", "是")),))
    )
    forms.append(Questionnaire("seen", known.phase.title, (seen,), note=SOME if known.marks else NOTHING))
    said = ask.forms(forms, start={mark.key: {mark.question.name: mark.text} for mark in known.marks})
    return {mark.flag.id: said[mark.key][mark.question.name] for mark in known.marks}


WHY = Words(
    "About {name}. HR asks for other words: “{why}” HR does not know that this is yours. What is not changed before "
    "the release is not shown; empty it to take it back.",
    "关于{name}。HR 希望换一种说法：“{why}”HR 不知道这是你写的。发布前未修改的内容不会显示；清空即可撤回。",
)
NOTHING = Words("Nothing of yours is marked. Nothing is to be done.", "你的评语没有被标记，无需操作。")
SOME = Words(
    "That was all. Nobody is told whether you changed anything.", "以上就是全部。没有人会知道你是否做了修改。"
)


def keep(
    records: ResultRecords, actor: Person, subject: str, said: Mapping[str, Any], now: datetime
) -> Words:
    """Keep what was put in other words; what stayed as it was stays marked."""
    known = looking(records, actor, subject, now)
    for mark in known.marks:
        text, flag = said.get(mark.flag.id, mark.text), mark.flag
        if flag.id not in said or (text or "") == mark.text:
            continue
        mine = records.pens.mine(flag.cycle, flag.phase, actor.id, flag.about) or {}
        records.pens.keep(flag.cycle, flag.phase, actor.id, flag.about, {**mine, flag.question: text})
        records.flags.save(replace(flag, state="reworded"))
    return Words("Thank you for looking.", "感谢查看。")


look_once_more = flow(
    "comments-look", Words("Your comments", "你的评语"), may=("review", "write"), of=asked, facts=looking, keep=keep,
    sealed=lambda known: known.cycle.id, again=True,
)(look_again)  # fmt: skip


@notice(LOOK)
def look_notice(records: ResultRecords, one: Notice, now: datetime) -> list[Element] | None:
    """The same to everybody who was asked about somebody; it names nobody."""
    subject = f"{one.about['cycle']}/{one.about['phase']}"
    found = place(records, subject)
    if (
        found is None
        or found[0].state != "live"
        or records.pens.is_sealed(found[0].id)
        or is_repeated(records, one, now)
    ):
        return None
    cycle, phase = found
    words = Words(
        "HR asks everybody who was asked in “{phase}” to look at their comments once more. Where nothing is marked, "
        "nothing is to be done.",
        "HR 请“{phase}”中的所有评估人再看一次自己的评语。没有标记的，无需操作。",
    ).fill(phase=phase.title + same(f" · {cycle.name}"))
    return [Line(words), Buttons((Button(Words("Look", "查看"), Act("open", ("comments-look", subject))),))]
