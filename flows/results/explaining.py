"""How was this computed? One result down to its sources, with every version of it that the reader may know of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.screen import Act, Button, Element, Heading, Note, Quote, Row, Screen
from flows.core.words import Words, same
from flows.cycle.owing import whole as number_of
from flows.cycle.records import Cycle
from flows.goals.kept import Goal
from flows.goals.reviewed import reviewed_goals
from flows.goals.rights import goal_thing, kind_for_reading
from flows.people.person import Person
from flows.people.policy import Relation, Thing, may, relations
from flows.results.explained import Way, whole
from flows.results.ledger import plain
from flows.results.records import ResultRecords, Version, VersionKind
from flows.results.stages import has_result, thing_about
from flows.reviews.owed import Moment, place_named
from flows.reviews.published import parts_kept_from
from flows.reviews.reading import readable

RULE = ("score", "view")
KINDS: tuple[str, ...] = ("score_final", "score_calibrated", "score_proposed")
"""What of a result there is to be read, each with readers and times of its own."""

SEEN: Mapping[str, frozenset[VersionKind]] = {
    "score_proposed": frozenset({"computed", "manager"}),
    "score_calibrated": frozenset({"calibrated"}),
}
TOLD: Mapping[VersionKind, Words] = {
    "computed": Words("Computed", "系统计算"),
    "manager": Words("By the manager", "上级评定"),
    "calibrated": Words("Calibrated", "校准"),
    "appealed": Words("After an appeal", "申诉后"),
}
CLOSE: frozenset[Relation] = frozenset({"self", "author", "manager", "delegate", "line", "head", "session"})
"""Who reads a computation without a line in the audit log: everybody but HR."""

TITLE = Words("How was this computed?", "计算过程")
OPEN = Words("Open", "打开")


def whose_score(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """The result that "cycle", "person" and perhaps "version" name, as that which the actor may read of it."""
    cycle, person = place_named(records, about[:2])

    def at(now: datetime) -> Thing | None:
        found = readings(records, actor, cycle, person, now) if cycle and person else []
        return found[0] if found else None

    return at


def readings(
    records: ResultRecords, actor: Person, cycle: Cycle, person: Person, now: datetime
) -> list[Thing]:
    """Everything of a result that the actor may read now."""
    if not has_result(records.participants.get(cycle.id, person.id)):
        return []
    rated = any(
        one.by == actor.id and one.kind == "manager" for one in records.ledger.given(cycle.id, [person.id])
    )
    standing = frozenset[Relation]({"author"} if rated else ())
    thing = thing_about(records, actor, KINDS[0], cycle, person, now, standing)
    kinds = [replace(thing, kind=kind) for kind in KINDS] if thing else []
    return [one for one in kinds if may(actor, RULE[1], one, now)]


@view("result-explained", may=RULE, of=whose_score)
def result_explained(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """The computation of the newest version that the actor may see, or of the one that is named."""
    cycle, person = place_named(records, about[:2])
    if cycle is None or person is None:
        raise NotThere
    things = readings(records, actor, cycle, person, now)
    versions = seen(records.ledger.of(cycle.id, person.id), {one.kind for one in things})
    named = number_of(about[2]) if len(about) > 2 else None
    shown = next((one for one in reversed(versions) if named in (None, one.version)), None)
    if shown is None:
        raise NotThere
    if relations(actor, things[0]).isdisjoint(CLOSE):
        records.audit.note(now, actor.id, "result.explain", f"cycle/{cycle.id}", {"person": person.id})
    own, way = ways_of(records, actor, cycle, person, shown, now)
    body: list[Element] = [Heading(same(f"{person.name} · {cycle.name}"))]
    if named is not None:
        moment = day_and_time(shown.at, actor.zone)
        body.append(Note(Words("As it was on {moment}", "{moment}的计算").fill(moment=moment)))
    hidden = parts_kept_from(records, cycle, actor.id, person.id, shown.inputs)
    body += whole(cycle.template, shown.inputs, own, way, hidden)
    body += history(records, actor, cycle, versions, reasons=may_read_reasons(actor, things, now))
    return Screen(TITLE, tuple(body), place=Act("see", ("result-explained", *about)))


def seen(versions: Sequence[Version], kinds: set[str]) -> list[Version]:
    """The versions that may be known to whoever may read these kinds of things, oldest first.

    Of a released result that is how it stands: what was computed last, what a person set last, and what an appeal has
    changed since.
    """
    known = {kind for one in kinds for kind in SEEN.get(one, frozenset())}
    numbers = {one.version for one in versions if one.kind in known}
    if "score_final" in kinds and versions:
        appealed = [one.version for one in versions if one.kind == "appealed"]
        first = appealed[0] if appealed else versions[-1].version + 1
        before = [one for one in versions if one.version < first]
        last = [
            next((one for one in reversed(before) if (one.kind == "computed") is made), None)
            for made in (True, False)
        ]
        numbers |= {*appealed, *(one.version for one in last if one)}
    return [one for one in versions if one.version in numbers]


def may_read_reasons(actor: Person, things: Sequence[Thing], now: datetime) -> bool:
    """Whether the actor reads why ratings were changed in a calibration."""
    return any(may(actor, RULE[1], replace(one, kind="calibration_note"), now) for one in things[:1])


def history(
    records: ResultRecords, actor: Person, cycle: Cycle, versions: Sequence[Version], *, reasons: bool
) -> list[Element]:
    """Every version with who, when and why, the newest first."""
    names = {one.id: one.name for one in records.people.many({v.by for v in versions if v.by is not None})}
    body: list[Element] = [Heading(Words("Versions", "历次版本"))]
    for version in reversed(versions):
        place = ("result-explained", str(cycle.id), str(version.person), str(version.version))
        named = reasons or version.kind != "calibrated"
        words = told(cycle, version, names if named else {}, actor)
        body.append(Row(words, Button(HOW_THEN, Act("see", place)), TOLD[version.kind]))
        if version.why and named:
            body.append(Quote(version.why))
    return [*body, Note(CHAINED.fill(hash=versions[-1].hash[:16]))]


HOW_THEN = Words("As it was", "当时的计算")
CHAINED = Words(
    "A version is never changed, only followed by another. Check sum of the newest here: {hash}",
    "版本只增不改。此处最新版本的校验值：{hash}",
)


def told(cycle: Cycle, version: Version, names: Mapping[int, str], actor: Person) -> Words:
    """ "4 · Outstanding · score 81.5 · Mo, Friday 16 January, 16:00"; no number, which would tell what is not shown."""
    words = rating_told(cycle, version) + same(" · ")
    if version.by is not None and version.by in names:
        words += same(names[version.by]) + Words(", ", "，")
    return words + day_and_time(version.at, actor.zone)


def rating_told(cycle: Cycle, version: Version) -> Words:
    """The rating, which what is computed proposes only, and the score."""
    step = next((one for one in cycle.template.scale if one.key == version.rating), None)
    rating = same(version.rating or "–") + (same(" · ") + step.label if step else same(""))
    if version.kind == "computed" and version.rating:
        rating = Words("proposes {rating}", "建议 {rating}").fill(rating=rating)
    score = Words("score {score}", "得分 {score}").fill(score=plain(version.score) or "–")
    return rating + same(" · ") + score


def ways_of(
    records: ResultRecords, actor: Person, cycle: Cycle, person: Person, shown: Version, now: datetime
) -> tuple[Callable[[int], bool], Way]:
    """Which goals may be named to the reader, and the buttons to what they may open; a few queries for all of them."""
    readable_goals = set(goals_read(records, actor, reviewed_goals(records, cycle, [person.id]), now))
    named = {
        number
        for part in shown.inputs.get("components", ())
        for number in (part.get("review"), *part.get("reviews", ()))
    }
    reviews = {
        one.id
        for one in (records.reviews.about(cycle.id, [person.id]) if named else ())
        if one.id in named and readable(records, actor, one, now)
    }

    def way(kind: str, number: int) -> Button | None:
        if kind == "goal" and number in readable_goals:
            return Button(OPEN, Act("see", ("goal-card", str(number))))
        if kind == "review" and number in reviews:
            return Button(OPEN, Act("see", ("review-read", str(number))))
        return None

    return readable_goals.__contains__, way


def goals_read(records: ResultRecords, actor: Person, goals: Sequence[Goal], now: datetime) -> Iterator[int]:
    """Those that the actor may read: one look for each kind of visibility, because all are the same person's."""
    answers: dict[str, bool] = {}
    for goal in goals:
        kind = kind_for_reading(goal)
        if kind not in answers:
            answers[kind] = may(actor, "read", goal_thing(records, goal, actor), now)
        if answers[kind]:
            yield goal.id
