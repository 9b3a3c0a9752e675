"""The report of strengths and gaps: how people are rated by dimension, by managers, themselves and others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flows.core.page import Question
from flows.core.refusal import Refusal
from flows.core.rounding import half_up
from flows.core.words import Words, same
from flows.cycle.template import Template
from flows.people.person import Person
from flows.reports.cells import COMPANY, Place
from flows.reports.records import ReportRecords
from flows.reports.report import WITHHELD, Asked, Bar, Bars, Cell, Report, ReportKind, Table
from flows.reports.results.released import Sums
from flows.reports.results.seen import Ground, Tally, by_group, ground_of, kinds_of, together, whole_of
from flows.reports.results.strengths_figures import COLUMNS, STRONGEST, TITLE, WEAKEST
from flows.results.gathering import counted
from flows.reviews.anonymity import is_averaged, steps_of

HUNDREDTH, HALF = Decimal("0.01"), Decimal("0.5")
NAMED, UNNAMED = ("manager", "self"), ("peer", "upward")
NO_QUESTION = Words(
    "The reviews of {name} ask for no ratings, so there are no strengths and gaps to report.",
    "“{name}”的评估没有评分题，无法统计优势与差距。",
)
PEOPLE_OF, SUM_OF = "people", "sum"


@dataclass(frozen=True, slots=True)
class Source:
    """Who rated: by question, the sums of the scope and of the company; None for what may not be shown."""

    here: Mapping[str, Tally | None]
    company: Mapping[str, Tally | None]

    def value(self, question: str, to: Decimal = HUNDREDTH) -> Cell:
        """The mean; None where the source does not ask for it or nobody answered."""
        if question not in self.here:
            return None
        return mean_of(self.here[question], to) or WITHHELD


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """One row for each dimension, with the company beside it."""
    cycle = asked.cycle
    assert cycle is not None  # noqa: S101 - the kind needs one
    every = dimensions(cycle.template)
    if not every:
        raise Refusal(NO_QUESTION, name=cycle.name)
    ground = ground_of(records, reader, cycle, asked.scope, now)
    sources = {kind: source(records, ground, asked, kind) for kind in (*NAMED, *UNNAMED)}
    questions = [one for one in every if any(one.name in some.here for some in sources.values())]
    marks = marks_of(questions, sources["manager"])
    rows = tuple(row(question, sources, marks.get(question.name)) for question in questions)
    return Report(
        TITLE,
        asked.scope.words + same(f" · {cycle.name}"),
        now,
        said(questions, marks),
        (Table(TITLE, COLUMNS, rows, ground.note()),),
        (bars(questions, sources["manager"]),),
    )


def dimensions(template: Template) -> list[Question]:
    """The ratings of all reviews, the manager's first; a question that several forms ask is one."""
    found: dict[str, Question] = {}
    for kind in (*NAMED, *UNNAMED):
        for question in asked_of(template, kind):
            found.setdefault(question.name, question)
    return list(found.values())


def asked_of(template: Template, kind: str) -> list[Question]:
    """The ratings that a form asks for and that its reviewee may read."""
    form = template.reviews.get(kind)
    return [one for one in counted(form) if steps_of(one)] if form else []


def source(records: ReportRecords, ground: Ground, asked: Asked, kind: str) -> Source:
    """The sums of one kind of review, of its last phase."""
    template = ground.cycle.template
    form = template.reviews.get(kind)
    phases = [phase.name for phase in template.phases if phase.review == kind]
    questions = asked_of(template, kind)
    if form is None or not phases or not questions:
        return Source({}, {})
    number, kept = ground.cycle.id, records.reports.results
    if form.anonymous:
        questions = [one for one in questions if is_averaged(one)]
        sums = kept.published(number, phases[-1], [one.name for one in questions])
    elif kind in NAMED:
        steps = {one.name: [str(step) for step in steps_of(one)] for one in questions}
        sums = kept.reviewed(number, phases[-1], kind, steps)
    else:
        return Source({}, {})
    found = {one.name: shown(ground, asked, sums, one.name) for one in questions}
    return Source(
        {name: here for name, (here, _) in found.items()}, {name: all_ for name, (_, all_) in found.items()}
    )


