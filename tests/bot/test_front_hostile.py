"""Whoever presses whatever: nobody sees or changes what is not theirs, and the answer is always in words."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.build import catalog
from bot.exchange import Command, Heard, HomeOpened, Inbound, Press, Reply, Say, Show, Submit, Typing
from bot.front import Front
from bot.slack.draw import draw_home, draw_modal
from flows.checkins.setup import usual
from flows.core.conversation import REVIEW, Conversation
from flows.core.screen import Act, Field, Screen
from flows.core.screens import ALREADY_SENT, CHANGED_ELSEWHERE
from flows.people.person import HR, Person
from storage.engine import Store, open_store
from tests.bot.hostile import TEXTS, texts

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)  # a Wednesday
CANARY = "only Lin's line may read this"
PEOPLE = {"mei": None, "lin": "mei", "tom": "mei", "eve": None, "hanna": None, "gone": None}
STEP = "week.done"


@dataclass
class House:
    """A company in which Lin has sent a check-in, Tom has begun one, and Eve has nothing to do with them."""

    store: Store
    front: Front
    people: dict[str, Person]
    keys: Iterator[int]
    now: datetime = NOW

    def receive(self, who: str, what: Inbound, key: str = "") -> Reply:
        with self.store.work() as records:
            return self.front.receive(records, account(who), key or f"key {next(self.keys)}", what, self.now)

    def press(
        self, who: str, verb: str, *about: str, where: str = "message", place: Act | None = None
    ) -> Reply:
        return self.receive(who, Press(Act(verb, about), where, place, said={}))  # type: ignore[arg-type]

    def conversation(self, who: str, flow: str = "checkin") -> Conversation:
        subject = f"1/{NOW.date() - timedelta(days=2)}"
        with self.store.work() as records:
            found = records.conversations.find(flow, self.people[who].id, subject)
        assert found is not None
        return found

    def form(self, who: str) -> Act:
        begun = self.conversation(who)
        return Act("form", (begun.id, str(begun.revision), STEP))

    def keep_everything(self) -> list[Any]:
        """All that could have been changed by somebody who may not."""
        with self.store.engine.connect() as connection:
            tables = ("conversation", "task", "checkin", "response", "programme", "message", "person")
            statements = [f"SELECT * FROM {table} ORDER BY id" for table in tables]  # noqa: S608
            return [connection.exec_driver_sql(statement).all() for statement in statements]


def account(who: str) -> str:
    return f"U{who.upper():0<8}"


def answers(text: str) -> dict[str, Any]:
    return {"week.done": text, "week.next": "more", "week.mood": "2", "week.resource": CANARY + " money"}


def house_in(url: str) -> House:
    whole, desk = catalog()
    here = House(open_store(url, lambda: NOW), Front(whole, desk), {}, count())
    with here.store.work() as records:
        for name, manager in PEOPLE.items():
            boss = here.people[manager].id if manager else None
            roles = (HR,) if name == "hanna" else ()
            person = Person(0, f"{name}@example.com", name.title(), boss, "North", "", "", roles, "UTC", "en", None,
                            None, account(name), name != "gone")  # fmt: skip
            here.people[name] = records.people.save(person)
        records.programmes.save(usual(NOW.date() - timedelta(days=2), None, NOW))
    for name in ("lin", "tom"):
        here.receive(name, Command("checkin", ""))
    here.receive("lin", Submit(here.form("lin"), answers(CANARY)))
    here.receive("tom", Typing(here.form("tom"), {STEP: "Tom's draft"}, "1.0"))
    return here


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    here = house_in(sqlite_url)
    yield here
    here.store.close()


@pytest.fixture(scope="module")
def still_house(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for the tests after which everything is as before."""
    here = house_in(f"sqlite:///{shutil.copy(migrated_file, tmp_path_factory.mktemp('still'))}")
    yield here
    here.store.close()


def told(reply: Reply) -> str:
    """All the words of a reply."""
    return repr(reply)


def drawn(reply: Reply) -> None:
    """A reply that can't be drawn is no reply."""
    for shown in (getattr(reply.what, "screen", None), reply.below):
        if shown is not None:
            draw_home(shown, reply.language)
            draw_modal(shown, reply.language)


def screen_of(reply: Reply) -> Screen:
    assert isinstance(reply.what, Show)
    return reply.what.screen


