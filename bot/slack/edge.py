"""The edge to Slack: takes what Bolt dispatches, acts in one transaction, answers, and opens what is to be seen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import Executor
from functools import partial
from typing import Any, Protocol

import structlog
from slack_bolt import BoltResponse

from bot.clock import Clock
from bot.exchange import (
    Command,
    FilesDropped,
    Heard,
    Home,
    HomeOpened,
    Press,
    Reply,
    Say,
    Show,
    Submit,
    Typing,
    Wrong,
)
from bot.front import HOME, Front
from bot.logs import request
from bot.metrics import Metrics
from bot.slack.client import SlackClient, SlackRefused
from bot.slack.draw import draw_modal
from bot.slack.plain import shorten
from bot.slack.read import Read
from bot.slack.windows import OURS, Windows, ephemeral
from bot.troubles import complain, is_told
from flows.core.screens import plain_screen
from flows.core.words import Words, same
from storage.engine import Store
from storage.trouble import again_if_cut_off

log = structlog.get_logger(__name__)

Json = dict[str, Any]

TITLE = Words("perfloop", "perfloop")
MEETING = 1.5  # seconds to look up who is new, of the 3 in which Slack wants its answer


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
        self._windows, self._directory = Windows(client, metrics), directory
        self._clock, self._metrics = clock, metrics
        self._under_way: set[asyncio.Task[None]] = set()
        self._at_home: set[str] = set()  # the accounts that were seen there since this process began

    async def take(
        self, kind: str, read: Callable[[Mapping[str, Any]], Read | None], body: Mapping[str, Any]
    ) -> BoltResponse:
        """Everything that comes in passes here: read, act, answer. The one place where an error ends."""
        started = self._clock.monotonic()
        with request(kind) as reference:
            found: Read | None = None
            try:
                found = read(body)
                answer = await self.answer(found) if found else {}
                return BoltResponse(status=200, body=answer or "")
            except Exception as error:
                self._failed(kind, reference, error)
                return self.apologise(kind, found, reference)
            finally:
                self._metrics.acked(kind, self._clock.monotonic() - started)

    async def attempt(self, kind: str, work: Awaitable[Any]) -> BoltResponse:
        """Something to take note of, with nobody to answer; Slack sends it again when it is not taken."""
        with request(kind) as reference:
            try:
                await work
                return BoltResponse(status=200)
            except Exception as error:
                self._failed(kind, reference, error)
                return BoltResponse(status=503)

    def _failed(self, kind: str, reference: str, error: Exception) -> None:
        """Note it under the reference that the person is told; the trace of the database's trouble would add nothing."""
        log.error(
            "request failed", kind=kind, reference=reference, exc_info=None if is_told(error) else error
        )
        self._metrics.failed(kind)

    async def answer(self, read: Read) -> Json:
        """Act, then say at once what can be said in the answer itself; the rest follows in the background."""
        reply = await self.receive(read)
        if reply.stranger and not isinstance(read.what, Typing) and await self.meet(read.account):
            reply = await self.receive(read)
        if sees_home(read):
            self._at_home.add(read.account)
        if reply.home and read.account in self._at_home:
            self.later(self.show_home(read.account))
        if reply.below and read.below:
            self.later(self._windows.show_below(read.below, reply.below, reply.language))
        return self.put(read, reply)

    async def meet(self, account: str) -> bool:
        """Look up an account that is not known, while Slack waits for its answer."""
        try:
            return await asyncio.wait_for(self._directory.meet(account), MEETING)
        except TimeoutError:
            log.warning("an account could not be looked up in time")
            return False

    async def receive(self, read: Read) -> Reply:
        def act() -> Reply:
            with self._store.work() as records:
                return self._front.receive(records, read.account, read.key, read.what, self._clock.now())

        return await asyncio.get_running_loop().run_in_executor(
            self._executor, partial(again_if_cut_off, act)
        )

    def put(self, read: Read, reply: Reply) -> Json:
        """The answer's body, after what else there is to do has been set going."""
        match reply.what:
            case Wrong(problems):
                errors = {name: shorten(words.say(reply.language), 300) for name, words in problems.items()}
                return {"response_action": "errors", "errors": errors}
            case Show(screen, _, parent) if isinstance(read.what, Submit):
                return {"response_action": "update", "view": draw_modal(screen, reply.language, parent)}
            case Show():
                self.later(self._windows.show(read, reply.what, reply.language))
            case Home(screen):
                self.later(self._windows.show_home(read.account, screen, reply.language))
            case Say(words):
                return self.say(read, words, reply.language)
        return {}

    def say(self, read: Read, words: Words, language: str) -> Json:
        """A line for this person alone, wherever they are."""
        self._metrics.refused(type(read.what).__name__.lower())
        screen = plain_screen(TITLE, words)
        if isinstance(read.what, Command):
            return ephemeral(words, language)
        if isinstance(read.what, Submit):
            return {"response_action": "update", "view": draw_modal(screen, language)}
        if isinstance(read.what, HomeOpened):
            self.later(self._windows.show_home(read.account, screen, language))
        elif isinstance(read.what, Heard | FilesDropped):
            self.later(self._windows.write(read.account, words, language))
        elif read.answer_at:
            self.later(self._windows.whisper(read.answer_at, words, language))
        elif isinstance(read.what, Press):
            how = Show(screen, "push" if read.what.where == "modal" else "open")
            self.later(self._windows.show(read, how, language))
        return {}

    async def show_home(self, account: str) -> None:
        """Bring the person's home tab to the state of things."""
        reply = await self.receive(Read(account, "", HomeOpened()))
        if isinstance(reply.what, Home):
            await self._windows.show_home(account, reply.what.screen, reply.language)

    def apologise(self, kind: str, read: Read | None, reference: str) -> BoltResponse:
        """Our own failure, in words and with its number; what was typed stays in the open form."""
        if read is None or isinstance(read.what, Heard | FilesDropped | HomeOpened | Typing):
            # Slack sends an event again when it is not taken: nothing was kept, so nothing acts twice.
            return BoltResponse(status=503 if kind == "event" else 200, body="")
        words = OURS.fill(reference=reference)
        words = same(f"{words.en}\n{words.zh}")  # whose language it is may be just what could not be read
        body: Json
        if isinstance(read.what, Submit) and read.what.said:
            body = {"response_action": "errors", "errors": {next(iter(read.what.said)): words.en}}
        elif isinstance(read.what, Submit) and not read.below:  # on top, so that the form can be sent again
            body = {"response_action": "push", "view": draw_modal(plain_screen(TITLE, words), "en")}
        else:
            body = self.say(read, words, "en")
        return BoltResponse(status=200, body=body or "")

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
        except Exception as error:
            complain("a call failed", error)

    async def idle(self) -> None:
        """Returns when nothing is on its way to Slack."""
        while self._under_way:
            await asyncio.wait(tuple(self._under_way))

    async def stop(self, seconds: float = 2.0) -> None:
        """Let what is on its way finish, for at most `seconds`."""
        if self._under_way:
            _, late = await asyncio.wait(tuple(self._under_way), timeout=seconds)
            for task in late:
                task.cancel()


def sees_home(read: Read) -> bool:
    """Whether it came from the home tab, or from a window that was opened there.

    Nobody else's is refreshed: Slack asks for it whenever it is opened, and lets us publish 100 a minute.
    """
    what = read.what
    if isinstance(what, Press):
        return what.where == "home" or what.parent == HOME
    return isinstance(what, HomeOpened) or (isinstance(what, Submit) and what.parent == HOME)
