"""The agenda of an interview for either side: in a window, and as a page for the phone or the printer."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.file_orders import ON_ITS_WAY
from flows.core.screen import Act, Button, Buttons, Element, Heading, Note, Screen
from flows.core.words import Words
from flows.interviews.agenda_parts import AgendaRecords, Part, elements, parts, reading
from flows.interviews.agreeing import about_words
from flows.interviews.sides import LOOK, Both, found, stands_as, whose_interview
from flows.people.person import Person
from flows.reviews.diary import diary_button

ORDER = "interview-agenda"
TITLE = Words("Agenda", "面谈提纲")
AS_PAGE = Words("Send me this as a page", "发送为网页文件")
AGREED = Words("What was agreed", "面谈约定")
ONLY_YOU = Words(
    "This agenda is made for you; the other side has one of its own. What stands here is what you may read anyway.",
    "此提纲仅为你生成，对方有自己的提纲。这里只包含你本来就有权查看的内容。",
)


def agenda_of(
    records: AgendaRecords, actor: Person, both: Both, now: datetime
) -> tuple[Words, list[Part]] | None:
    """The title and parts of the reader's agenda; None for whoever is on neither side."""
    side = stands_as(records, actor, both, now)
    if side is None:
        return None
    return about_words(both, side), parts(records, reading(records, actor, both, side, now))


@view("interview-agenda", may=LOOK, of=whose_interview)
def agenda(records: AgendaRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """The reader's own agenda, and the ways to the page and to what was agreed."""
    both = found(records, about)
    made = agenda_of(records, actor, both, now)
    if made is None:
        raise NotThere
    number = str(both.interview.id)
    ways = (
        Button(AS_PAGE, Act("do", ("interview-page", number))),
        Button(AGREED, Act("see", ("interview-talk", number))),
        diary_button(both.cycle, both.person),
    )
    body: list[Element] = [Heading(made[0]), Note(ONLY_YOU), Buttons(ways), *elements(made[1])]
    return Screen(TITLE, tuple(body), place=Act("see", ("interview-agenda", *about)))


@deed("interview-page", may=LOOK, of=whose_interview)
def agenda_page(records: AgendaRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Order the page; it comes into the reader's own chat, and what stands in it is looked up when it is made."""
    both = found(records, about)
    if stands_as(records, actor, both, now) is None:
        raise NotThere
    records.file_orders.ask(ORDER, actor.id, {"interview": both.interview.id}, now)
    return ON_ITS_WAY
