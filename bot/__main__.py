"""The command line: one command per thing that an operator does, and one place where every failure ends."""

from __future__ import annotations

import asyncio
import errno
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from rich.console import Console

from bot import __version__, backup_commands, logs, template_commands
from bot.settings import BadSettings, Settings

# Commands import what they need when they run: Bolt and SQLModel take more than a second, for which help or a
# misspelt option should not wait.

app = typer.Typer(
    name="perfloop",
    help="A company's performance loop inside the messenger.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(template_commands.app, name="template")

PeopleCsv = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command("try")
def try_here(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the local workspace listens.")] = 8765,
    people: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, readable=True, help="Your own people.csv.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew, forgetting what was tried.")] = False,
    reviews: Annotated[bool, typer.Option("--reviews", help="Begin in a half-year review.")] = False,
    results: Annotated[bool, typer.Option("--results", help="Begin when its results were opened.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
    socket_mode: Annotated[bool, typer.Option("--socket-mode", help="Connect over Socket Mode.")] = False,
) -> None:
    """Live with perfloop in a local workspace, without any account."""
    settings = Settings.read()
    logs.set_up(settings.log_level, human=True)
    from bot.trial import live

    if (reviews or results) and people:
        raise typer.BadParameter("--reviews and --results go with the sample company; leave --people out.")
    _run(live(port=port, people=people, fresh=fresh, reviews=reviews, results=results, socket_mode=socket_mode,
              open_browser=browser))  # fmt: skip


@app.command()
def serve() -> None:
    """Run the bot."""
    settings = Settings.read()
    settings.way_in()
    logs.set_up(settings.log_level)
    from bot.build import serve as serve_with

    _run(serve_with(settings))


@app.command("import")
def import_file(
    file: PeopleCsv,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave bad lines out and import the others.")
    ] = False,
) -> None:
    """Load the directory from people.csv, or bring it up to date."""
    settings = Settings.read()
    from bot.importing import import_people

    if not import_people(file.read_bytes(), settings, skip_bad=skip_bad, say=typer.echo, complain=_complain):
        raise typer.Exit(1)


@app.command()
def doctor(
    live: Annotated[
        bool, typer.Option("--live", help="Also post a message twice to yourself in Slack, and take it back.")
    ] = False,
    to: Annotated[str, typer.Option(help="Your e-mail address in Slack, for --live.")] = "",
) -> None:
    """Check everything that the bot needs. Each failure says its remedy."""
    settings = Settings.read()
    logs.set_up("error", human=True)
    from bot.clock import SystemClock
    from bot.doctor import examine

    clock = SystemClock()
    findings = asyncio.run(examine(settings, clock))
    if live:
        from bot.doctor_live import try_out

        findings += asyncio.run(try_out(settings, clock, to))
    console = Console(highlight=False, markup=False, soft_wrap=True)
    colour = {"ok": "green", "warn": "yellow", "fail": "bold red"}
    for finding in findings:
        console.print(f"{finding.state:<4}", style=colour[finding.state], end="  ")
        console.print(finding.what)
        if finding.remedy:
            console.print(f"      → {finding.remedy}", style="dim")
    if any(finding.state == "fail" for finding in findings):
        raise typer.Exit(1)


backup_commands.add_to(app)  # the help has the commands in this order


@app.command()
def rehearse(
    cycle: Annotated[str, typer.Argument(help="Its number or name.")],
    people: Annotated[int, typer.Option(min=0, help="Tell the timelines of so many of the busiest.")] = 0,
    out: Annotated[
        Path | None, typer.Option(file_okay=False, help="A folder for the pictures and the sheet.")
    ] = None,
) -> None:
    """Play a cycle's draft through without sending anything."""
    settings = Settings.read()
    from bot.rehearsing import rehearse as play

    if not play(cycle, settings, people=people, out=out, say=typer.echo):
        raise typer.Exit(1)


@app.command()
def verify(
    cycle: Annotated[int | None, typer.Option(help="Only this one's, by its number.")] = None,
) -> None:
    """Check every result and score. None was changed since, and each follows from its inputs."""
    settings = Settings.read()
    from bot.verifying import verify as look

    if not look(cycle, settings, typer.echo):
        raise typer.Exit(1)


@app.command("ask-again")
def ask_again(
    cycle: Annotated[int, typer.Argument(help="The cycle's number, as `perfloop doctor` says it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Without asking first.")] = False,
) -> None:
    """Give up anonymous answers whose key is lost. Their authors are asked again."""
    settings = Settings.read()
    from bot.answer_keys import forget_and_ask

    if not yes:
        typer.confirm("The answers can't be opened without their key. Forget them and ask again?", abort=True)
    if not forget_and_ask(cycle, settings, typer.echo):
        raise typer.Exit(1)


@app.command()
def bench(
    name: Annotated[str, typer.Argument(help="Which one; none lists them.")] = "",
    postgresql: Annotated[
        bool | None,
        typer.Option("--postgresql/--sqlite", help="The database, where the bench leaves a choice."),
    ] = None,
) -> None:
    """Measure the bot on this machine."""
    from bot.benches import known, measures_postgresql, run

    benches = known()
    if not name:
        lines = [f"{found:<12} {words}" for found, words in benches.items()]
        typer.echo("\n".join(lines or ["There are no benches."]))
    elif name in benches:
        if postgresql is not None and not measures_postgresql(name):
            raise typer.BadParameter(f"the bench {name!r} leaves no choice of the database")
        _run(run(name, with_postgresql=postgresql))
    else:
        raise typer.BadParameter(f"there is no bench {name!r}; there are: {', '.join(benches) or 'none'}")


@app.command()
def version() -> None:
    """Say which release this is."""
    typer.echo(f"perfloop {__version__}")


def main() -> None:
    """Run the command line; a failure ends in one clear line and code 1, wrong usage in code 2."""
    logs.set_up("warning", human=True)
    try:
        app()
    except Exception as error:
        _complain(in_words(error))
        raise SystemExit(1) from None


def in_words(error: Exception) -> str:
    """What went wrong, for the operator; what nobody expected goes to the log under a reference number."""
    from bot.files import NoSuchCycle
    from bot.importing import BadPeople
    from storage.refusals import StorageError

    if isinstance(error, BadSettings | StorageError | BadPeople | NoSuchCycle):
        return str(error)
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return "The port is in use: choose another with PERFLOOP_PORT, or --port for `perfloop try`."
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    if said := _slack_said(error):
        return f"Slack says {said}. `perfloop doctor` tells what to do."
    number = logs.reference()
    structlog.get_logger().error("command failed", exc_info=error)
    return f"Something went wrong that perfloop did not expect. The log has it under reference {number}."


def _slack_said(error: Exception) -> str | None:
    """Slack's word for its refusal, if that is what the error is."""
    if "slack_sdk" not in sys.modules:
        return None
    from slack_sdk.errors import SlackApiError

    return str(error.response.get("error")) if isinstance(error, SlackApiError) else None


def _complain(words: str) -> None:
    typer.echo(words, err=True)


def _run(work: Coroutine[Any, Any, None]) -> None:
    if sys.platform != "win32":
        import uvloop  # a tenth more requests for the same CPU; it is not made for Windows

        run = uvloop.run
    else:
        run = asyncio.run
    try:
        run(work)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None  # 128 + SIGINT, as every shell has it


if __name__ == "__main__":
    main()
