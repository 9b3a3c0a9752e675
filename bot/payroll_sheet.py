"""A payroll run as files: an XLSX to look through with totals and check value, and a CSV for payroll's own system."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.file_orders import Draw
from bot.files import File
from bot.sheets import Cell, Sheet, inert, workbook
from flows.core.file_orders import FileOrder
from flows.core.words import Words
from flows.people.person import Person
from flows.results.rewards.kinds import KINDS
from flows.results.rewards.payroll import COLUMNS, ordered, totals
from flows.results.rewards.records import Run
from storage.work import Work

CAPTION = Words("Payroll run {n}", "薪资批次 {n}")
PAID, TOTALS = Words("Amounts", "金额明细"), Words("Totals and check", "合计与校验")
HEADER = (
    Words("Reference", "编号"), Words("E-mail", "邮箱"), Words("Name", "姓名"), Words("Department", "部门"),
    Words("Kind", "类型"), Words("Paid", "发放方式"), Words("Amount", "金额"), Words("Currency", "币种"),
    Words("Valid from", "生效日期"), Words("Cycle", "周期"), Words("Corrects", "更正的编号"),
)  # fmt: skip
PER = {"once": Words("once", "一次性"), "year": Words("a year", "每年")}
TOTALS_HEADER = (
    Words("Kind", "类型"), Words("Paid", "发放方式"), Words("Currency", "币种"), Words("Amount", "金额"),
    Words("Rows", "行数"),
)  # fmt: skip
ROWS, CHECK = (
    Words("Rows in all", "总行数"),
    Words("Check value (SHA-256 over the rows)", "校验值（各行的 SHA-256）"),
)
STATE, MADE = Words("State", "状态"), Words("Exported at (UTC)", "导出时间（UTC）")
EXPORTED = Words("exported", "已导出")
CANCELLED = Words("CANCELLED: do not pay from this file", "已取消：请勿据此发放")
# What a sheet program takes for a formula, also behind blanks, invisible signs and quotes, and in full width.
RUNS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff'\"]*[=+\-@＝＋－＠\t\r|%]")
MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def payroll_sheet(records: Work, order: FileOrder, reader: Person, now: datetime) -> Draw | None:
    """The run that was ordered, in both forms."""
    run = ordered(records, order, reader, now)
    if run is None:
        return None
    return lambda: files_of(run, reader.language)


def files_of(run: Run, language: str) -> Sequence[File]:
    """Both files; the same run gives the same bytes whenever it is asked for."""
    title = CAPTION.fill(n=run.id).say(language)
    book = steady(workbook(sheets_of(run, language)), run.made_at)
    return [File(f"payroll-{run.id}.xlsx", title, book), File(f"payroll-{run.id}.csv", title, as_csv(run))]


def sheets_of(run: Run, language: str) -> list[Sheet]:
    """The rows with typed cells, then the totals, the number of rows and the check value."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in run.rows]
    typed = [list(typed_row(row, language)) for row in rows]
    counted: list[Sequence[Cell]] = [
        (
            kind_words(kind, language), PER[per].say(language), currency, figure(total),
            sum((row["kind"], row["per"], row["currency"]) == (kind, per, currency) for row in rows),
        )
        for (kind, per, currency), total in sorted(totals(run.rows).items())
    ]  # fmt: skip
    state = EXPORTED if run.cancelled_at is None else CANCELLED
    counted += [
        (),
        (ROWS.say(language), len(rows)),
        (CHECK.say(language), run.check),
        (MADE.say(language), run.made_at.astimezone(UTC).isoformat(timespec="seconds")),
        (STATE.say(language), state.say(language)),
    ]
    header = [words.say(language) for words in HEADER]
    return [
        Sheet(PAID.say(language), header, typed, (12, 30, 24, 20, 14, 10, 14, 10, 12, 20, 12)),
        Sheet(
            TOTALS.say(language),
            [words.say(language) for words in TOTALS_HEADER],
            counted,
            (34, 66, 10, 16, 8),
        ),
    ]


def typed_row(row: dict[str, str], language: str) -> Sequence[Cell]:
    """A row as a person reads it: an amount is a number, a day a day, a text never anything else."""
    day = date.fromisoformat(row["valid_from"]) if row["valid_from"] else None
    return (
        row["reference"], row["email"], row["name"], row["department"], kind_words(row["kind"], language),
        PER[row["per"]].say(language), figure(Decimal(row["amount"])), row["currency"], day, row["cycle"],
        row["corrects"],
    )  # fmt: skip


def kind_words(kind: str, language: str) -> str:
    return next((words.say(language) for known, words in KINDS.items() if known == kind), kind)


def figure(amount: Decimal) -> int | float:
    """The amount as a cell's number; with two decimals and below a thousand million million it is exact to the cent."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def as_csv(run: Run) -> bytes:
    """The rows under the columns' names, for a program; whatever could run is kept from it by a quote before it."""
    file = io.StringIO()
    write = csv.writer(file, lineterminator="\r\n")
    write.writerow(COLUMNS)
    for row in run.rows:
        write.writerow(
            [one if name == "amount" else harmless(one) for name, one in zip(COLUMNS, row, strict=True)]
        )
    return file.getvalue().encode("utf-8-sig", "replace")


def harmless(text: str) -> str:
    """The text as a cell that no program takes for a formula."""
    kept = inert(text)
    return f"'{kept}" if RUNS.match(kept) else kept


def steady(book: bytes, at: datetime) -> bytes:
    """The workbook with the run's moment instead of that of its making, so that its bytes stay the same."""
    stamp = at.astimezone(UTC)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = MODIFIED.sub(rb"\g<1>" + f"{stamp:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            info = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return file.getvalue()
