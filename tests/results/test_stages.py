"""At which stage a cycle is for somebody, and who stands how to what it has about them, out of a real database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.cycle.records import Audience, Cycle, Delegation, Participant
from flows.people.person import Person
from flows.people.policy import Thing, may, relations
from flows.results.records import Release, Session, Withheld
from flows.results.stages import stage_of, thing_about, things_about
from storage.engine import Store, open_store
from tests.cycle.live_cycle import person
from tests.stories.quarter import QUARTER

FIRST = date(
    2026, 3, 2
)  # goals to 8 March, self reviews 16 to 25 March, managers' to 4 April, calibration 11 April
LAUNCHED = datetime(2026, 2, 27, 9, tzinfo=UTC)
RELEASED = datetime(2026, 4, 20, 10, tzinfo=UTC)  # a Monday; employees from Wednesday on
DAY = timedelta(days=1)


class Town:
    """A company of seven and its cycle: Tom over Mia over Ann, Ben and Hal of HR; Cat of HR elsewhere; Dee besides."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.work() as records:
            save = records.people.save
            self.tom = save(person("tom"))
            self.mia = save(person("mia", self.tom))
            self.ann, self.ben = save(person("ann", self.mia)), save(person("ben", self.mia))
            self.hal = save(person("hal", self.mia, department="People", roles=("hr",)))
            self.cat = save(person("cat", self.tom, department="People", roles=("hr:Sales",)))
            self.dee = save(person("dee", self.tom))
            self.cycle = records.cycles.save(
                Cycle(
                    0, "live", "Q2", FIRST, QUARTER, Audience(), self.hal.id, LAUNCHED, launched_at=LAUNCHED,
                )
            )  # fmt: skip
            records.participants.add([self.place(one) for one in (self.ann, self.ben, self.hal, self.mia)])

    def place(self, one: Person, **other: Any) -> Participant:
        kept = Participant(
            self.cycle.id, one.id, "in", one.manager, one.department, one.level, one.zone, one.language, LAUNCHED
        )  # fmt: skip
        return replace(kept, **other)

    def do(self, work: Any) -> Any:
        with self.store.work() as records:
            return work(records)

    def stage(self, moment: datetime, *, above: bool = False, who: Person | None = None) -> str:
        return str(
            self.do(lambda records: stage_of(records, self.cycle, who or self.ann, moment, above=above))
        )

    def thing(
        self, actor: Person, kind: str, moment: datetime, about: Person | None = None, **other: Any
    ) -> Thing:
        found = self.do(
            lambda records: thing_about(records, actor, kind, self.cycle, about or self.ann, moment, **other)
        )
        assert found is not None
        return found  # type: ignore[no-any-return]

    def is_to(self, actor: Person, about: Person | None = None) -> set[str]:
        return set(relations(actor, self.thing(actor, "score_calibrated", RELEASED - DAY, about))) - {
            "anyone"
        }

    def change(self, **other: Any) -> None:
        self.cycle = self.do(lambda records: records.cycles.save(replace(self.cycle, **other)))

    def seat(self, *participants: Person, **other: Any) -> Session:
        session = Session(
            0, self.cycle.id, "Sales", "open", tuple(one.id for one in participants), self.hal.id, LAUNCHED
        )

        def work(records: Any) -> Session:
            kept: Session = records.sessions.save(replace(session, **other))
            records.sessions.seat(kept, [self.ann.id, self.ben.id])
            return kept

        return self.do(work)  # type: ignore[no-any-return]

    def release(self) -> None:
        employees = datetime(
            2026, 4, 21, 10, tzinfo=UTC
        )  # when Wednesday begins in the first zone of the world
        release = Release(self.cycle.id, self.hal.id, RELEASED - DAY, None, RELEASED, employees)
        self.do(lambda records: records.releases.save(release))


@pytest.fixture
def town(sqlite_url: str, tmp_path: Path) -> Iterator[Town]:
    store = open_store(sqlite_url, lambda: LAUNCHED, keys=tmp_path / "keys")
    yield Town(store)
    store.close()


def on(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "stage"),
    [
        (on(3, 1), "G"),
        (on(3, 16, 8, 59), "G"),
        (on(3, 16, 9), "O"),  # self reviews open at nine
        (on(3, 25, 23), "O"),
        (on(4, 4), "O"),  # managers' reviews are due
        (on(4, 11), "O"),  # their grace runs although the calibration has begun
        (on(4, 11, 23, 59), "O"),
        (on(4, 12, 0), "K"),
        (on(6, 1), "K"),  # nothing is released by itself
    ],
)
def test_phases_open_and_close_the_stages(town: Town, moment: datetime, stage: str) -> None:
    assert town.stage(moment) == stage
    assert town.stage(moment, above=True) == stage


