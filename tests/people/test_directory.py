"""people.csv: what is taken in, and how each bad line is named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.people.directory import PeopleFile, PersonRow, read_people
from flows.people.person import Person

HEADER = "email,name,manager_email,department,level,title,role,timezone,locale,hired_on,left_on"
WEI = "wei@example.com,王伟,,销售部,M2,总监,hr,Asia/Shanghai,zh-CN,2020-03-01,"
ANA = "ana@example.com,Ana Silva,wei@example.com,Sales,S1,Rep,,America/Sao_Paulo,en,2024-02-29,2026-12-31"


def read(*lines: str, header: str = HEADER) -> PeopleFile:
    return read_people("\n".join((header, *lines)).encode())


def said(people: PeopleFile) -> list[tuple[int, str]]:
    return [(problem.line, problem.words.en) for problem in people.problems]


def person(email: str = "a@b.co", manager: str = "", **cells: str) -> str:
    named = {"email": email, "name": "A", "manager_email": manager, "department": "D", **cells}
    return ",".join(named.get(column, "") for column in HEADER.split(","))


def test_a_good_file_is_read_whole() -> None:
    people = read(ANA, WEI)
    assert people.problems == people.notes == ()
    ana, wei = people.rows
    assert wei.manager_email is None
    assert wei.roles == ("hr",)
    assert ana == PersonRow(
        line=2,
        email="ana@example.com",
        name="Ana Silva",
        manager_email="wei@example.com",
        department="Sales",
        level="S1",
        title="Rep",
        roles=(),
        zone="America/Sao_Paulo",
        language="en",
        hired_on=date(2024, 2, 29),
        left_on=date(2026, 12, 31),
    )


@pytest.mark.parametrize(
    "raw",
    [
        f"{HEADER}\n{WEI}\n".encode(),
        f"{HEADER}\r\n{WEI}\r\n".encode("utf-8-sig"),
        f"{HEADER}\r{WEI}\r".encode("utf-16"),
        f"{HEADER}\n{WEI}".encode("gb18030"),
        f"{HEADER}\n{WEI}".replace(",", ";").encode(),
        f"{HEADER}\n{WEI}".replace(",", "\t").encode(),
        f"\n,,,\n{HEADER.upper()}\n\n{WEI}\n,,,,,,,,,,\n".encode(),
        HEADER.replace("_", " ").title().encode() + b"\n" + WEI.encode(),
        f"邮箱,姓名,上级邮箱,部门,职级,职位,角色,时区,语言,入职日期,离职日期\n{WEI}".encode(),
        f"{HEADER}\n{WEI},,,".encode(),
    ],
    ids=[
        "utf-8",
        "bom",
        "utf-16",
        "gb18030",
        ";",
        "tab",
        "blank-lines",
        "header",
        "chinese-header",
        "spare-cells",
    ],
)
def test_a_file_is_read_as_offices_save_it(raw: bytes) -> None:
    people = read_people(raw)
    assert people.problems == ()
    (row,) = people.rows
    assert (row.email, row.name, row.department, row.language) == ("wei@example.com", "王伟", "销售部", "zh")


def test_columns_come_in_any_order_and_others_are_named_and_left_alone() -> None:
    people = read("x,D,,A,a@b.co", header="Shoe size,department,manager_email,name,email")
    assert people.problems == ()
    assert people.rows[0].email == "a@b.co"
    assert [note.en for note in people.notes] == [
        "These columns are not used: Shoe size.",
        "Read as empty, for want of a column: level, title, role, timezone, locale, hired_on, left_on.",
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "The file is empty."),
        (b"\n\n ,,\n", "The file is empty."),
        (HEADER.encode(), "There is a header, but nobody below it."),
        (b"PK\x03\x04...", "This is an Excel workbook."),
        (b"\xff\xfea", "The characters in this file can't be read."),
        (b"\xff" * 9, "The characters in this file can't be read."),
        (b" " * 16_000_001, "This file has 16.0 MB, and at most 16 MB can be read."),
        (b"name,level\nA,B", "These columns are missing: email, manager_email, department."),
        (HEADER.encode() + b",email", "These columns are there twice: email."),
        (b'email,"name\n', 'A quotation mark (") is not closed'),
    ],
)
def test_a_file_that_is_no_people_file_gets_one_clear_sentence(raw: bytes, words: str) -> None:
    people = read_people(raw)
    assert people.rows == ()
    (problem,) = people.problems
    assert problem.words.en.startswith(words)
    assert problem.words.zh


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (person("nobody"), "“nobody” is not an e-mail address."),
        (person("a@b"), "“a@b” is not an e-mail address."),
        (person("a\u200b@b.co"), "“a\u200b@b.co” is not an e-mail address."),
        (person(""), "The e-mail is missing."),
        (person(name=""), "The name is missing."),
        (person("WEI@example.com"), "wei@example.com is already on line 2."),
        (person(manager="boss"), "“boss” is not an e-mail address."),
        (person(manager="who@b.co"), "The manager who@b.co is not in the file."),
        (person(manager="A@B.co"), "a@b.co is named as their own manager."),
        (
            person(timezone="Asia/Shangai"),
            "There is no time zone “Asia/Shangai”. Did you mean Asia/Shanghai?",
        ),
        (person(timezone="kolkata"), "There is no time zone “kolkata”. Did you mean Asia/Kolkata?"),
        (person(timezone="北京"), "There is no time zone “北京”. Did you mean Asia/Shanghai?"),
        (person(timezone="Mars"), "There is no time zone “Mars”. Write it like Europe/Paris."),
        (
            person(hired_on="2026-02-29"),
            "“2026-02-29” in hired_on can't be read as a date. Write it like 2026-03-01.",
        ),
        (
            person(left_on="3/12/2026"),
            "“3/12/2026” in left_on can't be read as a date. Write it like 2026-03-01.",
        ),
        (
            person(hired_on="tomorrow"),
            "“tomorrow” in hired_on can't be read as a date. Write it like 2026-03-01.",
        ),
        (
            person(hired_on="2026-03-02", left_on="2026-03-01"),
            "They left on 2026-03-01, before they were hired on 2026-03-02.",
        ),
        (person(role="boss"), "There is no role “boss”. Use hr, hr:<department>, auditor or operator."),
        (person(role="hr:"), "There is no role “hr:”. Use hr, hr:<department>, auditor or operator."),
        (
            person(role="auditor:D"),
            "There is no role “auditor:D”. Use hr, hr:<department>, auditor or operator.",
        ),
        (person(locale="fr"), "“fr” is not a language I speak. Use en or zh."),
        (person(title="x" * 201), f"“{'x' * 39}…” is too long: a cell holds at most 200 characters."),
        (person(title="x" * 200_000), 'A quotation mark (") is not closed'),
        (
            person(title="a\0b"),
            "It contains a character that can't be shown (NUL or another control character).",
        ),
        (person(title='"open'), 'A quotation mark (") is not closed'),
        (person(title='"a"b'), 'A quotation mark (") is not closed'),
        ("a@b.co,A,,D", "It has 4 cells, but the header has 11."),
        (person() + ",more", "It has 12 cells, but the header has 11."),
    ],
)
def test_a_bad_line_is_named_with_its_reason_and_the_others_are_read(line: str, words: str) -> None:
    people = read(WEI, line, person("last@b.co"))
    ((number, reason),) = said(people)
    assert number == 3
    assert reason.startswith(words)
    assert people.problems[0].words.zh != reason
    assert [row.line for row in people.rows] == [2, 4]


def test_every_reason_on_a_line_is_named() -> None:
    people = read(person("x", "y", timezone="Z", locale="fr"))
    assert [number for number, _ in said(people)] == [2, 2, 2, 2]


def test_a_forgotten_quotation_mark_costs_one_line_only() -> None:
    people = read(person("a@b.co", title='"'), person("b@b.co", title='"a, ""b"""'), person("c@b.co"))
    assert [number for number, _ in said(people)] == [2]
    assert [(row.email, row.title) for row in people.rows] == [("b@b.co", 'a, "b"'), ("c@b.co", "")]


