"""The sample company in the middle of a half-year review: for whoever tries reviews, scores, calibration and results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from flows.core.words import Words
from flows.cycle.nudges.closing import close
from flows.cycle.planning import plan_snapshot
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import Phase, Template
from flows.cycle.templates.file import built_in
from flows.goals.kept import Goal, Terms
from flows.people.person import Language, Person
from flows.results.computing import rate
from flows.results.releasing.asking import ask_for
from flows.reviews.records import Nomination, Review
from storage.work import Work

PEERS, MANAGERS = "peer-review", "manager-review"
DAYS: Mapping[str, tuple[int, int]] = {
    "customer-review": (0, 5),
    PEERS: (0, 3),
    MANAGERS: (0, 5),
    "calibration": (7, 3),
    "release": (10, 2),
    "feedback-talk": (12, 10),
}
"""The phases that are left of the half-year review, each with its day after the Monday and its length: three weeks."""

OVER = timedelta(weeks=24)
"""How much of the half year has passed, so that its goals are near their end."""

UNRATED = ("daniel", "ana")
"""Whose manager has not written yet."""

RELEASED_DESPITE = "Twenty people, whom their managers have talked over"
RATINGS = {"emily": "S", "anna": "A", "chenwei": "A", "kavya": "A", "arjun": "A", "jonas": "A", "sunyue": "C"}
USUAL = "B"
STEPS = {"S": "5", "A": "4", "B": "3", "C": "2", "D": "1"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a colleague has written: what to keep, what to change, and how often they helped and were reliable."""

    author: str
    keep: str
    change: str
    helps: str
    reliable: str


COLLEAGUES: Mapping[str, tuple[Said, ...]] = {
    "lina": (
        Said("wangqiang", "评审代码认真细致，指出问题也给出改法", "排期紧张时可以早点说", "4", "3"),
        Said("zhangmin", "测试遇到问题随叫随到", "多写一些设计说明", "3", "4"),
        Said("zhaolei", "主动分享组件库的用法", "埋点需求可以更早对齐", "4", "4"),
    ),
    "kavya": (
        Said(
            "arjun",
            "Ships small and often, and says early what will be late",
            "Ask for help sooner",
            "4",
            "4",
        ),
        Said("lina", "接口说明写得很清楚", "评审意见可以再具体一些", "3", "4"),
        Said("sunyue", "带我熟悉了整个发布流程，很有耐心", "会议可以更短", "4", "3"),
    ),
}
ASKED: Mapping[str, tuple[str, ...]] = {
    "lina": ("jonas",),
    "kavya": ("jonas",),
    "daniel": ("ana", "zhouting"),
}
"""Who is asked about whom and has not answered; about Daniel there are too few for anything to be shown."""

WRITTEN: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "results-why": "Delivered what was agreed in the plan of the team, and in time",
        "behaviour-example": "Took over a colleague's on-call duty in the busiest week",
        "strengths": "Thorough, and calm when others are not",
        "growth": "Delegate more; next step: lead a release across two teams",
        "ready": "later",
    },
    "zh": {
        "results-why": "按期完成重点项目，上线后没有出现严重问题",
        "behaviour-example": "主动帮助新同事熟悉代码",
        "strengths": "做事认真，遇到压力也很冷静",
        "growth": "多承担跨团队的工作；下一步：负责一次发布",
        "ready": "later",
    },
}
WHY: Mapping[Language, str] = {
    "en": "The whole half year counts, not only what is measured",
    "zh": "综合半年的整体表现",
}

SALES_GOAL = Words("Close 3 million dollars of new business", "签下 300 万美元新业务")
KICKOFF = Words(
    "The half-year review is on.\n\nColleagues write about each other, and managers review their people. After the "
    "ratings have been calibrated the results are released, and each of you has a talk about them. How it all counts "
    "stands in /review rules. I'll write to you when there is something for you to do.",
    "半年绩效评估正在进行。\n\n同事之间相互评估，上级评估下属；评级校准后公布结果，并安排面谈。"
    "评估规则可输入 /review rules 查看。轮到你时，我会提醒你。",
)


def template() -> Template:
    """The half-year review from the colleagues' reviews on, in three weeks, with customers beside them."""
    known = {one.name: one for one in built_in()}
    half, year = known["half-year-review"], known["annual-review"]
    phases = {phase.name: phase for phase in (*year.phases, *half.phases)}
    return replace(
        half,
        phases=tuple(timed(phases[name], *days) for name, days in DAYS.items()),
        reviews={**half.reviews, "external": year.reviews["external"]},
        kickoff=KICKOFF,
        external_days=year.external_days,
    )


