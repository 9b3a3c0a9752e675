"""One line behind `/score`: whom, a rating, a reason in quotation marks, and single values as `name=value`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from flows.core.kinds import Text
from flows.core.page import Question
from flows.core.refusal import Refusal
from flows.core.said import clean
from flows.core.words import Words
from flows.cycle.templates.questions import GOALS, RATING, REASON

NAMES: Mapping[str, str] = {
    "评级": RATING, "理由": REASON, "原因": REASON, "why": REASON, "目标": GOALS, "goal": GOALS,
    "业绩": "results", "行为": "behaviour", "behavior": "behaviour", "能力": "ability", "态度": "attitude",
}  # fmt: skip
"""What a value may be called besides its own name; a question's own name comes first."""

COMMAS = ",，、;；"
NAMED = re.compile(r"([\w-]+)(?:\s*[=＝]|([:：]))\s*")
ENDED = (
    rf"\s|$|[{COMMAS}]\s*(?:$|[\w-]+\s*[=＝:：])"  # behind what is whole: nothing, a blank, or the next value
)
QUOTE_ENDED = re.compile(ENDED)
GAP = re.compile(rf"[\s{COMMAS}]*")
# A comma within a number or a word is a part of it; the Chinese ones always part words.
WORD = re.compile(rf"(?:(?!{ENDED})(?![,;]\s*[\"'“”「])[^，、；])+")
VALUE = re.compile(rf"(?:(?!{ENDED})(?![{COMMAS}]\s*[\"'“”「]).)+")
WHOM = re.compile(rf"<@[^>]*>|[^\s{COMMAS}:：“「]+")
DOUBLE = '"“”＂'
QUOTES = {mark: marks for marks in (DOUBLE, "'‘’", "「」", "『』") for mark in marks}
OPENING = re.compile("(?<!^)[“「『]")
MOST_WORDS = 6  # of a name

NOBODY = Words(
    "There is nobody of that name whom you score now. /score alone shows your people. Type it like this: "
    '/score @person 4 "the reason".',
    "现在没有叫这个名字、需要你评分的人。只输入 /score 可查看你的下属。请这样输入：/score @某人 4 “理由”。",
)


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed about somebody: the rating and the reason ("" where not given), and values by name."""

    rating: str = ""
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.rating or self.reason or self.values)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line from `start` to `end`: a word, what stood in quotation marks, or the value of a name."""

    start: int
    end: int
    text: str
    name: str = ""
    is_quoted: bool = False


def read_whom(text: str, find: Callable[[str], Sequence[int]]) -> tuple[int, str]:
    """Whom the first words name, and what is said about them.

    `find` gives the ids of whom a mention, an e-mail address or a name means. A name may be of several words. Raises
    Refusal where it means nobody, or more than one.
    """
    line = clean(text)
    begins = behind_gap(line, 0)
    ends = [word.end() for word in islice(WHOM.finditer(line, begins), MOST_WORDS)]
    for end in reversed(ends):
        found = find(line[begins:end])
        if len(found) > 1:
            raise Refusal(
                "{n} of your people are called {name}. A mention or an e-mail address tells them apart: "
                "/score kavya@example.com …",
                "你有 {n} 位下属都叫“{name}”。请用 @提及 或邮箱区分，例如 /score kavya@example.com …",
                n=len(found), name=line[begins:end],
            )  # fmt: skip
        if found:
            return found[0], line[end:].lstrip(":：")
    raise Refusal(NOBODY)


def read_line(text: str, questions: Sequence[Question] = ()) -> Line:
    """What the line says about somebody whose form asks these questions. Raises Refusal."""
    line = clean(text)
    own = {question.name: isinstance(question.kind, Text) for question in questions}
    values: dict[str, str] = {}
    free: list[tuple[int, Piece]] = []
    for place, piece in enumerate(pieces(line, own)):
        if not piece.name:
            free.append((place, piece))
        elif piece.name in values:
            raise Refusal(
                "{name} stands there twice. Please give it once.",
                "{name} 写了两次，请只写一次。",
                name=piece.name[:60],
            )
        elif not piece.text:
            raise Refusal(
                "Nothing stands behind {name}=. Please give a value, or leave the name out.",
                "{name}= 后面没有内容。请填写，或去掉这个名称。",
                name=piece.name[:60],
            )
        else:
            values[piece.name] = piece.text
    rating = "" if RATING in own else values.pop(RATING, "")
    if not rating and (first := next((one for one in free if not one[1].is_quoted), None)):
        free.remove(first)
        rating = first[1].text
    named = "" if REASON in own else values.pop(REASON, "")
    return Line(rating, " ".join([*runs(line, free), *([named] if named else [])]), values)


