"""The keys of anonymous answers, as the operator meets them: looked over, lost, put back, or given up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from bot.answer_keys import TRIAL, examine_keys, forget_and_ask
from bot.findings import Finding
from bot.settings import Settings
from bot.trial import HOME
from flows.coaching.suggestion_records import Remark, Suggestion
from storage.engine import Store, open_store
from tests.anonymity.company import START, Company, answers_of, ask, company

DAY = timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data").mkdir()
    url = f"sqlite:///{tmp_path / 'data' / 'perfloop.db'}"
    return Settings.read({"PERFLOOP_DATABASE_URL": url, "PERFLOOP_KEYS": str(tmp_path / "keys")})


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    store = open_store(settings.database_url, lambda: START, keys=settings.keys)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def key(settings: Settings, tmp_path: Path) -> Path:
    """The key of a cycle in which two people have written."""
    with opened(settings) as store:
        here = company(store, 8)
        write(here, [("peers", here.people[n].id, here.people[1].id) for n in (2, 3)])
    return tmp_path / "keys" / "1.key"


def write(here: Company, pairs: list[tuple[str, int, int]]) -> None:
    ask(here, pairs, set(pairs))
    with here.store.work() as records:
        for phase, author, about in pairs:
            records.pens.keep(here.cycle.id, phase, author, about, answers_of(Random(1), {"said1": "fine"}))


def look(settings: Settings) -> list[Finding]:
    return list(examine_keys(settings, lambda: START))


def test_a_key_that_is_there_is_well(settings: Settings, key: Path) -> None:
    (finding,) = look(settings)
    assert (finding.state, finding.what) == ("ok", f"keys: 1 in {key.parent}")


def test_keys_beside_the_database_are_doubtful_but_in_a_trial(tmp_path: Path) -> None:
    for folder, states in (("data", ["warn", "ok"]), (TRIAL, ["ok"])):
        (tmp_path / folder).mkdir()
        url = f"sqlite:///{tmp_path / folder / 'perfloop.db'}"
        settings = Settings.read({"PERFLOOP_DATABASE_URL": url})
        with opened(settings):
            pass
        found = look(settings)
        assert [finding.state for finding in found] == states
        assert ("PERFLOOP_KEYS" in found[0].remedy) is (states[0] == "warn")
    assert HOME.name == TRIAL


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_key_that_others_can_read_is_named_with_the_remedy(settings: Settings, key: Path) -> None:
    key.chmod(0o640)
    key.parent.chmod(0o755)
    named = {finding.what: finding.remedy for finding in look(settings) if finding.state == "fail"}
    assert named == {
        f"keys: others can read {key}": f"chmod 600 {key}",
        f"keys: others can read {key.parent}": f"chmod 700 {key.parent}",
    }


@pytest.mark.parametrize("instead", [None, b"torn", bytes(32)], ids=["gone", "torn", "another"])
def test_a_lost_key_is_named_and_all_is_well_when_it_is_back(
    settings: Settings, key: Path, instead: bytes | None
) -> None:
    kept = key.read_bytes()
    key.unlink()
    if instead is not None:
        key.write_bytes(instead)
        key.chmod(0o600)
    (finding,) = look(settings)
    assert finding.state == "fail"
    assert "Q1" in finding.what
    assert f"1.key back into {key.parent}" in finding.remedy
    assert "perfloop ask-again 1" in finding.remedy
    key.write_bytes(kept)
    key.chmod(0o600)
    assert [finding.state for finding in look(settings)] == ["ok"]


def test_a_suggestion_box_without_its_key_is_named(settings: Settings, key: Path) -> None:
    with opened(settings) as store, store.work() as records:
        records.suggestions.add(1, Suggestion("", (Remark("author", "x", date(2026, 3, 2)),)))
    box = key.with_name("suggestions.key")
    kept = box.read_bytes()
    box.unlink()
    found = [finding for finding in look(settings) if finding.state == "fail"]
    assert [finding.what for finding in found] == ["keys: the suggestion box can't be opened"]
    assert "suggestions.key back into" in found[0].remedy
    box.write_bytes(kept)
    box.chmod(0o600)
    assert [finding.state for finding in look(settings)] == ["ok"]


def test_answers_whose_key_is_lost_are_asked_for_again(settings: Settings, key: Path) -> None:
    said: list[str] = []
    assert not forget_and_ask(1, settings, said.append), "not while the key opens them"
    assert not forget_and_ask(2, settings, said.append)
    key.unlink()
    assert look(settings)[0].state == "fail"
    with opened(settings) as store, store.work() as records:
        tasks = records.tasks.of_scope(["review"], 1)
        later = START + 2000 * DAY  # the clock of the command line is the machine's own
        records.tasks.save_many([replace(task, until=later) for task in tasks])
    assert forget_and_ask(1, settings, said.append)
    assert said[-1] == "2 reviews are asked for again."
    assert [finding.state for finding in look(settings)] == ["ok"]
    with opened(settings) as store, store.work() as records:
        assert [task.state for task in records.tasks.of_scope(["review"], 1)] == ["open", "open"]
        assert not records.pens.about(1, "peers", 2)
        assert store.keys.cycles() == set()
