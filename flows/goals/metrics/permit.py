"""What one token may send: which metrics, about whom, for which days; a line becomes what is kept, or is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from flows.goals.kept import Level, Token
from flows.goals.measure.series import metric_series
from flows.goals.metrics.lines import Sent, Wrong
from flows.people.person import Person
from flows.people.policy import Thing, may

COMPANY, DEPARTMENT = "company", "department:"
EVERYTHING_FROM = "*"  # ends a prefix: "crm.*" are all metrics that begin with "crm."
OLDEST = timedelta(days=3653)  # ten years: what is older is a slip of the year
MOST_METRICS = 1000  # different ones in one body


class Subject(NamedTuple):
    """Whose number it is. `last_day` is the last day of work of somebody who leaves."""

    level: Level
    key: int | str
    last_day: date | None = None


class Value(NamedTuple):
    """One value as it is kept: of two of one series and period, the later is meant."""

    series: str
    period: str
    day: date
    value: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Permit:
    """A token at work. `today` is the latest day anywhere, `departments` are the company's; the rest is learnt."""

    token: Token
    today: date
    departments: frozenset[str]
    subjects: dict[str, Subject] = field(default_factory=dict)
    metrics: set[str] = field(default_factory=set)

    def strangers(self, lines: Iterable[Sent]) -> set[str]:
        """E-mail addresses among the lines that have to be looked up first."""
        found = {line.subject.lower() for line in lines if "@" in line.subject}
        return found - self.subjects.keys()

    def meet(self, people: Sequence[Person]) -> None:
        """Get to know the people behind e-mail addresses; those whom the token is not for stay unknown."""
        for person in people:
            gone = not person.active and person.left_on is None
            if self._is_for(person.department) and not gone:
                self.subjects[person.email] = Subject("person", person.id, person.left_on)

    def value(self, line: Sent) -> Value:
        """The line as it is kept; raises Wrong."""
        self._check_metric(line.metric)
        subject = self._subject(line.subject)
        if line.first > self.today:
            raise Wrong("period has not begun yet.")
        if line.last < self.today - OLDEST:
            raise Wrong("period is more than ten years ago.")
        if subject.last_day is not None and line.first > subject.last_day:
            raise Wrong("subject had left the company before this period began.")
        series = metric_series(line.metric, subject.level, subject.key)
        return Value(series, line.period, line.last, line.value, line.note)

    def _check_metric(self, metric: str) -> None:
        if metric in self.metrics:
            return
        if not covers(self.token, metric):
            raise Wrong("This token is not for this metric.", forbidden=True)
        if len(self.metrics) >= MOST_METRICS:
            raise Wrong(
                f"These are more than {MOST_METRICS} different metrics: send them in several requests."
            )
        self.metrics.add(metric)

    def _subject(self, said: str) -> Subject:
        known = self.subjects.get(said) or self.subjects.get(said.lower())
        if known is None:
            known = self.subjects[said] = self._group(said)
        return known

    def _group(self, said: str) -> Subject:
        """The company or a department; whoever else is not known, and a narrower token hears no more than that."""
        whole = not self.token.departments
        if said == COMPANY:
            if not whole:
                raise Wrong("This token is not for the company's own numbers.", forbidden=True)
            return Subject("company", "")
        if said.startswith(DEPARTMENT):
            name = said.removeprefix(DEPARTMENT).strip()
            if not self._is_for(name):
                raise Wrong("This token is not for this department.", forbidden=True)
            if name not in self.departments:
                raise Wrong("There is no department of this name in the directory.")
            return Subject("department", name)
        if "@" not in said:
            raise Wrong("subject has to be an e-mail address, department:<name>, or company.")
        if not whole:
            raise Wrong("Nobody in this token's departments has this e-mail address.", forbidden=True)
        raise Wrong("Nobody in the directory has this e-mail address.")

    def _is_for(self, department: str) -> bool:
        return not self.token.departments or department in self.token.departments


def covers(token: Token, metric: str) -> bool:
    """Whether the token is for the metric: by its name, or by a beginning that ends with *."""
    return not token.metrics or any(
        metric.startswith(one.removesuffix(EVERYTHING_FROM))
        if one.endswith(EVERYTHING_FROM)
        else metric == one
        for one in token.metrics
    )


def token_thing(token: Token) -> Thing:
    """A token as the policy sees it: it reaches its departments, and one without any is for HR admins."""
    return Thing("api_tokens", departments=frozenset(token.departments))


def still_backed(token: Token, maker: Person | None, now: datetime) -> bool:
    """Whether whoever made it could make it today: a token ends with its maker's own right."""
    return maker is not None and may(maker, "steer", token_thing(token), now)


def latest_day(now: datetime) -> date:
    """The calendar day where it is latest on earth (UTC+14): a period that has begun anywhere has begun."""
    return (now + timedelta(hours=14)).date()
