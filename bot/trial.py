"""`perfloop try`: the local workspace and the bot on one virtual clock, with a company to live through a week in."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import yaml

from bot.build import Bot, beating, running
from bot.clock import SystemClock, VirtualClock
from bot.importing import sound
from bot.settings import Settings
from bot.slack.app import socket_mode as over_sockets
from bot.web import serving
from bot.workspace import sample_reviews
from bot.workspace.clockwork import jump
from bot.workspace.furnishing import furnish
from bot.workspace.link import BotLink
from bot.workspace.people import Member
from bot.workspace.sample import PEOPLE_CSV, members_of
from bot.workspace.serve import serving as serving_workspace
from bot.workspace.store import load_world, moment_saved
from bot.workspace.to_try import GOES_ON, RESULTS, REVIEWS
from bot.workspace.workspace import Workspace
from bot.workspace.world import World
from flows.checkins.setup import usual
from flows.people.row import PersonRow
from storage.work import Work

HOME = Path(".perfloop")
WORLD, DATABASE = "workspace.json", "perfloop.db"
OPENING = timedelta(
    hours=14, minutes=5
)  # of Monday in UTC: Asia has answered or gone home, America has begun


@dataclass
class Trial:
    """A workspace with the bot in it. `milestone` is when the bot will next do something by itself.

    `api` is where the bot itself listens, for whoever sends it metrics.
    """

    bot: Bot
    workspace: Workspace
    clock: VirtualClock
    url: str
    milestone: list[datetime | None] = field(default_factory=lambda: [None])
    api: str = ""

    async def settle(self) -> None:
        """Let the bot do all that is due at this moment of the clock."""
        await self.bot.settle()
        self.milestone[0] = await self.bot.next_milestone()

    async def records(self, work: Callable[[Work], None]) -> None:
        """Do something in the database, in one transaction."""

        def run() -> None:
            with self.bot.store.work() as records:
                work(records)

        await asyncio.get_running_loop().run_in_executor(self.bot.executor, run)

    async def to(self, moment: datetime) -> None:
        """Move the clock to `moment`, letting the bot do what is due at each milestone on the way."""
        await self.settle()
        await jump(self.workspace, self.clock, moment)


async def live(
    *,
    port: int,
    people: Path | None,
    fresh: bool,
    reviews: bool,
    results: bool,
    socket_mode: bool,
    open_browser: bool,
) -> None:
    """Run until Ctrl+C. What was lived through is kept in `.perfloop` and goes on at the next start.

    With `reviews` the sample company begins in the middle of a half-year review, with `results` on the day after.
    """
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    make_home(fresh)
    begun = moment_saved(HOME / WORLD)
    clock = VirtualClock(begun or before_monday(SystemClock().now()))
    company = (people or PEOPLE_CSV).read_bytes()
    async with AsyncExitStack() as stack:
        trial = await stack.enter_async_context(
            trying(clock, company, HOME, port=port, socket_mode=socket_mode, sample=people is None,
                   reviews=reviews or results)
        )  # fmt: skip
        if begun is None:
            monday = datetime.combine(clock.now().date() + timedelta(days=1), time(0), tzinfo=UTC)
            await trial.to(monday + OPENING)
            if results:
                await to_results(trial, monday)
        await stack.enter_async_context(beating(trial.bot))
        sys.stdout.write(f"\n  perfloop is ready: open {trial.url} in your browser. Ctrl+C ends it.\n")
        sys.stdout.write(f"  Metrics can be sent to {trial.api}/api/metrics.\n\n")
        if reviews or results:
            things = RESULTS if results else REVIEWS
            sys.stdout.write(things if begun is None else GOES_ON)
        sys.stdout.flush()
        if open_browser:
            await asyncio.to_thread(webbrowser.open, trial.url)
        await stopping.wait()


async def to_results(trial: Trial, monday: datetime) -> None:
    """Live on until the results are open to everybody: the Thursday of the second week."""
    await trial.records(lambda records: sample_reviews.answer_rest(records, trial.clock.now()))
    await trial.to(monday + timedelta(days=7, hours=10))
    await trial.records(lambda records: sample_reviews.release(records, trial.clock.now()))
    await trial.to(monday + timedelta(days=10, hours=16))


def make_home(fresh: bool) -> None:
    """The folder in which the trial is kept, which git leaves alone."""
    if fresh and HOME.exists():
        shutil.rmtree(HOME)
    HOME.mkdir(exist_ok=True)
    (HOME / ".gitignore").write_text("*\n")


@asynccontextmanager
async def trying(
    clock: VirtualClock,
    company: bytes,
    home: Path,
    *,
    port: int = 0,
    socket_mode: bool = False,
    sample: bool = True,
    reviews: bool = False,
    running_programme: bool = True,
    database_url: str = "",
) -> AsyncIterator[Trial]:
    """A company's workspace and the bot, connected; made anew unless `home` has one."""
    begun = (home / WORLD).exists()
    people = () if begun else sound(company)
    link = BotLink(url=None if socket_mode else f"http://127.0.0.1:{free_port()}/slack/events")
    world = load_world(home / WORLD, clock) if begun else new_world(clock, people)
    milestone: list[datetime | None] = [None]
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    workspace = Workspace(world, clock, link, manifest=manifest, next_milestone=lambda: milestone[0])
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(serving_workspace(workspace, port=port, path=home / WORLD))
        settings = bot_settings(link, url, database_url or f"sqlite:///{home / DATABASE}", socket_mode)
        bot = await stack.enter_async_context(running(settings, clock, limited=False))
        trial = Trial(bot, workspace, clock, url, milestone)
        workspace.settle = trial.settle
        if socket_mode:
            sockets = over_sockets(bot.bolt, link.app_token, settings.api_url, None)
            await sockets.connect_async()  # type: ignore[no-untyped-call]
            stack.push_async_callback(sockets.close_async)
        bot_port = int(link.url.split(":")[2].split("/")[0]) if link.url else 0
        trial.api = bot.store.address = await stack.enter_async_context(
            serving(bot.web, "127.0.0.1", bot_port)
        )
        if not begun:
            await found(trial, people, sample, running_programme, reviews=reviews)
        await bot.directory.sync()
        await trial.settle()
        if reviews and not begun:
            await trial.records(lambda records: sample_reviews.answer(records, clock.now()))
            await trial.settle()
        yield trial


