"""The rules of people.csv: who works here, who reports to whom, and what is wrong with each bad line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.core.words import Words
from flows.people.person import HR_OF
from flows.people.reporting import Report, reporting_problems
from flows.people.row import EMAIL, PersonRow, read_person
from flows.people.sheet import Line, Problem, read_lines, read_text, shorten
from flows.people.zones import zone_advice

__all__ = ["PeopleFile", "PersonRow", "Problem", "read_people"]

MOST_PEOPLE = 100_000

# The columns, and what people call them in Chinese. The first four must be there.
COLUMNS = {
    "email": "邮箱",
    "name": "姓名",
    "manager_email": "上级邮箱",
    "department": "部门",
    "level": "职级",
    "title": "职位",
    "role": "角色",
    "timezone": "时区",
    "locale": "语言",
    "hired_on": "入职日期",
    "left_on": "离职日期",
}
NEEDED = ("email", "name", "manager_email", "department")
NAMES = {name: column for column, chinese in COLUMNS.items() for name in (column, chinese)}

TOO_MANY = Words(
    f"A file holds at most {MOST_PEOPLE:,} people; what follows was not read. Split it in two.",
    f"一个文件最多 {MOST_PEOPLE:,} 人，后面的内容没有读取，请拆成两个文件。",
)


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """The good rows in the file's order, what is wrong with the others, and what is good to know.

    Every manager of a row is a row too: who reports to a bad line is a problem as well, so that leaving the
    bad lines out never moves anybody in the reporting line.
    """

    rows: tuple[PersonRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Words, ...] = ()


def read_people(raw: bytes) -> PeopleFile:
    """Read people.csv: up to 16 MB and 100,000 people; any bytes give an answer and none raises."""
    decoded = read_text(raw)
    if isinstance(decoded, Words):
        return PeopleFile((), (Problem(0, decoded),))
    text, encoding = decoded
    lines = read_lines(text)
    header = next(lines, None)
    if header is None:
        return PeopleFile((), (Problem(0, Words("The file is empty.", "文件是空的。")),))
    columns = tuple(NAMES.get("_".join(cell.lower().split())) for cell in header.cells)
    wrong = [header.problem] if header.problem else _wrong_header(columns)
    if wrong:
        return PeopleFile((), tuple(Problem(header.number, words) for words in wrong))
    rows, problems = _read_rows(lines, columns)
    if not rows and not problems:
        problems = [Problem(0, Words("There is a header, but nobody below it.", "只有表头，没有人员。"))]
    bad = {problem.line for problem in problems}
    return PeopleFile(
        tuple(row for row in rows if row.line not in bad),
        tuple(sorted(problems, key=lambda problem: problem.line)),
        (*_notes(header.cells, columns, encoding), *_lost_hr_partners(rows)),
    )


def _wrong_header(columns: tuple[str | None, ...]) -> list[Words]:
    missing = ", ".join(column for column in NEEDED if column not in columns)
    twice = ", ".join(column for column in COLUMNS if columns.count(column) > 1)
    wrong = []
    if missing:
        expected = ",".join(COLUMNS)
        wrong.append(
            Words(
                f"These columns are missing: {missing}. The first line should be {expected}.",
                f"缺少这些列：{missing}。第一行应为 {expected}。",
            )
        )
    if twice:
        wrong.append(Words(f"These columns are there twice: {twice}.", f"这些列重复了：{twice}。"))
    return wrong


def _read_rows(
    lines: Iterable[Line], columns: tuple[str | None, ...]
) -> tuple[list[PersonRow], list[Problem]]:
    rows: dict[str, PersonRow] = {}
    problems: list[Problem] = []
    unusable: dict[str, int] = {}
    unknown_zone = zone_advice()
    for place, line in enumerate(lines):
        if place == MOST_PEOPLE:
            problems.append(Problem(line.number, TOO_MANY))
            break
        cells, wrong = _cells(line, columns)
        email = cells.get("email", "").lower()
        row = read_person(line.number, cells, wrong, unknown_zone) if cells else None
        first = rows[email].line if email in rows else unusable.get(email)
        if email and first:
            wrong.append(
                Words(f"{email} is already on line {first}.", f"{email} 已经在第 {first} 行出现过。")
            )
        elif row and not wrong:
            rows[email] = row
        elif EMAIL.fullmatch(email):
            unusable[email] = line.number
        problems.extend(Problem(line.number, words) for words in wrong)
    reports = (Report(row.line, row.email, row.manager_email) for row in rows.values())
    return list(rows.values()), problems + reporting_problems(reports, unusable)


def _cells(line: Line, columns: tuple[str | None, ...]) -> tuple[dict[str, str], list[Words]]:
    """The cells by column, or why the line has none."""
    if line.problem:
        return {}, [line.problem]
    filled, wanted = len(line.cells), len(columns)
    if filled < wanted or any(line.cells[wanted:]):
        return {}, [
            Words(
                f"It has {filled} cells, but the header has {wanted}.",
                f"这一行有 {filled} 个单元格，表头却有 {wanted} 个。",
            )
        ]
    named = zip(columns, line.cells, strict=False)
    return {column: cell for column, cell in named if column}, []


def _notes(header: tuple[str, ...], columns: tuple[str | None, ...], encoding: str) -> list[Words]:
    notes = []
    if encoding == "gb18030":
        notes.append(
            Words(
                "The file is not UTF-8 and was read as GB18030, as Excel saves it in China. Check the names.",
                "文件不是 UTF-8 编码，已按 GB18030 读取，请核对姓名。",
            )
        )
    ignored = [shorten(cell) for cell, column in zip(header, columns, strict=True) if cell and not column]
    if ignored:
        listed = ", ".join(ignored)
        notes.append(Words(f"These columns are not used: {listed}.", f"这些列没有用到：{listed}。"))
    absent = ", ".join(column for column in COLUMNS if column not in columns)
    if absent:
        notes.append(
            Words(f"Read as empty, for want of a column: {absent}.", f"没有这些列，按空白处理：{absent}。")
        )
    return notes


def _lost_hr_partners(rows: Iterable[PersonRow]) -> list[Words]:
    """HR partners of a department in which nobody works: most likely a slip, but it gives no right."""
    people = list(rows)
    departments = {row.department for row in people}
    return [
        Words(
            f"{row.email} (line {row.line}) is HR partner of “{role.removeprefix(HR_OF)}”: nobody is in it.",
            f"{row.email}（第 {row.line} 行）负责的部门“{role.removeprefix(HR_OF)}”里没有人。",
        )
        for row in people
        for role in row.roles
        if role.startswith(HR_OF) and role.removeprefix(HR_OF) not in departments
    ]
