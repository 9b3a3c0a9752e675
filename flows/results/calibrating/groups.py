"""The groups in which ratings are looked at: by department, manager and level, small ones together, against the guide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from flows.cycle.template import Guide
from flows.results.distribution import Band, Rated, bands

Kind = Literal["all", "department", "manager", "level"]
KINDS: tuple[Kind, ...] = ("department", "manager", "level")
Above = Callable[[str], str | None]
"""The group above one; None at the top."""


@dataclass(frozen=True, slots=True)
class Group:
    """People who are looked at together: `names` are the groups in it, `at` where the small ones among them met."""

    kind: Kind
    names: tuple[str, ...]
    people: tuple[Rated, ...]
    at: str = ""

    @property
    def key(self) -> str:
        """What an exception for it is kept under: another when other groups are looked at with it."""
        return ":".join((self.kind, *self.names))

    @property
    def is_pooled(self) -> bool:
        return len(self.names) > 1 or self.at not in (*self.names, "")


@dataclass(frozen=True, slots=True)
class Compared:
    """A group against the guide. Without `bands` it is too small to be compared."""

    group: Group
    bands: tuple[Band, ...]

    @property
    def differs(self) -> bool:
        return any(band.off for band in self.bands)


def grouped(kind: Kind, people: Iterable[Rated]) -> dict[str, tuple[Rated, ...]]:
    """The people by department, manager or level, by name; "" is whoever has none."""
    found: dict[str, list[Rated]] = {}
    for one in people:
        found.setdefault(name_in(kind, one), []).append(one)
    return {name: tuple(found[name]) for name in sorted(found)}


def name_in(kind: Kind, one: Rated) -> str:
    """The group of this kind that the person is in; a manager's is their id."""
    match kind:
        case "department":
            return one.department
        case "manager":
            return str(one.manager or "")
        case "level":
            return one.level
    return ""


def pooled(
    kind: Kind, people: Sequence[Rated], least: int, above: Above
) -> tuple[list[Group], tuple[str, ...]]:
    """The groups of `least` people or more, small ones put together; and the names of those that stay too few.

    A small group joins the one above it, the lowest first. Those that are small at the top are one group.
    """
    own = grouped(kind, people)
    waiting = {name: (name,) for name in own}
    lines = [line_of(name, above) for name in own]
    depth = {name: len(line) - nth for line in lines for nth, name in enumerate(line)}
    found: list[Group] = []
    rest: list[str] = []
    for name in sorted(depth, key=lambda one: (-depth[one], one)):
        together = waiting.pop(name, ())
        upper = above(name)
        if sum(len(own[one]) for one in together) >= least:
            found.append(group_of(kind, together, own, name))
        elif upper is not None and depth[upper] < depth[name]:
            waiting[upper] = (*waiting.get(upper, ()), *together)
        else:
            rest += together
    if sum(len(own[one]) for one in rest) >= least:
        return [*found, group_of(kind, rest, own)], ()
    return found, tuple(sorted(rest))


def line_of(name: str, above: Above) -> list[str]:
    """The group and those above it, up to the top; a loop ends it."""
    line = [name]
    while (upper := above(line[-1])) is not None and upper not in line:
        line.append(upper)
    return line


def group_of(kind: Kind, names: Iterable[str], own: Mapping[str, tuple[Rated, ...]], at: str = "") -> Group:
    named = tuple(sorted(names))
    return Group(kind, named, tuple(one for name in named for one in own[name]), at)


def nowhere(_name: str) -> str | None:
    """Departments and levels have nothing above them."""
    return None


def compare(
    guide: Guide, people: Sequence[Rated], above: Above
) -> tuple[list[Compared], dict[Kind, tuple[str, ...]]]:
    """Everybody, then departments, managers' people and levels against the guide; and who is only in everybody.

    `above` gives the manager of a manager, by ids as text. What is the same people as everybody is not said again.
    """
    groups = [Group("all", (), tuple(people))]
    few: dict[Kind, tuple[str, ...]] = {}
    for kind in KINDS:
        found, few[kind] = pooled(kind, people, guide.pool, above if kind == "manager" else nowhere)
        groups += [group for group in found if len(group.people) < len(people)]
    return [Compared(group, bands_of(guide, group)) for group in groups], few


def bands_of(guide: Guide, group: Group) -> tuple[Band, ...]:
    """The guide for the group; nothing for one that is too small."""
    return bands(guide, (one.rating for one in group.people)) if len(group.people) >= guide.pool else ()


def forbidden(guide: Guide, compared: Iterable[Compared]) -> list[Compared]:
    """What keeps a forced guide from being met: everybody, or a department, differs from it."""
    return [
        one for one in compared if guide.forced and one.differs and one.group.kind in ("all", "department")
    ]
