"""What is kept of an interview afterwards: what each side says was agreed, and who has signed that they took note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from flows.checkins.records import CheckinRecords
from flows.core.file_orders import FileOrderKeeper
from flows.interviews.records import InterviewRecords
from flows.plans.records import ActionKeeper

Side = Literal["person", "manager"]
Doer = Literal["person", "manager", "both"]
SIDES: tuple[Side, Side] = ("person", "manager")

Way = Literal["noted", "disagrees", "refused", "missing"]
"""Took note; took note and does not agree; does not want to sign; did not sign in time."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was agreed: who does what by which day (None: no day was named)."""

    what: str
    who: Doer
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says was agreed; `version` counts from 1 over both sides of an interview, nothing is changed.

    `by` said it for their side, at `at` (UTC).
    """

    interview: int
    version: int
    side: Side
    by: int
    points: tuple[Point, ...]
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Signature:
    """How one side stands to what both had said by that version; nobody's (`by` None) where it is missing."""

    interview: int
    version: int
    side: Side
    way: Way
    by: int | None
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """How far an interview's agreement is: the newest of each side, and the signatures under that version."""

    said: Mapping[Side, Said] = field(default_factory=dict)
    signed: Mapping[Side, Signature] = field(default_factory=dict)

    @property
    def version(self) -> int:
        """The version that would be signed now; 0 while nobody has said anything."""
        return max((one.version for one in self.said.values()), default=0)

    @property
    def is_said(self) -> bool:
        """Whether both have said what was agreed."""
        return len(self.said) == len(SIDES)

    @property
    def is_settled(self) -> bool:
        """Whether both have signed, or are recorded as not having signed."""
        return len(self.signed) == len(SIDES)

    def has_signed(self, side: Side) -> bool:
        return side in self.signed and self.signed[side].way != "missing"

    @property
    def is_final(self) -> bool:
        """Whether both have signed themselves: from here on only a new version changes anything."""
        return all(self.has_signed(side) for side in SIDES)


def talk_of(said: Sequence[Said], signatures: Sequence[Signature]) -> Talk:
    """How it stands after everything that was said and signed, oldest first."""
    newest = {one.side: one for one in said}
    version = max((one.version for one in said), default=0)
    return Talk(newest, {one.side: one for one in signatures if one.version == version})


class AgreementKeeper(Protocol):
    def say(self, said: Said) -> bool:
        """Keep it, unless its version is taken: then somebody was faster, and nothing is kept."""
        ...

    def said(self, interview: int) -> list[Said]:
        """Everything that was said about an interview, oldest first."""
        ...

    def sign(self, signature: Signature) -> bool:
        """Keep it, in place of one that was missing; False where that side has signed this version already."""
        ...

    def signatures(self, interview: int) -> list[Signature]: ...
    def many(self, interviews: Sequence[int]) -> dict[int, Talk]:
        """How far each of these is; of whom nothing was said, nothing."""
        ...

    def counted(self, cycle: int) -> list[tuple[str, int, int, int, int]]:
        """Of the talks that were held: (department in the cycle, sides that have said theirs, signed, missing, how many)."""
        ...

    def unfinished(self, cycle: int, departments: Sequence[str] | None, limit: int) -> list[int]:
        """The first of the talks that were held and are not signed by both, of these departments or of all."""
        ...

    def about(self, person: int) -> tuple[list[Said], list[Signature]]:
        """Everything of the interviews in which the person is the employee, oldest first."""
        ...

    def forget_texts(self, before: datetime) -> int:
        """Take away points and comments from before then; how many rows. Who signed, and when, stays."""
        ...


class TalkRecords(CheckinRecords, InterviewRecords, Protocol):
    @property
    def agreements(self) -> AgreementKeeper: ...
    @property
    def actions(self) -> ActionKeeper: ...
    @property
    def file_orders(self) -> FileOrderKeeper: ...
