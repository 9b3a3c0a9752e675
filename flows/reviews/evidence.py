"""The diary of evidence about a person: what was noted in the period that a review looks back on, from every source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import groupby
from typing import Protocol

from dateutil.relativedelta import relativedelta

from flows.checkins.records import CheckinRecords
from flows.checkins.rounds import name_of_round
from flows.coaching.evidence_records import EvidenceRecords
from flows.coaching.feedback_list import in_lines, readable
from flows.coaching.feedback_records import FeedbackRecords
from flows.coaching.praised import tags
from flows.core.words import Words, join, same
from flows.cycle.calendar import DAY, local_day
from flows.cycle.phase import window_of
from flows.cycle.records import Cycle
from flows.goals.kept import Goal, Reading
from flows.goals.measure.span import MONTHS
from flows.goals.measure.standing import readings_of
from flows.goals.measure.value import begun, gather_of
from flows.goals.progress.recording import told_value
from flows.goals.reviewed import reviewed_goals, sets_goals
from flows.goals.tree.dividing import in_places
from flows.people.person import Person
from flows.plans.training_kept import TrainingRecords
from flows.results.records import ResultRecords

MOST_CHECKINS = 120  # two years of weeks
HALF = 15  # days of a month within the period, from which on it should have something noted


class DiaryRecords(
    CheckinRecords, EvidenceRecords, FeedbackRecords, ResultRecords, TrainingRecords, Protocol
):
    """Everything that the diary is drawn from, and what says who may open it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was noted, on a local day of the person it is about; `text` is in somebody's own words."""

    day: date
    words: Words
    text: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """Whose diary it is on which local day, and the period that the cycle's reviews look back on, both days included."""

    person: Person
    cycle: Cycle
    first: date
    last: date
    today: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in the period, or after it: what came while reviews are written is noted, too."""
        return day >= self.first


Source = Callable[[DiaryRecords, Looking, Sequence[Goal]], Iterator[Entry]]


def looking(cycle: Cycle, person: Person, now: datetime) -> Looking:
    """A cycle that begins with goals is looked back on from its first day; one of reviews alone, by its length before."""
    reviews = [window_of(cycle, phase).opens for phase in cycle.template.phases if phase.work == "review"]
    end = min(reviews, default=cycle.first)
    first = cycle.first
    if not sets_goals(cycle):
        first = end - relativedelta(months=MONTHS[cycle.template.period])
    today = local_day(now, person.zone)
    return Looking(person, cycle, first, max(first, min(end - DAY, today)), today)


def entries(records: DiaryRecords, about: Looking, private: Iterable[Entry] = ()) -> list[Entry]:
    """Everything noted, by day, with what is `private` to whoever looks."""
    goals = reviewed_goals(records, about.cycle, [about.person.id])
    found = [*private, *(entry for source in SOURCES for entry in source(records, about, goals))]
    return sorted((entry for entry in found if about.holds(entry.day)), key=lambda entry: entry.day)


def months_of(about: Looking) -> list[date]:
    """The first days of the months that lie in the period by half or more."""
    found, month = [], about.first.replace(day=1)
    while month <= about.last:
        following = month + relativedelta(months=1)
        if (min(about.last + DAY, following) - max(about.first, month)).days >= HALF:
            found.append(month)
        month = following
    return found


def empty_months(about: Looking, noted: Sequence[Entry]) -> list[date]:
    """The months of the period in which nothing was noted."""
    known = {entry.day.replace(day=1) for entry in noted}
    return [month for month in months_of(about) if month not in known]


def month_words(months: Sequence[date], *, year: bool = False) -> Words:
    """Months by name, three and more in a row as a span; with their `year` where the name alone could mean two."""
    named = [
        words
        for run in runs(months)
        for words in (
            [month_name(run[0], year) + Words(" to ", "至") + month_name(run[-1], year)]
            if len(run) > 2
            else [month_name(month, year) for month in run]
        )
    ]
    return join(named[:-1]) + Words(" and ", "和") + named[-1] if len(named) > 1 else join(named)


def runs(months: Sequence[date]) -> list[list[date]]:
    """First days of months in runs of such as follow each other."""
    found: list[list[date]] = []
    for month in months:
        if found and month == found[-1][-1] + relativedelta(months=1):
            found[-1].append(month)
        else:
            found.append([month])
    return found


def month_name(month: date, year: bool) -> Words:
    return Words(
        f"{month:%B} {month.year}" if year else f"{month:%B}",
        f"{month.year}年{month.month}月" if year else f"{month.month}月",
    )


def told(about: Looking, noted: Sequence[Entry]) -> Words:
    """In one line, for whoever writes: which months have nothing."""
    if not noted:
        return Words("Nothing is noted about this period.", "这一时期没有任何记录。")
    empty = empty_months(about, noted)
    if not empty:
        return Words("Something is noted for every month.", "每个月都有记录。")
    months = month_words(empty, year=about.first.year != about.last.year)
    return Words("Nothing is noted for {months}.", "{months}没有任何记录。").fill(months=months)


def checkins(records: DiaryRecords, about: Looking, _goals: Sequence[Goal]) -> Iterator[Entry]:
    """What they reported as done, week by week."""
    for checkin in records.checkins.latest(about.person.id, MOST_CHECKINS):
        if done := str(checkin.form.get("done") or ""):
            programme = records.programmes.get(checkin.programme)
            name = (
                name_of_round(programme.schedule.rhythm, checkin.round) if programme else same(checkin.round)
            )
            words = Words("Check-in, {round}", "周报：{round}").fill(round=name)
            yield Entry(local_day(checkin.sent_at, about.person.zone), words, done)


def agreed(records: DiaryRecords, about: Looking, goals: Sequence[Goal]) -> Iterator[Entry]:
    """Goals that were agreed, and agreed changes of them."""
    histories = records.goals.histories([goal.id for goal in goals])
    for goal in goals:
        settled = [line for line in histories.get(goal.id, ()) if line.act == "agreed"]
        for nth, line in enumerate(settled):
            words = (
                Words("Change agreed: {goal}", "目标变更已确认：{goal}")
                if nth
                else Words("Goal agreed: {goal}", "目标已确认：{goal}")
            )
            yield Entry(local_day(line.at, about.person.zone), words.fill(goal=same(line.terms.title)))


def moved(records: DiaryRecords, about: Looking, goals: Sequence[Goal]) -> Iterator[Entry]:
    """How each goal's value went, month by month: many readings of one month are one line."""
    found = readings_of(records, goals)
    for goal in goals:
        readings = begun(found.get(goal.id, ()), about.today)
        for _, several in groupby(readings, key=lambda one: one.day.replace(day=1)):
            month = list(several)
            words = Words("{goal}: {value}", "{goal}：{value}")
            if len(month) > 1:
                words += Words(" ({n} values)", "（{n} 个数值）").fill(n=len(month))
            value = told_value(goal.terms, gathered(goal, month))
            yield Entry(month[-1].day, words.fill(goal=same(goal.title), value=value))


