"""One line of people.csv as a person, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flows.core.typed_dates import full_date
from flows.core.words import Words
from flows.people.person import AUDITOR, HR, HR_OF, OPERATOR, Language
from flows.people.sheet import shorten
from flows.people.zones import known_zone

EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@([\w-]+\.)+[\w-]{2,}")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the file has them; e-mails in lower case, an empty `zone` is None."""

    line: int
    email: str
    name: str
    manager_email: str | None
    department: str
    level: str
    title: str
    roles: tuple[str, ...]
    zone: str | None
    language: Language
    hired_on: date | None
    left_on: date | None


def read_person(
    line: int, cells: Mapping[str, str], wrong: list[Words], unknown_zone: Callable[[str], Words]
) -> PersonRow:
    """The person in the cells of a line, by column; adds to `wrong` what can't be read, and goes on.

    A row is worth nothing once something was added.
    """
    name = cells.get("name", "")
    if not name:
        wrong.append(Words("The name is missing.", "缺少姓名。"))
    hired_on, left_on = _day("hired_on", cells, wrong), _day("left_on", cells, wrong)
    if hired_on and left_on and left_on < hired_on:
        wrong.append(
            Words(
                f"They left on {left_on}, before they were hired on {hired_on}.",
                f"离职日期 {left_on} 早于入职日期 {hired_on}。",
            )
        )
    return PersonRow(
        line=line,
        email=_email(cells.get("email", ""), wrong) or "",
        name=" ".join(name.split()),
        manager_email=_email(cells["manager_email"], wrong) if cells.get("manager_email") else None,
        department=cells.get("department", ""),
        level=cells.get("level", ""),
        title=cells.get("title", ""),
        roles=_roles(cells.get("role", ""), wrong),
        zone=_zone(cells.get("timezone", ""), wrong, unknown_zone),
        language=_language(cells.get("locale", ""), wrong),
        hired_on=hired_on,
        left_on=left_on,
    )


def _email(cell: str, wrong: list[Words]) -> str | None:
    email = cell.lower()
    if EMAIL.fullmatch(email):
        return email
    if not cell:
        wrong.append(Words("The e-mail is missing.", "缺少邮箱。"))
    else:
        text = shorten(cell)
        wrong.append(Words(f"“{text}” is not an e-mail address.", f"“{text}”不是邮箱地址。"))
    return None


def _roles(cell: str, wrong: list[Words]) -> tuple[str, ...]:
    """Roles joined by ";", each once; the role in lower case, the department of an HR partner as written."""
    roles: dict[str, None] = {}
    for written in cell.replace("；", ";").split(";"):
        kind, colon, department = (part.strip() for part in written.replace("：", ":").partition(":"))
        if kind.lower() in (HR, AUDITOR, OPERATOR) and not colon:
            roles[kind.lower()] = None
        elif kind.lower() == HR and department:
            roles[HR_OF + department] = None
        elif kind or colon:
            text = shorten(written.strip())
            wrong.append(
                Words(
                    f"There is no role “{text}”. Use hr, hr:<department>, auditor or operator.",
                    f"没有“{text}”这个角色，可以写 hr、hr:部门、auditor 或 operator。",
                )
            )
    return tuple(roles)


def _zone(cell: str, wrong: list[Words], unknown_zone: Callable[[str], Words]) -> str | None:
    zone = known_zone(cell) if cell else None
    if cell and not zone:
        wrong.append(unknown_zone(shorten(cell)))
    return zone


def _language(cell: str, wrong: list[Words]) -> Language:
    if cell.lower().startswith("zh"):
        return "zh"
    if cell and not cell.lower().startswith("en"):
        text = shorten(cell)
        wrong.append(
            Words(
                f"“{text}” is not a language I speak. Use en or zh.", f"不支持语言“{text}”，请写 en 或 zh。"
            )
        )
    return "en"


def _day(column: str, cells: Mapping[str, str], wrong: list[Words]) -> date | None:
    cell = cells.get(column, "")
    day = full_date(cell) if cell else None
    if cell and not day:
        text = shorten(cell)
        wrong.append(
            Words(
                f"“{text}” in {column} can't be read as a date. Write it like 2026-03-01.",
                f"{column} 中的“{text}”无法识别为日期，请写成 2026-03-01 的形式。",
            )
        )
    return day
