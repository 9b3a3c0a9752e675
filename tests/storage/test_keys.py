"""The keys of cycles: files that only the bot can read, made once, destroyed for everybody at once."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from storage.cipher import SIZES, Cipher, padded
from storage.keys import KeyMissing, KeyRing, ring_of


@pytest.fixture(params=["in files", "in memory"])
def ring(request: pytest.FixtureRequest, tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "deep" / "keys" if request.param == "in files" else None)


def test_a_key_is_made_kept_and_destroyed(ring: KeyRing) -> None:
    assert ring.get(1) is None
    assert not ring.destroy(1)
    one, other = ring.create(1), ring.create(2)
    assert len(one) == 32
    assert one != other
    assert (ring.get(1), ring.get(2)) == (one, other)
    assert ring.cycles() == {1, 2}
    assert ring.destroy(1)
    assert ring.get(1) is None
    assert not ring.destroy(1), "a second time there is nothing to do"
    assert ring.cycles() == {2}
    assert ring.create(1) != one


def test_making_it_twice_gives_the_first(ring: KeyRing) -> None:
    assert ring.create(7) == ring.create(7) == ring.get(7)


def test_of_many_replicas_that_make_it_at_once_all_have_the_same(tmp_path: Path) -> None:
    ready = Barrier(8)

    def make() -> bytes:
        ring = KeyRing(tmp_path / "keys")
        ready.wait()
        return ring.create(1)

    with ThreadPoolExecutor(8) as pool:
        keys = {future.result() for future in [pool.submit(make) for _ in range(8)]}
    assert len(keys) == 1
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["1.key"], "no draft is left over"


def test_what_one_replica_destroys_is_gone_for_all(tmp_path: Path) -> None:
    one, other = KeyRing(tmp_path), KeyRing(tmp_path)
    one.create(1)
    assert other.get(1)
    one.destroy(1)
    assert other.get(1) is None


def test_the_bytes_of_a_destroyed_key_are_overwritten(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path)
    key = ring.create(1)
    with (tmp_path / "1.key").open("rb") as still_open:
        ring.destroy(1)
        assert still_open.read() != key


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_can_read_them_and_it_is_noticed_when_somebody_could(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys")
    ring.create(1)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "1.key").stat().st_mode & 0o777 == 0o600
    assert ring.open_to_others() == []
    (tmp_path / "keys" / "1.key").chmod(0o644)
    assert ring.open_to_others() == [tmp_path / "keys" / "1.key"]
    assert KeyRing(None).open_to_others() == []


def test_a_torn_file_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "1.key").write_bytes(b"short")
    with pytest.raises(KeyMissing, match="perfloop doctor"):
        KeyRing(tmp_path).get(1)


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite:////data/perfloop.db", Path("/data/perfloop.db.keys")),
        ("sqlite:///perfloop.db", Path.cwd() / "perfloop.db.keys"),
        ("sqlite://", None),
        ("postgresql://bot@host/perfloop", Path.cwd() / "perfloop.keys"),
        ("postgresql://bot@host/second", Path.cwd() / "second.keys"),
    ],
)
def test_each_database_has_a_usual_folder(url: str, folder: Path | None, tmp_path: Path) -> None:
    assert ring_of(url, None).folder == folder
    assert ring_of(url, tmp_path).folder == tmp_path


KEY = bytes(range(32))


@pytest.mark.parametrize("length", [0, 1, 500, 4000, 20_000, 300_000])
def test_what_is_locked_opens_with_its_key_where_it_was_kept(length: int) -> None:
    content = {"said": os.urandom(length).hex()[:length], "中": [1, None, "🎉"]}
    kept = Cipher.of(KEY).lock(content, "here")
    assert Cipher.of(KEY).open(kept, "here") == content
    with pytest.raises(KeyMissing):
        Cipher.of(KEY).open(kept, "there")
    with pytest.raises(KeyMissing):
        Cipher.of(bytes(32)).open(kept, "here")
    assert kept != Cipher.of(KEY).lock(content, "here"), "the same content never looks the same"


def test_short_and_long_reviews_have_one_size() -> None:
    short = Cipher.of(KEY).lock({"said": "ok"}, "x")
    words = [f"word{number}" for number in range(1500)]
    assert len(Cipher.of(KEY).lock({"said": " ".join(words[:900])}, "x")) == len(short)
    assert [padded(size) for size in (1, SIZES[0], SIZES[0] + 1, SIZES[2] + 1)] == [
        SIZES[0], SIZES[0], SIZES[1], 2 * SIZES[2],
    ]  # fmt: skip


def test_names_tell_kinds_and_parts_apart() -> None:
    cipher = Cipher.of(KEY)
    names = {cipher.name("pen", "a", 1, 2), cipher.name("pen", "a", 12), cipher.name("bag", "a", 1, 2),
             cipher.name("pen", "a", "1", 2), Cipher.of(bytes(32)).name("pen", "a", 1, 2)}  # fmt: skip
    assert len(names) == 5
    assert cipher.name("pen", "a", 1, 2) == Cipher.of(KEY).name("pen", "a", 1, 2)


def test_a_name_is_letters_alone() -> None:
    """Read as a number, it could be too large a one for a button to carry."""
    cipher = Cipher.of(KEY)
    names = [cipher.name("comment", "pen", number) for number in range(500)]
    assert all(name.isalpha() and name.isascii() and len(name) == 32 for name in names)
    assert len(set(names)) == 500
