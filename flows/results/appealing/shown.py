"""One appeal on its screen, as far as whoever looks may see it; and the decision, which the manager reads as well."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Quote, Screen
from flows.core.words import Words, join, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.appealing.filing import TALK
from flows.results.appealing.records import LEVELS, Appeal, on
from flows.results.appealing.rights import Rights, named, place_of, rights_of, whose_appeal, whose_decision
from flows.results.appealing.telling import NOBODY, STATES, contested, decisions, due_words, since, told
from flows.results.appealing.voting import agreed_to, proposal, votes
from flows.results.explained import whole
from flows.results.records import ResultRecords
from flows.results.shown.standing import facts_of, standings
from flows.reviews.published import parts_kept_from

TITLE = Words("Appeal", "申诉")
OF_THE_PANEL = ("proposed", "agreed", "stepped_back")
"""What those of the panel see; HR, the employee and whoever decided before see what comes of it."""

SURE = Words(
    "Your appeal ends, and nobody looks at it any more. What was decided so far stays.",
    "申诉将结束，不再处理；此前已作出的决定不变。",
)


@view("appeal-shown", may=("appeal", "view"), of=whose_appeal)
def shown(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """All of it: where it is and by when, what was written, the result for those who decide, what was done."""
    appeal, cycle, person = place_of(records, named(records, about))
    own, rights = actor.id == person.id, rights_of(records, actor, appeal, now)
    seats = records.appeals.seats(appeal.id)
    sits = any(one.person == actor.id and one.on for one in seats)
    if not own and not sits:
        records.audit.note(now, actor.id, "appeal.read", f"appeal/{appeal.id}", {})
    body: list[Element] = [Heading(same(cycle.name if own else f"{person.name} · {cycle.name}"))]
    body.append(Facts(where(records, cycle, appeal, actor)))
    if appeal.apart and not own:
        body.append(Note(APART))
    if rights.decides:
        body += proposed(records, cycle, appeal, actor)
    if buttons := ways(records, appeal, own=own, rights=rights):
        body.append(Buttons(tuple(buttons)))
    body += written(appeal)
    if not own:
        body += result(records, cycle, appeal)
    inside = actor.id in on(seats, LEVELS["level2"])
    steps = [one for one in records.appeals.steps(appeal.id) if inside or one.kind not in OF_THE_PANEL]
    body += [Heading(Words("What was done", "处理过程")), *told(records, cycle, steps, actor)]
    return Screen(TITLE, tuple(body), place=Act("see", ("appeal-shown", *about)))


APART = Words(
    "Kept apart: a retaliation is feared. No manager above is told about it.",
    "单独处理：员工担心受到报复。其各级上级不会收到通知。",
)


def where(
    records: ResultRecords, cycle: Cycle, appeal: Appeal, reader: Person
) -> tuple[tuple[Words, Words], ...]:
    """Where it is, by when, who decides, and what is contested."""
    rows = [(Words("Where it is", "进展"), STATES[appeal.state])]
    if appeal.is_open:
        rows.append((Words("By", "截止"), due_words(appeal, reader)))
    elif appeal.ended_at:
        rows.append((Words("Ended", "结束"), since(appeal.ended_at, reader)))
    if appeal.level:
        seated = records.people.many(on(records.appeals.seats(appeal.id), appeal.level))
        names = join(same(one.name) for one in seated) if seated else NOBODY
        rows.append((Words("Who decides", "裁决人"), names))
    rows.append((Words("Contested", "异议内容"), contested(cycle, appeal)))
    rows.append((Words("Talked through", "是否已沟通"), TALK[appeal.talk]))
    return tuple(rows)


def written(appeal: Appeal) -> list[Element]:
    """What the employee wrote."""
    parts = (
        (Words("Facts", "事实"), appeal.facts),
        (Words("Evidence", "证据"), appeal.evidence),
        (Words("Wished outcome", "期望结果"), appeal.wish),
    )
    body: list[Element] = []
    for words, text in parts:
        if text:
            body += [Heading(words), Quote(text)]
    return body


def result(records: ResultRecords, cycle: Cycle, appeal: Appeal) -> list[Element]:
    """The result as it stands, and the way to how it was computed."""
    standing = standings(records, cycle, [appeal.person]).get(appeal.person)
    if standing is None:
        return []
    how = Button(
        Words("How was this computed?", "得分是如何计算的？"), Act("see", ("appeal-computed", str(appeal.id)))
    )
    body: list[Element] = [Heading(Words("The result", "结果"))]
    if rows := facts_of(cycle.template, standing):
        body.append(Facts(rows))
    return [*body, Buttons((how,))]


def ways(records: ResultRecords, appeal: Appeal, *, own: bool, rights: Rights) -> list[Button]:
    """What may be done now."""
    it = str(appeal.id)
    found: list[Button] = []
    if own and appeal.state == "returned":
        found.append(Button(Words("Complete it", "补充"), Act("open", ("appeal-complete", it)), "primary"))
    if own and appeal.state == "answered":
        found.append(Button(Words("Accept", "接受"), Act("do", ("appeal-accept", it)), "primary"))
        found.append(Button(Words("Go on to a panel", "提交复审"), Act("do", ("appeal-go-on", it))))
    if own and rights.retracts and appeal.is_open:
        found.append(Button(Words("Withdraw", "撤回"), Act("do", ("appeal-withdraw", it)), "danger", SURE))
    if rights.assigns and appeal.state == "filed":
        found.append(Button(Words("Check it", "审查"), Act("open", ("appeal-check", it)), "primary"))
    if rights.decides:
        found.append(Button(Words("Decide", "裁决"), Act("open", ("appeal-decide", it)), "primary"))
        back = Act("do", ("appeal-step-back", it))
        found.append(Button(Words("I can't decide this freely", "申请回避"), back, confirm=STEP_BACK))
    if rights.assigns and appeal.level:
        found.append(Button(Words("Who decides", "裁决人"), Act("open", ("appeal-deciders", it))))
        if not on(records.appeals.seats(appeal.id), appeal.level):
            words = Words("Enter a decision from outside", "录入外部裁决")
            found.append(Button(words, Act("open", ("appeal-outside", it)), "primary"))
    if appeal.is_open and (rights.assigns or rights.decides):
        found.append(Button(Words("Add a hearing note", "添加听证记录"), Act("open", ("appeal-note", it))))
    return found


STEP_BACK = Words(
    "Somebody else is asked instead of you. You need not say why.", "将改由他人裁决，你无需说明原因。"
)


def proposed(records: ResultRecords, cycle: Cycle, appeal: Appeal, actor: Person) -> list[Element]:
    """What another of the panel proposes, with the way to agree."""
    one = proposal(records, appeal)
    if one is None:
        return []
    agreed = agreed_to(records, appeal, one)
    count = Words("{n} of {m} agree so far.", "目前 {n}/{m} 同意。")
    body: list[Element] = [Heading(Words("Proposed decision", "拟定的决定"))]
    body += [*told(records, cycle, [one], actor), Note(count.fill(n=len(agreed), m=votes(records, appeal)))]
    if actor.id not in agreed:
        agree = Act("do", ("appeal-agree", str(appeal.id), str(one.id)))
        body.append(Buttons((Button(Words("I agree", "同意"), agree, "primary"),)))
    return body


@view("appeal-computed", may=("appeal", "view"), of=whose_appeal)
def computed(records: ResultRecords, actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """The computation for those who decide: private goals stay unnamed, and reviews closed."""
    appeal, cycle, person = place_of(records, named(records, about))
    version = records.ledger.latest(cycle.id, person.id)
    if version is None:
        raise NotThere
    hidden = parts_kept_from(records, cycle, actor.id, person.id, version.inputs)
    lines = whole(cycle.template, version.inputs, lambda _goal: False, lambda *_: None, hidden)
    body: list[Element] = [Heading(same(f"{person.name} · {cycle.name}")), *lines]
    place = Act("see", ("appeal-computed", str(appeal.id)))
    return Screen(Words("How was this computed?", "计算过程"), tuple(body), place=place)


@view("appeal-decision", may=("appeal_decision", "view"), of=whose_decision)
def decision(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """What was decided and why; before that there is nothing here for anybody."""
    appeal, cycle, person = place_of(records, named(records, about))
    steps = decisions(records.appeals.steps(appeal.id))
    if not steps:
        raise NotThere
    body: list[Element] = [Heading(same(f"{person.name} · {cycle.name}"))]
    body += told(records, cycle, steps, actor)
    if appeal.is_open:
        body.append(Line(Words("The employee may still go on to a panel.", "员工仍可提交复审。")))
    if rights_of(records, actor, appeal, now).sees:
        whole_of_it = Act("see", ("appeal-shown", str(appeal.id)))
        body.append(Buttons((Button(Words("The whole appeal", "查看完整申诉"), whole_of_it),)))
    return Screen(
        Words("Decision on an appeal", "申诉决定"), tuple(body), place=Act("see", ("appeal-decision", *about))
    )
