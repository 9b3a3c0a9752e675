"""A table that somebody saved as text: from the bytes of a CSV file to cells with their line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.core.words import Words

MOST_BYTES = 16_000_000  # 100,000 people with all their columns are about 12 MB
LONGEST_CELL = 200  # characters
DELIMITERS = ",;\t"
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
UNPRINTABLE = Words(
    "It contains a character that can't be shown (NUL or another control character).",
    "这一行含有无法显示的字符（如 NUL 等控制字符）。",
)
UNCLOSED = Words(
    'A quotation mark (") is not closed on this line, or stands in the middle of a cell.',
    "这一行的双引号没有成对，或者出现在了单元格中间。",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on one line of a file, counted from 1; line 0 is the file as a whole."""

    line: int
    words: Words


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one line, or what is wrong with it."""

    number: int
    cells: tuple[str, ...]
    problem: Words | None = None


def read_text(raw: bytes) -> tuple[str, str] | Words:
    """The text and the name of its encoding, or why it is none.

    UTF-8, UTF-16 with its mark, and otherwise GB18030, in which Excel saves a CSV file in China.
    """
    if len(raw) > MOST_BYTES:
        size, most = len(raw) / 1e6, MOST_BYTES // 1_000_000
        return Words(
            f"This file has {size:.1f} MB, and at most {most} MB can be read. Split it in two.",
            f"文件有 {size:.1f} MB，最多只能读取 {most} MB，请拆成两个文件。",
        )
    if raw.startswith(b"PK\x03\x04"):
        return Words(
            "This is an Excel workbook. Save it as “CSV UTF-8” in Excel and send that file.",
            "这是 Excel 工作簿，请在 Excel 中另存为“CSV UTF-8”后再导入。",
        )
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return Words(
        "The characters in this file can't be read. Save it as “CSV UTF-8” and try again.",
        "无法识别文件的编码，请另存为“CSV UTF-8”后再试。",
    )


def delimiter_of(header: str) -> str:
    """The mark that stands most often in the header; a comma where none does."""
    return max(DELIMITERS, key=header.count)


def read_lines(text: str) -> Iterator[Line]:
    """Each line with something on it.

    A quoted cell ends on its own line: so a quotation mark that somebody forgot costs one line, not all
    behind it. Spaces around a cell go; a "=", "+", "-" or "@" in front is text like any other.
    """
    delimiter = ""
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        bare = line.rstrip("\n")
        if not bare.strip(" " + DELIMITERS):
            continue
        delimiter = delimiter or delimiter_of(bare)
        yield _read_line(number, bare, delimiter)


def _read_line(number: int, line: str, delimiter: str) -> Line:
    try:
        cells = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, strict=True)))
    except csv.Error:
        return Line(number, (), UNCLOSED)
    if CONTROL.search("".join(cells)):
        return Line(number, (), UNPRINTABLE)
    for cell in cells:
        if len(cell) > LONGEST_CELL:
            start = shorten(cell)
            words = Words(
                f"“{start}” is too long: a cell holds at most {LONGEST_CELL} characters.",
                f"“{start}”太长了，每个单元格最多 {LONGEST_CELL} 个字符。",
            )
            return Line(number, (), words)
    return Line(number, cells)


def shorten(text: str, most: int = 40) -> str:
    """A text for the middle of a sentence."""
    return text if len(text) <= most else text[: most - 1] + "…"
