"""What results keep: the ledger of versions, calibration sessions and the release, and the protocols behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from flows.results.appealing.records import AppealKeeper
from flows.reviews.records import ReviewRecords

VersionKind = Literal["computed", "manager", "calibrated", "appealed"]
SessionState = Literal["open", "locked"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a person's result in a cycle; it is only ever added to, never changed.

    `version` counts from 1. `score` is on the common scale of 0 to 100 (to the cap), None where nothing could be
    computed. `rating` is the key of the scale's step (or the number of a free scale), "" while there is none.
    `inputs` holds everything from which `score` follows, as plain JSON: components with value, weight and source.
    `by` is who set it, None for what was computed. `before` is the hash of the version before ("" for the first),
    `hash` covers every other field (`flows.results.ledger`).
    """

    cycle: int
    person: int
    version: int
    kind: VersionKind
    score: Decimal | None
    rating: str
    coefficient: Decimal | None
    inputs: Mapping[str, Any]
    why: str
    by: int | None
    at: datetime
    before: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A version that is there and whose row was spoiled, so that nothing can be read but whose it is."""

    person: int
    version: int


@dataclass(frozen=True, slots=True)
class Given:
    """One version as far as its rating goes: without the score and what it follows from."""

    person: int
    version: int
    kind: VersionKind
    rating: str
    why: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A calibration session of a cycle. `participants` discuss and move; whose results it is about has a seat in it.

    `exceptions` hold the reasons why a group may differ from the guide, by the group's name.
    """

    id: int
    cycle: int
    name: str
    state: SessionState
    participants: tuple[int, ...]
    made_by: int
    made_at: datetime
    exceptions: Mapping[str, str] = field(default_factory=dict)
    locked_by: int | None = None
    locked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """How far the opening of a cycle's results is; all moments in UTC.

    `asked_by` wants it, `approved_by` is the second person where one is needed. At `released_at` managers may look,
    at `employees_at` everybody may. `sealed_at`: the anonymous answers have lost their authors; `scrubbed_at`: the
    key is destroyed and the database cleaned of what was deleted. `despite` says why it is released although it was
    not calibrated as its template wants it; "" where it was.
    """

    cycle: int
    asked_by: int
    asked_at: datetime
    approved_by: int | None = None
    released_at: datetime | None = None
    employees_at: datetime | None = None
    sealed_at: datetime | None = None
    scrubbed_at: datetime | None = None
    despite: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Somebody whose result is not opened with the others; until `lifted_at`, when somebody opens it."""

    cycle: int
    person: int
    why: str
    by: int
    at: datetime
    lifted_by: int | None = None
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a release would open: of the `people` who take part, `withheld` are not opened, `results` have one that is.

    `unled` have neither and nobody who reviews them, so they get none. `without` are the first of the others who have
    neither, `left` all who have left the company with a result; by id.
    """

    people: int
    withheld: int
    results: int
    unled: int
    without: tuple[int, ...]
    left: tuple[int, ...]


class LedgerRecords(Protocol):
    def latest(self, cycle: int, person: int) -> Version | None: ...
    def of(self, cycle: int, person: int) -> list[Version]:
        """Every version, oldest first."""
        ...

    def latest_many(self, cycle: int, people: Sequence[int]) -> dict[int, Version]: ...
    def given(self, cycle: int, people: Sequence[int]) -> list[Given]:
        """The ratings of every version of these people, by person and version."""
        ...

    def add(self, versions: Sequence[Version]) -> int:
        """Keep those whose number is new for their person; how many. Of two that add at once, one adds nothing."""
        ...

    def slice(self, cycle: int, after: int, limit: int) -> list[Version | Unreadable]:
        """All versions of the next `limit` people above id `after`, by person and version; none is left out."""
        ...

    def ends(self, cycle: int, until: datetime) -> tuple[int, list[str]]:
        """How many versions were made until then, and the hash of everybody's last one of these, by person."""
        ...

    def spread(self, cycle: int) -> list[tuple[int, str]]:
        """(person, rating) of everybody's latest version, by person; of those who have no version yet, nothing."""
        ...


class SessionRecords(Protocol):
    def get(self, session: int) -> Session | None: ...
    def lock(self, session: int) -> Session | None:
        """The session as it stands now; nobody else changes it before this transaction has ended."""
        ...

    def save(self, session: Session) -> Session:
        """Insert (id 0) or update; returns it with its id."""
        ...

    def of_cycle(self, cycle: int) -> list[Session]: ...
    def seat(self, session: Session, people: Sequence[int]) -> int:
        """Give seats to those who have none in the cycle yet; how many are new."""
        ...

    def seats(self, session: int) -> list[int]: ...
    def seated(self, cycle: int, people: Sequence[int]) -> set[int]:
        """Those of these people who have a seat in any session of the cycle."""
        ...

    def left(
        self, cycle: int, limit: int, departments: Sequence[str] = (), levels: Sequence[str] = ()
    ) -> list[int]:
        """Who takes part and has no seat yet, of these departments and levels (none named: of all), by id."""
        ...

    def count_left(self, cycle: int) -> int:
        """How many take part and have no seat yet."""
        ...

    def of_person(self, cycle: int, person: int) -> Session | None:
        """The session that this person's result is discussed in."""
        ...

    def of_people(self, cycle: int, people: Sequence[int]) -> dict[int, Session]:
        """The same of many, for those who have one."""
        ...

    def final(self, cycle: int, people: Sequence[int]) -> set[int]:
        """Those whose session is locked; none of the others' sessions is before this transaction has ended."""
        ...


class ReleaseRecords(Protocol):
    def get(self, cycle: int) -> Release | None: ...
    def lock(self, cycle: int) -> Release | None:
        """As it stands now; nobody else asks for, approves or changes it before this transaction has ended."""
        ...

    def save(self, release: Release) -> None: ...
    def take_back(self, cycle: int) -> None:
        """Forget that a release was asked for; not one that has been done."""
        ...

    def would_open(self, cycle: int, *, rated: bool, named: int) -> Opened:
        """Count it. `rated`: a result is a rating that a person has set, else any version is; `named` are named."""
        ...

    def freeze(self, cycle: int, uncounted: Collection[int]) -> None:
        """Keep every result that is opened now as it is, with where its person stands, for reports.

        Nothing changes that afterwards: no appeal, no other manager, nor whoever is opened later. Those who are
        `uncounted` stand in no figure of it, ever.
        """
        ...

    def to_scrub(self) -> list[Release]:
        """Those that are sealed and not scrubbed yet."""
        ...

    def withhold(self, withheld: Withheld) -> None:
        """Insert or update."""
        ...

    def withheld(self, cycle: int) -> list[Withheld]: ...
    def is_withheld(self, cycle: int, person: int) -> Withheld | None: ...


class ResultRecords(ReviewRecords, Protocol):
    @property
    def ledger(self) -> LedgerRecords: ...
    @property
    def sessions(self) -> SessionRecords: ...
    @property
    def releases(self) -> ReleaseRecords: ...
    @property
    def appeals(self) -> AppealKeeper: ...
