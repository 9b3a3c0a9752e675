"""A sentence in every language the bot speaks, side by side, always plain text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in English and Chinese.

    Words are plain text: whoever draws them escapes them, so a person's own text may stand inside.
    """

    en: str
    zh: str

    def say(self, language: str) -> str:
        """The sentence in `language` ("zh" and its variants give Chinese, everything else English)."""
        return self.zh if language.startswith("zh") else self.en

    def fill(self, **values: object) -> Words:
        """The sentence with its `{name}` slots filled; a value that is `Words` is put in each language's own."""
        return Words(self.en.format(**_said(values, "en")), self.zh.format(**_said(values, "zh")))

    def __add__(self, other: Words) -> Words:
        return Words(self.en + other.en, self.zh + other.zh)


def same(text: object) -> Words:
    """A text that reads the same in every language: a name, a number, what a person wrote."""
    return Words(str(text), str(text))


def join(parts: Iterable[Words], en: str = ", ", zh: str = "、") -> Words:
    """Several words as one list, with each language's own separator."""
    known = list(parts)
    return Words(en.join(part.en for part in known), zh.join(part.zh for part in known))


def count(number: int, one: str, many: str, zh: str) -> Words:
    """A counted thing: `count(2, "{n} day", "{n} days", "{n} 天")`; a large number has its thousands apart."""
    said = f"{number:,}"
    return Words((one if number == 1 else many).format(n=said), zh.format(n=said))


def _said(values: dict[str, object], language: str) -> dict[str, object]:
    return {
        name: value.say(language) if isinstance(value, Words) else value for name, value in values.items()
    }
