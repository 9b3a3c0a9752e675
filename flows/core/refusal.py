"""What is said to a person when something cannot be done: in their words, with what to do next."""

from __future__ import annotations

from flows.core.words import Words


class Refusal(Exception):
    """A clear no to the person who asked: one sentence that says what to do next, and nothing has changed."""

    def __init__(self, en: str | Words, zh: str = "", **values: object) -> None:
        words = en if isinstance(en, Words) else Words(en, zh)
        self.words = words.fill(**values) if values else words
        super().__init__(self.words.en)
