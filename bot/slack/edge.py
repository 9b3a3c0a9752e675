"""The edge to Slack: takes what Bolt dispatches, acts in one transaction, answers, and opens what is to be seen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import Executor

from typing import Any, Protocol

import structlog
from slack_bolt import BoltResponse

from bot.clock import Clock
from bot.front import Command, Front, Heard, Home, HomeOpened, Press, Reply, Say, Show, Submit, Typing, Wrong
from bot.logs import request
from bot.metrics import Metrics
from bot.slack.client import SlackClient, SlackRefused
from bot.slack.draw import draw_home, draw_modal, escape, plain_text
from bot.slack.plain import shorten
from bot.slack.read import Read
from flows.core.screen import Act, Screen
from flows.core.screens import plain_screen
from flows.core.words import Words
from storage.engine import Store

log = structlog.get_logger(__name__)

Json = dict[str, Any]

EXPIRED = Words(
    "Slack could not open the window in time. Please press again, or type /perf. Nothing you typed is lost.",
    "Slack 未能及时打开窗口。请再点一次，或输入 /perf。你填写的内容不会丢失。",
)
OURS = Words(
    "Something went wrong on our side. Please try again; if it stays, give your HR team this number: {reference}",
    "我们这边出了点问题，请重试。如果仍然失败，请把编号 {reference} 告诉 HR。",
)
TITLE = Words("perfloop", "perfloop")


class Directory(Protocol):
    """Where an unknown account is looked up."""

    async def meet(self, account: str) -> bool: ...


class Edge:
    """One for the process. `stop` waits for what is still on its way to Slack."""

    def __init__(
        self,
        front: Front,
        store: Store,
        executor: Executor,
        client: SlackClient,
        directory: Directory,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._front, self._store, self._executor = front, store, executor
        self._client, self._directory = client, directory
        self._clock, self._metrics = clock, metrics
        self._under_way: set[asyncio.Task[None]] = set()

    async def take(self, kind: str, read: Callable[[Mapping[str, Any]], Read | None], body: Mapping[str, Any]) -> BoltResponse:
        """Everything that comes in passes here: read, act, answer. The one place where an error ends."""
        started = self._clock.monotonic()
        with request(kind) as reference:
            found: Read | None = None
            try:
                found = read(body)
                answer = await self.answer(found) if found else {}
                return BoltResponse(status=200, body=answer or "")
            except Exception:
                log.exception("request failed", kind=kind, reference=reference)
                self._metrics.failed(kind)
                return self.apologise(kind, found, reference)
            finally:
                self._metrics.acked(kind, self._clock.monotonic() - started)

    async def attempt(self, kind: str, work: Awaitable[Any]) -> BoltResponse:
        """Something to take note of, with nobody to answer; Slack sends it again when it is not taken."""
        with request(kind) as reference:
            try:
                await work
                return BoltResponse(status=200)
            except Exception:
                log.exception("request failed", kind=kind, reference=reference)
                self._metrics.failed(kind)
                return BoltResponse(status=503)

    async def answer(self, read: Read) -> Json:
        """Act, then say at once what can be said in the answer itself; the rest follows in the background."""
        reply = await self.receive(read)
        if reply.stranger and not isinstance(read.what, Typing) and await self._directory.meet(read.account):
            reply = await self.receive(read)
        if reply.home:
            self.later(self.show_home(read.account))
        if reply.below and read.below:
            self.later(self._client.update_view(read.below, draw_modal(reply.below, reply.language)))
        return self.put(read, reply)

    async def receive(self, read: Read) -> Reply:
        def act() -> Reply:
            with self._store.work() as records:
                return self._front.receive(records, read.account, read.key, read.what, self._clock.now())

        return await asyncio.get_running_loop().run_in_executor(self._executor, act)

    def put(self, read: Read, reply: Reply) -> Json:
        """The answer's body, after what else there is to do has been set going."""
        match reply.what:
            case Wrong(problems):
                errors = {name: shorten(words.say(reply.language), 300) for name, words in problems.items()}
                return {"response_action": "errors", "errors": errors}
            case Show(screen, how, parent) if isinstance(read.what, Submit):
                return {"response_action": "update", "view": draw_modal(screen, reply.language, parent)}
            case Show(screen, how, parent):
                self.later(self.show(read, screen, how, parent, reply.language))
            case Home(screen):
                self.later(self._client.publish_home(read.account, draw_home(screen, reply.language)))
            case Say(words):
                return self.say(read, words, reply.language)
        return {}

    def say(self, read: Read, words: Words, language: str) -> Json:
        """A line for this person alone, wherever they are."""
        self._metrics.refused(type(read.what).__name__.lower())
        if isinstance(read.what, Command):
            return ephemeral(words, language)
        if isinstance(read.what, HomeOpened):
            screen = plain_screen(TITLE, words)
            self.later(self._client.publish_home(read.account, draw_home(screen, language)))
        elif isinstance(read.what, Submit):
            screen = plain_screen(TITLE, words)
            return {"response_action": "update", "view": draw_modal(screen, language)}
        elif isinstance(read.what, Heard):
            text = escape(words.say(language))
            self.later(self._client.ask("chat.postMessage", channel=read.account, text=text, mrkdwn=False))
        elif read.answer_at:
            self.later(self._client.respond(read.answer_at, ephemeral(words, language) | {"replace_original": False}))
        elif read.trigger and isinstance(read.what, Press):
            self.later(self.show(read, plain_screen(TITLE, words), "open", None, language))
        return {}

    async def show(self, read: Read, screen: Screen, how: str, parent: Act | None, language: str) -> None:
        """Open, push or replace a window; when Slack's 3 s are over, say what to do next."""
        view = draw_modal(screen, language, parent)
        try:
            if how == "replace" and isinstance(read.what, Press) and read.what.where == "home":
                await self._client.publish_home(read.account, draw_home(screen, language))
            elif how == "replace" and read.view:
                await self._client.update_view(read.view, view)
            elif how == "push":
                await self.push(read, view)
            else:
                await self._client.open_view(read.trigger, view)
        except SlackRefused as refused:
            log.warning("a window did not open", error=refused.error)
            await self.excuse(read, language)

    async def push(self, read: Read, view: Json) -> None:
        """On top of the open window; in its place where Slack allows no more on top (3)."""
        try:
            await self._client.push_view(read.trigger, view)
        except SlackRefused as refused:
            if refused.error != "push_limit_reached":
                raise
            await self._client.update_view(read.view, view)

    async def excuse(self, read: Read, language: str) -> None:
        """Tell the person what to do when the window could not open."""
        if read.answer_at:
            await self._client.respond(read.answer_at, ephemeral(EXPIRED, language) | {"replace_original": False})
        else:
            await self._client.ask("chat.postMessage", channel=read.account, text=escape(EXPIRED.say(language)))

    async def show_home(self, account: str) -> None:
        """Bring the person's home tab to the state of things."""
        reply = await self.receive(Read(account, "", HomeOpened()))
        if isinstance(reply.what, Home):
            await self._client.publish_home(account, draw_home(reply.what.screen, reply.language))

    def apologise(self, kind: str, read: Read | None, reference: str) -> BoltResponse:
        """Our own failure, in words and with its number; what was typed stays in the open form."""
        words = OURS.fill(reference=reference)
        if read is None or isinstance(read.what, Heard | HomeOpened):
            # Slack sends an event again when it is not taken: nothing was kept, so nothing acts twice.
            return BoltResponse(status=503 if kind == "event" else 200, body="")
        if isinstance(read.what, Submit) and read.what.said:
            return BoltResponse(
                status=200, body={"response_action": "errors", "errors": {next(iter(read.what.said)): words.en}}
            )
        if isinstance(read.what, Typing):
            return BoltResponse(status=200, body="")
        return BoltResponse(status=200, body=self.say(read, words, "en") or "")

    def later(self, work: Coroutine[Any, Any, Any] | Awaitable[Any]) -> None:
        """Set going what need not be waited for; it is kept until it ends."""
        task = asyncio.ensure_future(self._quietly(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _quietly(self, work: Awaitable[Any]) -> None:
        try:
            await work
        except SlackRefused as refused:
            log.warning("slack refused", error=refused.error)
        except Exception:
            log.exception("a call failed")

    async def idle(self) -> None:
        """Returns when nothing is on its way to Slack."""
        while self._under_way:
            await asyncio.wait(tuple(self._under_way))

    async def stop(self, seconds: float = 5.0) -> None:
        """Let what is on its way finish, for at most `seconds`."""
        if self._under_way:
            _, late = await asyncio.wait(tuple(self._under_way), timeout=seconds)
            for task in late:
                task.cancel()


def ephemeral(words: Words, language: str) -> Json:
    """An answer that only the person who asked sees."""
    text = words.say(language)
    block = {"type": "section", "text": plain_text(text, 3000)}
    return {"response_type": "ephemeral", "text": escape(shorten(text, 3000)), "blocks": [block]}


