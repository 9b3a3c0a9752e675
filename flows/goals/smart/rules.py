"""The rules of the SMART check that are judged from the goal alone, each by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.goals.kept import Terms
from flows.goals.smart.figures import RANK, without
from flows.goals.smart.owners import OWNERS, OWNERS_ZH
from flows.goals.smart.reading import Sentence, read
from flows.goals.smart.tasks import HELPS_ZH, OCCASIONS, RESULTS, TASK, TASK_ZH
from flows.goals.smart.words import CHANGES, HASTE, KEEPS, LEADS, LEVELS, REACHES, TERMS, VAGUE

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Facts:
    """A goal as the rules see it: what its fields say, and what its sentence says where they say nothing."""

    terms: Terms
    sentence: Sentence
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    change: Decimal | None
    lower: bool | None
    due: date | None

    @property
    def has_figure(self) -> bool:
        return any(value is not None for value in (self.baseline, self.target, self.change))


def facts_of(terms: Terms, today: date, last: date | None) -> Facts:
    """The facts in the fields before those in the sentence."""
    sentence = read(terms.title, today, last)
    said = sentence.said
    return Facts(
        terms=terms,
        sentence=sentence,
        unit=terms.unit or said.unit,
        baseline=said.baseline if terms.baseline is None else terms.baseline,
        target=said.target if terms.target is None else terms.target,
        change=None if terms.target is not None else said.change,
        lower=True if terms.lower else said.lower,
        due=terms.due or said.due,
    )


def lacks_number(facts: Facts) -> bool:
    """No figure and nothing that is plainly done or not, as a task with its day is; milestones need a name at least."""
    shape = facts.terms.shape
    if shape == "milestones":
        return not facts.terms.milestones
    if shape != "number" or facts.has_figure:
        return False
    return facts.due is None if is_task(facts) else not facts.sentence.said.yes_no


def lacks_target(facts: Facts) -> bool:
    """A figure of where it starts, and none of where it shall go."""
    return is_number(facts) and facts.baseline is not None and facts.target is None and facts.change is None


def lacks_unit(facts: Facts) -> bool:
    """A figure to reach that says nothing of what."""
    return is_number(facts) and bool(facts.target) and not facts.unit and facts.sentence.said.change is None


def lacks_baseline(facts: Facts) -> bool:
    """A change, or a level to reach, without where it starts; a count starts from zero, "all" and "none" need none."""
    if not is_number(facts) or facts.baseline is not None:
        return False
    if facts.change is not None:
        return True
    text, target = facts.sentence.text, facts.target
    if target is None or facts.unit == RANK or KEEPS.search(text):
        return False
    changes = bool(CHANGES.search(text)) and bool(LEADS.search(text))
    if target == 0 or (facts.unit == "%" and target == WHOLE):
        return changes
    level = (facts.unit == "%" and not TERMS.search(text)) or bool(LEVELS.search(text))
    level = level or (not facts.unit and bool(REACHES.search(text)))
    return changes or level


def lacks_date(facts: Facts, first: date | None, last: date | None) -> bool:
    """No last day, or one outside the cycle; an objective leaves it to its key results."""
    if facts.terms.shape == "objective":
        return False
    return facts.due is None or is_outside(facts, first, last)


def is_outside(facts: Facts, first: date | None, last: date | None) -> bool:
    due = facts.due
    return due is not None and ((first is not None and due < first) or (last is not None and due > last))


def is_task(facts: Facts) -> bool:
    """An activity whose result is not said."""
    sentence = facts.sentence
    if facts.baseline is not None and facts.target is not None:
        return False
    text = without(sentence.text, [(time.start, time.end) for time in sentence.times])
    if RESULTS.search(text):
        return False
    if sentence.said.unit in OCCASIONS or HELPS_ZH.search(text) or TASK.search(text):
        return True
    return bool(TASK_ZH.search(text)) and not sentence.said.yes_no


def vague_word(facts: Facts) -> str:
    """The word that nothing makes concrete, as it is written; "" where there is none."""
    if facts.terms.shape == "objective":
        return ""
    sentence = facts.sentence
    text = without(sentence.text, [(time.start, time.end) for time in sentence.times])
    haste = HASTE.search(text) if facts.due is None else None
    vague = None if facts.has_figure else VAGUE.search(text)
    found = vague or haste
    return facts.terms.title[found.start() : found.end()] if found else ""


def is_haste(facts: Facts) -> bool:
    """Whether only haste is vague about it, not what is to be done."""
    return not VAGUE.search(facts.sentence.text)


def names_others(facts: Facts) -> bool:
    """Whether the sentence gives the goal to somebody else, to all, or to several together."""
    text = without(facts.sentence.text, [(time.start, time.end) for time in facts.sentence.times])
    return bool(OWNERS.search(text) or OWNERS_ZH.search(text))


def is_number(facts: Facts) -> bool:
    return facts.terms.shape == "number"
