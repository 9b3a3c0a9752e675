"""The one composition root: every part made once, put together, started and stopped in order."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette

import flows
from bot import health
from bot.admission import admitted
from bot.buckets import Buckets
from bot.calendars.rounds import Calendars
from bot.clock import Clock, SystemClock
from bot.dropped_files import dropped_by
from bot.file_kinds import MAKERS
from bot.file_orders import FileOrders, InDatabase, sent_by
from bot.front import Front
from bot.guests import GuestPages, Limits
from bot.intake import MB, Intake
from bot.messages import letter_writer
from bot.metrics import Metrics
from bot.rehearsals import Rehearsals
from bot.replicas import among_replicas
from bot.rounds import Rounds
from bot.sender import Sender
from bot.settings import Settings
from bot.slack.app import bolt, events_route, socket_mode
from bot.slack.client import PER_CHANNEL, SlackClient, slack_limits, web_client
from bot.slack.directory import Directory
from bot.slack.edge import Edge
from bot.slack.fetch import SlackFetch
from bot.slack.files import SlackFiles
from bot.slack.post import SlackPost
from bot.templates import take_in
from bot.ticker import Beat, ticking
from bot.troubles import Troubles, until_stopped, watch_database
from bot.web import serving
from flows.core import chat
from flows.core.catalog import Catalog
from flows.core.desk import Desk
from flows.cycle.broadcasts.letter import letters as broadcast_letters
from flows.cycle.nudges.dealing import dealings
from flows.door import door_letter
from flows.goals.importing.taking import READING
from flows.home.page import home_view
from storage.engine import Store, open_store

log = structlog.get_logger(__name__)

DAY, HOUR, MINUTE = 86_400.0, 3_600.0, 60.0


@dataclass(frozen=True, slots=True)
class Bot:
    """perfloop, running. `web` answers Slack and whoever watches; `rounds` does what time brings."""

    settings: Settings
    clock: Clock
    store: Store
    executor: Executor
    client: SlackClient
    sender: Sender
    edge: Edge
    directory: Directory
    rounds: Rounds
    rehearsals: Rehearsals
    file_orders: FileOrders
    calendars: Calendars
    bolt: AsyncApp
    web: Starlette
    metrics: Metrics
    verdict: asyncio.Future[str]

    async def settle(self) -> None:
        """Do everything that is due at this moment of the clock, and wait until it has reached the messenger."""
        await self.edge.idle()
        await self.rehearsals.idle()
        await self.calendars.idle()
        await self.file_orders.idle()
        await self.rounds.tick()
        await self.sender.idle()
        await self.edge.idle()

    async def next_milestone(self) -> datetime | None:
        """When something will happen next by itself."""
        return await self.rounds.next_moment()


def catalog() -> tuple[Catalog, Desk]:
    """Everything perfloop can do, with the letters and the view that need the whole of it, and the desk over it."""
    found = Catalog.find(flows)
    desk = Desk(found)
    letters = (*chat.letters(desk), *broadcast_letters(found.duties), door_letter(found))
    whole = found.having([*letters, home_view(found), *dealings(found)])
    return whole, Desk(whole)


@asynccontextmanager
async def running(settings: Settings, clock: Clock, *, limited: bool = True) -> AsyncIterator[Bot]:
    """The bot without its way in: database, sender and metronome. `limited` keeps Slack's rates."""
    store = open_store(
        settings.database_url, clock.now, keys=settings.keys, connections=settings.database_connections
    )
    store.posts_per_minute = settings.posts_per_minute
    store.address = settings.address
    if settings.templates:
        take_in(settings.templates, store, clock.now())
    executor = ThreadPoolExecutor(store.threads, thread_name_prefix="database")
    token = settings.bot_token.get_secret_value() if settings.bot_token else ""
    whole, desk = catalog()
    metrics = Metrics()
    troubles = Troubles(clock, metrics)
    verdict = watch_database(store, troubles)
    limits = slack_limits(settings.posts_per_minute) if limited else {}
    buckets = Buckets(clock, limits, PER_CHANNEL if limited else None)
    async with AsyncExitStack() as stack:
        stack.callback(store.close)
        stack.callback(executor.shutdown)
        web = await stack.enter_async_context(web_client(token, settings.api_url, proxy=settings.proxy))
        client = SlackClient(web, buckets, clock)
        directory = Directory(
            store, executor, client, settings.hr, settings.company_zone, settings.company_language, clock
        )
        letters = letter_writer(whole, clock, settings.company_language)
        sender = Sender(
            store,
            SlackPost(client),
            letters,
            clock,
            executor,
            buckets,
            metrics,
            settle=settings.settle_seconds,
            lease=settings.lease_seconds,
            lost=directory.lost,
            troubles=troubles,
        )
        store.afterwards(sender.wake)
        edge = Edge(Front(whole, desk), store, executor, client, directory, clock, metrics)
        rounds = Rounds(store, executor, clock, metrics, whole)
        upload = SlackFiles(client)
        rehearsals = Rehearsals(
            store, executor, clock, settings.database_url, settings.posts_per_minute, upload
        )
        in_database = InDatabase(store, executor)
        kinds = {kind: sent_by(maker, upload, in_database, clock) for kind, maker in MAKERS.items()}
        kinds[READING] = dropped_by(SlackFetch(client, settings.api_url), in_database, clock)
        file_orders = FileOrders(in_database, clock, kinds)
        store.afterwards(file_orders.wake, "files")
        calendars = Calendars(in_database, clock, settings.calendar_hosts)
        store.afterwards(calendars.wake, "calendars")
        intake = Intake(store, executor, clock, metrics, settings.metrics_mb * MB)
        guests = GuestPages(store, executor, clock, metrics, Limits(clock))
        app = bolt(edge, directory, web, token)
        bot = Bot(
            settings, clock, store, executor, client, sender, edge, directory, rounds, rehearsals, file_orders,
            calendars, app,
            Starlette(routes=[*routes(settings, app, clock, rounds, metrics, troubles), intake.route(), guests.route()]), metrics,
            verdict,
        )  # fmt: skip
        sending = asyncio.create_task(sender.run())
        try:
            async with among_replicas(store, buckets):
                yield bot
        finally:
            parts = (edge, rehearsals, file_orders, calendars)
            await asyncio.gather(sender.stop(4.0), *(part.stop() for part in parts))
            await sending


