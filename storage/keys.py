"""Keys, each in a file of its own outside the database: a cycle's for its anonymous answers, one for calendars."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

from flows.core.refusal import Refusal
from storage.connect import file_of

SIZE = 32  # bytes: AES-256
ENDING = ".key"


class KeyMissing(Refusal):
    """The key of a cycle is not there, though there are answers that only it can open."""

    def __init__(self) -> None:
        super().__init__(
            "The anonymous answers of this cycle can't be opened at the moment: the bot's key to them is missing. "
            "Nothing is lost yet. Please tell your operator to run `perfloop doctor`, and try again then.",
            "暂时无法打开本周期的匿名评估：机器人缺少对应的密钥。内容没有丢失，请让运维人员运行 `perfloop doctor`，之后再试。",
        )


class KeyRing:
    """Keys as files that only the bot's user can read; without a folder they live in this process alone.

    A key is named by its cycle, or by a word where it belongs to none.

    Nothing is remembered from the files: what is destroyed by one replica is gone for all at once.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._held: dict[int | str, bytes] = {}

    def get(self, cycle: int | str) -> bytes | None:
        """The cycle's key; None where there is none."""
        if self.folder is None:
            return self._held.get(cycle)
        try:
            key = self._file(cycle).read_bytes()
        except FileNotFoundError:
            return None
        if len(key) != SIZE:
            raise KeyMissing  # torn by a full disk or overwritten by hand
        return key

    def create(self, cycle: int | str) -> bytes:
        """A new key for the cycle; of two replicas that make one at once, both get the first one's."""
        new = secrets.token_bytes(SIZE)
        if self.folder is None:
            return self._held.setdefault(cycle, new)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self.folder / f".{secrets.token_hex(8)}"
        try:
            _write(draft, new)
            with suppress(FileExistsError):
                os.link(draft, self._file(cycle))  # all of it or nothing, and never over another's
        finally:
            draft.unlink(missing_ok=True)
        settle(self.folder)
        return self.get(cycle) or self.create(cycle)

    def destroy(self, cycle: int) -> bool:
        """Overwrite the key and take its file away; whether there was one. Can be repeated after a kill."""
        if self.folder is None:
            return self._held.pop(cycle, None) is not None
        file = self._file(cycle)
        try:
            with file.open("r+b", buffering=0) as opened:
                opened.write(secrets.token_bytes(SIZE))
                os.fsync(opened.fileno())
        except FileNotFoundError:
            return False
        file.unlink(missing_ok=True)
        settle(file.parent)
        return True

    def cycles(self) -> set[int]:
        """The cycles whose keys are there."""
        if self.folder is None:
            return {cycle for cycle in self._held if isinstance(cycle, int)}
        names = (file.stem for file in self.folder.glob("*" + ENDING))
        return {int(name) for name in names if name.isdigit()}

    def open_to_others(self) -> list[Path]:
        """The folder and its files that others than the bot's user may read; none where the system has no modes."""
        if self.folder is None or not self.folder.exists() or os.name == "nt":
            return []
        every = [self.folder, *sorted(self.folder.glob("*" + ENDING))]
        return [path for path in every if path.stat().st_mode & 0o077]

    def _file(self, cycle: int | str) -> Path:
        if self.folder is None:
            raise LookupError("these keys are not in files")
        return self.folder / f"{cycle}{ENDING}"


def ring_of(url: str, folder: Path | None) -> KeyRing:
    """The keys of the database at `url`: in `folder`, else in one beside it that has its name.

    A database in memory has its keys in memory. Of PostgreSQL it is a folder in the working folder.
    """
    if folder is not None:
        return KeyRing(folder.absolute())
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = file_of(url)
        return KeyRing(file.with_name(file.name + ".keys") if file else None)
    return KeyRing(Path(f"{Path(parsed.database or 'perfloop').name}.keys").absolute())


def _write(file: Path, content: bytes) -> None:
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(opened, content)
        os.fsync(opened)
    finally:
        os.close(opened)


def settle(folder: Path) -> None:
    """Have the folder's entries survive a power cut; Windows does that by itself."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
