"""The final rating at the end of a manager's review: always set by a person, with a reason where it differs.

What is proposed is computed from the data that are there and from the ratings just given; it is shown, never taken over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from flows.core.kinds import Number, Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.said import Kept, Reader, within
from flows.core.typed import number
from flows.core.words import Words, join, same
from flows.cycle.records import Cycle
from flows.cycle.template import Review as Form
from flows.cycle.template import Template
from flows.people.person import Person
from flows.results.computing import compute, rate, rules_in
from flows.results.formula import Score, score_of
from flows.results.gathering import counted, gather, of_question
from flows.results.inputs import GOALS, TYPED_GOALS, on_scale
from flows.results.rating import rating_question, rating_words
from flows.results.records import ResultRecords
from flows.results.scale import proposed, rating_of
from flows.reviews.anonymity import rated
from flows.reviews.owed import Asked
from flows.reviews.rules_result import part_named
from flows.reviews.scoring.lines import Line

TYPED, FINAL, WHY = "final-goals", "final-rating", "final-why"  # the pages of the form
MOST_GOALS = (Decimal(), Decimal(300))
TITLE = Words("Final rating", "最终评级")
ATTAINED = Question(
    "goals",
    Words("How far were the goals reached, in percent?", "目标总体达成率（%）？"),
    Number(None, *MOST_GOALS),
    optional=True,
    hint=Words(
        "No data say it. What you give here counts, and the result says that it was typed.",
        "目前没有数据。你填写的数值会计入结果，并注明是人工填写。",
    ),
)
REASON = Question(
    "reason", Words("Why another rating than the computed one?", "为什么与计算结果不同？"), Text(3, 1000),
    hint=Words("It stays in the history of the result.", "原因会保留在结果的历史版本中。"),
)  # fmt: skip
OPTIONAL_REASON = Question(
    "reason", Words("What is the rating based on?", "评级依据？"), Text(3, 1000), optional=True
)


@dataclass(frozen=True, slots=True)
class Final:
    """What the end of the form needs: the rules, and each component as far as it is known without this review."""

    template: Template
    form: Form
    values: Mapping[str, Decimal | None] = field(default_factory=dict)

    @property
    def is_rated(self) -> bool:
        """Whether there is a scale to rate on."""
        return bool(self.template.scale or self.template.free)

    @property
    def asks_goals(self) -> bool:
        """Whether the goals' part is asked: it counts, and no data say it."""
        return GOALS in self.values and self.values[GOALS] is None

    def score(self, answers: Mapping[str, Kept], goals: Decimal | None = None) -> Score:
        """The score as it would be computed with these answers of the form."""
        values = dict(self.values)
        for question in counted(self.form):
            step = rated(question, answers)
            if question.name in values and step is not None:
                values[question.name] = on_scale({"": str(step)}, {"": of_question(question)})
        if self.asks_goals:
            values[GOALS] = goals
        rules, formula, _ = rules_in(self.template)
        return score_of(values, rules.weights, formula, rules.cap)


def final_of(records: ResultRecords, cycle: Cycle, person: Person, now: datetime) -> Final:
    """What is known about the person's result at `now`, without the manager's own ratings."""
    form = cycle.template.reviews["manager"]
    _, _, names = rules_in(cycle.template)
    own = {question.name for question in counted(form)}
    known = gather(records, cycle, names, [person.id], now)[person.id]
    values = {one.name: None if one.name in own or "typed" in one.source else one.value for one in known}
    return Final(cycle.template, form, values)


def ask_final(ask: Ask, final: Final, answers: Mapping[str, Kept]) -> None:
    """The rating on the scale, and the reason: one that must be given where the rating is not the computed one."""
    goals = None
    if final.asks_goals:
        goals = ask.form(Questionnaire(TYPED, Words("Goals", "目标"), (ATTAINED,)))["goals"]
    if not final.is_rated:
        return
    score = final.score(answers, goals)
    question = rating_question(final.template, Words("Which rating do you give?", "你给出的最终评级？"))
    rating = ask.form(Questionnaire(FINAL, TITLE, (question,), note=computed_words(final, score)))["rating"]
    step = proposed(final.template, score.score)
    differs = bool(step) and rating is not None and str(rating) != step
    why = REASON if differs else OPTIONAL_REASON
    ask.form(Questionnaire(why_of(rating), Words("The reason", "理由"), (why,)))


def why_of(rating: Kept) -> str:
    """The page of a rating's reason: each rating has its own, so that none takes over another's."""
    return WHY if rating is None else f"{WHY}-{str(rating).replace('.', '_')}"


