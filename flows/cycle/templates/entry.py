"""Reading the parts of a template: what each value must be, and one sentence for each that is not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import TypeVar, cast

from flows.core.words import Words, same
from flows.cycle.templates.parts import Part, Problems

T = TypeVar("T")
D = TypeVar("D")
Read = Callable[[Part, Problems], T | None]
"""Reads a part; None when something is wrong with it, which is then among the problems."""


def say(problems: Problems, line: int, en: str, zh: str, **values: object) -> None:
    """Note what is wrong in a line, and what to change. What was written is shown in part only."""
    short = {name: value[:60] if isinstance(value, str) else value for name, value in values.items()}
    problems.append((line, Words(en, zh).fill(**short)))


class Entry:
    """A mapping of the file while it is read: `need` and `may` read its keys; `broken` are those with problems.

    What `need` gives for a broken key is not to be used: whoever reads the entry gives up after all its keys.
    """

    __slots__ = ("_before", "_found", "_line", "_problems", "broken")

    def __init__(self, part: Part, keys: Collection[str], problems: Problems) -> None:
        self._line, self._problems, self._before = part.line, problems, len(problems)
        self._found: Mapping[str, Part] = {}
        self.broken: set[str] = set()
        if not isinstance(part.value, Mapping):
            en, zh = "`{key}` needs keys of its own: {keys}.", "`{key}` 需要包含以下键：{keys}。"
            if not part.key:
                en, zh = (
                    "A template is made of keys with values: {keys}.",
                    "模板由键和值组成，可用的键有：{keys}。",
                )
            say(problems, part.line, en, zh, key=part.key, keys=listed(keys))
            self.broken.update(keys)
            return
        self._found = part.value
        for name, value in part.value.items():
            if name not in keys and (meant := unknown(value.line, name, keys, problems)):
                self.broken.add(meant)  # that it is missing is not said besides

    @property
    def sound(self) -> bool:
        """Whether nothing was wrong with it so far."""
        return len(self._problems) == self._before

    def part(self, key: str) -> Part | None:
        """The key's part; None when it is not there."""
        return self._found.get(key)

    def line(self, key: str) -> int:
        """The line of a key, or the entry's own."""
        return self._found[key].line if key in self._found else self._line

    def need(self, key: str, read: Read[T]) -> T:
        """What stands under a key that must be there."""
        if key not in self._found and key not in self.broken:
            self.wrong(key, "`{key}` is missing: add it.", "缺少 `{key}`：请补充。")
        return cast(T, self._read(key, read, None))

    def may(self, key: str, read: Read[T], default: D) -> T | D:
        """What stands under a key that may be left out."""
        return self._read(key, read, default)

    def wrong(self, key: str, en: str, zh: str, **values: object) -> None:
        """Note what is wrong with a key."""
        self.broken.add(key)
        say(self._problems, self.line(key), en, zh, key=key, **values)

    def _read(self, key: str, read: Read[T], default: D) -> T | D:
        part = self._found.get(key)
        if part is None:
            return default
        before = len(self._problems)
        value = unless_empty(part, read, self._problems)
        if len(self._problems) > before:
            self.broken.add(key)
        return default if value is None else value


def unknown(line: int, name: str, known: Collection[str], problems: Problems) -> str | None:
    """Note a word that means nothing here; the one that was probably meant, if any."""
    meant = get_close_matches(
        name[:60].casefold().replace("_", "-"), [word.replace("_", "-") for word in known], 1
    )
    if not meant:
        en, zh = "`{name}` is not known here: use one of {known}.", "无法识别 `{name}`：可以使用 {known}。"
        say(problems, line, en, zh, name=name, known=listed(known))
        return None
    right = next(word for word in known if word.replace("_", "-") == meant[0])
    en, zh = "`{name}` is not known here: did you mean `{right}`?", "无法识别 `{name}`：是否想写 `{right}`？"
    say(problems, line, en, zh, name=name, right=right)
    return right


def listed(words: Collection[str]) -> Words:
    """Words of the file as a list."""
    return Words(", ".join(words), "、".join(words))


def unless_empty(part: Part, read: Read[T], problems: Problems) -> T | None:
    """What `read` makes of the part; an empty one is named."""
    if part.value == "" or (isinstance(part.value, str) and not part.value.strip()):
        en, zh = "`{key}` is empty: fill it in, or take the line out.", "`{key}` 为空：请填写，或删除这一行。"
        say(problems, part.line, en, zh, key=part.key)
        return None
    return read(part, problems)


def must_be(part: Part, problems: Problems, en: str, zh: str) -> None:
    """Note that a part is not what it must be: `en` and `zh` complete "must be …"."""
    if isinstance(part.value, str):
        given = same(f"“{part.value[:40]}”")
    elif isinstance(part.value, tuple):
        given = Words("a list of {n}", "有 {n} 项的列表").fill(n=len(part.value))
    else:
        given = Words("keys with values", "一组键值")
    en, zh = f"`{{key}}` must be {en}, not {{given}}.", f"`{{key}}` 应为{zh}，而不是{{given}}。"
    say(problems, part.line, en, zh, key=part.key, given=given)
