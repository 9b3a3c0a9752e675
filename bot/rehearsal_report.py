"""What HR takes away from a rehearsal: two pictures, each with its words, and a sheet with everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.charts import bars, heat_map
from bot.files import File
from bot.rehearsal import Played
from bot.sheets import Cell, Sheet, workbook
from flows.core.words import Words
from flows.cycle.phase import windows
from flows.cycle.rehearsals.figures import busiest_in_words, contents, in_words
from flows.cycle.rehearsals.words import said
from flows.people.person import Person

LINES = 200_000  # of single messages in the sheet: what Excel still opens quickly, and 20 s of work
ANOTHER = Words("(another department)", "（其他部门）")

Say = Callable[[Words], str]


def files_of(played: Played, reader: Person) -> list[File]:
    """The pictures and the sheet in the reader's language; others' names only where they look after them as HR."""
    say: Say = lambda words: words.say(reader.language)  # noqa: E731
    found, cycle = played.found, played.cycle
    phases = [(w.phase.title, w.opens, w.due) for w in windows(cycle) if w.phase.work != "none"]
    seen = {number: one for number, one in played.people.items() if sees(reader, one)}
    busiest = [busy for busy in found.busiest if busy.person in seen]
    rows = [
        (seen[busy.person].name, seen[busy.person].email.partition("@")[0], busy.days) for busy in busiest
    ]
    day = f"{found.made_at:%Y-%m-%d}"
    name = Words("Rehearsal of {name}", "{name}演练").fill(name=cycle.name)
    return [
        File(
            f"messages-per-day-{day}.png",
            say(name + Words(": messages per day", "：每天的消息数")),
            bars(found.days, phases, reader.language),
            say(in_words(found)),
        ),
        File(
            f"busiest-people-{day}.png",
            say(name + Words(": the busiest people", "：消息最多的人")),
            heat_map(rows, list(found.days), reader.language),
            say(busiest_in_words(found, list(seen.values()))),
        ),
        File(f"rehearsal-{day}.xlsx", say(name), workbook(list(sheets_of(played, reader)))),
    ]


def sees(reader: Person, other: Person) -> bool:
    """Whether the reader is HR for the other's department."""
    return reader.hr_scope is None or other.department in reader.hr_scope


def sheets_of(played: Played, reader: Person) -> Iterator[Sheet]:
    """What it means, problems, per day, per person, and every single message."""
    say: Say = lambda words: words.say(reader.language)  # noqa: E731
    yield _meaning(played, reader, say)
    yield Sheet(
        say(Words("Problems", "问题")),
        [say(Words(*name)) for name in (
            ("Must be changed", "必须修改"), ("What", "问题"), ("What to do", "处理办法"),
            ("How many people", "涉及人数"), ("Who", "涉及人员"),
        )],
        list(_problems(played, reader, say)),
        (12, 60, 60, 12, 60),
    )  # fmt: skip
    yield Sheet(
        say(Words("Per day", "按天")),
        [say(Words("Day", "日期")), say(Words("Messages", "消息数"))],
        list(played.found.days.items()),
        (14, 12),
    )
    yield Sheet(
        say(Words("Per person", "按人")),
        [say(Words(*name)) for name in (
            ("Name", "姓名"), ("E-mail", "邮箱"), ("Department", "部门"), ("Manager", "上级"), ("Time zone", "时区"),
            ("Takes part", "参与"), ("Messages", "消息数"), ("Most in a week", "一周最多"), ("First", "首条"),
            ("Last", "末条"),
        )],
        _per_person(played, reader, say),
        (24, 30, 20, 24, 20, 10, 10, 12, 18, 18),
    )  # fmt: skip
    yield Sheet(
        say(Words("Everything", "全部消息")),
        [say(Words(*name)) for name in (
            ("When (their own clock)", "时间（本人时区）"), ("Time zone", "时区"), ("Name", "姓名"), ("E-mail", "邮箱"),
            ("What", "内容"), ("Things in it", "事项数"),
        )],
        _everything(played, reader, say),
        (20, 20, 24, 30, 60, 10),
    )  # fmt: skip


