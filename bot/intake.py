"""`POST /api/metrics`: other systems send the values of metrics, with a token that HR has made in the chat."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import upload as uploads
from bot.body import Stalled, TooLarge, drain, in_time, lines_of
from bot.clock import Clock
from bot.logs import request
from bot.metrics import Metrics
from bot.upload import Upload
from flows.goals.kept import Token
from flows.goals.metrics.permit import Permit, latest_day, still_backed
from storage.engine import Store
from storage.work import Work

log = structlog.get_logger(__name__)
T = TypeVar("T")

PATH = "/api/metrics"
JSON_LINES = frozenset({"application/x-ndjson", "application/jsonl", "application/json"})
MEDIA_TYPES = JSON_LINES | {"text/csv"}
UTF8 = frozenset({"", "utf-8", "utf8"})
BEARER = re.compile(r"[Bb]earer +(pl_[\w-]{43})", re.ASCII)
AT_ONCE = 4  # bodies at a time, one of each token
MB = 1_048_576

UNKNOWN = "This needs a valid token: Authorization: Bearer pl_… An unknown token and a revoked one are the same here."
UNBACKED = (
    "Whoever made this token is not HR for all of it any more, so it stopped working."
    " Ask HR for a new one (/goal api-token)."
)


class Declined(Exception):
    """The request is answered with `status` and one sentence."""

    def __init__(self, status: int, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.headers = status, sentence, headers


@dataclass(frozen=True, slots=True)
class Intake:
    """The way in for metrics. `most` is how many bytes one body may have; `busy` are the tokens in use."""

    store: Store
    executor: Executor
    clock: Clock
    metrics: Metrics
    most: int
    busy: set[int] = field(default_factory=set)

    def route(self) -> Route:
        return Route(PATH, self.post, methods=["POST"])

    async def post(self, asked: Request) -> Response:
        """Answer one request: 200 with counts, or what is wrong; nothing is kept unless it is 200."""
        with request("metrics") as reference:
            try:
                return await self._answer(asked)
            except Declined as no:
                return JSONResponse({"error": no.sentence}, no.status, {**no.headers, "Connection": "close"})
            except ClientDisconnect:  # nobody is left to be answered
                return JSONResponse({"error": "The body is incomplete."}, 400)
            except Exception:
                log.exception("metrics could not be taken in", reference=reference)
                self.metrics.failed("metrics")
                sorry = f"Something went wrong on our side ({reference}). Send the same again: nothing counts twice."
                return JSONResponse({"error": sorry}, 500)

    async def _answer(self, asked: Request) -> Response:
        permit = await self._permitted(asked.headers.get("authorization", ""))
        media_type = self._acceptable(asked)
        with self._turn(permit.token.id), self._begun(permit, media_type) as upload:
            await self._receive(asked, upload)
            if upload.wrong:
                self.metrics.rows("refused", upload.wrong)
                log.info("metrics are refused", token=permit.token.id, lines=upload.wrong)
                more = upload.wrong - len(upload.errors)
                return JSONResponse({"errors": upload.errors, "more": more}, 403 if upload.forbidden else 422)
            await self._permitted(
                asked.headers.get("authorization", "")
            )  # it may have been revoked meanwhile
            counted = await self._keep(upload)
        log.info("metrics are kept", token=permit.token.id, rows=upload.rows, **counted)
        return JSONResponse({"rows": upload.rows, **counted})

    async def _permitted(self, authorization: str) -> Permit:
        """What the request's token may send; declines before a byte of the body is read."""
        found = BEARER.fullmatch(authorization)
        if not found:
            raise _unknown()
        now = self.clock.now()

        def look(records: Work) -> tuple[Token | None, bool, list[str]]:
            token = records.tokens.find(found[1])
            if token is None or token.revoked_at is not None:
                return None, False, []
            backed = still_backed(token, records.people.get(token.made_by), now)
            return token, backed, records.people.departments()

        token, backed, departments = await self._in_database(look)
        if token is None:
            raise _unknown()
        if not backed:
            raise Declined(403, UNBACKED)
        return Permit(token, latest_day(now), frozenset(departments))

    def _acceptable(self, asked: Request) -> str:
        """The body's media type; declines one that can't be read, or that says already that it is too large."""
        media_type, _, parameters = asked.headers.get("content-type", "").lower().partition(";")
        charset = dict(part.strip().partition("=")[::2] for part in parameters.split(";")).get("charset", "")
        media_type = media_type.strip()
        if media_type not in MEDIA_TYPES or charset.strip('"') not in UTF8:
            raise Declined(415, "Send text/csv or application/x-ndjson (JSON Lines), in UTF-8.")
        if asked.headers.get("content-encoding", "identity").lower() != "identity":
            raise Declined(415, "Send it uncompressed.")
        length = asked.headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit():
            raise Declined(400, "Content-Length is no number.")
        if len(length) > 15 or int(length) > self.most:
            raise self._too_large()
        return media_type

    @contextmanager
    def _turn(self, token: int) -> Iterator[None]:
        """One body of a token at a time, and few altogether."""
        if token in self.busy or len(self.busy) >= AT_ONCE:
            raise Declined(
                429,
                "Another body is on its way in. Send this one again when it is done.",
                **{"Retry-After": "5"},
            )
        self.busy.add(token)
        try:
            yield
        finally:
            self.busy.discard(token)

    @contextmanager
    def _begun(self, permit: Permit, media_type: str) -> Iterator[Upload]:
        upload = uploads.begin(permit, media_type)
        with closing(upload.staging):
            yield upload

    async def _receive(self, asked: Request, upload: Upload) -> None:
        """Read the whole body; what is wrong with its lines is noted in the upload."""
        chunks = in_time(asked.stream())
        try:
            async for lines in lines_of(chunks, self.most, uploads.LONGEST_LINE, uploads.AT_ONCE):
                await self._run(partial(upload.take, self.store, lines))
                if upload.unread:
                    break
        except TooLarge:
            raise self._too_large() from None
        except Stalled:
            raise Declined(408, "The body stopped coming. Send it again: nothing of it is kept.") from None
        except uploads.TooManyRows:
            most = f"{uploads.MOST_ROWS:,}"
            raise Declined(413, f"At most {most} rows in one request: send them in parts.") from None
        finally:
            await drain(chunks, self.most)
        if not upload.rows and not upload.wrong:
            upload.complain(uploads.NOTHING)

    async def _keep(self, upload: Upload) -> Counter[str]:
        """Keep what was staged, part by part, so that a click comes in between; and tell what follows."""
        now, token = self.clock.now(), upload.permit.token.id
        counted = Counter(new=0, corrected=0, same=0)
        parts = upload.staging.parts(uploads.AT_ONCE)

        def one() -> Counter[str] | None:
            rows = next(parts, None)
            return uploads.keep(self.store, rows, token, now) if rows else None

        while (part := await self._run(one)) is not None:
            counted.update(part)
        counted["same"] = upload.rows - counted["new"] - counted["corrected"]  # with those said twice
        await self._in_database(lambda records: uploads.finish(records, upload, counted, now))
        self.metrics.rows("kept", upload.rows)
        return counted

    def _too_large(self) -> Declined:
        return Declined(413, f"A body has at most {self.most // MB} MB: send it in parts.")

    async def _in_database(self, work: Callable[[Work], T]) -> T:
        def run() -> T:
            with self.store.work() as records:
                return work(records)

        return await self._run(run)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.executor, work)


def _unknown() -> Declined:
    return Declined(401, UNKNOWN, **{"WWW-Authenticate": 'Bearer realm="perfloop metrics"'})
