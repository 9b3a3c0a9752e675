"""Goals: whose they are, how they hang together, and what happened to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from flows.goals.kept import Coverage, Goal, State, Terms, Version
from flows.goals.signals.watched import Watched
from flows.goals.tree.dividing import contribution
from storage.columns import amount
from storage.records import goal_statements as q
from storage.records.goal_rows import column_values, goal_of, version_of, version_values
from storage.records.rows import CHUNK, MOST_IDS, chunks, insert_one
from storage.records.signals import watched


class Goals:
    """Implements `flows.goals.records.GoalRecords`."""

    __slots__ = ("_clock_now", "_connection")

    def __init__(self, connection: Connection, clock_now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._clock_now = clock_now

    def get(self, goal: int) -> Goal | None:
        return self._first(q.BY_ID, {"id": goal})

    def lock(self, goal: int) -> Goal | None:
        return self._first(q.LOCKED, {"id": goal})

    def many(self, goals: Iterable[int]) -> list[Goal]:
        return self._in(q.MANY, sorted(set(goals)))

    def of_person(self, person: int) -> list[Goal]:
        return self._many(q.NOW, {"person": person})

    def worked_towards(self, people: Sequence[int]) -> list[Goal]:
        found: list[Goal] = []
        for ids in chunks(sorted(set(people)), MOST_IDS):
            found += self._many(q.NOW_OF_PEOPLE, {"people": ids})
        return found

    def of_cycle(self, cycle: int, person: int) -> list[Goal]:
        return self._many(q.OF_CYCLE, {"cycle": cycle, "person": person})

    def of_people(self, cycle: int, people: Sequence[int]) -> list[Goal]:
        found: list[Goal] = []
        for ids in chunks(sorted(set(people)), MOST_IDS):
            found += self._many(q.OF_PEOPLE, {"cycle": cycle, "people": ids})
        return found

    def above(self, cycle: int) -> list[Goal]:
        return self._many(q.OF_LEVELS, {"cycle": cycle})

    def answered_for(self, cycle: int, person: int) -> list[Goal]:
        return self._many(q.ANSWERED, {"cycle": cycle, "person": person})

    def children(self, goals: Sequence[int]) -> list[Goal]:
        return self._in(q.CHILDREN, sorted(set(goals)))

    def line_up(self, goal: int) -> list[Goal]:
        line: list[Goal] = []
        seen, found = {goal}, self.get(goal)
        while found and found.terms.parent and found.terms.parent not in seen:
            seen.add(found.terms.parent)
            found = self.get(found.terms.parent)
            line += [found] if found else []
        return line

    def coverage(self, goals: Sequence[int]) -> dict[int, Coverage]:
        found: dict[int, Coverage] = {}
        for ids in chunks(sorted(set(goals)), MOST_IDS):
            found |= self._covered(q.COVERED, {"ids": ids})
        return found

    def cycle_coverage(self, cycle: int) -> dict[int, Coverage]:
        return self._covered(q.ALL_COVERED, {"cycle": cycle})

    def _covered(self, statement: Any, values: Mapping[str, Any]) -> dict[int, Coverage]:
        rows = self._connection.execute(statement, values)
        return {
            parent: Coverage(amount(int(high or 0) * q.HIGH + int(low or 0)), giving, every - giving)
            for parent, high, low, giving, every in rows
        }

    def add(self, person: int, title: str) -> Goal:
        return self.save(Goal(0, person, Terms(title)))

    def save(self, goal: Goal, version: Version | None = None) -> Goal:
        row = column_values(goal)
        row["gives"] = self._gives(goal.terms)
        if goal.id:
            before = self.get(goal.id)
            self._connection.execute(q.UPDATE, {**row, "which": goal.id})
            if before and divided(before.terms) != divided(goal.terms):
                self._give_anew(goal)
        else:
            row["created_at"] = self._clock_now()
            goal = replace(goal, id=insert_one(self._connection, q.INSERT, row))
        if version is not None:
            self._connection.execute(q.KEEP_VERSION, version_values(replace(version, goal=goal.id)))
        return goal

    def add_many(self, goals: Sequence[Goal], versions: Sequence[Version]) -> list[int]:
        parents = {goal.id: goal for goal in self.many(g.terms.parent for g in goals if g.terms.parent)}
        now, made = self._clock_now(), []
        for part in chunks(zip(goals, versions, strict=True), CHUNK):
            rows = []
            for goal, _ in part:
                parent = parents.get(goal.terms.parent or 0)
                given = contribution(goal.terms, parent.terms) if parent else None
                rows.append({**column_values(goal), "gives": given, "created_at": now})
            ids = list(
                self._connection.scalars(q.INSERT.returning(q.TABLE.id, sort_by_parameter_order=True), rows)
            )
            lines = [replace(version, goal=which) for which, (_, version) in zip(ids, part, strict=True)]
            self._connection.execute(q.KEEP_VERSION, [version_values(line) for line in lines])
            made += ids
        return made

    def forget(self, goals: Sequence[int]) -> None:
        for ids in chunks(goals, MOST_IDS):
            self._connection.execute(q.ORPHAN, {"ids": ids})
            self._connection.execute(q.FORGET, {"ids": ids})

    def history(self, goal: int) -> list[Version]:
        return self.histories([goal]).get(goal, [])

    def histories(self, goals: Sequence[int]) -> dict[int, list[Version]]:
        found: dict[int, list[Version]] = {}
        for ids in chunks(sorted(set(goals)), MOST_IDS):
            for row in self._connection.execute(q.VERSIONS, {"ids": ids}):
                found.setdefault(row.goal, []).append(version_of(row))
        return found

    def answers(self, cycle: int, person: int, since: datetime) -> list[Version]:
        rows = self._connection.execute(q.ANSWERS, {"cycle": cycle, "person": person, "since": since})
        return [version_of(row) for row in rows]

    def latest_of(self, person: int, before: int, limit: int) -> list[Goal]:
        return self._many(q.LATEST, {"person": person, "before": before, "most": limit})

    def of_peers(self, cycle: int, level: str, person: int, limit: int) -> list[Goal]:
        return self._many(q.PEERS, {"cycle": cycle, "level": level, "person": person, "most": limit})

    def states(self, cycle: int, people: Sequence[int]) -> dict[int, dict[State, int]]:
        found: dict[int, dict[State, int]] = {}
        for ids in chunks(sorted(set(people)), MOST_IDS):
            for person, state, number in self._connection.execute(q.STATES, {"cycle": cycle, "people": ids}):
                found.setdefault(person, {})[state] = number
        return found

    def unagreed(
        self, cycle: int, departments: frozenset[str] | None, after: int, limit: int
    ) -> list[tuple[int, str]]:
        values: dict[str, Any] = {"cycle": cycle, "after": after, "most": limit}
        if departments is not None:
            values["departments"] = sorted(departments)
        statement = q.UNAGREED if departments is None else q.UNAGREED_IN
        return [(person, department) for person, department in self._connection.execute(statement, values)]

    def unagreed_count(self, cycle: int) -> dict[str, int]:
        return dict(self._connection.execute(q.UNAGREED_COUNT, {"cycle": cycle}).all())

    def with_metric(self, metric: str, after: int, limit: int) -> list[Goal]:
        return self._many(q.WITH_METRIC, {"metric": metric, "after": after, "most": limit})

    def watched(self, after: int, limit: int) -> list[Watched]:
        return watched(self._connection, after, limit)

    def _gives(self, terms: Terms) -> Any:
        parent = self.get(terms.parent) if terms.parent else None
        return contribution(terms, parent.terms) if parent else None

    def _give_anew(self, parent: Goal) -> None:
        every = self._connection.execute(q.OF_PARENT, {"parent": parent.id})
        rows = [
            {"which": child.id, "given": contribution(child.terms, parent.terms)}
            for child in map(goal_of, every)
        ]
        if rows:
            self._connection.execute(q.GIVE, rows)

    def _first(self, statement: Any, values: Mapping[str, Any]) -> Goal | None:
        row = self._connection.execute(statement, values).first()
        return goal_of(row) if row else None

    def _many(self, statement: Any, values: Mapping[str, Any]) -> list[Goal]:
        return [goal_of(row) for row in self._connection.execute(statement, values)]

    def _in(self, statement: Any, ids: Sequence[int]) -> list[Goal]:
        found: list[Goal] = []
        for part in chunks(ids, MOST_IDS):
            found += self._many(statement, {"ids": part})
        return found


def divided(terms: Terms) -> tuple[object, ...]:
    """What of a goal's terms its children's contributions depend on."""
    return terms.target, terms.unit, terms.lower