def test_a_draft_is_in_set_up_and_a_closed_cycle_takes_nothing_any_more(town: Town) -> None:
    town.change(launched_at=None, state="rehearsed")
    assert town.stage(on(3, 20)) == "S"
    town.change(launched_at=LAUNCHED, state="closed")
    assert town.stage(on(3, 20)) == "C"
    town.change(state="archived")
    assert town.stage(on(5, 20)) == "K"  # the calibration phase had begun


def test_between_the_reviews_and_the_calibration_it_is_closed(town: Town) -> None:
    town.change(moved={"calibration": (date(2026, 4, 20), date(2026, 4, 24))})
    assert [town.stage(on(4, day)) for day in (11, 12, 19, 20)] == ["O", "C", "C", "K"]


def test_more_time_for_one_person_keeps_the_reviews_open_for_them_alone(town: Town) -> None:
    town.do(
        lambda records: records.participants.save(
            town.place(town.ann, extended={"manager-review": date(2026, 4, 20)})
        )
    )
    assert town.stage(on(4, 25)) == "O"
    assert town.stage(on(4, 28)) == "K"
    assert town.stage(on(4, 25), who=town.ben) == "K"


def test_who_has_a_seat_is_calibrated_once_the_reviews_were_due_and_not_before(town: Town) -> None:
    town.seat(town.mia)
    assert town.stage(on(3, 10)) == "G"
    assert town.stage(on(4, 4)) == "O"
    assert town.stage(on(4, 5, 0, 1)) == "K"
    assert town.stage(on(4, 5, 0, 1), who=town.hal) == "O"  # whoever has none has their grace


def test_a_locked_session_is_final_at_once(town: Town) -> None:
    town.seat(town.mia, state="locked")
    assert town.stage(on(3, 20)) == "K"


def test_a_template_without_reviews_or_calibration_waits_for_its_release(town: Town) -> None:
    town.change(template=replace(QUARTER, phases=QUARTER.phases[:2]))
    assert town.stage(on(3, 20)) == "G"
    town.change(state="closed")
    assert town.stage(on(3, 20)) == "C"


def test_a_release_opens_to_managers_first_then_to_the_person_and_ends_with_the_time_to_appeal(
    town: Town,
) -> None:
    town.release()
    opens = on(4, 22, 9)  # nine in the morning of the second day after
    assert [town.stage(RELEASED + step, above=True) for step in (-DAY, timedelta(0), DAY)] == ["K", "R", "R"]
    assert [town.stage(RELEASED + step) for step in (-DAY, timedelta(0), DAY)] == ["K", "K", "K"]
    for above in (False, True):
        assert town.stage(opens, above=above) == "A"
        assert (
            town.stage(on(5, 1, 23, 59) + timedelta(seconds=59), above=above) == "A"
        )  # the seventh working day
        assert town.stage(on(5, 2, 0), above=above) == "F"


def test_who_is_withheld_stays_in_calibration_until_it_is_lifted(town: Town) -> None:
    town.release()
    withheld = Withheld(town.cycle.id, town.ann.id, "An open case", town.hal.id, RELEASED - DAY)
    town.do(lambda records: records.releases.withhold(withheld))
    assert town.stage(on(4, 30)) == town.stage(on(4, 30), above=True) == "K"
    assert town.stage(on(4, 30), who=town.ben) == "A"
    lifted = replace(withheld, lifted_by=town.hal.id, lifted_at=on(5, 4))
    town.do(lambda records: records.releases.withhold(lifted))
    assert town.stage(on(5, 5), above=True) == "R"  # their manager first, here as well
    assert town.stage(on(5, 5)) == "K"
    assert town.stage(on(5, 6, 9)) == "K"
    assert town.stage(on(5, 7, 9)) == "A"  # it was Tuesday already where days begin first


