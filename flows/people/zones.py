"""Time zones as people write them."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import available_timezones

from flows.core.words import Words

# The name that is missed most often: Beijing has no zone of its own.
CITIES = dict.fromkeys(("beijing", "asia/beijing", "北京", "上海"), "Asia/Shanghai")
MOST_COMPARED = 50


def known_zone(text: str) -> str | None:
    """The IANA zone of that name, whatever its case."""
    return _zones().get(text.lower().replace(" ", "_"))


def close_zones(text: str) -> tuple[str, ...]:
    """At most three zones that may have been meant: of that city, or spelled nearly so.

    Never an Etc zone: Etc/GMT+8 is eight hours west of Greenwich, which nobody means.
    """
    wanted = text.lower().replace(" ", "_")
    if wanted in CITIES:
        return (CITIES[wanted],)
    zones = {name: zone for name, zone in _zones().items() if not name.startswith("etc/")}
    cities = [zone for name, zone in zones.items() if name.rpartition("/")[2] == wanted]
    near = [zones[name] for name in get_close_matches(wanted, zones, n=3, cutoff=0.85)]
    return tuple(dict.fromkeys(cities + near))[:3]


def zone_advice() -> Callable[[str], Words]:
    """What to say of unknown zones in one file: it compares (8 ms each) for the first fifty names only."""
    said: dict[str, Words] = {}

    def unknown_zone(text: str) -> Words:
        if text not in said:
            close = ", ".join(close_zones(text)) if len(said) < MOST_COMPARED else ""
            said[text] = Words(
                f"There is no time zone “{text}”. "
                + (f"Did you mean {close}?" if close else "Write it like Europe/Paris."),
                f"没有“{text}”这个时区，"
                + (f"是不是想写 {close}？" if close else "请写成 Asia/Shanghai 的形式。"),
            )
        return said[text]

    return unknown_zone


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """IANA names by their lower-case form, without those that mean no place or the machine's own."""
    return {zone.lower(): zone for zone in sorted(available_timezones() - {"Factory", "localtime"})}
