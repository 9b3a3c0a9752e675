"""The log: JSON lines with a reference number per request, and nothing of what people wrote."""

from __future__ import annotations

import logging
import re
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.contextvars import bind_contextvars, bound_contextvars, get_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}

# No 0/O, 1/I/L, or U (reads like V): a person reads it from a phone to a colleague.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"

TOKEN = re.compile(r"\b(?:x(?:ox[a-z](?:\.xox[a-z])?|app)-[\w-]+|pl_[\w-]{20,})")

# Keys under which a payload carries what somebody wrote.
CONTENTS = frozenset(
    {
        "text",
        "texts",
        "answer",
        "answers",
        "typed",
        "body",
        "blocks",
        "view",
        "values",
        "payload",
        "comment",
        "words",
    }
)

# Libraries whose messages never quote a payload. What others say is cut where a value could begin.
PLAIN_SPEAKERS = ("uvicorn", "alembic")
VALUE_BEGINS = re.compile(r"""[\n:({\[<"'`%]""")
# Bolt's warnings are about how it was put together, and we chose that.
ONLY_ERRORS = ("slack_bolt",)


def set_up(level: str = "info", *, human: bool = False, stream: TextIO | None = None) -> None:
    """Send every log, the libraries' too, to `stream` (stderr): JSON lines, or for `human` eyes.

    `level` is one of LEVELS. Libraries speak from WARNING up, whatever the level: slack_sdk prints whole
    messages when it is debugging.
    """
    out = stream or sys.stderr
    shape: Processor
    if human:
        shape = structlog.dev.ConsoleRenderer(colors=out.isatty(), sort_keys=False)
    else:
        shape = structlog.processors.JSONRenderer(default=lambda value: f"<{type(value).__name__}>")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _failure,
            _withhold,
            shape,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers[:] = [_Libraries()]
    root.setLevel(logging.WARNING)
    for name in (
        "uvicorn",
        "uvicorn.error",
        "uvicorn.access",
        "slack_bolt",
        "slack_sdk",
        "apscheduler",
        "sqlalchemy",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)


@contextmanager
def request(kind: str, **ids: int | str | None) -> Iterator[str]:
    """Everything logged inside carries `kind`, `ids` and a new reference number, which is yielded."""
    number = _new_reference()
    with bound_contextvars(reference=number, kind=kind, **ids):
        yield number


def reference() -> str:
    """The reference number of the request in hand; outside of one, a new number that the log then carries."""
    number = get_contextvars().get("reference")
    if number is None:
        number = _new_reference()
        bind_contextvars(reference=number)
    return str(number)


def _new_reference() -> str:
    drawn = "".join(LETTERS[byte % len(LETTERS)] for byte in secrets.token_bytes(8))
    return f"{drawn[:4]}-{drawn[4:]}"


class _Libraries(logging.Handler):
    """Passes on what libraries log: where it was said, and their own words without the values in them."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.ERROR and record.name.startswith(ONLY_ERRORS):
            return
        said = (
            str(record.msg) if record.args else record.getMessage()
        )  # with arguments, the template is enough
        if record.name.startswith(PLAIN_SPEAKERS):
            said = record.getMessage()
        else:
            said = VALUE_BEGINS.split(said, maxsplit=1)[0].strip()
        failure = record.exc_info if record.exc_info and record.exc_info[0] else None
        structlog.get_logger().log(
            record.levelno, said, logger=record.name, at=f"{record.module}:{record.lineno}", exc_info=failure
        )


def _failure(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Write an exception as its kinds and places. Its message stays out: it may quote what somebody wrote."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["failure"] = [_place(one) for one in _chain(error)]
    return event


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        if isinstance(link, BaseExceptionGroup):
            for inner in link.exceptions:
                yield from _chain(inner)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _place(error: BaseException) -> dict[str, Any]:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return {"kind": kind, **_why(error), "at": list(_frames(error.__traceback__))}


def _why(error: BaseException) -> dict[str, str]:
    """The words of those errors that never quote anybody: without them a refused connection is a riddle."""
    if isinstance(error, OSError) and error.strerror:
        return {"why": error.strerror}
    if isinstance(error, ImportError) and error.name:
        return {"why": error.name}
    return {}


def _frames(traceback: TracebackType | None) -> Iterator[str]:
    while traceback is not None:
        code = traceback.tb_frame.f_code
        yield f"{traceback.tb_frame.f_globals.get('__name__', '?')}:{traceback.tb_lineno} {code.co_name}"
        traceback = traceback.tb_next


def _withhold(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Leave out contents by their key, and mask whatever looks like a token."""
    return {key: _clean(key, value) for key, value in event.items()}


def _clean(key: str, value: Any) -> Any:
    if key.lower() in CONTENTS:
        return "(withheld)"
    if isinstance(value, str):
        return TOKEN.sub("(token)", value)
    if isinstance(value, Mapping):
        return {str(name): _clean(str(name), inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_clean(key, inner) for inner in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return f"<{type(value).__name__}>"