def pieces(line: str, own: Mapping[str, bool]) -> Iterator[Piece]:
    """The line in its parts; `own` are the form's names, and whether each takes a text."""
    at = 0
    while (at := behind_gap(line, at)) < len(line):
        if named := name_at(line, at, own):
            name, start = named
            text, end = value_at(line, start, own, is_text=own.get(name, name == REASON))
            yield Piece(at, end, text, name)
        elif found := quoted(line, at):
            text, end = found
            yield Piece(at, end, text, is_quoted=True)
        elif line[at] in DOUBLE:  # never closed
            end = len(line)
            yield Piece(at, end, line[at + 1 :].strip(), is_quoted=True)
        else:
            word = WORD.match(line, at)
            end = word.end() if word else at + 1
            opens = OPENING.search(line[at:end])
            if opens and quoted(line, at + opens.start()):  # A“理由”
                end = at + opens.start()
            yield Piece(at, end, line[at:end])
        at = end


def behind_gap(line: str, at: int) -> int:
    """Where the blanks and commas that stand there end."""
    gap = GAP.match(line, at)
    return gap.end() if gap else at


def name_at(line: str, at: int, own: Mapping[str, bool]) -> tuple[str, int] | None:
    """The name that a value is given to, and where the value begins. Before a colon only a known one is a name."""
    found = NAMED.match(line, at)
    if found is None:
        return None
    typed = found[1].casefold()
    name = typed if typed in own else NAMES.get(typed, typed)
    is_known = name in own or name in (RATING, REASON, GOALS)
    return (name, found.end()) if is_known or not found[2] else None


def value_at(line: str, start: int, own: Mapping[str, bool], *, is_text: bool) -> tuple[str, int]:
    """The value that begins there and its end: a text without quotation marks goes on until the next name."""
    if found := quoted(line, start):
        return found
    if is_text:
        starts = (place.end() for place in re.finditer(rf"[\s{COMMAS}]", line[start:]))
        end = next((start + one for one in starts if name_at(line, start + one, own)), len(line))
        return line[start:end].strip(f" \t\n{COMMAS}").lstrip(DOUBLE), end
    value = VALUE.match(line, start)
    return (value[0].strip(DOUBLE + "「」"), value.end()) if value else ("", start)


def quoted(line: str, at: int) -> tuple[str, int] | None:
    """What stands in the quotation marks that open there, and where the line goes on; None: none open, or none close.

    Any mark of the kind closes that has nothing, a blank or the next value behind it, so that an apostrophe does not.
    One behind a blank opens quotation marks within.
    """
    marks = QUOTES.get(line[at]) if at < len(line) else None
    if marks is None:
        return None
    depth, closed = 1, None
    for place in (at + 1 + found.start() for found in re.finditer(f"[{marks}]", line[at + 1 :])):
        if QUOTE_ENDED.match(line, place + 1):
            depth, closed = depth - 1, place
            if not depth:
                break
        elif line[place - 1].isspace():
            depth += 1
        elif closed is not None and line[place - 1] in "=＝":  # the next value's own
            break
    return None if closed is None else (line[at + 1 : closed].strip(), closed + 1)


def runs(line: str, free: Sequence[tuple[int, Piece]]) -> Iterator[str]:
    """What was said without a name, as it was typed; quotation marks around all of it are left out."""
    breaks = [n for n, (one, other) in enumerate(pairwise(free), 1) if other[0] != one[0] + 1]
    for first, last in pairwise([0, *breaks, len(free)]):
        run = [piece for _, piece in free[first:last]]
        if run:
            whole = line[run[0].start : run[-1].end]
            yield " ".join(piece.text for piece in run) if all(one.is_quoted for one in run) else whole