def gathered(goal: Goal, month: Sequence[Reading]) -> Decimal | None:
    """What a month's readings make: the last of them, their sum or their mean, as the goal gathers its value."""
    gather = gather_of(goal, month)
    if gather == "latest":
        return month[-1].value
    total = sum((one.value for one in month), Decimal())
    return in_places(total / len(month) if gather == "mean" else total)


def praised(records: DiaryRecords, about: Looking, _goals: Sequence[Goal]) -> Iterator[Entry]:
    """What colleagues praised them for."""
    since = datetime.combine(about.first, time(), UTC) - DAY  # whatever their zone
    for one in records.praise.about(about.person.id, since):
        by = records.people.get(one.by)
        words = Words("Praise by {name}", "{name} 的点赞").fill(name=by.name if by else "?") + tags(one)
        yield Entry(local_day(one.at, about.person.zone), words, one.text)


def seen(records: DiaryRecords, about: Looking, goals: Sequence[Goal]) -> Iterator[Entry]:
    """What was seen of them: saved by themselves or by those who lead them, with the message that shows it."""
    titles = {goal.id: goal.title for goal in goals}
    for one in records.evidence.about(about.person.id, about.first):
        by = records.people.get(one.by)
        own = one.by == about.person.id
        words = Words("Saved by themselves", "本人记录") if own else Words("Seen by {name}", "{name} 的观察")
        words = words.fill(name=same(by.name if by else "?"))
        if one.goal in titles:
            words += same(f" · {titles[one.goal]}")
        quote = f"{one.author_name}: “{one.quote}”" if one.quote else ""
        yield Entry(one.day, words, "\n".join(part for part in (one.text, quote, one.link) if part))


def told_them(records: DiaryRecords, about: Looking, reader: Person, now: datetime) -> Iterator[Entry]:
    """Feedback that they got, as far as whoever opens the diary may read it."""
    since = datetime.combine(about.first, time(), UTC) - DAY
    for one in readable(records, reader, about.person, since, now):
        by = records.people.get(one.by)
        words = Words("Feedback by {name}", "{name} 的反馈").fill(name=same(by.name if by else "?"))
        yield Entry(local_day(one.at, about.person.zone), words, in_lines(one))


def trained(records: DiaryRecords, about: Looking, _goals: Sequence[Goal]) -> Iterator[Entry]:
    """The trainings that they took part in."""
    places = [one for one in records.trainings.places_of(about.person.id) if one.state == "attended"]
    known = {one.id: one for one in records.trainings.many([one.training for one in places])}
    for place in places:
        if place.took_place:
            words = Words("Training: {title}", "培训：{title}").fill(title=known[place.training].words)
            yield Entry(place.took_place, words)


SOURCES: tuple[Source, ...] = (checkins, praised, seen, agreed, moved, trained)
"""Where the diary is drawn from; a further kind of evidence is one more function here."""
