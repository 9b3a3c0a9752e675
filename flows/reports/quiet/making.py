"""The report of whom nothing was heard for long: no feedback, no 1:1, no check-in, with what can be done about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from flows.core.refusal import Refusal
from flows.core.words import Words, count, same
from flows.cycle.calendar import local_day
from flows.people.person import Person
from flows.reports.quiet.kept import FEEDBACK_DAYS, ROUNDS, TALK_DAYS, Counts, Group, Since, on_leave, since
from flows.reports.quiet.named import COLUMNS, named_table, unnamed_managers
from flows.reports.records import ReportRecords
from flows.reports.report import Asked, Bar, Bars, By, Cell, Figure, Report, ReportKind, Table

TITLE = Words("Quiet for long", "长期缺少反馈与沟通")
GROUP = Figure(
    "group",
    Words("Group", "分组"),
    Words("The department, or the manager whose people these are.", "部门，或由其直接管理的人员所属的上级。"),
    "text",
)
PEOPLE = Figure(
    "people",
    Words("People", "人数"),
    Words("Everybody in the directory who works here.", "通讯录中的在职人员。"),
)
NO_FEEDBACK = Figure(
    "no_feedback",
    Words("No feedback", "无反馈"),
    Words(
        f"People who were neither praised nor given feedback by anybody in the last {FEEDBACK_DAYS} days. Who wrote, and "
        "what, is told to nobody.",
        f"最近 {FEEDBACK_DAYS} 天内没有收到任何点赞或反馈的人数。不显示是谁写的，也不显示内容。",
    ),
)
NO_TALK = Figure(
    "no_talk",
    Words("No 1:1", "无一对一"),
    Words(
        f"People who have a manager and with whom no 1:1 was held in the last {TALK_DAYS} days, those who never had one "
        "included. A 1:1 was held when the manager pressed “We met today”.",
        f"有上级、但最近 {TALK_DAYS} 天内没有一对一沟通的人数，包括从未沟通过的人。上级点击“今天已沟通”即记为已沟通。",
    ),
)
NO_CHECKIN = Figure(
    "no_checkin",
    Words("No check-in", "无周报"),
    Words(
        f"People who were asked in each of the last {ROUNDS} rounds that were due (with weekly check-ins: 14 days), and "
        "sent none.",
        f"最近 {ROUNDS} 轮到期的周报（每周一次时即 14 天）都被邀请、但一次也没有提交的人数。",
    ),
)
ANY = Figure(
    "any",
    Words("Any of the three", "任一缺失"),
    Words("People of whom at least one of the three is missing.", "以上三项中至少缺一项的人数。"),
)
EXCUSED = Words(
    f"Not counted: {{away}} on leave today or for half of the last {TALK_DAYS} days, and {{new}} who came in the last "
    f"{TALK_DAYS} days (for feedback: {FEEDBACK_DAYS}).",
    f"未计入：今天休假或最近 {TALK_DAYS} 天中有一半在休假的 {{away}} 人，以及入职不满 {TALK_DAYS} 天"
    f"（反馈为 {FEEDBACK_DAYS} 天）的 {{new}} 人。",
)
NO_ROUNDS = Words(
    " Check-ins are not counted: two rounds have not been due yet.", "周报尚未满两轮到期，暂不统计。"
)
NOT_ABOVE = Words(
    " The people of managers above you are counted in the sums alone.",
    "你的上级所带团队只计入合计，不单列。",
)
NOBODY = Words(
    "There is nobody in the directory for {whose}. Choose another department or manager.",
    "{whose}目前没有在职人员，请选择其他部门或上级。",
)


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """Counts by department or manager, and the people as far as the reader may be told of each."""
    heard = since(local_day(now, reader.zone), reader.zone, records.programmes.current())
    groups = records.reports.quiet.groups(asked.scope, heard, asked.by)
    sums = counted(groups, asked.by, heard)
    whole = total(sums.values())
    if not whole.people:
        raise Refusal(NOBODY, whose=asked.scope.words)
    hidden = unnamed_managers(records, reader, asked.scope, now) if asked.by == "manager" else frozenset()
    shown = {key: one for key, one in sums.items() if key[0] not in hidden}
    return Report(
        TITLE, asked.scope.words, now, said(whole, heard),
        (grouped(shown, whole, heard, left_out=len(shown) < len(sums)), named_table(records, reader, asked.scope, heard, now)),
        (bars(shown, heard),),
    )  # fmt: skip


Key = tuple[int | str, Words]
"""Whose row it is (a manager's id or a department), and what it is called."""


def counted(groups: Iterable[Group], by: By, heard: Since) -> Mapping[Key, Counts]:
    """The counts by department or manager, the groups with most missing first; who is on leave counts as that alone."""
    sums: dict[Key, Counts] = defaultdict(Counts)
    for group in groups:
        here = not on_leave(group.leave, heard.today)
        people = group.counts.people
        sums[key_of(group, by)] += group.counts if here else Counts(people=people, away=people)
    return dict(sorted(sums.items(), key=lambda item: (-item[1].any, item[0][1].en)))


def key_of(group: Group, by: By) -> Key:
    """The group's row."""
    unnamed = Words("No manager", "没有上级") if by == "manager" else Words("No department", "未分部门")
    return group.whose, same(group.name) if group.name else unnamed


def total(several: Iterable[Counts]) -> Counts:
    """All of them together."""
    return sum(several, Counts())


def share(some: int, of: int) -> Decimal:
    """A share in percent with one decimal; 0 of nothing."""
    return (Decimal(100 * some) / of).quantize(Decimal("0.1")) if of else Decimal(0)


def said(whole: Counts, heard: Since) -> Words:
    """What somebody remembers of it."""
    words = Words(
        f"{{feedback}} of {{n}} had no feedback for {FEEDBACK_DAYS} days, {{talk}} of {{m}} no 1:1 for {TALK_DAYS}",
        f"{{n}} 人中有 {{feedback}} 人超过 {FEEDBACK_DAYS} 天没有收到反馈，"
        f"{{m}} 人中有 {{talk}} 人超过 {TALK_DAYS} 天没有一对一沟通",
    ).fill(
        feedback=f"{whole.no_feedback:,}", n=f"{whole.feedback:,}", talk=f"{whole.no_talk:,}", m=f"{whole.talk:,}"
    )  # fmt: skip
    if heard.rounds:
        words += Words(
            ", and {some} of {of} sent no check-in twice in a row",
            "，{of} 人中有 {some} 人连续两轮没有提交周报",
        ).fill(some=f"{whole.no_checkin:,}", of=f"{whole.checkin:,}")
    return words + Words(".", "。")


def grouped(shown: Mapping[Key, Counts], whole: Counts, heard: Since, *, left_out: bool) -> Table:
    """The groups with their sum below."""
    rows = [row(words, one, heard) for (_, words), one in shown.items()]
    if len(shown) != 1 or left_out:
        rows.append(row(Words("Together", "合计"), whole, heard))
    note = EXCUSED.fill(away=f"{whole.away:,}", new=f"{whole.new:,}")
    note += same("") if heard.rounds else NO_ROUNDS
    note += NOT_ABOVE if left_out else same("")
    return Table(
        Words("By group", "按分组"), (GROUP, PEOPLE, NO_FEEDBACK, NO_TALK, NO_CHECKIN, ANY), tuple(rows), note
    )


def row(words: Words, one: Counts, heard: Since) -> tuple[Cell, ...]:
    checkin = one.no_checkin if heard.rounds else None
    return words, one.people, one.no_feedback, one.no_talk, checkin, one.any


def bars(shown: Mapping[Key, Counts], heard: Since) -> Bars:
    """Of how many in a hundred of each group something is missing, among those who are here."""
    found: Sequence[Bar] = [
        Bar(words, share(one.any, one.people - one.away), same(f"{one.any:,}/{one.people - one.away:,}"))
        for (_, words), one in shown.items()
    ]
    title = count(
        2 + bool(heard.rounds),
        "",
        "Share of people without one of these {n}",
        "缺少以下 {n} 项之一的人员比例",
    )
    parts = Words("feedback, 1:1", "反馈、一对一") + (
        Words(", check-in", "、周报") if heard.rounds else same("")
    )
    ranked = sorted(found, key=lambda bar: -bar.value)
    return Bars(title + Words(": ", "：") + parts, tuple(ranked), Decimal(100))


QUIET = ReportKind(
    "quiet",
    TITLE,
    Words("Who has had no feedback, no 1:1 or no check-in for long?", "谁很久没有反馈、一对一或周报？"),
    (GROUP, PEOPLE, NO_FEEDBACK, NO_TALK, NO_CHECKIN, ANY, *COLUMNS),
    make,
    bys=("department", "manager"),
)
