"""`/score`: my people with how far each review is, ways into one form or one question side by side, and one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.keeping import Outrun
from flows.core.kinds import Rating
from flows.core.page import Question
from flows.core.progress import way_in
from flows.core.refusal import Refusal
from flows.core.said import Kept
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Quote, Row, Screen
from flows.core.sitting import reader_of
from flows.core.words import Words, join, same
from flows.cycle.owing import until_words
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.computing import rules_in
from flows.results.gathering import gather
from flows.results.inputs import GOALS
from flows.results.rating import rating_words
from flows.reviews.evidence import DiaryRecords
from flows.reviews.owed import Asked, named, subject_of
from flows.reviews.scoring.drafts import look, mine, put, send
from flows.reviews.scoring.example import how_to_type
from flows.reviews.scoring.final import answers_for
from flows.reviews.scoring.lines import Line as Typed
from flows.reviews.scoring.lines import read_line, read_whom
from flows.reviews.scoring.whom import finder, own_people, to_copy, writable_of
from flows.reviews.shown import state_of
from flows.reviews.writing import FORM, hints_of, write_review

TITLE = Words("Scoring", "评分")
REFUSED = Words("Not recorded", "未记录")
MOST_TABLES = 5  # questions that are offered for everybody at once
COPY = Words(
    "Nothing of this line was recorded. You can copy it, and type it again:",
    "这一行没有记录任何内容。可以复制后重新输入：",
)
ELSEWHERE = Words(
    "This review was changed somewhere else at the same moment. Please type the line again.",
    "这份评估刚刚在别处被修改了，请重新输入。",
)
MISSING = Words("Still missing, so nothing is sent yet:", "还缺少以下内容，尚未提交：")
SENT = Words("Nothing is missing: the review is sent. ", "内容完整，评估已提交。")
UNSENT = Words(
    "Nothing is missing, but the review is not sent yet. Please open the form, look through it and send it.",
    "内容完整，但评估尚未提交。请打开表单，检查后提交。",
)
SIDE = Words("Side by side", "并排评分")
NOBODY = Words(
    "There is nobody for you to score at the moment: no manager's review of yours is open. You will be told when one is.",
    "目前没有需要你评分的人员：没有由你填写的上级评估。到时会通知你。",
)


def own_list(_records: DiaryRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """Whom somebody scores is looked up from their own tasks, whatever is typed or pressed."""
    return Thing("review_list", actor)


@deed("score", may=("review_list", "read"), of=own_list, command="score",
      help=Words("managers: score your people, in a form or in one line", "上级：为下属评分"))  # fmt: skip
def score(records: DiaryRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """Nothing typed: the list. Somebody: their form. Something about somebody: it is recorded, and shown."""
    if not any(about) or not about[0].strip():
        return Act("see", ("score-list",))
    own = own_people(records, actor, now)
    line = about[0]
    try:
        person, said = read_whom(line, finder(records, actor, own, now))
        asked = writable_of(records, actor, own, person, now)
        subject = subject_of(asked.owed.task)
        typed = read_line(said, asked.form.questions)
        if typed.is_empty:
            return Act("open", (write_review.name, subject))
        filled = put(records, actor, asked, understood(records, actor, asked, typed, now), now)
    except Refusal as no:
        words = ELSEWHERE if isinstance(no, Outrun) else no.words
        return Act("see", ("score-refused", to_copy(line, own), words.en, words.zh))
    if not filled.missing:
        send(records, actor, filled, now)
    return Act("see", ("score-said", subject))


@view("score-refused", may=("review_list", "read"), of=own_list)
def score_refused(_records: DiaryRecords, _actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """A no to a line, and the line to be copied: it is kept nowhere, and stands in no place that is read back."""
    line, en, zh = (*about, "", "", "")[:3]
    return Screen(REFUSED, (Line(Words(en, zh)), Note(COPY), Quote(f"/score {line}")))


def understood(
    records: DiaryRecords, actor: Person, asked: Asked, line: Typed, now: datetime
) -> Mapping[str, Mapping[str, Kept]]:
    """What the line says as answers of the form. Refuses the whole line where any part of it is not understood."""
    reader = reader_of(records, actor, now)
    questions = {question.name: question for question in asked.form.questions}
    answers: dict[str, dict[str, Kept]] = {}
    for name, value in line.values.items():
        if name in questions:
            try:
                answers.setdefault(FORM, {})[name] = questions[name].kind.understand(value, reader)
            except Refusal as no:
                raise Refusal(same(f"{name}: ") + no.words) from None
    rest = {name: value for name, value in line.values.items() if name not in questions}
    found = records.conversations.find(write_review.name, actor.id, subject_of(asked.owed.task))
    draft = found.answers if found else {}
    for page, kept in answers_for(records, asked, line, rest, draft, reader, now).items():
        answers.setdefault(page, {}).update(kept)
    return answers


@view("score-list", may=("review_list", "read"), of=own_list)
def score_list(records: DiaryRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """My people by phase, with the state of each review, and each rating question to be answered side by side."""
    body: list[Element] = []
    people = sorted(mine(records, actor, now), key=lambda one: (one.owed.cycle.id, one.owed.phase.name))
    for _, group in groupby(people, key=lambda one: (one.owed.cycle.id, one.owed.phase.name)):
        team = sorted(group, key=lambda one: (one.owed.task.state == "done", one.about.name))
        body += by_person(records, actor, team, now)
        ratings = [question for question in team[0].form.questions if isinstance(question.kind, Rating)]
        body += by_question(team, ratings[:MOST_TABLES]) if len(team) > 1 else []
        if any(now < one.owed.task.until for one in team):
            body += how_to_type(
                team[0].owed.cycle.template, team[0].form, asks_goals=asks_goals(records, team, now)
            )
    return Screen(TITLE, tuple(body) or (Line(NOBODY),), place=Act("see", ("score-list",)))


def asks_goals(records: DiaryRecords, team: Sequence[Asked], now: datetime) -> bool:
    """Whether the goals of one of them or more count as they are typed: they count, and no data say them."""
    cycle, people = team[0].owed.cycle, [asked.about.id for asked in team]
    if GOALS not in rules_in(cycle.template)[2]:
        return False
    known = gather(records, cycle, [GOALS], people, now).values()
    return any(one.value is None or "typed" in one.source for several in known for one in several)


def by_person(
    records: DiaryRecords, actor: Person, team: Sequence[Asked], now: datetime
) -> Iterator[Element]:
    """Each of a phase's people with the state of the review, and the rating that the actor has set."""
    cycle = team[0].owed.cycle
    rated = {
        one.person: one.rating
        for one in records.ledger.given(cycle.id, [asked.about.id for asked in team])
        if one.kind == "manager" and one.by == actor.id
    }
    done = sum(one.owed.task.state == "done" for one in team)
    yield Heading(team[0].owed.title)
    yield Line(Words("{n} of {m} done", "已完成 {n}/{m}").fill(n=done, m=len(team)))
    for asked in team:
        subject = subject_of(asked.owed.task)
        label = way_in(records, actor, write_review, subject, now)
        state = state_of(records, asked, actor, now)
        if asked.owed.task.state == "done" and (rating := rated.get(asked.about.id)):
            state += same(" · ") + rating_words(cycle.template, rating)
        yield Row(state, Button(label, Act("open", (write_review.name, subject))), same(asked.about.name))