@pytest.mark.parametrize("setting", ["plain", "seat", "locked", "released", "withheld", "closed"])
def test_time_alone_never_takes_a_stage_back(town: Town, setting: str) -> None:
    """W13: from S to F only forwards, for whoever looks; managers are never behind the person."""
    if setting in ("seat", "locked"):
        town.seat(town.mia, state="locked" if setting == "locked" else "open")
    if setting in ("released", "withheld"):
        town.release()
    if setting == "withheld":
        kept = Withheld(town.cycle.id, town.ann.id, "why", town.hal.id, RELEASED - DAY)
        town.do(lambda records: records.releases.withhold(kept))
    if setting == "closed":
        town.change(state="closed")
    order = "SGOCKRAF"
    for above in (False, True):
        seen = [town.stage(LAUNCHED + n * timedelta(hours=7), above=above) for n in range(240)]
        assert [order.index(stage) for stage in seen] == sorted(order.index(stage) for stage in seen)
    both = [[town.stage(LAUNCHED + n * DAY, above=above) for n in range(70)] for above in (False, True)]
    assert all(order.index(own) <= order.index(seen) for own, seen in zip(*both, strict=True))


# Who stands how to it.


def test_each_stands_to_a_participant_as_the_cycle_has_it(town: Town) -> None:
    assert town.is_to(town.ann) == {"self"}
    assert town.is_to(town.mia) == {"manager"}
    assert town.is_to(town.tom) == {"line"}
    assert town.is_to(town.ben) == {"peer"}
    assert town.is_to(town.cat) == {"hr", "hr_part"}
    assert town.is_to(town.hal) == {"peer", "hr", "hr_part", "hr_admin"}
    assert town.is_to(town.dee) == set()
    assert town.is_to(town.ann, town.mia) == {"report"}


def test_whoever_takes_no_part_has_nothing_there(town: Town) -> None:
    assert (
        town.do(lambda records: thing_about(records, town.tom, "score_final", town.cycle, town.dee, on(4, 1)))
        is None
    )
    nobody = town.do(
        lambda records: thing_about(records, town.hal, "score_final", town.cycle, town.dee, on(4, 1))
    )
    assert not may(town.hal, "view", nobody, on(4, 1))


def test_the_line_begins_with_whoever_reviews_them_in_the_cycle(town: Town) -> None:
    """Ann is reviewed by Dee: Mia, who leads her in the directory, is nobody to her there."""
    town.do(lambda records: records.participants.save(town.place(town.ann, manager=town.dee.id)))
    assert town.is_to(town.dee) == {"manager"}
    assert town.is_to(town.mia) == set()
    assert town.is_to(town.tom) == {"line"}


def test_who_has_no_reviewer_in_the_cycle_still_has_the_managers_of_the_directory(town: Town) -> None:
    town.do(lambda records: records.participants.save(town.place(town.ann, manager=None)))
    assert town.is_to(town.mia) == {"manager"}


def test_a_partner_looks_after_the_department_of_the_snapshot(town: Town) -> None:
    moved = town.do(lambda records: records.people.save(replace(town.ann, department="Legal")))
    assert town.is_to(town.cat, moved) == {"hr", "hr_part"}
    legal = replace(town.cat, roles=("hr:Legal",))
    assert town.is_to(legal, moved) == set()


def test_hr_is_nobodys_hr_towards_their_own_managers_and_themselves(town: Town) -> None:
    assert town.is_to(town.hal, town.mia) == {"report"}
    assert town.is_to(town.hal, town.hal) == {"self"}
    # Hal is reviewed by Ben in the cycle, and Ben by Ann: Ann is above Hal there.
    town.do(lambda records: records.participants.save(town.place(town.hal, manager=town.ben.id)))
    town.do(lambda records: records.people.save(replace(town.ben, manager=town.ann.id)))
    assert not town.is_to(town.hal) & {"hr", "hr_part", "hr_admin"}
    assert not may(town.hal, "view", town.thing(town.hal, "manager_review", on(4, 20)), on(4, 20))


def test_whoever_takes_part_in_a_session_calibrates_its_people_and_not_themselves_or_their_managers(
    town: Town,
) -> None:
    town.seat(town.mia, town.dee, town.ben)
    assert town.is_to(town.dee) == {"session"}
    assert town.is_to(town.mia) == {"manager", "session"}
    assert town.is_to(town.tom) == {"line"}  # takes no part
    assert town.is_to(town.ben) == {"peer", "session"}
    assert town.is_to(town.ben, town.ben) == {"self"}
    assert town.is_to(town.dee, town.hal) == set()  # Hal has no seat
    led = town.do(lambda records: records.people.save(replace(town.dee, manager=town.ann.id)))
    assert town.is_to(led) == {"report"}
    town.do(lambda records: records.people.save(replace(town.cat, manager=town.ann.id)))
    town.do(lambda records: records.people.save(replace(town.dee, manager=town.cat.id)))
    assert town.is_to(town.dee) == set()  # Ann is two steps above


