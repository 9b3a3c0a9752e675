"""The rating scale of a template as its file says it: steps or any number, thresholds, pay and how ratings may spread."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from flows.cycle.template import Free, Guide, Step
from flows.cycle.templates.entry import Entry, Read, listed, say
from flows.cycle.templates.parts import Part, Problems
from flows.cycle.templates.question_kinds import LABEL
from flows.cycle.templates.rules import sums
from flows.cycle.templates.values import between, decimal, each, flag, key, one_of, share, whole, words

MOST_STEPS = 15
HIGHEST = 300  # points: no goal counts for more
STEP = ("key", "label", "value", "least", "coefficient")


Scale = tuple[tuple[Step, ...], Free | None]
"""Steps, or a scale without any."""

NO_SCALE: Scale = ((), None)


def scale(part: Part, problems: Problems) -> Scale | None:
    """The rating scale: steps, from the best to the worst or the other way; or any number between two."""
    if isinstance(part.value, Mapping):
        return (), _free(part, problems)
    before = len(problems)
    found = each(_step, MOST_STEPS, least=2, by="key")(part, problems)
    if found is None or len(problems) > before:
        return None
    values = [step.value for step in found]
    ups = {left < right for left, right in pairwise(values)}
    if len(ups) > 1 or len(set(values)) < len(values):
        en = "The values {values} go up and down: put the steps in order, each with a value of its own."
        zh = "数值 {values} 时升时降：请按顺序排列，且每级数值不同。"
        say(problems, part.line, en, zh, values=", ".join(map(str, values)))
        return None
    rising = sorted(found, key=lambda step: step.value)
    _thresholds(part, rising, problems)
    _coefficients(part, rising, problems)
    return found, None


def _free(part: Part, problems: Problems) -> Free | None:
    entry = Entry(part, Free.__slots__, problems)
    made = Free(
        entry.need("least", decimal), entry.need("most", decimal), entry.may("places", whole(0, 4), 2)
    )
    if entry.sound and made.least >= made.most:
        entry.wrong(
            "most",
            "`most` ({most}) must be more than `least` ({least}): change one of them.",
            "`most`（{most}）必须大于 `least`（{least}）：请修改其中之一。",
            least=str(made.least), most=str(made.most),
        )  # fmt: skip
    return made if entry.sound else None


def _step(part: Part, problems: Problems) -> Step | None:
    entry = Entry(part, STEP, problems)
    made = Step(
        entry.need("key", key),
        entry.need("label", words(LABEL)),
        entry.need("value", decimal),
        entry.may("least", between(0, HIGHEST), None),
        entry.may("coefficient", between(0, 10), None),
    )
    return made if entry.sound else None


def _thresholds(part: Part, rising: Sequence[Step], problems: Problems) -> None:
    """Either no step says from which score on it is proposed, or each does but the lowest, and they rise."""
    if all(step.least is None for step in rising):
        return
    if missing := [step.key for step in rising[1:] if step.least is None]:
        en = "`least` is missing for {steps}: give it to every step but the lowest, or to none."
        zh = "{steps} 缺少 `least`：除最低一级外，请全部填写，或全部不填。"
        say(problems, part.line, en, zh, steps=listed(missing))
        return
    points = [step.least or Decimal() for step in rising]
    if points[0] > 0:
        en = "{step} is the lowest step and takes what no other does: take its `least` out."
        zh = "{step} 是最低一级，其余分数都归入它：请删去它的 `least`。"
        say(problems, part.line, en, zh, step=rising[0].key)
    elif any(left >= right for left, right in pairwise(points)):
        en = "A higher step begins at a higher score, but `least` goes {points}: put them in order."
        zh = "等级越高，起始分数应越高，而 `least` 依次为 {points}：请调整顺序。"
        say(problems, part.line, en, zh, points=", ".join(map(str, points)))


def _coefficients(part: Part, rising: Sequence[Step], problems: Problems) -> None:
    """What pay is multiplied by: for every step or for none, and never less for a better one."""
    given = [step.coefficient for step in rising if step.coefficient is not None]
    if not given:
        return
    if missing := [step.key for step in rising if step.coefficient is None]:
        en = "`coefficient` is missing for {steps}: give it to every step, or to none."
        zh = "{steps} 缺少 `coefficient`：请全部填写，或全部不填。"
        say(problems, part.line, en, zh, steps=listed(missing))
    elif any(left > right for left, right in pairwise(given)):
        en = "A higher step never has a lower `coefficient`, but they go {given}: put them in order."
        zh = "等级越高，`coefficient` 不能越低，而现在依次为 {given}：请调整。"
        say(problems, part.line, en, zh, given=", ".join(map(str, given)))


def guide(steps: Collection[str]) -> Read[Guide]:
    """How ratings may be spread over the keys of the scale; each stands in one group."""

    def read(part: Part, problems: Problems) -> Guide | None:
        usual = Guide()
        entry = Entry(part, Guide.__slots__, problems)
        made = Guide(
            shares=entry.need("shares", each(_group(steps), MOST_STEPS)),
            forced=entry.may("forced", flag, usual.forced),
            tolerance=entry.may("tolerance", between(0, 100), usual.tolerance),
            pool=entry.may("pool", whole(1, 1000), usual.pool),
        )
        if not entry.sound:
            return None
        named = [step for group, _ in made.shares for step in group]
        twice = [step for step in dict.fromkeys(named) if named.count(step) > 1]
        left = [step for step in steps if step not in named]
        if twice:
            en, zh = "{steps} stands in two groups: keep it in one.", "{steps} 出现在两组中：请只保留一处。"
            entry.wrong("shares", en, zh, steps=listed(twice))
        if left:
            en, zh = "No group has {steps}: add it to one.", "{steps} 不在任何一组中：请补充。"
            entry.wrong("shares", en, zh, steps=listed(left))
        total = sum((percent for _, percent in made.shares), Decimal())
        sums(Part(entry.line("shares"), "shares", ""), total, problems)
        return made if entry.sound else None

    return read


def _group(steps: Collection[str]) -> Read[tuple[tuple[str, ...], Decimal]]:
    def read(part: Part, problems: Problems) -> tuple[tuple[str, ...], Decimal] | None:
        entry = Entry(part, ("steps", "percent"), problems)
        known = one_of({step: step for step in steps}) if steps else key
        made = (entry.need("steps", each(known, MOST_STEPS)), entry.need("percent", share))
        return made if entry.sound else None

    return read
