"""The check-in's questions: the standard ones, and the line format in which HR writes its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from flows.core.kinds import Choice, Kind, Number, Percent, Rating, Someone, Text, YesNo
from flows.core.page import Page, Question, Questionnaire, text
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.words import Words, count, same
from flows.cycle.calendar import Rhythm

MOOD = "mood"
RESOURCE = "resource"
MANAGER_ONLY = (MOOD,)  # never shown beyond the direct manager, never posted to a channel

MOODS = (
    Option("1", Words("Rough", "很糟"), Words("I need to talk about it", "需要聊聊")),
    Option(
        "2", Words("Strained", "有压力"), Words("More load than I can carry for long", "负担偏重，难以持久")
    ),
    Option("3", Words("All right", "还行"), Words("Ups and downs, manageable", "有起有伏，可以应对")),
    Option("4", Words("Good", "不错"), Words("Going well", "进展顺利")),
    Option("5", Words("Great", "很好"), Words("Energised", "充满干劲")),
)

STANDARD: tuple[Question, ...] = (
    Question("done", Words("What did you finish this week?", "本周完成了什么？"), Text(4)),
    Question("next", Words("What is next?", "接下来做什么？"), Text(3)),
    Question("blockers", Words("What is in your way?", "遇到了什么阻碍？"), Text(3), optional=True),
    Question("helper", Words("Who can help?", "谁能帮上忙？"), Someone(), optional=True),
    Question(
        RESOURCE,
        Words(
            "Do you need something to be granted? (people, money, tools)",
            "需要申请资源吗？（人手、预算、工具）",
        ),
        Text(2),
        optional=True,
        hint=Words("Your manager grants or declines it.", "由你的上级批准或婉拒。"),
    ),
    Question(
        MOOD,
        Words("How was your week?", "这一周感觉如何？"),
        Rating(MOODS),
        optional=True,
        hint=Words("Only your direct manager sees this.", "只有你的直属上级能看到。"),
    ),
    Question("one_on_one", Words("Anything for your 1:1?", "一对一沟通想聊什么？"), Text(2), optional=True),
)


class Health(Enum):
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


HEALTH = {
    Health.ON_TRACK: Words("On track", "正常"),
    Health.AT_RISK: Words("At risk", "有风险"),
    Health.OFF_TRACK: Words("Off track", "偏离目标"),
}


class Rescue(Page):
    title = Words("Off track: {item}", "偏离目标：{item}")
    help: str = text("What would help?", "需要什么帮助？", lines=3)


FORM_TITLE, LONGER_TITLE = Words("This week", "本周"), Words("Your check-in", "汇报内容")

# A week's questions in the words of a longer rhythm.
LONGER = {
    "done": Words("What did you finish since last time?", "这段时间完成了什么？"),
    MOOD: Words("How has it been going?", "这段时间感觉如何？"),
}


def questionnaire(questions: Sequence[Question], rhythm: Rhythm) -> Questionnaire:
    """The check-in's questions as one form; its answers are kept under "week"."""
    title = FORM_TITLE if rhythm is Rhythm.WEEKLY else LONGER_TITLE
    return Questionnaire("week", title, tuple(questions))


def standard(names: Sequence[str], rhythm: Rhythm = Rhythm.WEEKLY) -> tuple[Question, ...]:
    """The standard questions of these names, in their usual order and in the rhythm's words."""
    wanted = (question for question in STANDARD if question.name in names)
    if rhythm is Rhythm.WEEKLY:
        return tuple(wanted)
    return tuple(replace(question, words=LONGER.get(question.name, question.words)) for question in wanted)


LINE = re.compile(
    r"(?P<kind>[a-z/ ]+?)\s*([(（](?P<args>[^)）]*)[)）])?\s*(?P<optional>[?？])?\s*[:：]\s*(?P<words>.+)",
    re.IGNORECASE,
)
COMMA = re.compile("[,，、;；]")
KINDS = ("short", "long", "number", "percent", "yes/no", "choice", "rating")
MOST_OWN = 20