MANIFEST = Path(__file__).parent.parent / "manifest.yml"


async def found(
    trial: Trial, people: Sequence[PersonRow], sample: bool, running_programme: bool, *, reviews: bool = False
) -> None:
    """Import the company; the sample also has goals, somebody on leave and a programme that runs, and `reviews`."""
    now = trial.clock.now()
    monday = now.date() + timedelta(days=-now.weekday() % 7)

    def begin(records: Work) -> None:
        records.people.apply_import(people)
        if sample:
            furnish(records, now.date())
        hr = next((person for person in records.people.active() if person.hr_scope is None), None)
        if reviews:
            sample_reviews.launch(records, monday, now)
        if running_programme:
            records.programmes.save(usual(monday, hr.id if hr else None, now))

    await trial.records(begin)


def new_world(clock: VirtualClock, people: Sequence[PersonRow]) -> World:
    """A workspace with the company's people, and a channel per department."""
    members: list[Member] = members_of(people, clock.now().date())
    departments = sorted({member.department for member in members if member.department})
    names = ["-".join(department.lower().split()) for department in departments]
    return World(members, clock=clock, channels=names)


def bot_settings(link: BotLink, url: str, database_url: str, socket_mode: bool) -> Settings:
    """The bot's settings for a workspace on loopback."""
    given = {
        "SLACK_BOT_TOKEN": link.token,
        "SLACK_API_URL": f"{url}/api/",
        "PERFLOOP_DATABASE_URL": database_url,
        "PERFLOOP_SETTLE_SECONDS": "1",
        "SLACK_APP_TOKEN" if socket_mode else "SLACK_SIGNING_SECRET": link.app_token if socket_mode else link.signing_secret,
    }  # fmt: skip
    return Settings.read(given)


def before_monday(now: datetime) -> datetime:
    """The Sunday evening (18:00 UTC) before this week's Monday: before it is Monday morning in Asia."""
    monday = now.date() - timedelta(days=now.weekday())
    return datetime.combine(monday - timedelta(days=1), time(18), tzinfo=UTC)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
