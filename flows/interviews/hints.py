"""How to open the talk and how to prepare for it: for either side, and for a result that is hard to say or to hear."""

from __future__ import annotations

from datetime import date

from flows.core.moments import day_words
from flows.core.words import Words
from flows.cycle.template import Template
from flows.interviews.talked import Side
from flows.results.scale import step_of

LOW = 0.5  # of the way from the lowest to the highest step: below it, a rating is hard to say

OPENING: dict[Side, Words] = {
    "manager": Words("How to open the talk", "如何开场"),
    "person": Words("How to prepare", "如何准备"),
}

FOR_MANAGER = (
    Words(
        "Begin with a question: “How do you look back on this period?” Listen first, and take notes.",
        "先提问：“你怎么看这段时间的工作？”先倾听，并做记录。",
    ),
    Words(
        "Say the result within the first minutes, in one sentence, and then why: from the figures and the notes below.",
        "在开始的几分钟内用一句话说明结果，然后依据下面的数据和记录说明原因。",
    ),
    Words(
        "For one strength and one gap say what happened, what {name} did, and what came of it.",
        "各选一个优势和一个不足，说明当时的情况、{name}的做法以及带来的影响。",
    ),
    Words(
        "Don't compare with colleagues, don't guess who wrote what, and promise nothing about pay.",
        "不要与同事比较，不要猜测评语出自谁，不要对薪酬作出承诺。",
    ),
    Words(
        "Leave the last third for what comes next: two or three points, each with who does it and by when.",
        "最后三分之一的时间谈下一步：两三个要点，明确由谁完成、何时完成。",
    ),
)
HARD_TO_SAY = (
    Words(
        "This result is not an easy one. Say it plainly and early: wrapped up, it is not heard.",
        "这个结果不容易沟通。请尽早、直接地说明，过于委婉对方可能听不到重点。",
    ),
    Words(
        "Give two examples from the notes, and bear a silence. If feelings run high, offer to go on in a day or two.",
        "举出记录中的两个例子，允许沉默。如果情绪激动，可以提议过一两天再继续。",
    ),
    Words(
        "Say what help there is, and what would have to be seen by when for the next result to be another.",
        "说明可以提供哪些支持，以及要在什么时候看到哪些变化，下次结果才会不同。",
    ),
)
SEES_IT_HIGHER = Words(
    "{name} rates the period higher than you did. Begin with the questions below in which you differ: ask what {name} "
    "has in mind there before you say what you saw.",
    "{name}的自评高于你的评估。请从下面有差异的问题谈起：先问{name}的依据，再说你看到的情况。",
)
SEES_IT_LOWER = Words(
    "{name} rates the period lower than you did. Say what you saw that was good, with examples.",
    "{name}的自评低于你的评估。请用具体例子说明你看到的亮点。",
)
DISAGREEING = Words(
    "If {name} disagrees: that is allowed. An appeal is possible until the end of {day}, and the result never becomes "
    "worse by it.",
    "如果{name}有异议，这是允许的：可以在 {day} 结束前申诉，结果不会因此变差。",
)

FOR_PERSON = (
    Words(
        "Look at how the result came about, and write down what you don't understand.",
        "先看看结果是如何得出的，记下不明白的地方。",
    ),
    Words(
        "Bring two or three things that you are proud of, with what came of them: the notes below help.",
        "准备两三件值得自豪的事及其成效，可参考下面的记录。",
    ),
    Words(
        "Where you and {name} differ, ask for an example and give one of yours.",
        "与{name}看法不同的地方，可以请对方举例，并说明你的例子。",
    ),
)
TO_ASK = Words("What you might ask", "可以提出的问题")
QUESTIONS = (
    Words(
        "“What should I go on doing, what should I do more, and what less?”",
        "“哪些做法应该保持，哪些应该多做，哪些应该少做？”",
    ),
    Words(
        "“How would you notice in three months that I have grown?”",
        "“三个月后，从哪些方面可以看出我有进步？”",
    ),
    Words("“What will you do to help me with it?”", "“你会怎样支持我？”"),
    Words("“What is my next step here, and what is missing for it?”", "“我的下一步发展是什么，还缺什么？”"),
)
HARD_TO_HEAR = Words(
    "You may have hoped for more. You need not answer at once: ask for examples, take notes, and ask for a second talk "
    "if you want one.",
    "结果可能低于你的期望。不必当场回应：可以请对方举例、做记录，需要时再约一次。",
)
MAY_DISAGREE = Words(
    "You may disagree. Until the end of {day} you can appeal, and the result never becomes worse by it.",
    "你可以有不同意见。{day} 结束前可以申诉，结果不会因此变差。",
)


def is_hard(template: Template, rating: str) -> bool:
    """Whether a rating lies in the lower half of its scale; one that is not known does not."""
    if template.free is not None and rating:
        span = template.free.most - template.free.least
        return bool(span) and (step_value(rating) - float(template.free.least)) / float(span) < LOW
    step = step_of(template, rating)
    values = [one.value for one in template.scale]
    if step is None or len(set(values)) < 2:
        return False
    return float((step.value - min(values)) / (max(values) - min(values))) < LOW


def step_value(rating: str) -> float:
    try:
        return float(rating)
    except ValueError:
        return float("inf")


def openings(side: Side, name: str, *, hard: bool, higher: int, until: date | None) -> list[Words]:
    """The hints for one side; `name` is the other's.

    `higher` is 1 where the self review is well above the manager's, -1 where it is well below. `until` is the last day
    of an appeal, while there is one.
    """
    if side == "person":
        found = [*FOR_PERSON, *([HARD_TO_HEAR] if hard else [])]
        last = MAY_DISAGREE
    else:
        found = [*FOR_MANAGER[:2], *(HARD_TO_SAY if hard else ()), *FOR_MANAGER[2:]]
        found += [{1: SEES_IT_HIGHER, -1: SEES_IT_LOWER}[higher]] if higher else []
        last = DISAGREEING
    found += [last] if until else []
    day = day_words(until) if until else Words("", "")
    return [words.fill(name=name, day=day) for words in found]
