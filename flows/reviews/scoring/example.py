"""How a line behind `/score` is typed in this cycle: an example on its own scale, and every name that it takes."""

from __future__ import annotations

from flows.core.kinds import Rating
from flows.core.screen import Element, Facts, Note
from flows.core.words import Words, join, same
from flows.cycle.template import Review as Form
from flows.cycle.template import Template
from flows.results.inputs import GOALS
from flows.reviews.scoring.final import ATTAINED

HOW = Words("You can also type one line: {lines}", "也可以输入一行命令：{lines}")
NAMES = Words("What the names stand for:", "各名称的含义：")


def how_to_type(template: Template, form: Form, *, asks_goals: bool) -> list[Element]:
    """An example, and each name with what it asks; `asks_goals`: whether typed goals count."""
    names = [(same(question.name), question.words) for question in form.questions]
    names += [(same(GOALS), ATTAINED.words)] if asks_goals else []
    examples = HOW.fill(lines=join(lines_for(template, form), ", or ", "，或 "))
    return [Note(examples), Note(NAMES), Facts(tuple(names))]


def lines_for(template: Template, form: Form) -> list[Words]:
    """A line with a rating of the template's scale, and one with the first rating of the form, or its first question."""
    rating = f"{template.free.most:f}" if template.free else next((one.key for one in template.scale), "")
    lines = []
    if rating:
        words = Words('/score @person {rating} "the reason"', "/score @某人 {rating} “理由”")
        lines.append(words.fill(rating=rating))
    ratings = [(one.name, one.kind) for one in form.questions if isinstance(one.kind, Rating)]
    for name, kind in ratings[:1]:
        step = max(kind.options, key=lambda option: int(option.key))
        words = Words("/score @person {name}={step}", "/score @某人 {name}={step}")
        lines.append(words.fill(name=name, step=step.key))
    if not lines:
        words = Words('/score @person {name}="…"', "/score @某人 {name}=“…”")
        lines.append(words.fill(name=form.questions[0].name))
    return lines
