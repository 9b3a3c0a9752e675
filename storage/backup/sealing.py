"""The one file of a backup: a zip of what may be read by anybody, and a database that only its key opens.

`about.json` says when it was made, by which release, and of which cycles it holds anonymous answers.
`perfloop.db.gz.age` is an SQLite database, compressed and encrypted with age to a public key: whoever makes backups
can't read them. The tools `unzip`, `age` and `gunzip` open it without perfloop.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol

import pyrage  # type: ignore[import-untyped]
from pyrage.x25519 import Identity, Recipient  # type: ignore[import-untyped]

from storage.refusals import StorageError

ABOUT, CONTENT = "about.json", "perfloop.db.gz.age"
PIECE = 1 << 18
GZIP = 31  # what zlib calls a gzip stream
LEVEL = 3  # three times as quick as the usual 6, and a tenth larger


class BadBackup(StorageError):
    """The file is no backup, is damaged, or its key is another; nothing was changed."""


class BadKey(StorageError):
    """A key for backups is malformed."""


class Sink(Protocol):
    def write(self, piece: bytes, /) -> int: ...


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself without its key. `moment` is aware; `unsealed` are numbers of cycles."""

    moment: datetime
    release: str
    revision: str
    unsealed: tuple[int, ...]


def new_key(file: Path) -> str:
    """Make a key, keep it in a new file that only its owner reads, and give its public half. Raises BadKey."""
    if file.exists():
        raise BadKey(f"{file} is there already. Choose another name; nothing was changed.")
    key = Identity.generate()
    public = str(key.to_public())
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as opened:
        opened.write(f"# public key: {public}\n{key}\n")
    return public


def key_in(file: Path) -> Identity:
    """The key of an age identity file. Raises BadKey."""
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        return Identity.from_str(keys[0])
    except (IndexError, pyrage.IdentityError):
        raise BadKey(f"{file} holds no age key: a line that begins with AGE-SECRET-KEY-1.") from None


def recipient(public: str) -> Recipient:
    """Whom backups are encrypted to. Raises BadKey."""
    try:
        return Recipient.from_str(public)
    except pyrage.RecipientError:
        raise BadKey(f"{public!r} is no age public key: it must begin with age1.") from None


def seal(plain: BinaryIO, file: BinaryIO, about: About, to: Recipient) -> str:
    """Write the backup into `file`, and read it back; the SHA-256 of what it holds.

    Besides `to` it is encrypted to a key that this call makes, reads it back with, and forgets.
    """
    once = Identity.generate()
    source = _Compressed(plain)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(ABOUT, _json(about))
        with archive.open(CONTENT, "w", force_zip64=True) as member:
            sink = _Kept(member)
            try:
                pyrage.encrypt_io(source, sink, [to, once.to_public()])
            except pyrage.EncryptError:
                raise sink.error or BadBackup("The backup could not be encrypted.") from None
    file.flush()
    os.fsync(file.fileno())
    read = hashlib.sha256()
    unseal(file, [once], _Hashing(read))
    if read.digest() != source.hash.digest():
        raise BadBackup("What was written can't be read back as it was. Look at the disk, and try again.")
    return read.hexdigest()


def about(file: Path) -> About:
    """What the backup says of itself. Raises BadBackup."""
    with file.open("rb") as opened, _archive(opened, file.name) as archive:
        return _about(archive)


def unseal(file: BinaryIO, keys: list[Identity], to: Sink) -> About:
    """Write the database that is in the backup to `to`. Raises BadBackup, when a part of it may be written."""
    name = (
        Path(getattr(file, "name", "it")).name if isinstance(getattr(file, "name", None), str) else "The file"
    )
    with _archive(file, name) as archive:
        said = _about(archive)
        plain = _Plain(to)
        sink = _Kept(plain)
        with archive.open(CONTENT) as member:
            try:
                pyrage.decrypt_io(_Reading(member), sink, keys)
            except pyrage.DecryptError:
                raise BadBackup(
                    f"{name} is encrypted to another key. Nothing was changed; try the key that belongs to it."
                ) from None
            except OSError as error:
                raise sink.error or error from None
        plain.end()
    return said


@contextmanager
def _archive(file: BinaryIO, name: str) -> Iterator[zipfile.ZipFile]:
    """The zip; whatever is wrong with its bytes is one sentence."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError):
        raise _damaged(name) from None
    except OSError as error:
        raise (_damaged(name) if error.errno is None else error) from None


def _damaged(name: str) -> BadBackup:
    return BadBackup(
        f"{name} is damaged, cut short or no backup of perfloop's. Nothing was changed; try another copy of it."
    )


def _json(about: About) -> str:
    return json.dumps(
        {
            "perfloop": about.release,
            "tables": about.revision,
            "moment": about.moment.isoformat(timespec="seconds"),
            "unsealed": list(about.unsealed),
        }
    )


def _about(archive: zipfile.ZipFile) -> About:
    said = json.loads(archive.read(ABOUT))
    moment = datetime.fromisoformat(said["moment"])
    return About(moment, said["perfloop"], said["tables"], tuple(int(one) for one in said["unsealed"]))


class _Compressed:
    """Reads a file, compressed on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._zip, self._left, self._over = file, zlib.compressobj(LEVEL, wbits=GZIP), b"", False
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        while not self._over and (size < 0 or len(self._left) < size):
            piece = self._file.read(PIECE)
            self.hash.update(piece)
            self._over = not piece
            self._left += self._zip.compress(piece) if piece else self._zip.flush()
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        return given


class _Plain:
    """Writes what was compressed as it was."""

    def __init__(self, to: Sink) -> None:
        self._to, self._zip = to, zlib.decompressobj(GZIP)

    def write(self, piece: bytes) -> int:
        while piece:
            self._to.write(self._zip.decompress(piece, PIECE))
            piece = self._zip.unconsumed_tail
        return 0

    def end(self) -> None:
        self._to.write(self._zip.flush())
        if not self._zip.eof:
            raise EOFError


class _Kept:
    """Passes on to `to`, and keeps the error that the encryption would put into a word of its own."""

    def __init__(self, to: Any) -> None:
        self._to = to
        self.error: Exception | None = None

    def write(self, piece: bytes) -> int:
        try:
            self._to.write(piece)
        except Exception as error:
            self.error = error
            raise
        return len(piece)

    def flush(self) -> None:
        """Whoever opened the file does that."""


class _Reading:
    """Reads a member of the zip; what is wrong with it ends the reading."""

    def __init__(self, member: IO[bytes]) -> None:
        self._member = member

    def read(self, size: int = -1) -> bytes:
        try:
            return self._member.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError):
            raise OSError("damaged") from None


class _Hashing:
    def __init__(self, hash_: Any) -> None:
        self._hash = hash_

    def write(self, piece: bytes) -> int:
        self._hash.update(piece)
        return len(piece)
