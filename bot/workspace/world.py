"""What there is in the local workspace: people, conversations, messages, home tabs and open modals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.workspace.conversations import Conversation, Message, channel_name, page_message
from bot.workspace.mischief import Mischief
from bot.workspace.people import Json, Member, User, id_tail, slack_user
from bot.workspace.triggers import (
    RESPONSE_SECONDS,
    TRIGGER_SECONDS,
    ResponseUrl,
    Tokens,
    Trigger,
)
from bot.workspace.views import View, page_view


class NotThereError(LookupError):
    """Somebody asked for a person, conversation, message, view or field that does not exist."""


class World:
    """A company's messenger in memory. Ids follow from names and order, times from `clock`.

    `problems` collects, in sentences, whatever real Slack would have refused in the bot's payloads.
    """

    def __init__(
        self,
        people: Sequence[Member] = (),
        *,
        clock: Clock,
        team: str = "Example",
        bot_name: str = "perfloop",
        channels: Iterable[str] = (),
    ) -> None:
        self.clock = clock
        self.team: Json = {"id": "T0PERFLOOP", "name": team, "domain": "perfloop-local"}
        self.bot: Json = {
            "user_id": "U0PERFLOOP",
            "bot_id": "B0PERFLOOP",
            "app_id": "A0PERFLOOP",
            "name": bot_name,
        }
        self.users: dict[str, User] = {}
        self.conversations: dict[str, Conversation] = {}
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.unread: dict[str, dict[str, int]] = {}
        self.files: dict[str, Json] = {}
        self.triggers: Tokens[Trigger] = Tokens()
        self.response_urls: Tokens[ResponseUrl] = Tokens()
        self.problems: list[str] = []
        self.misbehave = Mischief()
        self.watchers: list[Callable[[Json], None]] = []
        self.subscribers: list[Callable[[Json], None]] = []
        self.counter = 0
        self.last_ts = 0
        self.changed = False
        self._tails: set[str] = {"0PERFLOOP"}
        self._by_email: dict[str, str] = {}
        self._channel_tails: set[str] = set()
        for name in ("general", *channels):
            self.add_channel(name)
        for member in people:
            self._join(member)

    # Time and numbers

    def now(self) -> float:
        """Epoch seconds by the workspace's clock."""
        return self.clock.now().timestamp()

    def next_number(self) -> int:
        self.counter += 1
        return self.counter

    def next_ts(self) -> str:
        """A new message's time stamp: the clock's microsecond, moved on where that one is taken."""
        self.last_ts = max(self.last_ts + 1, int(self.now() * 1_000_000))
        return f"{self.last_ts // 1_000_000}.{self.last_ts % 1_000_000:06d}"

    def note_problem(self, sentence: str) -> None:
        self.problems.append(sentence)

    def publish(self, change: Json) -> None:
        """Tell whoever watches (pages, the file) that something has changed."""
        self.changed = True
        for watcher in tuple(self.watchers):
            watcher(change)

    def fire(self, event: Json) -> None:
        """Hand an event of Slack's Events API to the delivery."""
        for subscriber in tuple(self.subscribers):
            subscriber(event)

    # People

    def user(self, who: str) -> User:
        """The person with this id, e-mail address, handle or full name."""
        found = self.users.get(who) or self.users.get(self._by_email.get(who.lower(), ""))
        if found is None:
            found = next(
                (user for user in self.users.values() if who in (user.handle, user.member.name)), None
            )
        if found is None:
            raise NotThereError(f"nobody here is called {who!r}")
        return found

    def by_email(self, email: str) -> User | None:
        return self.users.get(self._by_email.get(email.lower(), ""))

    def add_person(self, member: Member) -> User:
        """Somebody joins the workspace: the bot gets `team_join`."""
        user = self._join(member)
        self.fire({"type": "team_join", "user": self._shown(user)})
        self.publish({"type": "people"})
        return user

    def change_profile(self, who: str, **changes: Any) -> User:
        """Change fields of a `Member` (name, tz, locale, title, deleted, …): the bot gets `user_change`."""
        user = self.user(who)
        self._by_email.pop(user.member.email.lower(), None)
        changed = User(user.id, replace(user.member, **changes), self.now())
        self.users[user.id] = changed
        self._by_email[changed.member.email.lower()] = user.id
        self.fire({"type": "user_change", "user": self._shown(changed), "cache_ts": int(self.now())})
        self.publish({"type": "people"})
        return changed

    def deactivate(self, who: str) -> User:
        """Somebody's account is closed."""
        return self.change_profile(who, deleted=True)

    def _join(self, member: Member) -> User:
        if member.email.lower() in self._by_email:
            raise ValueError(f"{member.email} is already here")
        user = User("U" + id_tail(member.email.partition("@")[0], self._tails), member, self.now())
        self.users[user.id] = user
        self._by_email[member.email.lower()] = user.id
        self.unread[user.id] = {}
        for name in filter(None, ("general", channel_name(member.department))):
            self.add_channel(name).members.append(user.id)
        return user

    def find_again(self) -> None:
        """Build the indexes anew after users and conversations were put in place."""
        self._tails |= {user_id[1:] for user_id in self.users}
        self._channel_tails |= {one.id[1:] for one in self.conversations.values() if one.kind == "channel"}
        self._by_email = {user.member.email.lower(): user.id for user in self.users.values()}

    def _shown(self, user: User) -> Json:
        return slack_user(user, self.team["id"], self.clock.now(), locale=True)

    # Conversations

    def add_channel(self, name: str) -> Conversation:
        """The channel of this name, made with the bot in it if there is none."""
        for conversation in self.conversations.values():
            if conversation.kind == "channel" and conversation.name == name:
                return conversation
        made = Conversation("C" + id_tail(name, self._channel_tails), "channel", name, [self.bot["user_id"]])
        self.conversations[made.id] = made
        return made

    def dm(self, who: str) -> Conversation:
        """The direct message between this person and the bot."""
        user = self.user(who)
        conversation_id = "D" + user.id[1:]
        if conversation_id not in self.conversations:
            members = [user.id, self.bot["user_id"]]
            self.conversations[conversation_id] = Conversation(conversation_id, "im", "", members, user.id)
        return self.conversations[conversation_id]

    def conversation(self, which: str) -> Conversation:
        """The conversation with this id or channel name ("#sales" or "sales")."""
        found = self.conversations.get(which)
        if found is None and which.startswith("D") and "U" + which[1:] in self.users:
            found = self.dm("U" + which[1:])
        if found is None:
            name = which.removeprefix("#")
            found = next(
                (c for c in self.conversations.values() if c.kind == "channel" and c.name == name), None
            )
        if found is None:
            raise NotThereError(f"there is no conversation {which!r}")
        return found

    def post(self, conversation: Conversation, message: Message) -> Message:
        """Put a message into a conversation; everybody else in it has one more to read."""
        conversation.add(message)
        if message.to is None:
            for member in conversation.members:
                if member != message.user and member in self.unread:
                    counts = self.unread[member]
                    counts[conversation.id] = counts.get(conversation.id, 0) + 1
                    if self.watchers:
                        self.publish({"type": "unread", "user": member, "unread": counts})
        self.show(conversation, message, "message")
        return message

    def show(self, conversation: Conversation, message: Message, change: str) -> None:
        """Tell the pages of a message that is new ("message"), "changed" or "deleted"."""
        self.changed = True
        if self.watchers:
            to = [message.to] if message.to else [m for m in conversation.members if m in self.users]
            shown = page_message(message)
            self.publish({"type": change, "conversation": conversation.id, "to": to, "message": shown})

    def mark_read(self, user: str, conversation: str) -> None:
        if self.unread[user].pop(conversation, 0):
            self.publish({"type": "unread", "user": user, "unread": self.unread[user]})

    # Views and what opens them

    def new_trigger(self, user: str, view: str | None = None) -> str:
        """A trigger id. On a fast clock its 3 seconds are real ones, or nobody could open anything."""
        until = self.now() + TRIGGER_SECONDS * max(1.0, float(getattr(self.clock, "speed", 1.0)))
        number = self.next_number()
        return self.triggers.add(f"{number}.{self.team['id']}.{number:08x}", Trigger(user, view, until))

    def new_response_url(self, user: str, conversation: str, ts: str | None, ephemeral: bool) -> str:
        """The id of a new response address."""
        url = ResponseUrl(user, conversation, ts, ephemeral, self.now() + RESPONSE_SECONDS)
        return self.response_urls.add(f"R{self.next_number():08d}", url)

    def view(self, view_id: str) -> View | None:
        for stack in self.stacks.values():
            for view in stack:
                if view.id == view_id:
                    return view
        return next((home for home in self.homes.values() if home.id == view_id), None)

    def show_views(self, user: str) -> None:
        """Tell the pages which modals this person has open."""
        stack = [page_view(view, self.team, self.bot) for view in self.stacks.get(user, [])]
        self.publish({"type": "views", "user": user, "views": stack})

    def show_home(self, user: str) -> None:
        home = page_view(self.homes[user], self.team, self.bot)
        self.publish({"type": "home", "user": user, "view": home})