def test_the_house_is_as_it_should_be(house: House) -> None:
    assert CANARY in told(house.press("mei", "see", "report", "1"))
    assert CANARY in told(house.press("lin", "see", "report", "1"))
    assert "Tom's draft" in told(house.press("tom", "open", "checkin", ""))


FORBIDDEN: dict[str, Callable[[House], tuple[str, ...]]] = {
    "the report of a stranger": lambda _: ("see", "report", "1"),
    "a reply to a stranger": lambda _: ("open", "checkin-reply", "1"),
    "a decision for a stranger": lambda _: ("open", "checkin-decide", "1/granted"),
    "a stranger's 1:1": lambda _: ("do", "discuss", "1"),
    "putting off a stranger's task": lambda _: ("do", "snooze", "2", "hour"),
    "skipping a stranger's task": lambda _: ("open", "checkin-skip", "2"),
    "going on in a stranger's draft": lambda house: ("continue", house.conversation("tom").id),
    "editing a stranger's draft": lambda house: ("edit", house.conversation("tom").id, STEP),
    "going back in a stranger's draft": lambda house: ("back", house.conversation("tom").id, STEP),
    "a look at a stranger's draft": lambda house: ("preview", house.conversation("tom").id),
    "answering for a stranger": lambda house: ("answer", house.conversation("tom").id, STEP, "mine"),
    "sending for a stranger": lambda house: ("send", house.conversation("tom").id),
    "a stranger's form by its place": lambda house: (
        "part",
        "1",
        "form",
        house.conversation("tom").id,
        "1",
        STEP,
    ),
    "somebody else's team": lambda _: ("see", "team", "1", "2026-11-16"),
    "the company's completion": lambda _: ("see", "completion", "1", "2026-11-16"),
    "starting a programme": lambda _: ("open", "checkin-start", ""),
    "changing a programme": lambda _: ("open", "checkin-change", "1"),
    "pausing a programme": lambda _: ("do", "checkin-pause"),
    "ending a programme": lambda _: ("do", "checkin-end"),
    "setting a team's channel": lambda _: ("do", "team-channel", "off"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
@pytest.mark.parametrize("where", ["message", "modal", "home"])
def test_what_is_not_allowed_reads_like_what_does_not_exist(
    still_house: House, what: str, where: str
) -> None:
    house = still_house
    before = house.keep_everything()
    verb, *about = FORBIDDEN[what](house)
    refused = house.press("eve", verb, *about, where=where)
    missing = house.press("eve", "see", "there is no such view", where=where)
    assert refused == missing
    assert house.keep_everything() == before
    assert CANARY not in told(refused)


@pytest.mark.parametrize(
    "command", ["checkin start", "checkin change", "checkin pause", "checkin end", "checkin status"]
)
def test_a_command_of_hr_is_refused_to_others_like_one_that_does_not_exist(
    house: House, command: str
) -> None:
    refused = house.receive("tom", Command("checkin", command.removeprefix("checkin ")))
    assert isinstance(refused.what, Say)
    assert refused.what.words == house.press("tom", "see", "nothing").what.words  # type: ignore[union-attr]


def test_a_form_of_somebody_else_is_neither_shown_nor_kept_nor_sent(house: House) -> None:
    before = house.keep_everything()
    theirs = house.form("tom")
    sent = house.receive("eve", Submit(theirs, {STEP: "Eve's own words"}))
    assert "Tom's draft" not in told(sent)
    assert "Eve's own words" in told(sent), "her text is not lost"
    assert house.receive("eve", Typing(theirs, {STEP: "overwritten"}, "9.0")) == Reply("en")
    house.receive("eve", Press(Act("see", ("home",)), "modal", theirs, said={STEP: "overwritten"}))
    assert house.keep_everything() == before


def test_who_has_left_and_who_is_unknown_are_told_the_same(house: House) -> None:
    for what in (
        Command("perf", ""),
        Heard("hello"),
        HomeOpened(),
        Press(Act("see", ("report", "1")), "message"),
    ):
        gone, unknown = house.receive("gone", what), house.receive("nobody", what)
        assert gone.what == unknown.what
        assert isinstance(gone.what, Say)


def test_who_leaves_in_the_middle_loses_every_right_at_once(house: House) -> None:
    form = house.form("tom")
    with house.store.work() as records:
        records.people.save(replace(house.people["tom"], left_on=NOW.date() - timedelta(days=1)))
    before = house.keep_everything()
    for what in (Submit(form, answers("late")), HomeOpened(), Command("checkin", ""), Heard("done")):
        assert "Tom's draft" not in told(house.receive("tom", what))
    assert house.keep_everything()[1:5] == before[1:5]


ids = st.one_of(
    st.sampled_from(["1", "2", "3", "0", "-1", "999", "1/2026-11-16", "1/granted", "2026-11-16", "", "new", "hour", "form", "see",
                     "report", "team", "home", "door", "checkin", "checkin-skip", "checkin-reply", "checkin-start", "snooze",
                     "discuss", "checkin-pause", STEP, REVIEW, "week.mood", "x.y", "²", "١", "9" * 18, "1e3", "account:U1"]),
    st.integers(0, 10**18).map(str),
    texts,
)  # fmt: skip
VERBS = (
    "open",
    "see",
    "part",
    "edit",
    "back",
    "preview",
    "continue",
    "answer",
    "send",
    "do",
    "form",
    "unknown",
)
WORDS = ("back", "skip", "stop", "send", "hi", "-")
COMMANDS = ("start", "starrt", "team", "channel <#C1|x>", "help", "帮助")
verbs = st.sampled_from(VERBS) | st.text(max_size=5)
acts = st.builds(lambda verb, about: Act(verb, tuple(about)), verbs, st.lists(ids, max_size=4))
forms = st.builds(lambda about: Act("form", about), st.tuples(ids, ids, ids))
moments = st.sampled_from(["", "1.0", "9"])
names = st.sampled_from([STEP, "week.mood", "x.y", "no dot"]) | st.text(max_size=5)
fields = st.dictionaries(names, texts | st.lists(texts, max_size=2), max_size=3)
wheres = st.sampled_from(["message", "modal", "home"])
inbound = st.one_of(
    st.builds(Press, acts, wheres, st.none() | acts, st.none() | acts, fields, moments),
    st.builds(Submit, acts | forms, fields, st.none() | acts),
    st.builds(Typing, forms, fields, moments),
    st.builds(
        Command, st.sampled_from(["perf", "checkin"]) | st.text(max_size=5), texts | st.sampled_from(COMMANDS)
    ),
    st.builds(Heard, texts | st.sampled_from(WORDS)),
    st.just(HomeOpened()),
)


def test_any_act_by_anybody_is_answered_in_words_and_shows_nobody_elses(sqlite_url: str) -> None:
    house = house_in(sqlite_url)
    theirs = [house.conversation(name).id for name in ("lin", "tom")]

    @settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
    @given(who=st.sampled_from(["eve", "hanna", "tom"]), what=inbound, data=st.data())
    def play(who: str, what: Inbound, data: st.DataObject) -> None:
        if isinstance(what, Press | Submit | Typing) and data.draw(st.booleans()):
            real = data.draw(st.sampled_from(theirs))
            if isinstance(what, Press):
                what = replace(what, act=Act(what.act.verb, (real, *what.act.about[1:])))
            elif what.place is not None:
                what = replace(what, place=Act("form", (real, *what.place.about[1:3])))
        reply = house.receive(who, what)
        drawn(reply)
        assert CANARY not in told(reply)
        if who != "tom":
            assert "Tom's draft" not in told(reply)
        if isinstance(what, Submit) and isinstance(reply.what, Show):
            kept = "".join(text for text in what.said.values() if isinstance(text, str) and text.strip())
            assert not kept or reply.what.screen.body

    play()
    house.store.close()


@pytest.mark.parametrize("text", [text for text in TEXTS if text.strip()])
def test_hostile_text_is_kept_and_comes_back_in_the_form(house: House, text: str) -> None:
    house.receive("tom", Typing(house.form("tom"), {STEP: text}, "2.0"))
    field = next(e for e in screen_of(house.press("tom", "open", "checkin", "")).body if isinstance(e, Field))
    assert str(field.said).replace("\ufffd", "").isprintable() or field.said
    house.receive("tom", Submit(house.form("tom"), answers(text)))
    assert house.conversation("tom").state == "done" or house.conversation("tom").typed


def test_an_unknown_command_is_told_what_was_perhaps_meant(house: House) -> None:
    reply = house.receive("tom", Command("checkin", "teem"))
    assert "Did you mean /checkin team?" in told(reply)
    assert "\\ud800" not in told(house.receive("tom", Command("chekin", "")))


def test_a_refused_form_sent_again_is_refused_again_with_the_reason(house: House) -> None:
    """The same content from the same window is the same delivery: it must not look as if it had been taken."""
    empty = Submit(house.form("tom"), {STEP: ""})
    first, again = house.receive("tom", empty, "one"), house.receive("tom", empty, "one")
    assert first == again
    assert "needs an answer" in told(again)


def test_a_form_sent_twice_acts_once_and_says_so(house: House) -> None:
    sent = Submit(house.form("tom"), answers("once"))
    first, again = house.receive("tom", sent, "one"), house.receive("tom", sent, "one")
    another_window = house.receive("tom", sent, "two")
    assert "You can change it" in told(first)
    assert ALREADY_SENT.en in told(again)
    assert ALREADY_SENT.en in told(another_window)
    with house.store.work() as records:
        assert len(records.checkins.latest(house.people["tom"].id, 9)) == 1


def test_a_form_from_an_old_window_keeps_what_was_typed_and_says_so(house: House) -> None:
    old = house.form("tom")
    house.press("tom", "edit", house.conversation("tom").id, STEP)
    reply = house.receive("tom", Submit(old, answers("typed in the old window")))
    assert CHANGED_ELSEWHERE.en in told(reply)
    assert "typed in the old window" in told(reply)
    assert house.conversation("tom").typed[STEP] == "typed in the old window"


def test_a_closed_week_gives_the_text_back_each_time_it_is_sent(house: House) -> None:
    sent = Submit(house.form("tom"), answers("too late"))
    house.now = NOW + timedelta(days=9)
    for key in ("one", "one", "two"):
        reply = house.receive("tom", sent, key)
        assert "closed on" in told(reply)
        assert "too late" in told(reply)
    assert house.conversation("tom").typed[STEP] == "too late"


def test_what_is_typed_after_a_form_was_closed_and_opened_again_is_kept(house: House) -> None:
    form, at = house.form("tom"), (f"{(NOW + timedelta(seconds=n)).timestamp():.6f}" for n in range(1, 9))
    house.receive("tom", Typing(form, {STEP: "first"}, next(at)))
    house.now += timedelta(seconds=1)
    house.receive("tom", Typing(form, {STEP: "first, whole"}, ""))
    assert house.conversation("tom").typed[STEP] == "first, whole"
    house.receive("tom", Typing(form, {STEP: "firs"}, f"{NOW.timestamp():.6f}"))
    assert house.conversation("tom").typed[STEP] == "first, whole", "one that was late changes nothing"
    house.receive("tom", Typing(form, {STEP: "second"}, next(at)))
    assert house.conversation("tom").typed[STEP] == "second"


def test_a_conversation_begun_on_a_question_of_the_chat_can_go_on_in_the_form(house: House) -> None:
    for said in ("it is done", "then this", "-", "somebody I don't know", "x" * 4000, "back"):
        house.receive("tom", Heard(said))
    reply = house.press("tom", "continue", house.conversation("tom").id)
    drawn(reply)
    assert "it is done" in told(reply)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_of_many_who_send_at_once_one_is_taken_and_no_text_is_lost(
    database: str, request: pytest.FixtureRequest
) -> None:
    house = house_in(request.getfixturevalue(f"{database}_url"))
    form = house.form("tom")
    with ThreadPoolExecutor(house.store.threads) as many:
        same = [
            many.submit(house.receive, "tom", Submit(form, answers("the same")), "one") for _ in range(20)
        ]
        other = [many.submit(house.receive, "tom", Submit(form, answers(f"other {n}"))) for n in range(20)]
        replies = [one.result() for one in (*same, *other)]
    taken = [reply for reply in replies if "You can change it" in told(reply)]
    assert len(taken) == 1
    for n, reply in enumerate(replies[20:]):
        assert reply in taken or f"other {n}" in told(reply)
    with house.store.work() as records:
        assert len(records.checkins.latest(house.people["tom"].id, 9)) == 1
    house.store.close()


def test_every_verb_and_every_number_of_parts_is_answered(house: House) -> None:
    for verb, size, where in product(VERBS, range(5), ["message", "modal", "home"]):
        drawn(house.press("tom", verb, *["1"] * size, where=where, place=house.form("tom")))
