"""How often the SMART check is right on labelled sentences, and how long it takes.

Precision and recall of each rule on both halves of tests/goals/smart_sentences.yml: the rules were tuned on the
development half alone, so the held-out half says how well they carry over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median, quantiles
from typing import Any, get_args
from zlib import crc32

import yaml

from bot.bench.report import Goal, show
from bot.clock import SystemClock
from flows.goals.kept import Terms
from flows.goals.smart.checking import Context, Known, Rule, check
from flows.goals.smart.folding import LONGEST, language_of
from flows.goals.smart.reading import understood

Json = dict[str, Any]
SENTENCES = Path(__file__).parents[2] / "tests" / "goals" / "smart_sentences.yml"
TODAY, FIRST = date(2027, 1, 11), date(2027, 1, 1)
LAST = {"quarter": date(2027, 3, 31), "year": date(2027, 12, 31)}
LEAST = 0.9  # precision and recall on the held-out half
LIMIT = 5.0  # milliseconds for one check
RULES: tuple[Rule, ...] = get_args(Rule)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A goal with what is around it, and the rules that should fire."""

    terms: Terms
    context: Context
    fires: frozenset[str]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Score:
    """How a rule did: fired rightly, fired wrongly, and did not fire where it should have."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def run(*, sentences: Path = SENTENCES) -> Json:
    """Judge every labelled sentence, take the time, and show both."""
    if not sentences.exists():
        raise SystemExit(
            "The labelled sentences are not here: they are in the repository (tests/goals/smart_sentences.yml), "
            "not in the installed package. Run `perfloop bench smart` from a checkout."
        )
    labelled = read_labelled(sentences)
    halves = {half: [one for one in labelled if one.held_out == half] for half in (False, True)}
    tuned, kept = (scores(halves[half]) for half in (False, True))
    rows = [
        {
            "rule": rule, "development n": tuned[rule].right + tuned[rule].missed,
            "precision": tuned[rule].precision, "recall": tuned[rule].recall,
            "held out n": kept[rule].right + kept[rule].missed,
            "held-out precision": kept[rule].precision, "held-out recall": kept[rule].recall,
        }
        for rule in RULES
    ]  # fmt: skip
    goals = [
        Goal(f"{rule}: held-out {name}", getattr(kept[rule], name), LEAST, least=True)
        for rule in RULES
        for name in ("precision", "recall")
    ]
    times = timed(labelled)
    goals.append(Goal("the slowest check, ms", max(times["slowest ms"], times["hostile ms"]), LIMIT))
    chinese = sum(language_of(one.terms.title) == "zh" for one in labelled)
    return show("smart", rows, goals, sentences=len(labelled), chinese=chinese, times=times)


def read_labelled(path: Path) -> list[Labelled]:
    """The labelled sentences of the file."""
    return [_labelled(row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]


def scores(labelled: Sequence[Labelled]) -> dict[str, Score]:
    """How each rule did on these."""
    fired = [frozenset(hint.rule for hint in check(one.terms, one.context)) for one in labelled]
    pairs = list(zip(fired, (one.fires for one in labelled), strict=True))
    return {
        rule: Score(
            sum(rule in found and rule in wanted for found, wanted in pairs),
            sum(rule in found and rule not in wanted for found, wanted in pairs),
            sum(rule not in found and rule in wanted for found, wanted in pairs),
        )
        for rule in RULES
    }


def timed(labelled: Sequence[Labelled]) -> dict[str, float]:
    """Milliseconds of one check, and how many times those of folding and splitting the sentence and of its JSON."""
    checks = each([_checking(one) for one in labelled])
    floor = each([_floor(one) for one in labelled])
    hostile = each(
        [_checking(Labelled(Terms(text), labelled[0].context, frozenset(), False)) for text in HOSTILE]
    )
    return {
        "median ms": median(checks), "p99 ms": quantiles(checks, n=100)[98], "slowest ms": max(checks),
        "hostile ms": max(hostile), "times the floor": median(checks) / median(floor),
    }  # fmt: skip


def each(calls: Sequence[Callable[[], object]], rounds: int = 5) -> list[float]:
    """The best of a few rounds for each call, in milliseconds: what the machine does besides is not the check's."""
    clock, found = SystemClock(), []
    for call in calls:
        times = []
        for _ in range(rounds):
            began = clock.monotonic()
            call()
            times.append((clock.monotonic() - began) * 1000)
        found.append(min(times))
    return found


def _checking(one: Labelled) -> Callable[[], object]:
    return lambda: check(one.terms, one.context)


def _floor(one: Labelled) -> Callable[[], object]:
    """What any check would have to do: read the goal's JSON and split its sentence into words and figures."""
    text = json.dumps({"title": one.terms.title, "target": str(one.terms.target)})
    return lambda: WORDS.findall(json.loads(text)["title"].casefold())


def _labelled(row: Mapping[str, Any]) -> Labelled:
    given = dict(row.get("terms") or {})
    for name in ("baseline", "target"):
        if name in given:
            given[name] = Decimal(given[name])
    if "milestones" in given:
        given["milestones"] = tuple(given["milestones"])
    context = Context(
        TODAY, FIRST, LAST[row.get("cycle", "quarter")], level=row.get("level", "person"),
        parents=row.get("parents", False), others=tuple(row.get("others", ())),
        history=_known(row.get("history", ())), peers=_known(row.get("peers", ())),
        newcomer=row.get("newcomer", False),
    )  # fmt: skip
    held_out = crc32(row["goal"].encode()) % 2 == 1
    return Labelled(Terms(row["goal"], **given), context, frozenset(row["fires"]), held_out)


def _known(rows: Sequence[Sequence[Any]]) -> tuple[Known, ...]:
    return tuple(
        Known(title, unit, Decimal(str(target)), None if reached is None else Decimal(str(reached)),
              per=understood(title, TODAY).per)
        for title, unit, target, reached in rows
    )  # fmt: skip


WORDS = re.compile(r"[a-z]+|[0-9.,]+|[\u3400-\u9fff]")
HOSTILE = [
    text[:LONGEST]
    for text in (
        "1" * 300, "1 " * 150, "1,1" * 100, "a" * 300, "a " * 150, "(" * 300, "from 1 to 2 by 3/4 " * 20, "3月1日" * 80,
        "一二三" * 100, "每月" * 150, "no zero no " * 30, "we will to " * 30, "last year " * 30, "从到" * 150, "%" * 300,
    )
]  # fmt: skip
