"""One person of the company, as everything else in the loop knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Language = Literal["en", "zh"]

HR = "hr"
HR_OF = "hr:"  # followed by a department: HR partner of that one only
AUDITOR = "auditor"
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Person:
    """A person in the directory.

    `id` and `manager` are the directory's own numbers, `account` the messenger's user id (None while nobody
    with this e-mail is known there). `zone` is an IANA name, `roles` are "hr", "hr:<department>", "auditor"
    and "operator". `left_on` is the last day of work. `away` holds first and last days of leave, both
    included. Dates are the person's own local ones.
    """

    id: int
    email: str
    name: str
    manager: int | None
    department: str
    level: str
    title: str
    roles: tuple[str, ...]
    zone: str
    language: Language
    hired_on: date | None
    left_on: date | None
    account: str | None
    active: bool
    away: tuple[tuple[date, date], ...] = ()

    @property
    def is_hr(self) -> bool:
        """Whether they are HR admin or an HR partner of any department."""
        return self.hr_scope is None or bool(self.hr_scope)

    @property
    def hr_scope(self) -> frozenset[str] | None:
        """The departments they are HR for: None is all of them, an empty set none."""
        return scope_of(self.roles)

    def has_left(self, today: date) -> bool:
        """Whether their last day of work is over."""
        return self.left_on is not None and self.left_on < today

    def is_away(self, day: date) -> bool:
        """Whether they are on leave that day."""
        return within(self.away, day)


@lru_cache(maxsize=4096)
def scope_of(roles: tuple[str, ...]) -> frozenset[str] | None:
    """The departments that these roles make somebody HR for: None is all of them, an empty set none."""
    if HR in roles:
        return None
    return frozenset(role.removeprefix(HR_OF) for role in roles if role.startswith(HR_OF))


def within(spans: Sequence[tuple[date, date]], day: date) -> bool:
    """Whether a day lies in one of the spans, whose first and last days count."""
    return any(first <= day <= last for first, last in spans)
