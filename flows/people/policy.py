"""The one policy function: who may do what to which thing. Additive; what no rule allows is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from flows.people.person import Person

Relation = Literal[
    "self", "manager", "line", "hr", "hr_part", "hr_admin", "operator", "peer", "report", "anyone"
]
"""How an actor stands to a thing's owner: "line" is everybody above the manager, "hr" counts in its own scope.

"peer" has the same manager, "report" has the owner as theirs. "hr" looks after all of a thing's departments, "hr_part"
after at least one of them.
"""


@dataclass(frozen=True, slots=True)
class Thing:
    """What somebody wants to do something to: its kind, whose it is, and that person's line of managers upwards.

    `departments` are those that it reaches; None where it reaches none in particular.
    """

    kind: str
    owner: Person | None = None
    line: tuple[int, ...] = ()
    departments: frozenset[str] | None = None


class Lines(Protocol):
    """Where a person's line of managers is looked up."""

    def line_of(self, person: int) -> tuple[int, ...]: ...


def thing_of(kind: str, owner: Person, actor: Person, lines: Lines) -> Thing:
    """The owner's thing. Their line is not looked up for themselves: nobody stands above themselves."""
    return Thing(kind, owner, () if owner.id == actor.id else lines.line_of(owner.id))


RULES: Mapping[tuple[str, str], frozenset[Relation]] = {
    ("checkin", "write"): frozenset({"self"}),
    ("checkin", "read"): frozenset({"self", "manager", "line"}),
    ("checkin", "read_mood"): frozenset({"self", "manager"}),
    ("checkin", "respond"): frozenset({"manager"}),
    ("digest", "read"): frozenset({"self"}),
    ("team_channel", "set"): frozenset({"self"}),
    ("task", "answer"): frozenset({"self"}),
    ("waiver", "read"): frozenset({"hr"}),
    ("waiver", "object"): frozenset({"hr"}),
    ("operator", "read"): frozenset({"operator"}),
    ("absence", "set"): frozenset({"self"}),
    ("conversation", "hold"): frozenset({"self"}),
    ("completion", "read"): frozenset({"hr"}),
    ("programme", "steer"): frozenset({"hr_admin"}),
    ("cycles", "read"): frozenset({"hr"}),
    ("cycle", "read"): frozenset({"hr_part"}),
    ("cycle", "steer"): frozenset({"hr"}),
    ("cycle_people", "change"): frozenset({"hr_part"}),
    ("rehearsal", "read"): frozenset({"hr"}),
    ("joiners", "decide"): frozenset({"hr"}),
    ("joiner", "decide"): frozenset({"hr"}),
    ("unled", "name"): frozenset({"hr"}),
    ("delegation", "set"): frozenset({"self"}),
    ("broadcast", "write"): frozenset({"hr"}),
    ("broadcast", "steer"): frozenset({"self", "hr_admin"}),
    ("door", "read"): frozenset({"anyone"}),
    ("goals", "write"): frozenset({"self"}),
    ("goals", "read"): frozenset({"self", "manager", "line"}),
    ("goals", "answer"): frozenset({"self", "manager"}),  # whose turn it is, the negotiation says
    ("goal_draft", "read"): frozenset({"self"}),
    ("goal_public", "read"): frozenset({"anyone"}),
    ("goal_team", "read"): frozenset({"self", "manager", "line", "peer", "report"}),
    ("goal_private", "read"): frozenset({"self", "manager", "line"}),
    ("goal", "write"): frozenset({"self"}),  # its terms, before and after it is agreed
    ("goal", "change"): frozenset({"self", "manager"}),
    ("goal", "answer"): frozenset({"self", "manager"}),  # whose turn it is, the negotiation says
    ("goal", "record"): frozenset({"self", "manager"}),
    ("goal", "split"): frozenset({"self", "hr_admin"}),
    ("goal_step", "write"): frozenset({"self"}),
    ("goal_step", "decide"): frozenset({"manager"}),
    ("goal_tree", "read"): frozenset({"anyone"}),  # each goal in it is asked about by itself
    ("team_goals", "read"): frozenset({"self"}),
    ("team_goals", "set"): frozenset({"self"}),
    ("company_goals", "set"): frozenset({"hr"}),
    ("goals_import", "do"): frozenset({"hr"}),
    ("goals_agreed", "read"): frozenset({"hr"}),
    ("api_tokens", "steer"): frozenset({"hr"}),
    ("review", "write"): frozenset({"self"}),  # whoever has to do it now, and nobody for them
    ("review", "read"): frozenset({"self", "manager", "line"}),  # its thing says who these are
    ("review_list", "read"): frozenset({"self"}),
    ("todo", "tick"): frozenset({"self"}),
    ("cycle_team", "read"): frozenset({"self"}),
}

NARROWER: Mapping[str, frozenset[str]] = {
    "goal_public": frozenset({"goal_team", "goal_private", "goal_draft"}),
}
"""Kinds whose things may turn out to be of another kind with fewer readers, whose own rules then decide."""


def allows(actor: Person, rule: tuple[str, str], thing: Thing | None, moment: datetime) -> bool:
    """Whether what is declared for `rule` is the actor's to use on the thing that was loaded for it."""
    kind, action = rule
    if thing is None or thing.kind not in NARROWER.get(kind, frozenset()) | {kind}:
        return False
    return may(actor, action, thing, moment)


def may(actor: Person, action: str, thing: Thing, moment: datetime) -> bool:
    """Whether `actor` may do `action` to `thing` at `moment` (aware). Who has left may do nothing."""
    if not actor.active or actor.has_left(moment.astimezone(ZoneInfo(actor.zone)).date()):
        return False
    return not RULES.get((thing.kind, action), frozenset()).isdisjoint(relations(actor, thing))


def relations(actor: Person, thing: Thing) -> set[Relation]:
    """Every way in which `actor` stands to the thing."""
    found: set[Relation] = {"anyone"}
    owner = thing.owner
    if owner is not None:
        if owner.id == actor.id:
            found.add("self")
        if actor.id in thing.line[:1]:
            found.add("manager")
        if actor.id in thing.line[1:]:
            found.add("line")
        if actor.manager is not None and actor.manager == owner.manager and actor.id != owner.id:
            found.add("peer")
        if actor.manager == owner.id:
            found.add("report")
    scope = actor.hr_scope
    if scope is None:
        found |= {"hr", "hr_part", "hr_admin"}
    elif scope and (owner is None or owner.department in scope):
        reached = scope if thing.departments is None else thing.departments
        if reached & scope:  # what reaches nobody is for HR admins
            found |= {"hr", "hr_part"} if reached <= scope else {"hr_part"}
    if "operator" in actor.roles:
        found.add("operator")
    return found
