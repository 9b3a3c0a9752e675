"""What is wrong with a dropped sheet, with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass

from flows.core.words import Words

TOO_MANY = Words(
    "These are {n} lines; please drop at most {most} of this kind at a time.",
    "共 {n} 行，此类表格每次最多 {most} 行，请拆分后发送。",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in which line of the file and which column; line 0 is the file as a whole."""

    line: int
    column: Words | None
    words: Words

    def said(self) -> Words:
        """The whole sentence, with its place in front."""
        if not self.line:
            return self.words
        if self.column is None:
            return Words("Line {n}: ", "第 {n} 行：").fill(n=self.line) + self.words
        place = Words("Line {n}, {column}: ", "第 {n} 行“{column}”：")
        return place.fill(n=self.line, column=self.column) + self.words


def too_many(number: int, most: int) -> list[Problem]:
    """What is wrong with a sheet of more lines than can be looked at while somebody waits for the screen."""
    return [Problem(0, None, TOO_MANY.fill(n=f"{number:,}", most=f"{most:,}"))] if number > most else []
