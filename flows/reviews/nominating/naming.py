"""For which review people are named, by whom, how many, until when, and what became of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.cycle.asking import is_named, way_of
from flows.cycle.people.leaving import LEFT
from flows.cycle.phase import Window, moments_in, window_of
from flows.cycle.planning import is_planned
from flows.cycle.records import Cycle, Participant
from flows.cycle.template import Nominations, Nominator, Phase
from flows.results.records import ResultRecords
from flows.reviews.anonymity import reachable, threshold_of
from flows.reviews.records import Nomination

NOMINATE = "nominate"
LIVE = ("proposed", "approved")  # who is, or may still be, one of the reviewers


@dataclass(frozen=True, slots=True)
class Naming:
    """The reviewers of one phase: `phase` is where they write, `asking` where they are named, if the cycle has that."""

    cycle: Cycle
    phase: Phase
    asking: Phase | None

    @property
    def rule(self) -> Nominations:
        return self.cycle.template.nominations

    @property
    def is_peer(self) -> bool:
        """Whether colleagues are named; else it is project or dotted-line leads."""
        return self.phase.review == "peer"

    @property
    def by(self) -> tuple[Nominator, ...]:
        """Who may name somebody; leads are named by whoever knows who leads what."""
        return self.rule.by if self.is_peer else ("manager", "hr")

    @property
    def least(self) -> int:
        return self.rule.least if self.is_peer else 0

    @property
    def needs_yes(self) -> bool:
        """Whether the manager says yes or no to what the employee proposes."""
        return self.is_peer and self.rule.approve

    @property
    def is_anonymous(self) -> bool:
        form = self.cycle.template.reviews.get(self.phase.review or "")
        return form is not None and form.anonymous

    @property
    def threshold(self) -> int:
        """From how many answers on something is shown."""
        return threshold_of(self.cycle.template, self.phase.review or "peer")

    def reaches(self, reviewers: int) -> bool:
        """Whether so many reviewers are enough for anything to be shown."""
        return not self.is_anonymous or reachable(self.cycle.template, self.phase.review or "peer", reviewers)

    def subject(self, person: int) -> str:
        """How a button and a form name the reviewers of one person."""
        return f"{self.cycle.id}/{self.phase.name}/{person}"

    def parts(self, person: int) -> tuple[str, str, str]:
        return str(self.cycle.id), self.phase.name, str(person)

    def window(self, place: Participant | None = None) -> Window:
        """The days on which the reviews are written, with the participant's own last day."""
        return window_of(self.cycle, self.phase, place.extended if place else None)

    def closes(self, place: Participant, zone: str) -> datetime:
        """Until when somebody may still be named, in UTC."""
        return moments_in(self.window(place), self.cycle.template.nudges.hour, zone)[2]


def namings(cycle: Cycle) -> list[Naming]:
    """Every phase of a cycle whose reviewers are named, with the phase in which they are."""
    phases = cycle.template.phases
    asking = {found: phase for phase in phases if (found := meant_by(phases, phase))}
    return [
        Naming(cycle, phase, asking.get(phase.name))
        for phase in phases
        if is_named(phase) and phase.review in cycle.template.reviews
    ]


def meant_by(phases: Sequence[Phase], asking: Phase) -> str | None:
    """The phase for which people are named in `asking`: the first of its kind that begins afterwards."""
    if asking.work != NOMINATE:
        return None
    kind = asking.review or "peer"
    of_kind = [phase for phase in phases if phase.work == "review" and phase.review == kind]
    after = [phase for phase in of_kind if phase.starts >= asking.starts + asking.days]
    return next((phase.name for phase in (*after, *of_kind)), None)


def running(records: ResultRecords, *, peers: bool | None = None) -> Iterator[Naming]:
    """Those of all live cycles; of colleagues or of leads only, where that is said."""
    for cycle in records.cycles.in_state("live"):
        for one in namings(cycle):
            if peers is None or one.is_peer == peers:
                yield one


def naming_in(records: ResultRecords, cycle: int, phase: str) -> Naming | None:
    """The one of a live cycle whose review phase, or whose phase of naming, has this name."""
    found = records.cycles.get(cycle)
    if found is None or found.state != "live":
        return None
    return next(
        (one for one in namings(found) if phase in (one.phase.name, one.asking and one.asking.name)), None
    )


def planned(records: ResultRecords, naming: Naming) -> bool:
    """Whether the reviewers are asked already."""
    return is_planned(records, naming.cycle, naming.phase.name)


def live(nominations: Sequence[Nomination]) -> list[Nomination]:
    return [one for one in nominations if one.state in LIVE]


def fell_out(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Those who were named and can't be, or may not: each may be replaced."""
    return [one for one in nominations if one.state in ("rejected", "declined") or has_left(one)]


def has_left(nomination: Nomination) -> bool:
    return nomination.state == "withdrawn" and nomination.why == LEFT


def is_open_to(nomination: Nomination, actor: int, about: int, *, asked: bool) -> bool:
    """Whether `actor` may still take it back: their own word, as long as nobody has decided and nobody was asked."""
    if nomination.by != actor:
        return False
    if nomination.state == "proposed":
        return True
    if nomination.state != "approved" or asked:
        return False
    return nomination.decided_by is None if actor == about else nomination.decided_by == actor


def main_nominator(naming: Naming, place: Participant) -> int | None:
    """Who is asked to name this person's reviewers; None where that is HR's."""
    ways = {"own": place.person, "reports": place.manager, "once": place.manager}
    if naming.asking is not None:
        return ways.get(way_of(naming.cycle.template, naming.asking))
    return place.person if "employee" in naming.by else place.manager if "manager" in naming.by else None