def shown(
    ground: Ground, asked: Asked, sums: Iterable[tuple[Place, Sums]], question: str
) -> tuple[Tally | None, Tally | None]:
    """How many have a value and its sum, in the scope and in the company; None for what may not be shown."""
    tallies = {
        place: Counter({PEOPLE_OF: found[question][0], SUM_OF: found[question][1]})
        for place, found in sums
        if found[question][0]
    }
    seen = ground.seen({place: tally[PEOPLE_OF] for place, tally in tallies.items()})
    groups = by_group(tallies, {None, *kinds_of(asked)})
    return together(groups, whole_of(ground, asked), seen), groups[COMPANY] if COMPANY in seen else None


def mean_of(tally: Tally | None, to: Decimal) -> Decimal | None:
    """The mean of the values, which are kept in hundredths, rounded half up to a multiple of `to`."""
    if not tally or not tally[PEOPLE_OF]:
        return None
    return half_up(Decimal(tally[SUM_OF]) / tally[PEOPLE_OF] / 100 / to, Decimal(1)) * to


def row(question: Question, sources: Mapping[str, Source], mark: Words | None) -> tuple[Cell, ...]:
    """One dimension's figures."""
    managers = sources["manager"]
    here = managers.here.get(question.name)
    own, company = mean_of(here, HUNDREDTH), mean_of(managers.company.get(question.name), HUNDREDTH)
    people: Cell = None
    against: Cell = None
    if question.name in managers.here:
        people = here[PEOPLE_OF] if here else WITHHELD
        against = WITHHELD if own is None or company is None else own - company
    return (
        question.words, steps_of(question)[-1], people, managers.value(question.name), against,
        sources["self"].value(question.name), sources["peer"].value(question.name, HALF),
        sources["upward"].value(question.name, HALF), mark,
    )  # fmt: skip


def marks_of(questions: Sequence[Question], managers: Source) -> Mapping[str, Words]:
    """Which dimension is the strongest, and which the weakest; none where they are all alike."""
    shares = shares_of(questions, managers)
    if len(set(shares.values())) < 2:
        return {}
    low, high = min(shares.values()), max(shares.values())
    return {
        name: STRONGEST if share == high else WEAKEST
        for name, share in shares.items()
        if share in (low, high)
    }


def shares_of(questions: Sequence[Question], managers: Source) -> dict[str, Decimal]:
    """The managers' means as shares of each scale, of 0 to 1, by question."""
    found = {}
    for question in questions:
        value, steps = mean_of(managers.here.get(question.name), HUNDREDTH), steps_of(question)
        if value is not None and steps[-1] > steps[0]:
            found[question.name] = (value - steps[0]) / (steps[-1] - steps[0])
    return found


def said(questions: Sequence[Question], marks: Mapping[str, Words]) -> Words:
    """What is strongest and what is weakest."""
    titles = {
        kind: [question.words for question in questions if marks.get(question.name) is kind]
        for kind in (STRONGEST, WEAKEST)
    }
    if not titles[STRONGEST]:
        return Words("No dimension stands out.", "没有特别突出的维度。")
    return Words("Strongest: {high}. Weakest: {low}.", "最强：{high}。最弱：{low}。").fill(
        high=titles[STRONGEST][0], low=titles[WEAKEST][0]
    )


def bars(questions: Sequence[Question], managers: Source) -> Bars:
    """The managers' means by dimension, as shares of each scale, with the company's as the mark."""
    hundred = Decimal(100)
    here = shares_of(questions, managers)
    company = shares_of(questions, Source(managers.company, managers.company))
    known = [question for question in questions if question.name in here]
    return Bars(
        TITLE,
        tuple(
            Bar(
                one.words, half_up(here[one.name] * hundred, Decimal(1)),
                same(f"{mean_of(managers.here[one.name], HUNDREDTH)}/{steps_of(one)[-1]}"),
                half_up(company[one.name] * hundred, Decimal(1)) if one.name in company else None,
            )
            for one in known
        ),
        hundred,
        Words("The company", "全公司"),
    )  # fmt: skip


STRENGTHS = ReportKind(
    "strengths",
    TITLE,
    Words("In what are people strong, and where are gaps?", "大家强在哪里，差距在哪里？"),
    COLUMNS,
    make,
    needs_cycle=True,
    of_results=True,
)
