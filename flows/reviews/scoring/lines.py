"""One line behind `/score`: whom, a rating, a reason in quotation marks, and single values as `name=value`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flows.core.refusal import Refusal
from flows.core.said import clean

QUOTED = r'"[^"]*"?|“[^”]*”?|「[^」]*」?|\'[^\']*\'?'
TOKEN = re.compile(
    rf"(?P<name>[\w-]+)\s*[=＝]\s*(?P<value>{QUOTED}|\S+)|(?P<quoted>{QUOTED})|(?P<mention><@[^>]*>)|(?P<word>\S+)"
)
NAMES: Mapping[str, str] = {
    "评级": "rating", "理由": "reason", "原因": "reason", "why": "reason", "目标": "goals", "goal": "goals",
    "业绩": "results", "行为": "behaviour", "behavior": "behaviour", "能力": "ability", "态度": "attitude",
}  # fmt: skip
"""What a value may be called besides its own name."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed: `person` as it was found, the rating and the reason ("" where not given), values by name."""

    person: int
    rating: str = ""
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def only_names(self) -> bool:
        """Whether it says whom, and nothing about them."""
        return not (self.rating or self.reason or self.values)


def read_line(text: str, find: Callable[[str], int | None]) -> Line:
    """The line as it is meant; `find` gives a person's id by mention, e-mail or full name. Raises Refusal."""
    values: dict[str, str] = {}
    quoted: list[str] = []
    words: list[str] = []
    for token in TOKEN.finditer(clean(text)):
        if token["name"]:
            name = NAMES.get(token["name"].casefold(), token["name"].casefold())
            if name in values:
                raise Refusal(
                    "{name} stands there twice. Please give it once.",
                    "{name} 写了两次，请只写一次。",
                    name=name,
                )
            values[name] = bare(token["value"])
        elif token["quoted"]:
            quoted.append(bare(token["quoted"]))
        else:
            words.append(token["mention"] or token["word"])
    person, rest = whose(words, find)
    rating, said = values.pop("rating", ""), rest
    if not rating and rest:
        rating, said = rest[0], rest[1:]
    reason = " ".join([*quoted, *said, values.pop("reason", "")]).strip()
    return Line(person, rating, reason, values)


def whose(words: Sequence[str], find: Callable[[str], int | None]) -> tuple[int, Sequence[str]]:
    """Whom the first words name, and the words behind: a name may be of several."""
    for length in range(min(len(words), 6), 0, -1):
        person = find(" ".join(words[:length]))
        if person is not None:
            return person, words[length:]
    raise Refusal(
        'I can\'t find whom you mean. Type it like this: /score @person 4 "the reason". /score alone shows your people.',
        "没有找到你要评的人。请这样输入：/score @某人 4 “理由”。只输入 /score 可查看你的下属。",
    )


def bare(value: str) -> str:
    """A value without its quotation marks."""
    return value.strip("\"“”「」'").strip() if re.fullmatch(QUOTED, value) else value