def routes(
    settings: Settings, app: AsyncApp, clock: Clock, rounds: Rounds, metrics: Metrics, troubles: Troubles
) -> list[Any]:
    """Slack's way in where there is a signing secret, and the health checks."""
    checks = health.checks(rounds, troubles, settings.tick_seconds)
    found: list[Any] = health.routes(checks, metrics, refresh=rounds.measure)
    if settings.signing_secret:
        found.append(events_route(app, settings.signing_secret.get_secret_value(), clock.now))
    return found


@asynccontextmanager
async def beating(bot: Bot) -> AsyncIterator[None]:
    """The metronome: what is due, what is old, and who is who."""
    beats = [
        Beat("tick", bot.settings.tick_seconds, bot.rounds.tick),
        Beat("rehearse", bot.settings.tick_seconds, bot.rehearsals.look),
        Beat("files", bot.settings.tick_seconds, bot.file_orders.look),
        Beat("calendars", MINUTE, bot.calendars.look),
        Beat("prune", DAY, bot.rounds.prune),
        Beat("directory", HOUR, bot.directory.sync),
    ]
    async with ticking(beats, bot.clock, grace=3.0):
        yield


async def serve(settings: Settings) -> None:
    """The real bot: until SIGTERM or SIGINT, which let what is in flight finish within 10 s."""
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    async with running(settings, SystemClock()) as bot:
        await admitted(bot.client, settings)
        async with connected(bot) as where:
            keep_loaded()
            log.info(
                "perfloop is running", way_in=settings.way_in(), listening=where, replica=bot.store.owner
            )
            await until_stopped(stopping, bot.verdict)
            log.info("perfloop is stopping")


def keep_loaded() -> None:
    """Spare the garbage collector what is loaded by now and stays: work over many people takes a fifth less time."""
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def connected(bot: Bot) -> AsyncIterator[str]:
    """The bot with its metronome and its way in; gives the address that it listens on."""
    settings = bot.settings
    async with AsyncExitStack() as stack:
        # First the port: where another has it, this one ends before it has done anything.
        where = await stack.enter_async_context(serving(bot.web, settings.host, settings.port))
        await stack.enter_async_context(beating(bot))
        if settings.way_in() == "socket" and settings.app_token:
            sockets = socket_mode(
                bot.bolt, settings.app_token.get_secret_value(), settings.api_url, settings.proxy
            )
            await sockets.connect_async()  # type: ignore[no-untyped-call]
            stack.push_async_callback(sockets.close_async)
        yield where