def test_the_day_of_managers_and_the_day_of_the_person_show_in_their_things(town: Town) -> None:
    town.release()
    stages = {
        actor.name: [town.thing(actor, "score_final", moment).stage for moment in (RELEASED, on(4, 22, 9))]
        for actor in (town.ann, town.mia, town.hal)
    }
    assert stages == {"Ann": ["K", "A"], "Mia": ["R", "A"], "Hal": ["R", "A"]}


def test_a_deputy_stands_in_on_the_days_of_the_delegation_and_for_nobody_above_them(town: Town) -> None:
    def stand_in(deputy: Person) -> None:
        days = (date(2026, 4, 6), date(2026, 4, 24))
        kept = Delegation(0, town.mia.id, deputy.id, *days, town.mia.id, LAUNCHED)
        town.do(lambda records: records.delegations.save(kept))

    stand_in(town.dee)
    thing = town.thing(town.dee, "score_proposed", on(4, 9))
    assert thing.standing == {"delegate"}
    assert thing.stage == "O"
    assert may(town.dee, "create", thing, on(4, 9))
    assert not may(town.dee, "create", town.thing(town.dee, "score_proposed", on(4, 3)), on(4, 3))
    hers, anns = (town.thing(town.dee, "score_proposed", on(4, 9), one) for one in (town.mia, town.ann))
    assert (hers.standing, anns.standing) == (frozenset(), {"delegate"})  # Mia's own manager is somebody else
    away = replace(town.dee, away=((date(2026, 4, 8), date(2026, 4, 10)),))
    assert not may(away, "create", thing, on(4, 9))
    town.do(lambda records: records.people.save(replace(town.mia, active=False)))
    assert town.thing(town.dee, "score_proposed", on(4, 9)).standing == frozenset()  # nobody is represented
    town.do(lambda records: records.people.save(town.mia))
    stand_in(town.ann)
    own = town.thing(town.ann, "score_proposed", on(4, 9))
    assert not may(town.ann, "create", own, on(4, 9))
    assert may(town.ann, "create", town.thing(town.ann, "score_proposed", on(4, 9), town.ben), on(4, 9))


def test_what_only_the_records_know_comes_with_the_thing(town: Town) -> None:
    kinds = frozenset({"author"})
    thing = town.thing(town.dee, "manager_review", on(4, 3), standing=kinds)  # type: ignore[arg-type]
    assert may(town.dee, "edit", thing, on(4, 3))
    assert not may(town.dee, "edit", town.thing(town.dee, "manager_review", on(4, 3)), on(4, 3))


def test_above_is_whoever_can_be_reached_step_by_step_in_the_directory_or_the_cycle(town: Town) -> None:
    """Hal is reviewed by Ben in the cycle, whom Ann reviews there, who reports to Dee in the directory."""
    town.do(lambda records: records.participants.save(town.place(town.hal, manager=town.ben.id)))
    town.do(lambda records: records.participants.save(town.place(town.ben, manager=town.ann.id)))
    town.do(lambda records: records.people.save(replace(town.ann, manager=town.dee.id)))
    town.do(lambda records: records.participants.add([town.place(town.dee)]))
    for above in (town.ben, town.ann, town.dee):
        assert not town.is_to(town.hal, above) & {"hr", "hr_part", "hr_admin"}


def test_for_several_people_it_is_the_same_as_for_each(town: Town) -> None:
    town.seat(town.mia, town.dee)
    town.release()
    withheld = Withheld(town.cycle.id, town.ben.id, "An open case", town.hal.id, RELEASED - DAY)
    town.do(lambda records: records.releases.withhold(withheld))
    days = (date(2026, 3, 1), date(2026, 4, 24))
    delegation = Delegation(0, town.mia.id, town.dee.id, *days, town.mia.id, LAUNCHED)
    town.do(lambda records: records.delegations.save(delegation))
    everybody = [town.ann, town.ben, town.hal, town.mia, town.dee, town.tom]
    for moment in (on(3, 10), on(4, 6), RELEASED, on(5, 20)):
        for actor in (*everybody, town.cat):

            def work(records: Any, actor: Person = actor, moment: datetime = moment) -> None:
                each = {
                    one.id: thing
                    for one in everybody
                    if (thing := thing_about(records, actor, "score_final", town.cycle, one, moment))
                }
                assert things_about(records, actor, "score_final", town.cycle, everybody, moment) == each
                assert set(each) == {town.ann.id, town.ben.id, town.hal.id, town.mia.id}

            town.do(work)