def test_a_loop_in_the_reporting_line_is_named_and_who_hangs_below_it_too() -> None:
    people = read(
        person("top@b.co"),
        person("low@b.co", "a@b.co"),
        person("a@b.co", "b@b.co"),
        person("b@b.co", "c@b.co"),
        person("c@b.co", "a@b.co"),
    )
    circle = "The reporting line goes in a circle: a@b.co → b@b.co → c@b.co → a@b.co."
    below = "Their manager a@b.co can't be taken in: see line 4."
    assert said(people) == [(3, below), (4, circle), (5, circle), (6, circle)]
    assert [row.email for row in people.rows] == ["top@b.co"]


def test_nobody_is_moved_up_because_their_managers_line_is_bad() -> None:
    people = read(
        person("boss@b.co", locale="fr"), person("mid@b.co", "boss@b.co"), person("low@b.co", "mid@b.co")
    )
    assert [number for number, _ in said(people)] == [2, 3, 4]
    assert people.rows == ()


def test_a_formula_stays_text() -> None:
    people = read(person("+a@b.co", name="=cmd()", title="@x", level="-1", department="+D"))
    (row,) = people.rows
    assert people.problems == ()
    assert (row.email, row.name, row.title, row.level, row.department) == (
        "+a@b.co",
        "=cmd()",
        "@x",
        "-1",
        "+D",
    )


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        ("", ()),
        ("HR", ("hr",)),
        ("hr;auditor", ("hr", "auditor")),
        ("hr: D ； operator;", ("hr:D", "operator")),
        ("HR：D;hr:D", ("hr:D",)),
    ],
)
def test_roles_are_joined_by_semicolons(written: str, roles: tuple[str, ...]) -> None:
    assert read(person(role=written)).rows[0].roles == roles


