"""Reads a CSV or XLSX file from a stranger's hands into plain texts, and says in words why one can't be read.

Nothing in it is run or followed: formulas, macros and entities are refused, links to other files are not looked at, and
how much is unpacked is known from the archive's directory, to whose sizes the reading keeps, before any of it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from bot.dropped_workbook import rows_of_workbook
from bot.unreadable import FORMULA, TOO_LONG, TOO_WIDE, Unreadable
from flows.core.words import Words
from flows.goals.importing.dropped import Table

MOST_BYTES = 10_000_000  # of the file
MOST_LINES = 50_000  # that hold anything
MOST_COLUMNS = 60
ABOVE = 20  # lines among which the header is looked for

Row = tuple[int, Sequence[str]]
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATORS = ",;\t，；|"

OLD = Words(
    "This is an old .xls file, or one with a password. Please save it as .xlsx without a password, and drop it again.",
    "这是旧版 .xls 文件，或者设有密码。请另存为不带密码的 .xlsx 文件后重新发送。",
)
NO_SHEET = Words(
    "This is not a table that I can read. Please drop a .xlsx or .csv file; /goal template gives you one to fill in.",
    "这不是我能读取的表格。请发送 .xlsx 或 .csv 文件；可用 /goal template 获取模板。",
)
EMPTY = Words(
    "The sheet is empty: it needs a line of headings and at least one line below it.",
    "表格是空的：需要一行表头，以及至少一行内容。",
)
MORE_CELLS = Words(
    "Line {line} has more cells than there are headings. Perhaps a text with a separator in it needs quotation marks.",
    "第 {line} 行的单元格比表头多，可能是含分隔符的文字缺少引号。",
)
NOT_READ = Words(
    "The encoding of the file is not known to me. Please save it as .xlsx or as CSV in UTF-8.",
    "无法识别文件编码。请另存为 .xlsx，或 UTF-8 编码的 CSV。",
)


def read_sheet(content: bytes) -> Table:
    """The table in a file, told by what is in it rather than by its name. Raises Unreadable."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(OLD)
    if content.startswith(b"PK"):
        return table_of(rows_of_workbook(content, MOST_COLUMNS))
    return table_of(rows_of_text(content))


def table_of(rows: Iterable[Row]) -> Table:
    """The header and the lines below it that hold anything; what is titled above the header is passed over."""
    header: tuple[str, ...] = ()
    header_line = 0
    kept: list[tuple[int, tuple[str, ...]]] = []
    for line, cells in rows:
        texts = [cell.strip() for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if not header:
            if sum(map(bool, texts)) < 2 and line <= ABOVE:
                continue
            header, header_line = tuple(texts), line
            if len(header) > MOST_COLUMNS:
                raise Unreadable(TOO_WIDE.fill(n=MOST_COLUMNS))
            continue
        if len(texts) > len(header):
            raise Unreadable(MORE_CELLS.fill(line=line))
        if len(kept) == MOST_LINES:
            raise Unreadable(TOO_LONG.fill(n=f"{MOST_LINES:,}"))
        kept.append((line, tuple(texts + [""] * (len(header) - len(texts)))))
    if not kept:
        raise Unreadable(EMPTY)
    return Table(header, header_line, tuple(kept))


def rows_of_text(content: bytes) -> Iterator[Row]:
    """The lines of a CSV file; a cell may hold several lines, and is counted by its first."""
    text = decoded(content)
    if "\0" in text or text.startswith(("%PDF", "{\\rtf", "<?xml", "<html", "<!DOCTYPE")):
        raise Unreadable(NO_SHEET)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    line = 1
    try:
        for cells in lines:
            for nth, cell in enumerate(cells[: MOST_COLUMNS + 1]):
                if cell.startswith("="):
                    raise Unreadable(FORMULA.fill(cell=f"{column_name(nth)}{line}"))
            yield line, cells[: MOST_COLUMNS + 1]
            line = lines.line_num + 1
    except csv.Error:
        raise Unreadable(NO_SHEET) from None


def decoded(content: bytes) -> str:
    """The text in UTF-8, UTF-16 with its mark, or the encoding in which a Chinese Excel writes CSV."""
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(NOT_READ)


def separator_of(text: str) -> str:
    """What stands between the cells: the sign that occurs most often in the first line that has any, unquoted."""
    for line in text[:20_000].splitlines()[:ABOVE]:
        bare = "".join(line.split('"')[::2])
        counted = {sign: bare.count(sign) for sign in SEPARATORS}
        best = max(counted, key=lambda sign: counted[sign])
        if counted[best]:
            return best
    return ","


def column_name(nth: int) -> str:
    """A column as Excel names it, counted from 0: A, B, …, Z, AA."""
    name = ""
    while nth >= 0:
        name = chr(ord("A") + nth % 26) + name
        nth = nth // 26 - 1
    return name