def _meaning(played: Played, reader: Person, say: Say) -> Sheet:
    found = played.found
    lines: list[tuple[Words, Cell]] = [
        (Words("Cycle", "周期"), played.cycle.name),
        (Words("First day", "开始日"), played.cycle.first),
        (Words("Rehearsed at (your clock)", "演练时间（你的时区）"), _local(found.made_at, reader.zone)),
        (Words("People who take part", "参与人数"), found.people),
        (Words("People who get a message", "收到消息的人数"), found.readers),
        (Words("Messages in all", "消息总数"), found.messages),
        (Words("Kick-off messages", "启动通知数"), found.kickoff),
        (Words("Messages a minute that Slack takes", "Slack 每分钟可发送数"), found.per_minute),
        (Words("Kick-off takes (minutes)", "启动通知耗时（分钟）"), found.kickoff_minutes),
        (
            Words("Assumption", "假设"),
            say(
                Words(
                    "Nobody finishes anything early and the directory stays as it is: the most messages there can be.",
                    "没有人提前完成，通讯录不变：这是消息数量的上限。",
                )
            ),
        ),
        (
            Words("What is counted", "统计范围"),
            say(
                Words(
                    "Everything perfloop sends in that time, check-ins and other cycles too.",
                    "这段时间内 perfloop 发送的所有消息，包括周报和其他周期。",
                )
            ),
        ),
        (
            Words("A day", "日期"),
            say(Words("is each reader's own local day.", "以每位收件人的当地日期为准。")),
        ),
        (
            Words("“Everything”", "“全部消息”"),
            say(Words("holds at most {n} messages.", "最多列出 {n} 条消息。").fill(n=f"{LINES:,}")),
        ),
    ]
    header = [say(Words("Term", "名称")), say(Words("Meaning", "说明"))]
    rows: list[list[Cell]] = [[say(term), value] for term, value in lines]
    return Sheet(say(Words("Read me", "说明")), header, rows, (36, 80))


def _problems(played: Played, reader: Person, say: Say) -> Iterator[list[Cell]]:
    for problem in played.found.problems:
        wrong, remedy = said(problem, played.cycle)
        names = [_name(played, reader, person, say) for person in problem.people[:2000]]
        yield [
            say(Words("yes", "是") if problem.blocking else Words("no", "否")), say(wrong), say(remedy),
            len(problem.people), ", ".join(dict.fromkeys(names)),
        ]  # fmt: skip


def _per_person(played: Played, reader: Person, say: Say) -> Iterator[list[Cell]]:
    taking = {one.person: one for one in played.taking}
    for number in sorted({*taking, *played.timelines}):
        person = played.people.get(number)
        if person is None or not sees(reader, person):
            continue
        told = played.timelines.get(number, ())
        weeks = Counter(one.day.isocalendar()[:2] for one in told if one.unasked)
        manager = taking[number].manager if number in taking else person.manager
        yield [
            person.name, person.email, person.department,
            _name(played, reader, manager, say) if manager else None,
            person.zone, say(Words("yes", "是") if number in taking else Words("no", "否")),
            len(told), max(weeks.values(), default=0),
            _local(told[0].at, person.zone) if told else None, _local(told[-1].at, person.zone) if told else None,
        ]  # fmt: skip


def _everything(played: Played, reader: Person, say: Say) -> Iterator[list[Cell]]:
    left = LINES
    for number, told in sorted(played.timelines.items()):
        person = played.people.get(number)
        if person is None or not sees(reader, person):
            continue
        for one in told:
            if not left:
                return
            left -= 1
            yield [
                _local(one.at, person.zone), person.zone, person.name, person.email,
                say(contents(one, played.cycle)), one.size,
            ]  # fmt: skip


def _name(played: Played, reader: Person, number: int, say: Say) -> str:
    person = played.people.get(number)
    if person is None:
        return f"#{number}"
    return person.name if sees(reader, person) else say(ANOTHER)


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))
