"""The messenger around a world: its Web API, its way to the bot, and what each person sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.clock import Clock
from bot.workspace.conversations import Conversation, Message, page_message
from bot.workspace.delivery import Delivery
from bot.workspace.link import ACK_SECONDS, INTERACTIVE, BotLink, HttpTransport, Reply
from bot.workspace.manifest import installed
from bot.workspace.people import User
from bot.workspace.rates import Rates
from bot.workspace.socket_mode import SocketHub
from bot.workspace.traffic import Traffic
from bot.workspace.views import View, page_view
from bot.workspace.web_api import ApiDoor
from bot.workspace.world import NotThereError, World

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person sees after an action: `errors` by block_id, or the messenger's own `problem`."""

    problem: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return self.problem is None and not self.errors


async def _nothing() -> None:
    """There is nothing to settle."""


class Messenger:
    """A `World` with its doors.

    A person is named by id, e-mail address, handle or full name; a conversation by its id or channel name.
    `next_milestone` says when something will next happen in the bot, `settle` waits until the bot has done
    what is due (both for moving a virtual clock); `tz` is the zone of "next morning" without a person.
    """

    def __init__(
        self,
        world: World,
        clock: Clock,
        bot: BotLink,
        *,
        manifest: Mapping[str, Any] | None = None,
        next_milestone: Callable[[], datetime | None] = lambda: None,
        settle: Callable[[], Awaitable[None]] = _nothing,
        rates: Rates | None = None,
        tz: str = "UTC",
        ack_seconds: float = ACK_SECONDS,
    ) -> None:
        self.world, self.clock, self.bot, self.tz = world, clock, bot, tz
        self.app = installed(manifest)
        self.next_milestone, self.settle = next_milestone, settle
        self.traffic = Traffic()
        self.door = ApiDoor(world, bot, self.traffic, self.app.scopes, rates)
        self.http = HttpTransport(bot, clock, ack_seconds)
        self.sockets = SocketHub(world.bot["app_id"], ack_seconds)
        self.delivery = Delivery(world, clock, self.traffic, self.http, self.sockets, self.app.events)

    def dm(self, user: str) -> str:
        """The id of this person's conversation with the bot."""
        return self.world.dm(user).id

    def messages(self, user: str, conversation: str | None = None) -> list[Json]:
        """The messages this person sees, oldest first (None: with the bot), as the page shows them."""
        who, where = self.world.user(user), self._conversation(user, conversation)
        return [page_message(m) for m in where.messages.values() if m.to in (None, who.id)]

    def home(self, user: str) -> Json | None:
        """The home tab this person sees."""
        view = self.world.homes.get(self.world.user(user).id)
        return page_view(view, self.world.team, self.world.bot) if view else None

    def views(self, user: str) -> list[Json]:
        """The modals this person has open, the last one on top."""
        stack = self.world.stacks.get(self.world.user(user).id, [])
        return [page_view(view, self.world.team, self.world.bot) for view in stack]

    async def idle(self) -> None:
        """Wait until every event fired so far (joiners, profile changes) has been delivered."""
        await self.delivery.idle()

    async def aclose(self) -> None:
        """Stop delivering and let go of every connection."""
        self.door.closing.set()
        await self.delivery.aclose()

    # Inside

    async def _interact(self, payload: Json, summary: str) -> Reply:
        return await self.delivery.hand_over(INTERACTIVE, payload, summary)

    def _missed(self, reply: Reply) -> Outcome:
        name = self.world.bot["name"]
        if reply.acknowledged:
            return Outcome()
        late = reply.failure == "http_timeout"
        return Outcome(f"{name} did not respond in time" if late else f"{name} could not be reached")

    def _noted(self, what: str, problem: str | None) -> Outcome:
        """A wrong answer is the bot's mistake; its person sees what Slack shows."""
        if problem is None:
            return Outcome()
        self.world.note_problem(f"{what}: {problem}")
        return Outcome(f"{self.world.bot['name']} did not respond in time")

    def _conversation(self, user: str, which: str | None) -> Conversation:
        return self.world.dm(user) if which is None else self.world.conversation(which)

    def _message(self, user: User, conversation: Conversation, ts: str) -> Message:
        message = conversation.messages.get(ts)
        if message is None or message.to not in (None, user.id):
            raise NotThereError(f"there is no message {ts} in {conversation.id}")
        return message

    def _view(self, user: User, where: Json) -> View:
        view = self.world.homes.get(user.id) if where.get("home") else self.world.view(where["view"])
        if view is None or view.user != user.id:
            raise NotThereError(f"{user.handle} does not see {where}")
        return view

    def _top(self, user: User, view_id: str) -> View:
        stack = self.world.stacks.get(user.id, [])
        if not stack or stack[-1].id != view_id:
            raise NotThereError(f"{user.handle} does not have the modal {view_id} on top")
        return stack[-1]

    def _response_url(self, user: str, conversation: str, ts: str | None, ephemeral: bool) -> str:
        key = self.world.new_response_url(user, conversation, ts, ephemeral)
        return f"{self.door.base_url}/response/{key}"
