"""Who is tied to those who had a part in a score: a search through reporting lines and through who stands in for whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

Near = Callable[[int], Iterable[int]]
"""The people next to somebody: the managers right above them, or those whom they stand in for and who do for them."""


def tie(person: int, had: Collection[int], above: Near, stands: Near) -> tuple[int, ...] | None:
    """The shortest way from somebody to one of those who `had` a part in a score; None where they are free to decide.

    It leads from person to person: first along any chain of standing in for each other, in either direction, then up
    the reporting line, of the directory or of the cycle. The first of it is the person, the last had a part; alone in
    it they had one themselves. Loops end it, as do people who are not there.
    """
    for way in chain(person, stands):
        for line in upwards(way[-1], above):
            if line[-1] in had:
                return (*way, *line[1:])
    return None


def chain(person: int, stands: Near) -> Iterator[tuple[int, ...]]:
    """Everybody who is reached by standing in for each other, with the way there, the nearest first."""
    yield from search(person, stands)


def upwards(person: int, above: Near) -> Iterator[tuple[int, ...]]:
    """Everybody above somebody, with the way there, the nearest first; the person themself is the first."""
    yield from search(person, above)


def search(person: int, near: Near) -> Iterator[tuple[int, ...]]:
    """Breadth first from somebody: each one reached once, by a shortest way."""
    seen = {person}
    ways: list[tuple[int, ...]] = [(person,)]
    while ways:
        further: list[tuple[int, ...]] = []
        for way in ways:
            yield way
            for one in sorted(set(near(way[-1])) - seen):
                seen.add(one)
                further.append((*way, one))
        ways = further
