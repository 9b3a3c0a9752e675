"""What somebody can work out who sees the sums of several groups: found by ranks over the rationals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

Group = frozenset[Hashable]


def rank(rows: Sequence[Sequence[int]]) -> int:
    """By Gauss, exactly."""
    left = [[Fraction(value) for value in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in range(found, len(left)) if left[row][column]), None)
        if pivot is None:
            continue
        left[found], left[pivot] = left[pivot], left[found]
        for row in range(found + 1, len(left)):
            if factor := left[row][column] / left[found][column]:
                left[row] = [one - factor * other for one, other in zip(left[row], left[found], strict=True)]
        found += 1
    return found


def smallest_derivable(shown: Collection[Group], least: int, own: Group = frozenset()) -> int | None:
    """The least number of people, below `least`, about whom alone a sum of their answers with any factors can be
    worked out from the shown sums; `own` answers are known to whoever looks. None where there is no such thing.

    A sum over the people of some columns can be worked out if taking these columns out makes the rows less free.
    """
    people = sorted({person for group in shown for person in group} - own, key=repr)
    columns = Counter(tuple(int(person in group) for group in shown) for person in people)
    whole = [*columns]
    full = rank(rows_of(whole))
    small = [column for column, size in columns.items() if size < least]
    for some in subsets(small, columns, least):
        rest = [column for column in whole if column not in some]
        if rank(rows_of(rest)) < full:
            return sum(columns[column] for column in some)
    return None


def rows_of(columns: Sequence[tuple[int, ...]]) -> list[list[int]]:
    return [list(row) for row in zip(*columns, strict=True)]


def subsets(
    small: Sequence[tuple[int, ...]], sizes: Counter[tuple[int, ...]], least: int
) -> Iterator[set[tuple[int, ...]]]:
    """Sets of columns that stand for fewer than `least` people, small ones first."""
    for number in range(1, least):
        for some in combinations(small, number):
            if sum(sizes[column] for column in some) < least:
                yield set(some)
