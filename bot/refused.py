"""A no, where the person looks: on the form they sent, in a window over the one they pressed in, or a line."""

from __future__ import annotations

from bot.exchange import Home, HomeOpened, Inbound, Press, Reply, Say, Show, Submit, Typing
from flows.core import screens
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.people.person import Person

TITLE = Words("perfloop", "perfloop")


def refusal(actor: Person, what: Inbound, no: Refusal) -> Reply:
    """The reply that says it; what was typed is shown again."""
    if isinstance(what, Typing):  # they will hear it when they send the form
        return Reply(actor.language)
    if isinstance(what, HomeOpened):
        return Reply(actor.language, Home(screens.plain_screen(TITLE, no.words)))
    if isinstance(what, Submit):
        texts = {name: said for name, said in what.said.items() if said}
        return Reply(actor.language, Show(screens.closed(no.words, texts), "replace", what.parent))
    if isinstance(what, Press) and what.where == "modal":
        return Reply(actor.language, Show(screens.plain_screen(TITLE, no.words), "push", what.parent))
    if isinstance(what, Press) and what.where == "home":
        return Reply(actor.language, Show(screens.plain_screen(TITLE, no.words), "open"), home=True)
    return Reply(actor.language, Say(no.words))
