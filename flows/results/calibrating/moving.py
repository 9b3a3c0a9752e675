"""Changing one person's rating in a session: with a reason, as a further version of their result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import Named, flow
from flows.core.desk import NotThere
from flows.core.kinds import Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.calibrating.rights import Table, named, refuse_final, row_of, table_of
from flows.results.calibrating.seats import Row
from flows.results.computing import rate
from flows.results.rating import rating_question, rating_words
from flows.results.records import ResultRecords
from flows.results.scale import rating_of
from flows.results.stages import thing_about

MOVE = Words("Change the rating", "调整评级")
WHICH = Words("Which rating?", "调整为")
WHY = Words("Why?", "调整原因")
READERS = Words(
    "Those who take part in this session read it, with your name; the change stays in the history of the result. "
    "The person it is about does not read the reason.",
    "参与本次校准的人可以看到，并显示你的姓名；调整会保留在结果的历史版本中。被评估人看不到调整原因。",
)


@dataclass(frozen=True, slots=True)
class Moving:
    """Whose rating is changed, as it stands now; `by` names whoever set it last."""

    table: Table
    row: Row
    by: str

    @property
    def version(self) -> int:
        """The number of the version that is changed; 0 where nobody has set a rating yet."""
        return self.row.last.version if self.row.last else 0


@dataclass(frozen=True, slots=True)
class Move:
    """What is wanted: another rating than that of `version`, and why."""

    version: int
    rating: str
    why: str


def whose_row(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Named:
    """The rating that "7/12" names: of person 12, if they have a seat in session 7."""
    session, number = named(records, about), whole(about[0].partition("/")[2])
    cycle = records.cycles.get(session.cycle) if session else None
    person = records.people.get(number) if number else None
    seated = records.sessions.of_person(cycle.id, person.id) if cycle and person else None
    if session is None or cycle is None or person is None or seated is None or seated.id != session.id:
        return None

    def at(now: datetime) -> Thing | None:
        return thing_about(records, actor, "score_calibrated", cycle, person, now)

    return at


def moving(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Moving:
    """The row as it stands; refuses in a locked session."""
    table = table_of(records, actor, (subject,), now)
    row = row_of(table, whole(subject.partition("/")[2]))
    refuse_final(table.session)
    who = records.people.get(row.last.by) if row.last and row.last.by else None
    return Moving(table, row, who.name if who else "")


def now_words(its: Moving) -> Words:
    """What the rating is, who set it and why: also for whoever had typed while somebody else changed it."""
    words = Words("Now: ", "当前：") + rating_words(its.table.cycle.template, its.row.rating)
    if its.by:
        words += Words(", by {who}", "，由{who}设定").fill(who=its.by)
    if its.row.last and its.row.last.why:
        words += Words(". The reason: ", "。原因：") + same(its.row.last.why)
    return words


def steps(ask: Ask, its: Moving) -> Move:
    """The rating and the reason on one screen.

    The rating is asked anew for each version, so that nobody sends a change of what somebody else has just changed;
    the reason stays as it was typed.
    """
    name = same(its.row.person.name)
    rating = Questionnaire(
        f"rating-{its.version}", name, (rating_question(its.table.cycle.template, WHICH),), now_words(its)
    )
    why = Questionnaire("why", WHY, (Question("why", WHY, Text(4, 1000)),))
    answers = ask.forms((rating, why))
    return Move(its.version, str(answers[rating.key]["rating"] or ""), answers["why"]["why"] or "")


def keep(records: ResultRecords, actor: Person, subject: str, move: Move, now: datetime) -> Words:
    """Add the version; refuses what changes nothing, and where somebody else was faster."""
    session = named(records, (subject,))
    if session is None or records.sessions.lock(session.id) is None:
        raise NotThere
    its = moving(records, actor, subject, now)  # as it stands now that nobody else changes it
    template, name = its.table.cycle.template, same(its.row.person.name)
    rating = rating_of(template, move.rating)
    if its.version != move.version:
        raise Refusal(
            Words(
                "Somebody else has just changed the rating of {name}. {now}. Send it again if you still want yours.",
                "{name}的评级刚刚被他人调整。{now}。如仍需调整，请再次提交。",
            ).fill(name=name, now=now_words(its))
        )
    if its.row.rating == rating:
        raise Refusal(
            "{name} has this rating already. Choose another one, or leave it as it is.",
            "{name}已经是该评级。请选择其他评级，或保持不变。", name=name,
        )  # fmt: skip
    version = rate(records, its.table.cycle, its.row.person.id, "calibrated", rating, move.why, actor, now)
    detail = {"session": session.id, "version": version.version}
    records.audit.note(now, actor.id, "calibration.move", f"cycle/{version.cycle}/{version.person}", detail)
    return Words("{name}: {before} → {now}.", "{name}：{before} → {now}。").fill(
        name=name,
        before=rating_words(template, its.row.rating),
        now=rating_words(template, rating),
    )


change_rating = flow(
    "calibration-move", MOVE, may=("score_calibrated", "create"), of=whose_row, facts=moving, keep=keep,
    readers=lambda _its: READERS, again=True,
)(steps)  # fmt: skip