def by_question(team: Sequence[Asked], questions: Sequence[Question]) -> Iterator[Element]:
    """Each question with the way to all people side by side."""
    owed = team[0].owed
    for question in questions:
        act = Act("open", ("score-table", f"{owed.cycle.id}/{owed.phase.name}/{question.name}"))
        words = Words("for all {n} people on one screen", "同屏为全部 {n} 人评分").fill(n=len(team))
        yield Row(words, Button(SIDE, act), question.words)


def my_review(records: DiaryRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A manager's review that the actor writes now."""
    asked = named(records, actor, about[0])
    return Thing("review_list", actor) if asked and asked.form.kind == "manager" else None


@view("score-said", may=("review_list", "read"), of=my_review)
def score_said(records: DiaryRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """What is recorded about somebody, what is missing, whether it is sent, and what is worth a second look."""
    asked = named(records, actor, about[0])
    if asked is None:
        raise NotThere
    filled, reader = look(records, actor, asked, now), reader_of(records, actor, now)
    recorded = [
        (question.words, question.kind.tell(kept, reader))
        for step in filled.played.steps
        for group in step.groups
        for question in group.questions
        if (kept := group.kept(filled.answers).get(question.name)) is not None
    ]
    body: list[Element] = [Heading(asked.title)]
    if recorded:
        body += [Line(Words("Recorded:", "已记录：")), Facts(tuple(recorded))]
    if filled.missing:
        listed = join((question.words for question in filled.missing), "\n• ", "\n• ")
        body.append(Line(MISSING + same("\n• ") + listed))
    elif filled.sent:
        body.append(Line(SENT + until_words(asked.owed.task, actor)))
    else:
        body.append(Line(UNSENT))
    body += [Line(hint) for hint in hints_of(filled.known, filled.answers.get(FORM, {}))]
    button = Button(Words("Open the form", "打开表单"), Act("open", (write_review.name, about[0])), "primary")
    final = filled.known.final
    body += [
        Buttons((button,)),
        *how_to_type(asked.owed.cycle.template, asked.form, asks_goals=bool(final and final.asks_goals)),
    ]
    return Screen(TITLE, tuple(body), place=Act("see", ("score-said", about[0])))