def timed(phase: Phase, starts: int, days: int) -> Phase:
    return replace(
        phase, starts=OVER.days + starts, days=days, grace=0 if phase.work == "review" else phase.grace
    )


def named(records: Work, name: str) -> Person:
    """One of the sample's people, by the first part of their address."""
    found = records.people.by_email(f"{name}@example.com")
    if found is None:
        raise LookupError(f"{name} is not in the sample")
    return found


def half_before(monday: date) -> str:
    """The half year that is looked back on."""
    return f"H1 {monday.year}" if monday.month > 6 else f"H2 {monday.year - 1}"


def launch(records: Work, monday: date, now: datetime) -> None:
    """The cycle as HR has launched it, with the goals of the half year and everybody who is asked to review a colleague."""
    hr = named(records, "marta").id
    made = Cycle(
        0, "live", half_before(monday), monday - OVER, template(), Audience(), hr, now, launched_by=hr, launched_at=now
    )  # fmt: skip
    cycle = records.cycles.save(made)
    set_goals(records, cycle)
    for whom, author in asked():
        about, reviewer = named(records, whom).id, named(records, author).id
        records.nominations.save(
            Nomination(0, cycle.id, PEERS, "peer", about, reviewer, "approved", by=about, decided_by=hr)
        )
    plan_snapshot(records, cycle, now)


def set_goals(records: Work, cycle: Cycle) -> None:
    """Put everybody's goals into the cycle, for all to read; those in its unit serve the goal of Sales."""
    head = named(records, "rafael")
    terms = Terms(
        SALES_GOAL.say(head.language), unit="USD", baseline=Decimal(0), target=Decimal(3_000_000), visibility="public"
    )  # fmt: skip
    top = records.goals.save(Goal(0, head.id, terms, cycle.id, "department", head.department))
    for goal in records.goals.worked_towards([one.id for one in records.people.active()]):
        if goal.cycle is None:
            own = replace(goal.terms, visibility="public")
            serving = replace(own, parent=top.id, rule="sum") if own.unit == terms.unit else own
            records.goals.save(replace(goal, cycle=cycle.id, terms=serving))


def asked() -> Iterator[tuple[str, str]]:
    """(whom, by whom)."""
    for whom, several in COLLEAGUES.items():
        yield from ((whom, one.author) for one in several)
    for whom, authors in ASKED.items():
        yield from ((whom, author) for author in authors)


def answer(records: Work, now: datetime) -> None:
    """All the answers that are there already, before anybody is written to about them."""
    cycle = records.cycles.in_state("live")[0]
    for whom, several in COLLEAGUES.items():
        about = named(records, whom).id
        for one in several:
            author = named(records, one.author).id
            said = {"keep": one.keep, "change": one.change, "helps": one.helps, "reliable": one.reliable}
            records.pens.keep(cycle.id, PEERS, author, about, said)
            done(records, cycle, PEERS, about, author, None)
    left_out = {named(records, name).id for name in UNRATED}
    for place in records.participants.slice(cycle.id, 0, 1000):
        manager = records.people.get(place.manager) if place.manager else None
        about_whom = records.people.get(place.person)
        if manager and about_whom and about_whom.id not in left_out:
            review(records, cycle, about_whom, manager, now)


def answer_rest(records: Work, now: datetime) -> None:
    """The reviews that a manager had not written yet."""
    cycle = records.cycles.in_state("live")[0]
    for name in UNRATED:
        person = named(records, name)
        manager = records.people.get(person.manager or 0)
        if manager:
            review(records, cycle, person, manager, now)


def release(records: Work, now: datetime) -> None:
    """Have HR open the results, without the calibration that the template wants."""
    cycle = records.cycles.in_state("live")[0]
    ask_for(records, named(records, "marta"), str(cycle.id), RELEASED_DESPITE, now)


def review(records: Work, cycle: Cycle, person: Person, manager: Person, now: datetime) -> None:
    """A manager's review with its rating, in the manager's language."""
    rating = RATINGS.get(person.email.partition("@")[0], USUAL)
    steps = dict.fromkeys(("results", "behaviour", "ability"), STEPS[rating])
    said = {**steps, **WRITTEN[manager.language]}
    records.reviews.keep(
        Review(0, cycle.id, MANAGERS, "manager", person.id, manager.id, manager.id, said, sent_at=now)
    )
    rate(records, cycle, person.id, "manager", rating, WHY[manager.language], manager, now)
    done(records, cycle, MANAGERS, person.id, manager.id, now)


def done(records: Work, cycle: Cycle, phase: str, about: int, author: int, at: datetime | None) -> None:
    """The task is done; when is kept of reviews with a name alone."""
    for task in records.tasks.of_about("review", cycle.id, phase, [about]):
        if task.person == author:
            close(records, replace(task, state="done", done_at=at))
