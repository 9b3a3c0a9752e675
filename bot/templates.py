"""Takes the company's own cycle templates from files into the database, and names what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from flows.core.words import Words
from flows.cycle.template import Template
from flows.cycle.templates.file import read_template
from storage.engine import Store

log = structlog.get_logger(__name__)

NOT_UTF8 = Words(
    "The file is not in UTF-8: save it in that encoding.", "文件不是 UTF-8 编码：请另存为 UTF-8。"
)
SAME_NAME = Words(
    "The file {other} has a template of this name already: give one of them another name.",
    "文件 {other} 中已有同名模板：请给其中一个换个名称。",
)


@dataclass(frozen=True, slots=True)
class Written:
    """A template with the text that it was read from."""

    template: Template
    text: str


def read_file(raw: bytes) -> Written | list[tuple[int, Words]]:
    """The template in a file, or what is wrong with it: (line counted from 1, what to change)."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as sign:
        return [(raw.count(b"\n", 0, sign.start) + 1, NOT_UTF8)]
    found = read_template(text)
    return Written(found, text) if isinstance(found, Template) else found


def take_in(folder: Path, store: Store, now: datetime) -> None:
    """Keep the templates of a folder's YAML files; what can't be read is logged with file and line, and left out.

    A template whose file is gone stays, as cycles may be about to begin with it.
    """
    try:
        found = dict(_sound(folder))
    except OSError as error:
        log.warning("the folder of templates can't be read", folder=str(folder), why=error.strerror)
        return
    with store.work() as records:
        for name, written in found.items():
            if records.templates.text(name) != written.text:
                records.templates.save(name, written.text, now)
                log.info("template kept", name=name)


def _sound(folder: Path) -> Iterator[tuple[str, Written]]:
    first: dict[str, str] = {}
    for file in sorted(file for file in folder.iterdir() if file.suffix in (".yml", ".yaml")):
        found = read_file(file.read_bytes())
        if (
            isinstance(found, Written)
            and (other := first.setdefault(found.template.name, file.name)) != file.name
        ):
            found = [(1, SAME_NAME.fill(other=other))]
        if isinstance(found, Written):
            yield found.template.name, found
        else:
            for line, words in found:
                log.warning("template left out", file=file.name, line=line, why=words.en)
