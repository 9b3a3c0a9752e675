"""The one policy function: who may do what to which thing. Additive; what no rule allows is refused, and a no wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from flows.people.person import AUDITOR, OPERATOR, Person, scope_of
from flows.people.policy_cells import CELLS as RULES
from flows.people.policy_cells import GRANTED, Granted
from flows.people.policy_rules import ADMINISTERED, NARROWER
from flows.people.policy_table import Relation, Stage

__all__ = ["RULES", "Relation", "Stage", "Thing", "allowed", "allows", "may", "relations", "thing_of"]

NOBODY = 0  # the id that no person has: the bot acts in its sweeps, and asks for nothing as somebody

# The relations by which one may do something to one's own, and those that nobody has over their own managers.
TO_ONESELF: frozenset[Relation] = frozenset(
    {"anyone", "audience", "auditor", "operator", "hr", "hr_part", "hr_admin"}
)
NOT_UPWARDS: frozenset[Relation] = frozenset({"session", "delegate", "decider", "former_manager"})
PART_IN_SCORE: frozenset[Relation] = frozenset({"manager", "author", "delegate"})


@dataclass(frozen=True, slots=True)
class Thing:
    """What somebody wants to do something to: its kind, whose it is, and that person's line of managers upwards.

    `departments` are those that it reaches; None where it reaches none in particular. `stage` is where its cycle is
    for whoever asks; None where it belongs to no cycle. `standing` are further relations of whoever asks, loaded from
    the records together with it. `above_actor`: the owner stands above whoever asks, in the directory or the cycle.
    """

    kind: str
    owner: Person | None = None
    line: tuple[int, ...] = ()
    departments: frozenset[str] | None = None
    stage: Stage | None = None
    standing: frozenset[Relation] = frozenset()
    above_actor: bool = False


class Lines(Protocol):
    """Where a person's line of managers is looked up."""

    def line_of(self, person: int) -> tuple[int, ...]: ...


def thing_of(kind: str, owner: Person, actor: Person, lines: Lines) -> Thing:
    """The owner's thing. Their line is not looked up for themselves: nobody stands above themselves."""
    if owner.id == actor.id:
        return Thing(kind, owner)
    above = actor.is_hr and owner.id in lines.line_of(actor.id)
    return Thing(kind, owner, lines.line_of(owner.id), above_actor=above)


def allows(actor: Person, rule: tuple[str, str], thing: Thing | None, moment: datetime) -> bool:
    """Whether what is declared for `rule` is the actor's to use on the thing that was loaded for it."""
    kind, action = rule
    if thing is None or thing.kind not in NARROWER.get(kind, frozenset()) | {kind}:
        return False
    return may(actor, action, thing, moment)


def allowed(actor: Person, action: str, things: Iterable[Thing], moment: datetime) -> list[Thing]:
    """Those of the things to which the actor may do it, in their order: what a list shows."""
    return [thing for thing in things if may(actor, action, thing, moment)]


def may(
    actor: Person, action: str, thing: Thing | None, moment: datetime, granted: Granted = GRANTED
) -> bool:
    """Whether `actor` may do `action` to `thing` at `moment` (aware). To what is not there, nobody may do anything.

    Who has left may do nothing; who is away today stands in for nobody, and keeps every other right.
    """
    if thing is None or not actor.active or actor.id == NOBODY:
        return False
    to = granted.get((thing.kind, action, thing.stage))
    if to is None or to.isdisjoint(found := relations(actor, thing)):
        return False
    if actor.left_on is None and not actor.away:
        return True
    today = moment.astimezone(ZoneInfo(actor.zone)).date()
    if actor.is_away(today):
        found.discard("delegate")
    return not actor.has_left(today) and not to.isdisjoint(found)


def relations(actor: Person, thing: Thing) -> set[Relation]:
    """Every way in which `actor` stands to the thing, less those that count for nothing here."""
    found: set[Relation] = {"anyone", *thing.standing}
    owner, own = thing.owner, False
    if owner is not None:
        own = owner.id == actor.id
        if thing.line:
            if actor.id == thing.line[0]:
                found.add("manager")
            elif actor.id in thing.line:
                found.add("line")
        if actor.manager is not None and actor.manager == owner.manager and not own:
            found.add("peer")
        if actor.manager == owner.id:
            found.add("report")
    above = thing.above_actor or "report" in found
    if actor.roles:
        found |= by_role(actor, thing, judged=own or above)
    if own:  # whatever one's roles, over oneself one has what is everybody's over themselves
        found.intersection_update(TO_ONESELF)
        found.add("self")
    elif above:
        found -= NOT_UPWARDS
    if "decider" in found and not found.isdisjoint(PART_IN_SCORE):
        found.discard("decider")
    return found


def by_role(actor: Person, thing: Thing, *, judged: bool) -> set[Relation]:
    """What the actor's roles make them to the thing. Nobody is HR over themselves or the managers above them."""
    found: set[Relation] = set()
    if OPERATOR in actor.roles:
        found.add("operator")
    if AUDITOR in actor.roles:
        found.add("auditor")
    if judged and thing.kind not in ADMINISTERED:
        return found
    scope = scope_of(actor.roles)
    if scope is None:
        found |= {"hr", "hr_part", "hr_admin"}
    elif scope and (thing.owner is None or thing.owner.department in scope):
        reached = scope if thing.departments is None else thing.departments
        if reached & scope:  # what reaches nobody is for HR admins
            found |= {"hr", "hr_part"} if reached <= scope else {"hr_part"}
    return found
