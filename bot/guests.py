"""`/r/<token>`: the page of an external reviewer, who has a link and no account; it works without JavaScript."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.body import Stalled, TooLarge, in_time
from bot.buckets import Bucket
from bot.clock import Clock
from bot.guest_form import Drawn, form_page, sentence_page
from bot.logs import request
from bot.metrics import Metrics
from flows.core.kinds import Choices
from flows.core.page import Question
from flows.core.said import Said
from flows.core.words import Words
from flows.reviews.guests.visiting import OVER, SENT, UNKNOWN, Closed, Visit, send, visit
from storage.engine import Store
from storage.work import Work

log = structlog.get_logger(__name__)
T = TypeVar("T")

PATH = "/r/{token}"
FORM = "application/x-www-form-urlencoded"
MOST = 2_000_000  # bytes of a sent form: forty texts of 3,000 Chinese signs, percent-encoded, are 1,080,000
MOST_FIELDS = 500
LONGEST_TOKEN = 100
A_MINUTE, GUESSES_A_MINUTE = 60, 20  # looks at one form, and links that are none, from one address
EVERYWHERE = (
    600  # guesses a minute from all addresses together: a token has 256 bits, this only spares the machine
)
REMEMBERED = 4096  # forms and addresses at a time

SLOWLY = Words(
    "There are too many requests at the moment. Please wait a minute and send it again: use “back” to find what you wrote.",
    "请求过于频繁，请稍等一分钟再提交；可点击“返回”找回已填写的内容。",
)
BACK = Words(" Use “back” to find what you wrote.", "可点击“返回”找回已填写的内容。")
NOT_OURS = Words(
    "This was not sent from our own page. Please open the link again.",
    "该请求不是从本页面提交的，请重新打开链接。",
)
SORRY = Words(
    "Something went wrong on our side ({reference}). Please go back and send it again in a moment.",
    "系统出错（{reference}）。请返回后稍等片刻再提交。",
)
TOO_MUCH = Words("That is more than a form can hold.", "内容超出了表单的容量。")


@dataclass(frozen=True, slots=True)
class Limits:
    """How often one form may be asked for, and how often anybody may guess; by the clock's seconds.

    Behind a reverse proxy all come from one address, so that whoever has a link is never counted with strangers.
    """

    clock: Clock
    looks: dict[str, Bucket] = field(default_factory=dict)
    guesses: dict[str, Bucket] = field(default_factory=dict)

    def looks_too_often(self, token: str) -> bool:
        return not self._take(self.looks, token, A_MINUTE)

    def guesses_too_often(self, address: str) -> bool:
        """Whether one more link that is none is too many, from there or altogether."""
        alone = self._take(self.guesses, address, GUESSES_A_MINUTE)
        return not (self._take(self.guesses, "", EVERYWHERE) and alone)

    def _take(self, buckets: dict[str, Bucket], whose: str, per_minute: int) -> bool:
        now = self.clock.monotonic()
        while len(buckets) >= REMEMBERED and whose not in buckets:
            del buckets[next(iter(buckets))]
        bucket = buckets.setdefault(whose, Bucket(per_minute / 60, per_minute, per_minute, now))
        if bucket.wait(now) > 0:
            return False
        bucket.take()
        return True


@dataclass(frozen=True, slots=True)
class GuestPages:
    """The page behind each link. What it says of a link that is none, never was, or is another's is the same."""

    store: Store
    executor: Executor
    clock: Clock
    metrics: Metrics
    limits: Limits

    def route(self) -> Route:
        return Route(PATH, self.answer, methods=["GET", "POST"])

    async def answer(self, asked: Request) -> Response:
        """One request, answered with a page in the visitor's language; the token goes into no log."""
        language = language_of(asked)
        with request("guest") as reference:
            try:
                return await self._answer(asked, language)
            except Closed as no:
                if no.words == UNKNOWN:
                    return page(sentence_page(no.words, language), 404)
                words = no.words + BACK if asked.method == "POST" and no.words == OVER else no.words
                return page(sentence_page(words, language), 410)
            except (TooLarge, Stalled, ClientDisconnect):
                return page(sentence_page(TOO_MUCH, language), 413)
            except Exception:
                log.exception("a guest's page failed", reference=reference)
                self.metrics.failed("guest")
                return page(sentence_page(SORRY.fill(reference=reference), language), 500)

    async def _answer(self, asked: Request, language: str) -> Response:
        token, address = asked.path_params["token"], asked.client.host if asked.client else ""
        try:
            visited = await self._work(lambda records: visit(records, known(token), self.clock.now()))
        except Closed as no:
            if no.words == UNKNOWN and self.limits.guesses_too_often(address):
                return page(sentence_page(SLOWLY, language), 429)
            raise
        if self.limits.looks_too_often(token):
            return page(sentence_page(SLOWLY, language), 429)
        if asked.method != "POST":
            chosen = asked.query_params.get("lang") or visited.guest.language
            return self._form(visited, token, "zh" if chosen == "zh" else "en", {}, {})
        return await self._posted(asked, visited, token)

    async def _posted(self, asked: Request, visited: Visit, token: str) -> Response:
        sent = await fields_of(asked)
        language = (
            "zh"
            if (sent.get("lang") or [asked.query_params.get("lang", visited.guest.language)])[0] == "zh"
            else "en"
        )
        proof = (sent.get("proof") or [""])[0]
        if not from_our_page(asked, self.store.address) or not hmac.compare_digest(
            proof.encode(), proof_of(token).encode()
        ):
            return page(sentence_page(NOT_OURS, language), 403)
        said = {question.name: said_in(sent, question) for question in visited.form.questions}
        if sent.get("act") != ["send"]:  # another language was chosen: what was typed stays
            return self._form(visited, token, language, said, {})

        def keep(records: Work) -> Mapping[str, Words]:
            now = self.clock.now()
            return send(records, visit(records, known(token), now), said, now)

        problems = await self._work(keep)
        if problems:
            return self._form(visited, token, language, said, problems)
        return page(sentence_page(SENT, language), 200)

    def _form(
        self,
        visited: Visit,
        token: str,
        language: str,
        said: Mapping[str, Said],
        problems: Mapping[str, Words],
    ) -> Response:
        drawn = form_page(visited, language, f"/r/{token}?lang={language}", proof_of(token), said, problems)
        return page(drawn, 422 if problems else 200)

    async def _work(self, work: Callable[[Work], T]) -> T:
        def run() -> T:
            with self.store.work() as records:
                return work(records)

        return await asyncio.get_running_loop().run_in_executor(self.executor, run)


