"""What is asked of a CalDAV server and what it answers, as XML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError  # what defusedxml gives and raises

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from bot.calendars.trouble import Unreachable

DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
HEAD = '<?xml version="1.0" encoding="utf-8"?>'
SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'
EVENTS = "VEVENT"

PRINCIPAL = "<d:resourcetype/><c:supported-calendar-component-set/><d:current-user-principal/>"
HOME = "<c:calendar-home-set/>"
KINDS = "<d:resourcetype/><c:supported-calendar-component-set/>"
ETAG = "<d:getetag/>"


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing that a server told of: where it is, and its properties that are there."""

    href: str
    properties: Sequence[Element]

    def find(self, path: str) -> Element | None:
        """The first element of that path among its properties."""
        return next((found for one in self.properties if (found := one.find(path)) is not None), None)

    def link(self, name: str) -> str | None:
        """The address in a property."""
        found = self.find(f"{name}/{DAV}href")
        return (found.text or "").strip() or None if found is not None else None

    def says(self, name: str) -> str | None:
        """The text of a property."""
        found = self.find(name)
        return found.text if found is not None else None

    @property
    def takes_events(self) -> bool:
        """Whether it is a calendar into which events go; one that does not say what it takes does."""
        if self.find(f"{DAV}resourcetype/{CAL}calendar") is None:
            return False
        kinds = self.find(f"{CAL}supported-calendar-component-set")
        return kinds is None or any(kind.get("name", "").upper() == EVENTS for kind in kinds)


def propfind(properties: str) -> bytes:
    """The question for these properties."""
    return f"{HEAD}<d:propfind {SPACES}><d:prop>{properties}</d:prop></d:propfind>".encode()


def events_between(since: datetime, until: datetime) -> bytes:
    """The question for all events that touch a stretch of time."""
    span = f'start="{_utc(since)}" end="{_utc(until)}"'
    within = f'<c:comp-filter name="{EVENTS}"><c:time-range {span}/></c:comp-filter>'
    return (
        f"{HEAD}<c:calendar-query {SPACES}><d:prop><c:calendar-data/></d:prop>"
        f'<c:filter><c:comp-filter name="VCALENDAR">{within}</c:comp-filter></c:filter></c:calendar-query>'
    ).encode()


def resources(body: bytes) -> Iterator[Resource]:
    """What a multi-status answer tells of. Raises Unreachable where it is none, or a hostile one."""
    try:
        root: Element = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError) as wrong:
        raise Unreachable("server") from wrong
    for response in root.iter(f"{DAV}response"):
        href = response.findtext(f"{DAV}href") or ""
        there = [
            prop
            for propstat in response.findall(f"{DAV}propstat")
            if " 200" in (propstat.findtext(f"{DAV}status") or " 200")
            for prop in propstat.findall(f"{DAV}prop")
        ]
        yield Resource(href.strip(), there)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
