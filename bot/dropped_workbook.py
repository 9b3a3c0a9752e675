"""Reads the rows of an XLSX file, after a look at everything in it that could cost or run something."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any
from xml.parsers import expat

from bot.unreadable import FORMULA, TOO_LONG, TOO_WIDE, Unreadable
from flows.core.words import Words

MOST_UNPACKED = 100_000_000  # bytes of all parts together
MOST_RATIO = 200  # times the file; text with much repetition is 10 to 50
RATIO_FROM = 10_000_000  # bytes unpacked, below which no ratio matters
MOST_PARTS = 1000
MOST_ROWS = 200_000  # rows that are there, with or without contents
PROLOG = 65_536  # bytes in which a part's first element has to begin
CHUNK = 65_536
WANTED = frozenset({"goals", "目标", "metrics", "指标", "goals to import", "数据"})
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

DAMAGED = Words(
    "The file is damaged or not complete. Please save it again as .xlsx, and drop it once more.",
    "文件已损坏或不完整。请重新另存为 .xlsx 后再发送。",
)
NO_WORKBOOK = Words(
    "This is not an Excel file. Please save it as .xlsx or .csv, and drop it again.",
    "这不是 Excel 文件。请另存为 .xlsx 或 .csv 后重新发送。",
)
PASSWORD = Words(
    "The file has a password. Please save it without one, and drop it again.",
    "文件设有密码。请去掉密码后重新发送。",
)
MACROS = Words(
    "The file holds macros. Please save it as .xlsx without macros, and drop it again.",
    "文件含有宏。请另存为不含宏的 .xlsx 文件后重新发送。",
)
TOO_MUCH = Words(
    "Unpacked, the file is far larger than a sheet of goals. Please keep only the sheet to import.",
    "文件解压后过大，不像一份目标表。请只保留要导入的工作表。",
)
ENTITIES = Words(
    "The file holds something that a sheet does not need, and is not read for safety. Please save it anew from Excel.",
    "文件中含有表格不需要的内容，为安全起见不予读取。请用 Excel 重新保存。",
)
MERGED = Words(
    "The cells {cells} are merged. Please unmerge them and fill in each one, and drop the file again.",
    "单元格 {cells} 已合并。请取消合并并逐格填写后重新发送。",
)
BROKEN_CELL = Words(
    "{cell} shows an error ({error}). Please put a value there, and drop the file again.",
    "{cell} 显示错误（{error}）。请填入数值后重新发送。",
)


@dataclass
class Seen:
    """What a first look at a sheet finds: how many rows, and which cells are merged."""

    rows: int = 0
    merged: list[str] = field(default_factory=list)


def rows_of_workbook(content: bytes, most_columns: int) -> Iterator[tuple[int, Sequence[str]]]:
    """(line, cells) of the sheet that is meant: one called Goals or Metrics, else the first. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            look_at_archive(archive, len(content))
            yield from _rows(archive, content, most_columns)
    except Unreadable:
        raise
    except Exception:  # whatever a damaged file makes of the libraries, it is damaged
        raise Unreadable(DAMAGED) from None


def look_at_archive(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse by the directory alone what is too large, protected, no workbook or more than a sheet.

    A part whose real size is larger than the directory's ends the reading with an error: no more is ever unpacked.
    """
    parts = archive.infolist()
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(PASSWORD)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise Unreadable(TOO_MUCH)
    if unpacked > RATIO_FROM and unpacked > size * MOST_RATIO:
        raise Unreadable(TOO_MUCH)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Unreadable(NO_WORKBOOK)
    if any("vbaproject" in name.casefold() or "macrosheets/" in name.casefold() for name in names):
        raise Unreadable(MACROS)
    if b"macroenabled" in archive.read("[Content_Types].xml").lower():
        raise Unreadable(MACROS)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                _refuse_doctype(file)


def _refuse_doctype(file: IO[bytes]) -> None:
    """Refuse a part that declares entities; that can only be before its first element."""
    begun: list[str] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _: begun.append(name)
    parser.StartDoctypeDeclHandler = _entities
    start = file.read(PROLOG)
    try:
        parser.Parse(start, False)
    except expat.ExpatError:
        if not begun:
            raise Unreadable(DAMAGED) from None
    if not begun:
        raise Unreadable(ENTITIES)


def _entities(*_: object) -> None:
    raise Unreadable(ENTITIES)


def _rows(archive: zipfile.ZipFile, content: bytes, most_columns: int) -> Iterator[tuple[int, Sequence[str]]]:
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, none of which matter here
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
            sheet = next((one for one in shown if one.title.strip().casefold() in WANTED), shown[0])
            with archive.open(sheet._worksheet_path) as file:
                seen = _look_at_sheet(file, most_columns)
            sheet.reset_dimensions()
            first = 0
            for cells in sheet.iter_rows():
                texts = [_text(cell) for cell in cells]
                line = next((cell.row for cell in cells if hasattr(cell, "row")), 0)
                if not first and sum(map(bool, texts)) > 1:
                    first = line
                    _refuse_merged(seen.merged, first)
                yield line, texts
        finally:
            book.close()


def _look_at_sheet(file: IO[bytes], most_columns: int) -> Seen:
    """Count before anything is built, and stop at the first formula, row or column too many."""
    seen, parser, where, cells = Seen(), expat.ParserCreate(), "", 0

    def start(name: str, about: dict[str, str]) -> None:
        nonlocal where, cells
        plain = name.rpartition(":")[2]
        if plain == "c":
            where, cells = about.get("r", ""), cells + 1
            if max(_column(where), cells) > most_columns:  # a cell need not say where it stands
                raise Unreadable(TOO_WIDE.fill(n=most_columns))
        elif plain == "f":
            raise Unreadable(FORMULA.fill(cell=where or "?"))
        elif plain == "row":
            seen.rows, cells = seen.rows + 1, 0
            if seen.rows > MOST_ROWS:
                raise Unreadable(TOO_LONG.fill(n=f"{MOST_ROWS:,}"))
        elif plain == "mergeCell":
            seen.merged.append(about.get("ref", ""))

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _entities
    while chunk := file.read(CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return seen


def _column(reference: str) -> int:
    """The column of a cell, counted from 1; 0 where it names none."""
    match = REFERENCE.fullmatch(reference)
    number = 0
    for letter in match[1] if match else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refuse_merged(merged: Sequence[str], first: int) -> None:
    for cells in merged:
        last = REFERENCE.fullmatch(cells.rpartition(":")[2])
        if last and int(last[2]) >= first:
            raise Unreadable(MERGED.fill(cells=cells))


def _text(cell: Any) -> str:
    """A cell as a text: days as in ISO 8601, numbers without what a float adds, percentages with their sign."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        raise Unreadable(BROKEN_CELL.fill(cell=cell.coordinate, error=value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return f"{value * 100:.12g}%"
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    return str(value)