def page(drawn: Drawn, status: int) -> Response:
    """The page with everything forbidden that it does not need."""
    return HTMLResponse(
        drawn.html,
        status,
        {
            "Content-Security-Policy": f"default-src 'none'; style-src 'nonce-{drawn.nonce}'; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'",
            "Referrer-Policy": "no-referrer",  # the address is the secret
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
            "Cross-Origin-Opener-Policy": "same-origin",
            **({"Retry-After": "60"} if status == 429 else {}),
        },
    )


def known(token: str) -> str:
    """The token as it can be looked up; "" for what no link has."""
    return token if len(token) <= LONGEST_TOKEN and token.isascii() else ""


def proof_of(token: str) -> str:
    """What only a page that was opened with the link can send back: another site can't forge the form."""
    return hmac.new(token.encode(), b"perfloop guest form", sha256).hexdigest()


def from_our_page(asked: Request, address: str) -> bool:
    """Whether the browser says, if it says anything, that the form was sent from the same site (or our `address`)."""
    site, origin = asked.headers.get("sec-fetch-site"), asked.headers.get("origin")
    if site is not None:
        return site in ("same-origin", "none")
    ours = (asked.headers.get("host", ""), urlsplit(address).netloc)
    return origin in (None, "null") or urlsplit(str(origin)).netloc in ours


def language_of(asked: Request) -> str:
    """What a page without a form speaks: what was chosen, else what the browser prefers."""
    chosen = asked.query_params.get("lang") or asked.headers.get("accept-language", "")
    return "zh" if chosen.lower().startswith("zh") else "en"


async def fields_of(asked: Request) -> dict[str, list[str]]:
    """What a form sent; nothing for a body of another kind. Raises TooLarge."""
    if asked.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return {}
    body = b""
    async for chunk in in_time(asked.stream()):
        body += chunk
        if len(body) > MOST:
            raise TooLarge
    try:
        return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise TooLarge from None


def said_in(sent: Mapping[str, list[str]], question: Question) -> Said:
    """What was said to one question."""
    values = sent.get(f"q.{question.name}", [])
    return values if isinstance(question.kind, Choices) else (values[0] if values else "")
