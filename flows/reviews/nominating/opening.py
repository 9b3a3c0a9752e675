"""Who may name somebody's reviewers in a cycle, and when: from the phase of naming until the reviews close."""

from __future__ import annotations

from datetime import datetime

from flows.core.moments import day_and_time
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.phase import moments_in, window_of
from flows.cycle.records import Participant
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.nominating.naming import Naming, fell_out, live
from flows.reviews.nominating.rights import does_it_for


def refuse_unless_open(
    records: ResultRecords,
    naming: Naming,
    person: Person,
    place: Participant,
    actor: Person,
    now: datetime,
) -> None:
    """Refuse in words where it is not the actor's to name anybody, or not now. HR helps out whoever it is up to."""
    own = actor.id == person.id
    leads = not own and (actor.id == place.manager or does_it_for(records, actor, naming, person))
    if own and "employee" not in naming.by:
        raise Refusal(NOT_YOURS.fill(cycle=naming.cycle.name, who=named_by_words(naming)))
    if leads and "manager" not in naming.by and not actor.is_hr:
        raise Refusal(NOT_THE_MANAGERS.fill(cycle=naming.cycle.name, who=named_by_words(naming)))
    closes = naming.closes(place, person.zone)
    if now >= closes:
        raise Refusal(CLOSED.fill(day=day_and_time(closes, actor.zone)))
    if own:
        refuse_own(records, naming, person, place, now)


def refuse_own(
    records: ResultRecords, naming: Naming, person: Person, place: Participant, now: datetime
) -> None:
    """Whoever names their own reviewers does so in the phase of naming; afterwards only to fill a gap."""
    if naming.asking is None:
        return
    hour = naming.cycle.template.nudges.hour
    window = window_of(naming.cycle, naming.asking, place.extended)
    opens, _, until = moments_in(window, hour, person.zone)
    if now < opens:
        raise Refusal(AHEAD.fill(day=day_and_time(opens, person.zone)))
    if now >= until and not has_gap(records, naming, person):
        raise Refusal(OVER.fill(day=day_and_time(until, person.zone)))


def has_gap(records: ResultRecords, naming: Naming, person: Person) -> bool:
    """Whether there are too few reviewers, or somebody who fell out was not replaced."""
    nominations = records.nominations.about(naming.cycle.id, naming.phase.name, person.id)
    number = len(live(nominations))
    return number < naming.least or (bool(fell_out(nominations)) and number < naming.rule.most)


def named_by_words(naming: Naming) -> Words:
    """Who names reviewers in this cycle."""
    if "employee" in naming.by:
        return Words("everybody themselves", "本人")
    return Words("the manager", "上级") if "manager" in naming.by else Words("HR", "HR")


NOT_YOURS = Words(
    "In {cycle} you don't name your reviewers yourself: {who} does. If somebody is missing, please tell them.",
    "“{cycle}”的评估人不由你本人提名，而由{who}指定。如有遗漏，请告诉对方。",
)
NOT_THE_MANAGERS = Words(
    "In {cycle} you only say yes or no to who is proposed; {who} names the reviewers. Ask HR to add somebody.",
    "“{cycle}”的评估人由{who}提名，你只需确认是否同意。如需增加，请联系 HR。",
)
CLOSED = Words(
    "These reviews closed on {day}, so nobody can be named any more.",
    "该评估已于 {day} 关闭，不能再提名。",
)
AHEAD = Words("Naming colleagues opens on {day}. Please come back then.", "提名将于 {day} 开放，请届时再来。")
OVER = Words(
    "Naming colleagues ended on {day}, and you have enough. To change somebody, please ask your manager or HR.",
    "提名已于 {day} 结束，人数已足够。如需更换，请联系上级或 HR。",
)
