"""Whether a cycle was calibrated as its template wants it: somebody was, and a binding guide is met by everybody."""

from __future__ import annotations

from flows.core.words import Words, join
from flows.cycle.records import Cycle
from flows.results.calibrating.groups import compare, forbidden, nowhere
from flows.results.calibrating.told import group_words
from flows.results.distribution import Rated
from flows.results.records import Given, ResultRecords
from flows.results.stages import CALIBRATION

SLICE = 2000


def doubts(records: ResultRecords, cycle: Cycle) -> tuple[Words, ...]:
    """What a release has to be given a reason for; nothing in a cycle that rates nobody."""
    template, words = cycle.template, []
    if not template.scale and template.free is None:
        return ()
    if template.phase(CALIBRATION) is not None and not records.sessions.of_cycle(cycle.id):
        words.append(UNCALIBRATED)
    if template.guide.forced and template.guide.shares:
        compared, _few = compare(template.guide, rated(records, cycle), nowhere)
        if against := forbidden(template.guide, compared):
            words.append(NOT_MET.fill(groups=join(group_words(one.group, {}) for one in against)))
    return tuple(words)


def rated(records: ResultRecords, cycle: Cycle) -> list[Rated]:
    """Everybody in the cycle to whom a person has given a rating, whichever session they were in, if any."""
    found, last = [], 0
    while places := records.participants.slice(cycle.id, last, SLICE):
        last = places[-1].person
        ratings: dict[int, Given] = {
            one.person: one
            for one in records.ledger.given(cycle.id, [place.person for place in places])
            if one.kind != "computed" and one.rating
        }
        found += [
            Rated(place.person, ratings[place.person].rating, "", "", place.manager, place.department, place.level)
            for place in places
            if place.person in ratings
        ]  # fmt: skip
    return found


UNCALIBRATED = Words(
    "the template has a calibration, and there was none: open a session on /calibrate and lock it, or give a reason "
    "why it is released without one",
    "模板设有校准阶段，但没有任何校准会：请用 /calibrate 创建并锁定校准会，或说明不校准就发布的原因",
)
NOT_MET = Words(
    "the guide of this cycle is binding, and taken together it is not met: {groups}. Change ratings in a session that is "
    "not locked, or give a reason why it is released like this",
    "本周期强制执行分布指引，合并来看不符合：{groups}。请在尚未锁定的校准会中调整评级，或说明照此发布的原因",
)