HOW_TO_WRITE = Words(
    "One question a line, as “kind: English | 中文”. Kinds: short, long, number, percent, yes/no, "
    "choice(a, b, c), rating. A “?” after the kind makes it optional. Example: long?: What did you learn? | 学到了什么？",
    "每行一个问题，格式为“类型: English | 中文”。类型有：short、long、number、percent、yes/no、choice(a, b, c)、rating。"
    "类型后加“?”表示选填。例如：long?: What did you learn? | 学到了什么？",
)


def read_questions(written: str) -> tuple[Question, ...]:
    """HR's own questions, one a line; raises `Refusal` that names the line and what to write instead."""
    lines = [(n, line.strip()) for n, line in enumerate(written.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_OWN:
        raise Refusal(
            Words("At most ", "最多 ")
            + count(MOST_OWN, "{n} question", "{n} questions of your own", "{n} 个自定义问题")
            + Words("; please take some out.", "，请删去一些。")
        )
    found: dict[str, Question] = {}
    for n, line in lines:
        question = _question(n, line)
        if question.name in found:
            raise Refusal(
                "Line {n} asks the same as a line above: {words}. Please take one of them out.",
                "第 {n} 行与上面的问题重复：{words}。请删去其中一行。",
                n=n, words=same(question.words.en[:60]),
            )  # fmt: skip
        found[question.name] = question
    return tuple(found.values())


def write_questions(questions: Sequence[Question]) -> str:
    """The line format of HR's own questions: `read_questions` reads it back the same."""
    return "\n".join(_line(question) for question in questions)


def _question(n: int, line: str) -> Question:
    found = LINE.fullmatch(line)
    kind = found["kind"].casefold() if found else ""
    en, _, zh = (part.strip() for part in (found["words"] if found else "").partition("|"))
    if found is None or kind not in KINDS or not (en or zh):
        raise Refusal(
            Words("Line {n} is not understood: {line}. ", "第 {n} 行无法识别：{line}。").fill(
                n=n, line=same(line[:60])
            )
            + HOW_TO_WRITE
        )
    options = tuple(part.strip() for part in COMMA.split(found["args"] or "") if part.strip())
    if kind == "choice" and len(options) < 2:
        raise Refusal(
            "Line {n}: a choice needs at least two options, as in choice(yes, no, later): Your question",
            "第 {n} 行：choice 至少需要两个选项，例如 choice(是, 否, 以后): 你的问题",
            n=n,
        )
    if len(set(options)) < len(options):
        raise Refusal(
            "Line {n} offers the same option twice: {line}. Please take one of them out.",
            "第 {n} 行有重复的选项：{line}。请删去其中一个。",
            n=n, line=same(line[:60]),
        )  # fmt: skip
    # The name holds the words themselves, so that an answer never moves to another question when lines move.
    name = "own_" + re.sub(r"\W+", "_", (en or zh).casefold())[:150]
    return Question(name, Words(en or zh, zh or en), _kind(kind, options), bool(found["optional"]))


def _kind(word: str, options: Sequence[str]) -> Kind:
    match word:
        case "short":
            return Text(1, 300)
        case "long":
            return Text(4)
        case "number":
            return Number()
        case "percent":
            return Percent()
        case "yes/no":
            return YesNo()
        case "rating":
            return Rating(MOODS)
        case _:
            return Choice(tuple(Option(option, same(option)) for option in options))


def _line(question: Question) -> str:
    match question.kind:
        case Text(lines=lines):
            word = "short" if lines == 1 else "long"
        case Number():
            word = "number"
        case Percent():
            word = "percent"
        case YesNo():
            word = "yes/no"
        case Rating():
            word = "rating"
        case Choice(options=options):
            word = f"choice({', '.join(option.label.en for option in options)})"
        case _:
            raise ValueError(f"{question.name} is of a kind that HR can't write")
    return f"{word}{'?' if question.optional else ''}: {question.words.en} | {question.words.zh}"
