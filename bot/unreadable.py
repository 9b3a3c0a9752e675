"""Why a dropped file can't be read, in words that say what to do."""

from __future__ import annotations

from flows.core.words import Words

TOO_LONG = Words(
    "The sheet has more than {n} lines. Please split it into several files.",
    "表格超过 {n} 行，请拆成多个文件。",
)
TOO_WIDE = Words(
    "The sheet has more than {n} columns. Please keep only those of the template.",
    "表格超过 {n} 列，请只保留模板中的列。",
)
FORMULA = Words(
    "{cell} holds a formula. Please paste its value instead (Paste special, Values), and drop the file again.",
    "{cell} 是公式。请改为粘贴数值（选择性粘贴 → 数值）后重新发送。",
)


class Unreadable(Exception):
    """The file can't be read; `words` say why and what to do."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words
