"""Whether a cycle's results can be opened: what would be opened now, and what still stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flows.core.moments import day_words
from flows.core.refusal import Refusal
from flows.core.words import Words, count, join, same
from flows.cycle.owing import APPROVE, REPLACE
from flows.cycle.phase import LAST_ZONE, moments_in, windows
from flows.cycle.records import Cycle, Participant
from flows.results.records import Given, ResultRecords
from flows.results.releasing.calibrated import doubts
from flows.results.releasing.opening import is_kept_back

SLICE = 2000
MOST_NAMED = 10  # people or sessions that are named; the others are counted
COLLECTING = ("nominate", APPROVE, REPLACE, "review")  # kinds of tasks that change what a result is made of


@dataclass(frozen=True, slots=True)
class Ready:
    """What a release would open, as of now.

    `people` take part: of these `results` are opened, `withheld` are not, `unrated` have no rating that a person set
    (`named` are the first of them), and `empty` have nothing to be opened in a cycle that rates nobody. `unled` are
    reviewed by nobody, as whoever leads the company: they get no result, and nothing waits for them. `left` took part
    and left the company with a result: it is opened to their manager and HR. `sessions` are the names of those
    that are not locked. `closes` is the last day of a review phase that is not over everywhere; `reviews` can be
    written beyond that. `locked_out` says why the anonymous answers can't be opened for the seal. `doubts` say what
    of the calibration takes a reason.
    """

    people: int
    results: int
    withheld: int
    unled: int
    left: int
    unrated: int = 0
    named: tuple[int, ...] = ()
    empty: int = 0
    sessions: tuple[str, ...] = ()
    closes: date | None = None
    reviews: int = 0
    locked_out: Words | None = None
    doubts: tuple[Words, ...] = ()


def needs_rating(cycle: Cycle) -> bool:
    """Whether everybody's result has a rating in this cycle."""
    return bool(cycle.template.scale) or cycle.template.free is not None


def has_result(cycle: Cycle, versions: Sequence[Given]) -> bool:
    """Whether the versions of one person come to a result: a rating that a person has set, where there are ratings."""
    if needs_rating(cycle):
        return any(version.rating and version.kind != "computed" for version in versions)
    return bool(versions)


def kept_back(records: ResultRecords, cycle: Cycle) -> set[int]:
    """Who is withheld at the moment."""
    return {one.person for one in records.releases.withheld(cycle.id) if is_kept_back(one)}


def with_result(records: ResultRecords, cycle: Cycle, people: Sequence[int]) -> set[int]:
    """Those of these people who have a result."""
    versions: dict[int, list[Given]] = {}
    for version in records.ledger.given(cycle.id, people):
        versions.setdefault(version.person, []).append(version)
    return {person for person, theirs in versions.items() if has_result(cycle, theirs)}


def leavers(records: ResultRecords, cycle: Cycle) -> list[Participant]:
    """Who took part and has left the company, of those with a result."""
    gone = records.releases.would_open(cycle.id, rated=needs_rating(cycle), named=0).left
    return records.participants.many(cycle.id, gone)


def ready(records: ResultRecords, cycle: Cycle, now: datetime) -> Ready:
    """Count what would be opened, and look for what stands in the way."""
    rates = needs_rating(cycle)
    found = records.releases.would_open(cycle.id, rated=rates, named=MOST_NAMED)
    without = found.people - found.withheld - found.results - found.unled
    return Ready(
        found.people,
        found.results,
        found.withheld,
        found.unled,
        len(found.left),
        unrated=without if rates else 0,
        named=found.without if rates else (),
        empty=0 if rates else without,
        sessions=tuple(one.name for one in records.sessions.of_cycle(cycle.id) if one.state != "locked"),
        closes=closing(cycle, now),
        reviews=still_written(records, cycle, now),
        locked_out=locked_out(records, cycle),
        doubts=doubts(records, cycle),
    )


def closing(cycle: Cycle, now: datetime) -> date | None:
    """The last day of the reviews and of what comes before them, while it is not over everywhere.

    Everywhere, as what is published of answers without authors waits for the last zone, too.
    """
    hour = cycle.template.nudges.hour
    still_on = [
        window.closes
        for window in windows(cycle)
        if window.phase.work in COLLECTING and now < moments_in(window, hour, LAST_ZONE)[2]
    ]
    return max(still_on, default=None)


def still_written(records: ResultRecords, cycle: Cycle, now: datetime) -> int:
    """How many reviews are open at the moment, for those too to whom HR has given more time."""
    tasks = records.tasks.of_scope(COLLECTING, cycle.id, state="open")
    return sum(now < task.until for task in tasks)


def locked_out(records: ResultRecords, cycle: Cycle) -> Words | None:
    """Why the anonymous answers can't be opened; None where they can, or where there are none."""
    phases = [phase.name for phase in cycle.template.phases if phase.work == "review"]
    try:
        next(iter(records.pens.everything(cycle.id, phases, [0])), None)
    except Refusal as no:
        return no.words
    return None


def in_the_way(records: ResultRecords, found: Ready, *, excused: bool) -> list[Words]:
    """Everything in the way of a release; `excused`: a reason is given for what takes no more than one."""
    return [*hindrances(records, found), *(() if excused else found.doubts)]


def hindrances(records: ResultRecords, found: Ready) -> list[Words]:
    """What stands in the way of a release whatever reason is given, each with what to do about it."""
    words: list[Words] = []
    if found.closes is not None:
        words.append(REVIEWS_ON.fill(day=day_words(found.closes)))
    elif found.reviews:
        words.append(
            count(
                found.reviews, "{n} review can still be written; wait until it is closed",
                "{n} reviews can still be written; wait until they are closed", "还有 {n} 份评估可以填写，请等待截止",
            )
        )  # fmt: skip
    if found.sessions:
        names = named([same(name) for name in found.sessions])
        words.append(NOT_LOCKED.fill(names=names))
    if found.unrated:
        shown = records.people.many(found.named)
        names = named([same(person.name) for person in shown], found.unrated)
        words.append(NOT_RATED.fill(n=found.unrated, names=names))
    if found.locked_out is not None:
        words.append(found.locked_out)
    if not found.results:
        words.append(Words("there is no result to open", "没有可以发布的结果"))
    return words


REVIEWS_ON = Words(
    "reviews are taken until {day}; wait, or move their dates on /cycle",
    "评估阶段到 {day} 才结束，请等待，或在 /cycle 中调整日期",
)
NOT_LOCKED = Words("calibration is not locked: {names}", "校准尚未锁定：{names}")
NOT_RATED = Words(
    "without a rating ({n}): {names}. Have their managers rate them, or withhold them with a reason: they will then have "
    "no result in this cycle, as nobody can be rated after the release",
    "尚无评级（{n} 人）：{names}。请让其上级给出评级，或注明原因后暂不发布：发布之后不能再评级，他们在本周期将没有结果",
)


def named(names: Sequence[Words], total: int = 0) -> Words:
    """Some names, and how many more there are."""
    more = max(total, len(names)) - min(len(names), MOST_NAMED)
    rest = [count(more, "{n} more", "{n} more", "另外 {n} 个")] if more else []
    return join([*names[:MOST_NAMED], *rest])
