"""What is wrong with a dropped sheet, with its place in the file."""

from __future__ import annotations

from dataclasses import dataclass

from flows.core.words import Words


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
