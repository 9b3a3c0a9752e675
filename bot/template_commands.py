"""`perfloop template`: check a cycle template, keep it, and see those that are there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.templates import Written
    from flows.core.words import Words
    from flows.cycle.template import Template

# As in `bot.__main__`, commands import what they need when they run.

app = typer.Typer(no_args_is_help=True, help="Cycle templates: check, add, list, show.")

TemplateFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command()
def check(file: TemplateFile) -> None:
    """Say what is wrong in a template, line by line, or that it is sound."""
    settings = Settings.read()
    found = _sound(file, settings)
    typer.echo(_summary(found).say(settings.company_language))


@app.command()
def add(file: TemplateFile) -> None:
    """Keep a template for the company's cycles; one of the same name is replaced."""
    settings = Settings.read()
    found = _sound(file, settings)
    from bot.clock import SystemClock
    from flows.core.words import Words
    from flows.cycle.templates.file import built_in_texts
    from storage.engine import open_store

    name, clock = found.template.name, SystemClock()
    with closing(open_store(settings.database_url, clock.now)) as store, store.work() as records:
        known = records.templates.text(name) is not None
        records.templates.save(name, found.text, clock.now())
    typer.echo(_summary(found).say(settings.company_language))
    if known:
        ending = Words("Kept; it replaces your own one of this name.", "已保存，并替换了之前的同名模板。")
    elif name in built_in_texts():
        ending = Words(
            "Kept; it takes the place of the one that comes along.", "已保存，将代替同名的自带模板。"
        )
    else:
        ending = Words("Kept.", "已保存。")
    ending += Words(" Cycles that run keep their own copy.", "进行中的周期仍使用各自的副本。")
    typer.echo(ending.say(settings.company_language))


@app.command("list")
def list_all() -> None:
    """Name every template that a cycle can begin with."""
    settings = Settings.read()
    from flows.core.words import Words

    for template, text in _known(settings):
        whose = Words("your own", "自定义") if text is not None else Words("comes along", "自带")
        language = settings.company_language
        typer.echo(f"{template.name:<20} {whose.say(language):<12} {template.title.say(language)}")


@app.command()
def show(name: Annotated[str, typer.Argument(help="As `list` names it.")]) -> None:
    """Print a template's YAML, to write one's own from it."""
    from flows.cycle.templates.file import built_in_texts

    # Those that come along need no database.
    found = built_in_texts().get(name)
    if found is None:
        known = {template.name: text for template, text in _known(Settings.read())}
        found = known.get(name)
        if found is None:
            raise typer.BadParameter(f"there is no template {name!r}; there are: {', '.join(known)}")
    typer.echo(found, nl=not found.endswith("\n"))


def _known(settings: Settings) -> list[tuple[Template, str | None]]:
    """Every template, with its text where it is the company's own; read beside a running bot."""
    from bot.clock import SystemClock
    from flows.cycle.templates.file import built_in
    from storage.engine import open_store
    from storage.refusals import NotADatabase

    try:
        store = open_store(settings.database_url, SystemClock().now, read_only=True)
    except NotADatabase as none_yet:
        typer.echo(str(none_yet), err=True)
        return [(template, None) for template in built_in()]
    with closing(store), store.work() as records:
        return [(template, records.templates.text(template.name)) for template in records.templates.all()]


def _sound(file: Path, settings: Settings) -> Written:
    """The file's template; otherwise every problem is named and the command ends."""
    from bot.importing import AT
    from bot.templates import Written, read_file

    found = read_file(file.read_bytes())
    if isinstance(found, Written):
        return found
    for line, words in found:
        typer.echo(AT.fill(line=line, words=words).say(settings.company_language), err=True)
    raise typer.Exit(1)


def _summary(found: Written) -> Words:
    from flows.core.words import Words, count, join, same

    template = found.template
    questions = sum(len(review.questions) for review in template.reviews.values())
    counted = [
        count(len(template.phases), "{n} phase", "{n} phases", "{n} 个阶段"),
        count(len(template.reviews), "{n} review", "{n} reviews", "{n} 种评估"),
        count(questions, "{n} question", "{n} questions", "{n} 个问题"),
    ]
    return (
        same(template.name) + Words(" is sound: ", " 没有问题：") + join(counted, zh="，") + Words(".", "。")
    )
