"""A final rating as it is asked for and told: a step of the scale, or a number where the scale has no steps."""

from __future__ import annotations

from flows.core.kinds import Choice, Number
from flows.core.page import Question
from flows.core.said import Option
from flows.core.words import Words, same
from flows.cycle.template import Template
from flows.results.scale import step_of


def rating_question(template: Template, words: Words) -> Question:
    """Asks for a rating in the words given."""
    if template.free is not None:
        return Question("rating", words, Number(None, template.free.least, template.free.most))
    options = tuple(Option(step.key, same(f"{step.key} · ") + step.label) for step in template.scale)
    return Question("rating", words, Choice(options))


def rating_words(template: Template, rating: str) -> Words:
    """A rating with its label: "A · Beyond expectations"; that there is none yet."""
    step = step_of(template, rating)
    if step is None:
        return same(rating) if rating else Words("no rating yet", "暂无评级")
    return same(f"{step.key} · ") + step.label
