"""A person's CalDAV calendar: found, read for events, written into and cleaned of ours, in few requests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from yarl import URL

from bot.calendars import davxml
from bot.calendars.davxml import CAL, DAV, Resource
from bot.calendars.fetching import Credentials, Reply, ask
from bot.calendars.guarded import Guard
from bot.calendars.trouble import Unreachable
from flows.interviews.calendars import Access

SECONDS = 25.0  # for all requests of one look; the first one needs four
WELL_KNOWN = URL("/.well-known/caldav")
XML = {"Content-Type": "application/xml; charset=utf-8"}
EVENT = {"Content-Type": "text/calendar; charset=utf-8"}
MULTI_STATUS = 207
PRECONDITION = 412


class CalDav:
    """One person's calendar on a server. Every method raises Unreachable; `access` has what was found out."""

    def __init__(self, guard: Guard, access: Access) -> None:
        self._guard, self.access = guard, access
        start = _url(access.url)
        self._credentials = Credentials(start.origin(), access.user, access.password)

    async def events(self, since: datetime, until: datetime) -> list[bytes]:
        """The calendars of the events that touch this time."""
        async with _in_time():
            question = davxml.events_between(since, until)
            try:
                reply = await self._ask("REPORT", await self._collection(), question, "1")
                reply.expect(MULTI_STATUS)
            except Unreachable as no:
                if no.problem != "missing" or not self.access.collection:
                    raise
                self.access = replace(self.access, collection="")  # it was moved: look for it anew
                reply = await self._ask("REPORT", await self._collection(), question, "1")
            found = davxml.resources(reply.expect(MULTI_STATUS).body)
            texts = [resource.says(f"{CAL}calendar-data") for resource in found]
            return [text.encode() for text in texts if text]

    async def put(self, uid: str, content: bytes) -> None:
        """Have the event stand there as `content` says, whatever stood there under its uid."""
        async with _in_time():
            where = self._event(await self._collection(), uid)
            for _ in range(2):  # what changes between the look and the writing is looked at once more
                etag = await self._etag(where)
                condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
                reply = await self._plain("PUT", where, {**EVENT, **condition}, content)
                if reply.status != PRECONDITION:
                    break
            reply.expect(200, 201, 204)

    async def delete(self, uid: str) -> None:
        """Have the event not stand there; it may be gone already."""
        async with _in_time():
            reply = await self._plain("DELETE", self._event(await self._collection(), uid), {})
            reply.expect(200, 202, 204, 404, 410)

    async def _collection(self) -> URL:
        """Where the calendar is: kept from before, the address itself, or found by way of the person's home."""
        if not self.access.collection:
            found = await self._found()
            self.access = replace(self.access, collection=str(found))
        return _url(self.access.collection)

    async def _found(self) -> URL:
        start = _url(self.access.url)
        here, at = await self._look(start, davxml.PRINCIPAL)
        if here is not None and here.takes_events:
            return at
        principal = here.link(f"{DAV}current-user-principal") if here else None
        if principal is None:
            here, at = await self._look(start.join(WELL_KNOWN), davxml.PRINCIPAL)
            principal = here.link(f"{DAV}current-user-principal") if here else None
        if principal is None:
            raise Unreachable("no-collection")
        person, at = await self._look(at.join(URL(principal)), davxml.HOME)
        home = person.link(f"{CAL}calendar-home-set") if person else None
        if home is None:
            raise Unreachable("no-collection")
        reply = await self._ask("PROPFIND", at.join(URL(home)), davxml.propfind(davxml.KINDS), "1")
        for resource in davxml.resources(reply.expect(MULTI_STATUS).body):
            if resource.takes_events:
                return reply.url.join(URL(resource.href))
        raise Unreachable("no-collection")

    async def _look(self, url: URL, properties: str) -> tuple[Resource | None, URL]:
        """What a place says of itself, and where it is; None where it says nothing. Unreachable only where refused."""
        reply = await self._ask("PROPFIND", url, davxml.propfind(properties), "0")
        if reply.status != MULTI_STATUS:
            if reply.status in (401, 403):
                raise Unreachable("refused")
            return None, reply.url
        return next(davxml.resources(reply.body), None), reply.url

    async def _etag(self, where: URL) -> str | None:
        """What stands there now is called so; None where nothing does."""
        reply = await self._ask("PROPFIND", where, davxml.propfind(davxml.ETAG), "0")
        if reply.status in (404, 410):
            return None
        found = next(davxml.resources(reply.expect(MULTI_STATUS).body), None)
        return found.says(f"{DAV}getetag") if found else None

    def _event(self, collection: URL, uid: str) -> URL:
        folder = str(collection)
        return _url(f"{folder}{'' if folder.endswith('/') else '/'}{quote(uid, safe='')}.ics")

    async def _ask(self, method: str, url: URL, body: bytes, depth: str) -> Reply:
        return await self._plain(method, url, {**XML, "Depth": depth}, body)

    async def _plain(
        self, method: str, url: URL, headers: dict[str, str], body: bytes | None = None
    ) -> Reply:
        return await ask(self._guard, method, url, headers=headers, body=body, credentials=self._credentials)


@asynccontextmanager
async def _in_time() -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(SECONDS):
            yield
    except TimeoutError as slow:
        raise Unreachable("slow") from slow
    except ValueError as wrong:  # an address in an answer that is none
        raise Unreachable("server") from wrong


def _url(text: str) -> URL:
    try:
        return URL(text, encoded="%" in text)
    except ValueError as wrong:
        raise Unreachable("address") from wrong
