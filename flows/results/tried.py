"""Who would move under another template, how many, and why: the screen of a trial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.core.rounding import half_up
from flows.core.screen import Act, Button, Element, Facts, Heading, Line, Note, Row
from flows.core.words import Words, count, join, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.formula import SCORE
from flows.results.ledger import plain
from flows.results.simulating import Trial, Way, differences, has_same_scale, moves, named

ROWS = 40  # people who are named

HOW = Words("How it is now", "目前的计算")
ONLY_LOOKED = Words(
    "Compared is what the scores propose, not what somebody has set. Nothing is changed by looking.",
    "比较的是得分所建议的评级，而不是已确定的评级。试算不会更改任何内容。",
)


@dataclass(frozen=True, slots=True)
class Tried:
    """A cycle under another template: everybody in sight, and the parts of a result that nobody has."""

    here: Way
    there: Way
    people: Mapping[int, Person]
    trials: Sequence[Trial]
    unknown: Sequence[str]

    @property
    def comparable(self) -> bool:
        return has_same_scale(self.here.template, self.there.template)

    @property
    def moved(self) -> list[Trial]:
        """Those who would move, the largest change of score first."""
        found = [one for one in self.trials if moves(one, comparable=self.comparable)]
        return sorted(found, key=lambda one: (-abs(one.change), self.people[one.person].name))


def told(cycle: Cycle, its: Tried) -> list[Element]:
    """How many would move, what differs, and who."""
    moved = its.moved
    if not its.trials:
        return [Line(NOBODY)]
    body: list[Element] = [Facts(tuple(_figures(its, moved)))]
    here, there = its.here, its.there
    if found := differences(here, there):
        body += [Heading(Words("What differs", "不同之处")), Line(join(found, "; ", "；"))]
    if its.unknown:
        names = join(named(here, there, name) for name in its.unknown)
        body.append(Note(UNKNOWN.fill(names=names)))
    if its.comparable and here.template.scale:
        body += [Heading(Words("Proposed ratings", "建议评级")), Facts(tuple(_spread(its)))]
    if moved:
        body.append(Heading(Words("Who would move", "变动人员")))
    for one in moved[:ROWS]:
        act = Act("see", ("result-explained", str(cycle.id), str(one.person)))
        body.append(
            Row(line(one, comparable=its.comparable), Button(HOW, act), same(its.people[one.person].name))
        )
    if len(moved) > ROWS:
        body.append(Note(count(len(moved) - ROWS, "{n} more", "{n} more", "还有 {n} 人")))
    return [*body, Note(ONLY_LOOKED)]


NOBODY = Words(
    "There is no score that you may look at yet: HR sees scores from the calibration on, and in a cycle without one from "
    "the release on. Earlier cycles can be tried at any time.",
    "目前没有你可以查看的得分：HR 从校准开始可以查看；没有校准的周期，发布后可以查看。以往的周期随时可以试算。",
)
UNKNOWN = Words(
    "It also counts what nobody here has, so that is left out: {names}.",
    "该模板还计入以下部分，但此周期没有相应数据，因此不计入：{names}。",
)


def _figures(its: Tried, moved: Sequence[Trial]) -> list[tuple[Words, Words]]:
    up = sum(one.change > 0 for one in moved if one.scored)
    down = sum(one.change < 0 for one in moved if one.scored)
    rows = [
        (Words("People looked at", "试算人数"), same(len(its.trials))),
        (
            Words("Would move", "变动人数"),
            Words(
                "{n}: {up} with a higher score, {down} with a lower one",
                "{n} 人：得分上升 {up} 人，下降 {down} 人",
            ).fill(n=len(moved), up=up, down=down),
        ),
    ]
    scores = [
        (one.before, one.after) for one in its.trials if one.before is not None and one.after is not None
    ]
    if scores:
        before, after = (half_up(sum(side) / len(scores), SCORE) for side in zip(*scores, strict=True))
        rows.append((Words("Mean score", "平均得分"), same(f"{plain(before)} → {plain(after)}")))
    if lost := sum(one.after is None and one.before is not None for one in its.trials):
        rows.append((Words("Would have no score", "将没有得分"), same(lost)))
    return rows


def _spread(its: Tried) -> list[tuple[Words, Words]]:
    """How many have each rating, before and after."""
    was, becomes = Counter(one.was for one in its.trials), Counter(one.becomes for one in its.trials)
    return [
        (same(f"{step.key} · ") + step.label, same(f"{was[step.key]} → {becomes[step.key]}"))
        for step in its.here.template.scale
    ]


def line(one: Trial, *, comparable: bool) -> Words:
    """ "B → A · 78.2 → 91 · Goals 60% × 108 → 80% × 108"."""
    scores = same(f"{plain(one.before) or '–'} → {plain(one.after) or '–'}")
    ratings = [same(f"{one.was or '–'} → {one.becomes or '–'}")] if comparable else []
    return join([*ratings, scores, *([one.why] if one.why.en else [])], " · ", " · ")
