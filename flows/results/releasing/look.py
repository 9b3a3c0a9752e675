"""What HR sees before a release, while it waits for the second person, and afterwards."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.moments import day_and_time, day_words
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words, count, same
from flows.cycle.calendar import local_day
from flows.cycle.hr.launch import ALONE
from flows.cycle.hr.setup import told_people
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import may
from flows.results.calibrating.seats import unseated
from flows.results.records import Release, ResultRecords
from flows.results.releasing.approving import ways
from flows.results.releasing.asking import SURE
from flows.results.releasing.despite import TITLE as WITH_REASON
from flows.results.releasing.opening import FIRST_ZONE, employees_from, is_kept_back
from flows.results.releasing.readiness import Ready, hindrances, in_the_way, ready
from flows.results.releasing.states import cycle_to_show, name_of, release_thing, state_of
from flows.results.stages import thing_about

TITLE = Words("Release", "发布结果")


@view("cycle-release", may=("release", "create"), of=release_thing, command="cycle release",
      help=Words("HR: open a cycle's results", "HR：发布周期结果"))  # fmt: skip
def look(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """What would be opened, what stands in the way, and what may be done now."""
    cycle = cycle_to_show(records, actor, about, now)
    release = records.releases.get(cycle.id)
    found = ready(records, cycle, now)
    body: list[Element] = [
        Heading(same(cycle.name)),
        Facts(tuple(figures(records, actor, cycle, found, release, now))),
    ]
    body += stands(records, actor, cycle, release, found)
    it = str(cycle.id)
    other = [Button(Words("The results", "全部结果"), Act("see", ("cycle-results", it)))]
    if found.withheld:
        other.append(Button(Words("Who is withheld", "暂不发布名单"), Act("see", ("cycle-withheld", it))))
    if cycle.state == "live":
        other.append(Button(Words("Withhold one", "暂不发布某人"), Act("open", ("result-withhold", it))))
    return Screen(TITLE, (*body, Buttons(tuple(other))), place=Act("see", ("cycle-release", it)))


def figures(
    records: ResultRecords, actor: Person, cycle: Cycle, found: Ready, release: Release | None, now: datetime
) -> list[tuple[Words, Words]]:
    """How many results, how many without one and why, and when who may look."""
    rows = [
        (Words("Taking part", "参与者"), told_people(found.people)),
        (Words("Results to be opened", "将发布的结果"), told_people(found.results)),
        (Words("Withheld", "暂不发布"), told_people(found.withheld)),
    ]
    if found.unrated or found.empty:
        rows.append((Words("Without a result", "没有结果"), told_people(found.unrated or found.empty)))
    if found.unled:
        rows.append((Words("Reviewed by nobody", "无人评估"), told_people(found.unled)))
    if found.left:
        told = count(
            found.left,
            "{n}, for their manager and HR",
            "{n}, for their managers and HR",
            "{n} 人，仅上级和 HR 可见",
        )
        rows.append((Words("Of people who have left", "已离职人员"), told))
    if records.sessions.of_cycle(cycle.id) and (number := unseated(records, actor, cycle.id)):
        rows.append((Words("In no calibration", "未参加校准"), told_people(number) + THEIRS_STANDS))
    lead = cycle.template.opening.lead
    opens = release.employees_at if release and release.employees_at else employees_from(now, lead)
    first = AT_ONCE
    if release and release.released_at:
        first = Words("since {when}", "自 {when} 起").fill(when=day_and_time(release.released_at, actor.zone))
    return [
        *rows,
        (Words("Managers look", "上级查看"), first),
        (EMPLOYEES_LOOK, from_day(opens) + later(lead)),
    ]


def later(lead: int) -> Words:
    return count(lead, ", {n} working day later", ", {n} working days later", "，即 {n} 个工作日后")


def from_day(opens: datetime) -> Words:
    """From when employees look, given when the day of that begins somewhere."""
    day = day_words(local_day(opens, FIRST_ZONE))
    return Words("from their own morning of {day}", "当地时间 {day} 上午起").fill(day=day)


EMPLOYEES_LOOK = Words("Employees look", "员工查看")


THEIRS_STANDS = Words("; the rating that their manager gave stands", "，以其上级评定的评级为准")
AT_ONCE = Words("as soon as it is released", "发布后立即")


def stands(
    records: ResultRecords, actor: Person, cycle: Cycle, release: Release | None, found: Ready
) -> list[Element]:
    """Where the release is, with the buttons of who may go on with it."""
    state, why = state_of(records, release), release.despite if release else ""
    body: list[Element] = [Line(DESPITE), Quote(why)] if why else []
    if state == "released":
        return [*body, Note(DONE)]
    if state == "going":
        return [*body, Line(Words("The results are being opened.", "正在发布结果。"))]
    hinders = in_the_way(records, found, excused=bool(why))
    body += [Line(Words("In the way: ", "暂不能发布：") + words) for words in hinders]
    if release is not None:
        asker = name_of(records, release.asked_by)
        body.append(Line(Words("{who} has asked for it.", "{who} 已申请发布。").fill(who=asker)))
        if release.asked_by != actor.id:
            return [*body, Buttons(ways(cycle))]
        return [*body, Note(Words("Somebody else in HR approves it.", "需由另一位 HR 批准。"))]
    if found.people > ALONE:
        body.append(Note(Words("A second person of HR has to approve it.", "需要另一位 HR 批准。")))
    if cycle.is_running and not hindrances(records, found):
        it = str(cycle.id)
        button = (
            Button(WITH_REASON, Act("open", ("release-despite", it)))
            if hinders
            else Button(Words("Release", "发布"), Act("do", ("release-ask", it)), "primary", SURE)
        )
        body.append(Buttons((button,)))
    return body


DESPITE = Words(
    "Released although it was not calibrated as its template wants it:",
    "未按模板要求完成校准，仍然发布的原因：",
)


DONE = Words(
    "Nothing of these results changes in place any more; whoever was withheld can still be opened.",
    "结果不能再直接修改；暂不发布的人员仍可单独发布。",
)


@view("cycle-withheld", may=("release", "view"), of=release_thing)
def withheld(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Whose result is kept back and why, of those about whom the reader decides, with the way to open each."""
    cycle = cycle_to_show(records, actor, about, now)
    body: list[Element] = [Heading(same(cycle.name))]
    for one in records.releases.withheld(cycle.id):
        person = records.people.get(one.person)
        thing = thing_about(records, actor, "release", cycle, person, now) if person else None
        if person is None or thing is None or not is_kept_back(one) or not may(actor, "retract", thing, now):
            continue
        by = Words("by {who}, {when}", "{who}，{when}").fill(
            who=name_of(records, one.by), when=day_and_time(one.at, actor.zone)
        )
        lift = Button(Words("Open it", "发布"), Act("do", ("result-lift", str(cycle.id), str(person.id))))
        body += [Row(by, lift, same(person.name)), Quote(one.why)]
    if len(body) == 1:
        body.append(Line(Words("Nobody is withheld.", "没有暂不发布的人员。")))
    return Screen(
        Words("Withheld", "暂不发布"), tuple(body), place=Act("see", ("cycle-withheld", str(cycle.id)))
    )
