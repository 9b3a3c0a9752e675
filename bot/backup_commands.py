"""What an operator does with the whole database: bring it up to date, move it, back it up, restore it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import __version__
from bot.setting_kinds import database
from bot.settings import BadSettings, Settings

if TYPE_CHECKING:
    from bot.restoring import Restored
    from storage.backup.sealing import About

# As in `bot.__main__`, commands import what they need when they run.

MB = 1_000_000
NO_ADDRESS = "it must be an address such as sqlite:///perfloop.db or postgresql://user@host/name"


def _address(url: str) -> str:
    """Without the URL in the complaint: it may hold a password."""
    try:
        return database(url) if url else url
    except ValueError:
        raise typer.BadParameter(NO_ADDRESS) from None


KeyFile = Annotated[
    Path | None,
    typer.Option("--key", exists=True, dir_okay=False, help="The file with the backups' key, to read one."),
]
NO_KEY = "Name the file with the backups' key: --key FILE (`perfloop backup-key FILE` made it)."
NO_RECIPIENT = (
    "PERFLOOP_BACKUP_TO is missing: set it to the public key that `perfloop backup-key FILE` prints, and keep FILE "
    "away from this machine."
)
AFTERWARDS = "Start the bot on the new one alone: two at once would both write to everybody. The old one was left as it is."


def add_to(app: typer.Typer) -> None:
    """Make them commands of `app`."""
    app.command("migrate")(migrate)
    app.command("backup-key")(backup_key)
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("move")(move)


def migrate() -> None:
    """Bring the database up to date. `serve` does it at its start, too."""
    settings = Settings.read()
    from bot.clock import SystemClock
    from storage.engine import open_store

    open_store(settings.database_url, SystemClock().now).close()
    typer.echo("The database is up to date.")


def move(
    source: Annotated[
        str, typer.Argument(callback=_address, help="Where the company is: sqlite:///… or postgresql://…")
    ],
    target: Annotated[str, typer.Argument(callback=_address, help="An empty database.")],
) -> None:
    """Carry a company over into another database. Stop every bot first."""
    settings = Settings.read()
    from storage.backup.moving import move as carry_over
    from storage.keys import ring_of

    carried = [tally for tally in carry_over(source, target) if tally.rows]
    for tally in carried:
        typer.echo(f"{tally.table:<22} {tally.rows:>12,}  {tally.digest}")
    total = sum(tally.rows for tally in carried)
    typer.echo(f"{total:,} rows were carried over, and are the same on both sides. {AFTERWARDS}")
    before, after = ring_of(source, settings.keys).folder, ring_of(target, settings.keys).folder
    if before is not None and before.exists() and before != after:
        typer.echo(
            f"Its keys are not in the database: move the folder {before} to {after}, or set PERFLOOP_KEYS."
        )


def backup_key(file: Annotated[Path, typer.Argument(help="A new file for the key.")]) -> None:
    """Make the key that opens backups. Once, and best on another machine."""
    from storage.backup.sealing import new_key

    typer.echo(f"PERFLOOP_BACKUP_TO={new_key(file)}")
    typer.echo(
        f"{file} opens every backup made with this setting, and nothing else does. Keep two copies of it, none of them "
        "on the bot's machine.",
        err=True,
    )


def backup(
    place: Annotated[Path, typer.Argument(help="A new file, or a folder for one named by its moment.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Read the backup PLACE instead, and say whether it is whole.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Delete what may no longer be kept in the folder PLACE.")
    ] = False,
    key: KeyFile = None,
) -> None:
    """Put the company into one encrypted file. The bot may run meanwhile."""
    settings = Settings.read()
    if verify and prune:
        raise typer.BadParameter("--verify and --prune are two things: do one after the other.")
    if verify:
        _verify(place, key)
    elif prune:
        _prune(place)
    else:
        _back_up(place, settings)


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A backup.")],
    key: KeyFile = None,
    into: Annotated[
        str, typer.Option(callback=_address, help="An empty database; PERFLOOP_DATABASE_URL by itself.")
    ] = "",
    without_keys: Annotated[
        bool,
        typer.Option("--without-keys", help="Forget anonymous answers whose key is lost, and ask again."),
    ] = False,
) -> None:
    """Bring a company back from a backup into an empty database."""
    settings = Settings.read()
    from bot.clock import SystemClock
    from bot.restoring import restore as bring_back

    url = into or settings.database_url
    back = bring_back(file, _needed(key), url, settings, SystemClock().now(), without_keys=without_keys)
    for line in _said(back):
        typer.echo(line)


def _back_up(place: Path, settings: Settings) -> None:
    if settings.backup_to is None:
        raise BadSettings(NO_RECIPIENT)
    from bot.clock import SystemClock
    from storage.backup.backing_up import back_up

    made = back_up(settings.database_url, place, settings.backup_to, __version__, SystemClock().now())
    typer.echo(f"{made.file}: {made.rows:,} rows in {made.size / MB:,.2f} MB, encrypted and read back whole.")


def _verify(file: Path, key: Path | None) -> None:
    from storage.backup.restoring import taken_out

    with taken_out(file, _needed(key), file.parent) as taken:
        rows = sum(tally.rows for tally in taken.tallies())
        typer.echo(f"{file} is whole: {rows:,} rows, {_made(taken.about)}.")


def _prune(folder: Path) -> None:
    from bot.clock import SystemClock
    from storage.backup.backing_up import prune

    if not folder.is_dir():
        raise BadSettings(f"{folder} is no folder.")
    gone, unreadable = prune(folder, SystemClock().now())
    for file in gone:
        typer.echo(f"{file} was deleted: it held answers that may not outlive their cycle's release.")
    for file in unreadable:
        typer.echo(f"{file} can't be read and was left: look at it yourself.", err=True)
    typer.echo(f"{len(gone)} deleted.")
    if unreadable:
        raise typer.Exit(1)


def _needed(key: Path | None) -> Path:
    if key is None:
        raise BadSettings(NO_KEY)
    return key


def _made(about: About) -> str:
    return f"made on {about.moment:%Y-%m-%d at %H:%M} UTC by perfloop {about.release}"


def _said(back: Restored) -> list[str]:
    lines = [
        f"{back.rows:,} rows are back, from a backup {_made(back.about)}.",
        f"{back.unsure:,} messages may have been sent since. The bot looks for each in the chats before it sends any."
        if back.unsure
        else "No message can have been sent since that the backup does not know.",
        "What people did after the backup is lost: tell them. So are what was deleted or revoked since: delete it "
        "again, and look over the machines' tokens.",
    ]
    if back.forgotten:
        numbers = ", ".join(str(cycle) for cycle in back.forgotten)
        lines.append(f"The anonymous answers of cycle {numbers} were forgotten, and are asked for again.")
    return lines
