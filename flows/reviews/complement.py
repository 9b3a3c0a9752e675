"""Which of many groups may be shown together, so that no arithmetic over them gives away what a threshold hides.

A group is the set of those who answered. Whoever sees the sums of several groups can add and subtract them; what
comes out is the same for all who stand in the same of the shown groups, a block. So where every block has nobody or
at least the threshold's number in it, nothing about fewer people can be worked out, by however many readers together.
For groups within groups (team, department, company) the rule withholds nothing that could be shown.

It is for reports that put such groups side by side. There are none of anonymous answers yet: what is written about one
person in one phase is one group, which shares no answer with any other (`flows.reviews.published`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping

Groups = Mapping[str, frozenset[Hashable]]


def shown_cells(
    groups: Groups,
    least: int,
    before: Collection[str] = (),
    readers: Collection[frozenset[Hashable]] = (),
) -> frozenset[str]:
    """The names of the groups that may be shown, out of everything that is ever to be shown of the same answers.

    `before` was shown earlier and can't be taken back. Each of `readers` is what one reader answered themself, which
    they can subtract. The smallest group that stands in the way is withheld, until none does.
    """
    shown = {name for name in groups if name in before or may_stand(groups[name], least, readers)}
    while block := too_small(groups, shown, least, readers):
        withheld = min(
            (name for name in around(groups, shown, block) if name not in before),
            key=lambda name: (len(groups[name]), name),
            default=None,
        )
        if withheld is None:
            break  # everything that gives it away was shown before
        shown.remove(withheld)
    return frozenset(shown)


def may_stand(people: frozenset[Hashable], least: int, readers: Collection[frozenset[Hashable]]) -> bool:
    """Whether there are enough of them, for every reader."""
    return all(len(people - own) >= least for own in (frozenset[Hashable](), *readers))


def too_small(
    groups: Groups, shown: Collection[str], least: int, readers: Collection[frozenset[Hashable]]
) -> frozenset[Hashable]:
    """A block with somebody in it, and too few, for some reader; empty where there is none."""
    where: dict[Hashable, list[str]] = defaultdict(list)
    for name in sorted(shown):
        for person in groups[name]:
            where[person].append(name)
    blocks: dict[tuple[str, ...], set[Hashable]] = defaultdict(set)
    for person, names in where.items():
        blocks[tuple(names)].add(person)
    for own in (frozenset[Hashable](), *readers):
        for _, block in sorted(blocks.items()):
            if 0 < len(block - own) < least:
                return frozenset(block)
    return frozenset()


def around(groups: Groups, shown: Collection[str], block: frozenset[Hashable]) -> list[str]:
    """The groups that set the block apart: the smallest that it stands in, and the largest next to it in there."""
    inside = [name for name in shown if block <= groups[name]]
    home = min(inside, key=lambda name: (len(groups[name]), name))
    others = [name for name in shown if not block <= groups[name] and groups[name] & groups[home]]
    return [home, *(name for name in others if not any(groups[name] < groups[other] for other in others))]
