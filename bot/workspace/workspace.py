"""What a person does in the messenger: say, command, click, fill in, submit, close and open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.workspace.actions import action_entry, fields_filled, loose_entry, response_urls
from bot.workspace.answers import show_command_answer, take_submission_answer
from bot.workspace.calls_files import add_file, file_object
from bot.workspace.conversations import Conversation, Message
from bot.workspace.fields import input_errors, state_values
from bot.workspace.link import COMMAND
from bot.workspace.mentions import escaped, rich_text_of, with_channels, with_mentions
from bot.workspace.messenger import Messenger, Outcome
from bot.workspace.payloads import (
    action_ts,
    block_actions,
    command_form,
    global_shortcut,
    home_opened,
    message_action,
    message_event,
    new_client_msg_id,
    view_closed,
    view_submission,
)
from bot.workspace.views import close_view

Json = dict[str, Any]


class Workspace(Messenger):
    """The messenger with everything a person can do in it, for the page and for tests alike."""

    async def say(
        self, user: str, conversation: str | None, text: str, thread_ts: str | None = None
    ) -> Outcome:
        """Write a message (None: to the bot). A text that begins with "/" is a command."""
        who, where = self.world.user(user), self._conversation(user, conversation)
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            return await self.command(user, command, rest, where.id)
        plain = with_mentions(text, self.world.users.values())
        message = Message(
            ts=self.world.next_ts(),
            user=who.id,
            text=plain,
            blocks=rich_text_of(text),
            thread_ts=thread_ts,
            client_msg_id=new_client_msg_id(self.world),
        )
        await self._post(where, message)
        return Outcome()

    async def drop(
        self, user: str, conversation: str | None, files: Sequence[tuple[str, bytes]], text: str = ""
    ) -> Outcome:
        """Put files, by name, into a conversation (None: the one with the bot), with a text if one likes."""
        who, where = self.world.user(user), self._conversation(user, conversation)
        kept = [add_file(self.world, name, content) for name, content in files]
        message = Message(
            ts=self.world.next_ts(),
            user=who.id,
            text=with_mentions(text, self.world.users.values()),
            client_msg_id=new_client_msg_id(self.world),
            files=[file_object(self.door.base_url, file) for file in kept],
        )
        await self._post(where, message)
        return Outcome()

    async def _post(self, where: Conversation, message: Message) -> None:
        self.world.post(where, message)
        if self.world.bot["user_id"] in where.members:
            event = message_event(self.world, where, message)
            await self.delivery.event(event, "message.im" if where.kind == "im" else "message.channels")

    async def command(
        self, user: str, command: str, text: str = "", conversation: str | None = None
    ) -> Outcome:
        """Send a slash command."""
        who, where = self.world.user(user), self._conversation(user, conversation)
        known = self.app.command(command)
        if known is None:
            return Outcome(f"{command} is not a valid command.")
        people = self.world.users.values()
        channels = {c.name: c.id for c in self.world.conversations.values() if c.kind == "channel"}
        named = with_channels(with_mentions(text, people, names=True), channels)
        words = named if known.get("should_escape") else escaped(text)
        url = self._response_url(who.id, where.id, None, False)
        form = command_form(self.world, who, where, command, words, url)
        reply = await self.delivery.hand_over(COMMAND, form, f"{command} {text}".rstrip())
        if not reply.acknowledged:
            error = "operation_timeout" if reply.failure == "http_timeout" else "dispatch_failed"
            return Outcome(f'{command} failed with the error "{error}"')
        return self._noted(command, show_command_answer(self.world, who.id, where, reply.body))

    async def act(
        self,
        user: str,
        where: Json,
        block_id: str,
        action: Json | str,
        values: Json | None = None,
        *,
        unchecked: bool = False,
    ) -> Outcome:
        """Click a button or make a choice, in `{conversation, ts}`, `{view}` or `{home: True}`.

        `action` is an entry of Slack's `actions[]`, or the action_id alone; `values` is what stands in the
        fields, in the shape of `view.state.values` (an option may be given by its value alone). With
        `unchecked` what is clicked need not be there any more.
        """
        who = self.world.user(user)
        view = None if "conversation" in where else self._view(who, where)
        message, conversation = None, None
        if view is None:
            conversation = self.world.conversation(where["conversation"])
            message = self._message(who, conversation, where["ts"])
        blocks = view.body["blocks"] if view else message.blocks if message else []
        stamp = action_ts(self.world)
        if unchecked:
            entry = loose_entry(block_id, action, stamp)
        else:
            entry = action_entry(blocks, block_id, action, stamp)
        fields = fields_filled(blocks, view.typed if view else {}, values or {})
        if not unchecked and entry["type"] not in ("button", "overflow"):
            fields = fields_filled(blocks, fields, {block_id: {entry["action_id"]: entry}})
        url = None
        if view is not None:
            view.typed = fields
        elif message is not None and conversation is not None:
            url = self._response_url(who.id, conversation.id, message.ts, message.to is not None)
        payload = block_actions(
            self.world,
            who,
            entry,
            view=view,
            message=message,
            conversation=conversation,
            response_url=url,
            state=state_values(blocks, fields),
        )
        return self._missed(await self._interact(payload, f"block_actions {entry['action_id']}"))

    async def submit(self, user: str, view_id: str, values: Json | None = None) -> Outcome:
        """Submit the modal on top. What Slack's client checks by itself never reaches the bot."""
        who = self.world.user(user)
        view = self._top(who, view_id)
        view.typed = fields_filled(view.body["blocks"], view.typed, values or {})
        if errors := input_errors(view.body["blocks"], view.values):
            return Outcome(errors=errors)
        wanted = response_urls(view.body["blocks"], view.values)
        urls = [
            {
                "response_url": self._response_url(who.id, channel, None, False),
                "channel_id": channel,
                "block_id": block_id,
                "action_id": action_id,
            }
            for block_id, action_id, channel in wanted
        ]
        name = f"view_submission {view.body.get('callback_id', '')}".rstrip()
        reply = await self._interact(view_submission(self.world, who, view, urls), name)
        if not reply.acknowledged:
            return self._missed(reply)
        errors, problem = take_submission_answer(self.world, view, reply.body)
        if problem:
            return self._noted(name, problem)
        return Outcome(errors=errors)

    async def close(self, user: str, view_id: str, clear: bool = False) -> Outcome:
        """Close the modal on top (Cancel), or with `clear` the whole stack (×)."""
        who = self.world.user(user)
        view = self._top(who, view_id)
        clear = clear or bool(view.body.get("clear_on_close"))
        closed = self.world.stacks[who.id][0] if clear else view
        close_view(self.world, closed)
        if closed.body.get("notify_on_close"):
            payload = view_closed(self.world, who, closed, clear)
            return self._missed(await self._interact(payload, "view_closed"))
        return Outcome()

    async def shortcut(
        self, user: str, callback_id: str, conversation: str | None = None, ts: str | None = None
    ) -> Outcome:
        """Use a shortcut: a global one, or with `conversation` and `ts` one from a message's menu."""
        who = self.world.user(user)
        if conversation is not None and ts is not None:
            where = self.world.conversation(conversation)
            message = self._message(who, where, ts)
            url = self._response_url(who.id, where.id, message.ts, False)
            payload = message_action(self.world, who, callback_id, where, message, url)
        else:
            payload = global_shortcut(self.world, who, callback_id)
        return self._missed(await self._interact(payload, f"{payload['type']} {callback_id}"))

    async def open_home(self, user: str) -> None:
        """Look at the app's home tab."""
        who = self.world.user(user)
        self.delivery.fire(home_opened(self.world, who, "home"))
        await self.idle()

    async def open(self, user: str, conversation: str | None = None) -> None:
        """Look at a conversation (None: the one with the bot): it counts as read."""
        who, where = self.world.user(user), self._conversation(user, conversation)
        self.world.mark_read(who.id, where.id)
        if where.kind == "im":
            self.delivery.fire(home_opened(self.world, who, "messages"))
            await self.idle()