def computed_words(final: Final, score: Score) -> Words:
    """What is computed so far, and what of it is missing."""
    if score.score is None:
        words = Words("Nothing can be computed yet. ", "目前无法计算得分。") + (score.why or same(""))
    else:
        step = proposed(final.template, score.score)
        words = Words(
            "Computed so far: {score}, which proposes {step}.", "目前计算得分：{score}，建议评级：{step}。"
        ).fill(score=same(f"{score.score}"), step=rating_words(final.template, step))
    if score.left_out:
        words += Words(
            " Not in it yet, and the weights of the others are taken in proportion: {names}.",
            "以下部分尚无数据，其余部分按比例折算：{names}。",
        ).fill(names=join(part_named(final.template, name) for name in score.left_out))
    return words + Words(" The rating is yours to set.", "最终评级由你决定。")


def keep_final(
    records: ResultRecords, cycle: Cycle, person: Person, actor: Person, answers: Answers, now: datetime
) -> None:
    """Set the manager's rating upon what is computed now; one that stands like that already is left as it is."""
    rating = answers.get(FINAL, {}).get("rating")
    if rating is None:  # there is no scale: the score alone is the result
        compute(records, cycle, [person.id], now)
        return
    key = rating_of(cycle.template, str(rating))
    why = str(answers.get(why_of(rating), {}).get("reason") or "")
    set_before = [one for one in records.ledger.of(cycle.id, person.id) if one.kind != "computed"][-1:]
    if [(one.kind, one.rating, one.why, one.by) for one in set_before] == [("manager", key, why, actor.id)]:
        compute(records, cycle, [person.id], now)
    else:
        rate(records, cycle, person.id, "manager", key, why, actor, now)


def typed_goals(answers: Answers) -> dict[str, Kept]:
    """The goals' part as the manager typed it, as it is kept with the review; nothing where nothing was."""
    goals = answers.get(TYPED, {}).get("goals")
    return {} if goals is None else {TYPED_GOALS: goals}


def answers_for(
    records: ResultRecords,
    asked: Asked,
    line: Line,
    rest: Mapping[str, str],
    draft: Answers,
    reader: Reader,
    now: datetime,
) -> dict[str, dict[str, Kept]]:
    """What one line says about the end of the form, on top of the draft. Refuses a name that the form does not know.

    A reason without a rating is that of the rating in the draft.
    """
    final = final_of(records, asked.owed.cycle, asked.about, now)
    found: dict[str, dict[str, Kept]] = {}
    for name, value in rest.items():
        if name != GOALS or GOALS not in final.values:
            raise unknown(final, asked, name)
        if not final.asks_goals:
            raise Refusal(
                "The goals of {name} are computed from data: {value}. Nothing typed takes their place. If a value is "
                "wrong, it is corrected at the goal itself. Type the line again without goals=.",
                "{name}的目标得分由数据计算得出：{value}，不能手工填写。如数据有误，请在目标中更正。请去掉 goals= 后重新输入。",
                name=same(asked.about.name), value=same(f"{final.values[GOALS]:f}"),
            )  # fmt: skip
        found[TYPED] = {"goals": percent(value)}
    rating = draft.get(FINAL, {}).get("rating")
    if line.rating:
        if not final.is_rated:
            raise Refusal(
                "This cycle has no rating scale: give single values, such as behaviour=4.",
                "本周期没有评级：请填写单项评分，例如 behaviour=4。",
            )
        rating = rating_of(final.template, line.rating)
        found[FINAL] = {"rating": rating}
    if line.reason:
        found[why_of(rating)] = {"reason": REASON.kind.understand(line.reason, reader)}
    return found


def percent(value: str) -> Kept:
    """A typed percentage, as it is kept."""
    found = number(value.rstrip("%％"))
    if found is None:
        raise Refusal(
            "goals: “{value}” is no number. Please type it like this: goals=85.",
            "goals：“{value}”不是数字。请这样输入：goals=85。",
            value=value[:60],
        )
    return within(found, MOST_GOALS[0], MOST_GOALS[1])


def unknown(final: Final, asked: Asked, name: str) -> Refusal:
    """The no to a value that the form has no place for, with those that it has."""
    names = [question.name for question in asked.form.questions]
    names += [GOALS] if final.asks_goals else []
    return Refusal(
        "I don't know “{name}” here. You can give: {names}. Nothing was changed.",
        "无法识别“{name}”。可以填写：{names}。没有任何改动。",
        name=name[:60], names=join(same(one) for one in names),
    )  # fmt: skip