def test_an_hr_partner_of_nobody_is_noted() -> None:
    people = read(person(role="hr:Salse"))
    assert [note.en for note in people.notes] == [
        "a@b.co (line 2) is HR partner of “Salse”: nobody is in it."
    ]


@pytest.mark.parametrize(
    ("locale", "zone", "language", "known"),
    [
        ("", "", "en", None),
        ("zh_TW", "asia/taipei", "zh", "Asia/Taipei"),
        ("EN-us", "America/New York", "en", "America/New_York"),
    ],
)
def test_language_and_zone_are_forgiving(locale: str, zone: str, language: str, known: str | None) -> None:
    (row,) = read(person(locale=locale, timezone=zone)).rows
    assert (row.language, row.zone) == (language, known)


def test_more_people_than_a_file_holds_is_said() -> None:
    lines = [person(f"p{number}@b.co") for number in range(100_002)]
    people = read(*lines)
    assert len(people.rows) == 100_000
    ((number, words),) = said(people)
    assert number == 100_002
    assert words.startswith("A file holds at most 100,000 people")


@given(st.binary())
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe\x00\xd8")
@example(b"\x00" * 99)
def test_no_bytes_raise(raw: bytes) -> None:
    people = read_people(raw)
    assert people.rows or people.problems
    read_people(HEADER.encode() + b"\n" + raw)


CELL = st.sampled_from(
    ["", "a@b.co", "b@b.co", "c@b.co", "A", "hr:A", "Asia/Shanghai", "zh", "2026-01-01", '"', "\0"]
)


@given(st.lists(st.lists(CELL, min_size=10, max_size=12).map(",".join), max_size=8))
def test_what_is_read_holds_together(lines: list[str]) -> None:
    people = read(*lines)
    emails = [row.email for row in people.rows]
    managers = {row.email: row.manager_email for row in people.rows}
    assert len(set(emails)) == len(emails)
    assert not {row.line for row in people.rows} & {problem.line for problem in people.problems}
    for email in emails:
        above: str | None = email
        for _ in emails:
            above = managers[above] if above else None
        assert above is None


def someone(roles: tuple[str, ...] = (), left_on: date | None = None) -> Person:
    return Person(
        id=1,
        email="a@b.co",
        name="A",
        manager=None,
        department="D",
        level="",
        title="",
        roles=roles,
        zone="Asia/Kolkata",
        language="en",
        hired_on=None,
        left_on=left_on,
        account=None,
        active=True,
        away=((date(2026, 3, 2), date(2026, 3, 4)),),
    )


@pytest.mark.parametrize(
    ("roles", "is_hr", "scope"),
    [
        ((), False, frozenset()),
        (("auditor",), False, frozenset()),
        (("hr",), True, None),
        (("hr:D", "hr:E"), True, frozenset({"D", "E"})),
        (("hr:E",), True, frozenset({"E"})),
        (("hr:E", "hr"), True, None),
    ],
)
def test_hr_has_a_scope(roles: tuple[str, ...], is_hr: bool, scope: frozenset[str] | None) -> None:
    hr = someone(roles)
    assert (hr.is_hr, hr.hr_scope) == (is_hr, scope)


def test_the_last_day_of_work_and_of_leave_count() -> None:
    leaver = someone(left_on=date(2026, 3, 31))
    assert [leaver.has_left(date(2026, 3, 31)), leaver.has_left(date(2026, 4, 1))] == [False, True]
    assert [leaver.is_away(date(2026, 3, day)) for day in (1, 2, 4, 5)] == [False, True, True, False]
    assert not someone().has_left(date(2099, 1, 1))
