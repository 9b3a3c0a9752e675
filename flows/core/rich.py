"""A text with bold, lists and links, as people type it in a chat: read into plain values that hold no markup."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from flows.core.refusal import Refusal

HEAVIEST = 10_000  # characters of one text once drawn; a messenger's message holds little more
SPAN = 90  # characters that each piece with a format of its own costs when it is drawn

# Whoever could call a whole channel from here would do it once too often.
CALLS = re.compile(
    r"(?<![A-Za-z0-9._%+-])@(channel|here|everyone|所有人|全体成员)(?![A-Za-z0-9_-])", re.IGNORECASE
)
CODES = re.compile(r"<[!@#][^>\n]*>")
NAMED = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*):[^>\n]*>|\]\(\s*([A-Za-z][A-Za-z0-9+.-]*):")
WEB = ("http", "https")

INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<url>https?://[^\s<>|]+)(?:\|(?P<label>[^<>|\n]+))?>"
    r"|\[(?P<label2>[^\[\]\n]+)\]\((?P<url2>https?://[^\s()<>]+)\)"
    r"|(?P<bare>https?://[^\s<>\"'`，。；：！？、（）【】《》“”]+)"
    r"|(?<![A-Za-z0-9*])\*(?!\s)(?P<bold>[^*\n]+)(?<!\s)\*(?![A-Za-z0-9*])"
    r"|(?<![A-Za-z0-9_])_(?!\s)(?P<italic>[^_\n]+)(?<!\s)_(?![A-Za-z0-9_])"
    r"|(?<![A-Za-z0-9~])~(?!\s)(?P<strike>[^~\n]+)(?<!\s)~(?![A-Za-z0-9~])"
)
TRAILING = ".,;:!?)]}*_~"  # of an address that is written without brackets
BULLET = re.compile(r"\s*[•◦*-]\s+(?=\S)")
NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+(?=\S)")
QUOTE = re.compile(r">\s?")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style; with `link` it leads to that web address."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of text, of a quotation or of a list, or a block of code with all its lines."""

    kind: Literal["text", "quote", "bullet", "number", "code"]
    spans: tuple[Span, ...]


def check_rich(text: str) -> None:
    """Refuse what would call people who were not asked for, lead elsewhere than the web, or can't be drawn."""
    seen = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    if found := CODES.search(seen) or CALLS.search(seen):
        raise Refusal(
            "{what} can't be used here: it calls people by a code. Please take it out, or write the name in words.",
            "这里不能使用 {what}，它会直接呼叫别人。请删去，或直接写名字。",
            what=found[0],
        )
    for found in NAMED.finditer(seen):
        scheme = found[1] or found[2]
        if scheme.lower() not in WEB:
            raise Refusal(
                "A link may only lead to http:// or https://, and one here begins with {scheme}: "
                "Please change it or take it out.",
                "链接只能以 http:// 或 https:// 开头，这里有一个以 {scheme}: 开头，请修改或删去。",
                scheme=scheme,
            )
    if weight(text) > HEAVIEST:
        raise Refusal(
            "There is too much bold, italics, links or lines here for one message. Please use less of it.",
            "加粗、斜体、链接或换行太多，一条消息放不下，请减少一些。",
        )


def weight(text: str) -> int:
    """How many characters the text takes once it is drawn, generously."""
    spans = [span for paragraph in parse(text) for span in paragraph.spans]
    return sum(SPAN + len(json.dumps(span.text + (span.link or ""), ensure_ascii=False)) for span in spans)


def parse(text: str) -> tuple[Paragraph, ...]:
    """The text as paragraphs. Whatever is not understood as a format stays as it was typed."""
    found: list[Paragraph] = []
    lines = text.replace("\r\n", "\n").split("\n")
    while lines:
        line = lines.pop(0)
        if line.strip() == "```" and "```" in (rest := [one.strip() for one in lines]):
            end = rest.index("```")
            found.append(Paragraph("code", (Span("\n".join(lines[:end]) or " "),)))
            del lines[: end + 1]
        else:
            found.append(_paragraph(line))
    return tuple(found)


def in_words(text: str) -> str:
    """The text without its formats, for where there are none: a notification, a screen reader."""
    return "\n".join("".join(span.text for span in paragraph.spans) for paragraph in parse(text))


def first_line(text: str, most: int) -> str:
    """The first line that says anything, without its formats, of at most `most` characters."""
    line = next((line.strip() for line in in_words(text).split("\n") if line.strip()), "")
    return line if len(line) <= most else line[: most - 1] + "…"


def _paragraph(line: str) -> Paragraph:
    if match := QUOTE.match(line):
        return Paragraph("quote", tuple(_spans(line[match.end() :], Span(""))))
    if match := BULLET.match(line):
        return Paragraph("bullet", tuple(_spans(line[match.end() :], Span(""))))
    if match := NUMBER.match(line):
        return Paragraph("number", tuple(_spans(line[match.end() :], Span(""))))
    return Paragraph("text", tuple(_spans(line, Span(""))))


def _spans(text: str, style: Span) -> Iterator[Span]:
    end = 0
    for match in INLINE.finditer(text):
        if match.start() > end:
            yield replace(style, text=text[end : match.start()])
        end = match.end()
        yield from _styled(match, style)
    if end < len(text):
        yield replace(style, text=text[end:])


def _styled(match: re.Match[str], style: Span) -> Iterator[Span]:
    if match["code"]:
        yield replace(style, text=match["code"], code=True)
    elif url := match["url"] or match["url2"]:
        yield replace(style, text=match["label"] or match["label2"] or url, link=url)
    elif bare := match["bare"]:
        url = bare.rstrip(TRAILING)
        yield replace(style, text=url, link=url)
        if rest := bare[len(url) :]:
            yield replace(style, text=rest)
    else:
        name = next(name for name in ("bold", "italic", "strike") if match[name])
        yield from _spans(match[name], replace(style, **{name: True}))  # type: ignore[arg-type]
