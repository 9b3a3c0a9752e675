"""What a setting's text must be: each check gives the value, or a ValueError where it is none."""

from __future__ import annotations

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, SecretStr


def web_address(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError
    return address.rstrip("/") + "/"


def database(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme.partition("+")[0] not in ("sqlite", "postgresql", "postgres") or "://" not in url:
        raise ValueError
    _ = parts.port  # a ValueError when it is no number
    return url


def zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (OSError, KeyError) as unknown:  # a folder's name is an OSError, an unknown zone a KeyError
        raise ValueError from unknown


def emails(text: object) -> object:
    return (
        tuple(part.strip().lower() for part in text.split(",") if part.strip())
        if isinstance(text, str)
        else text
    )


def all_emails(emails: tuple[str, ...]) -> tuple[str, ...]:
    if any("@" not in email.strip("@") for email in emails):
        raise ValueError
    return emails


def hosts(text: object) -> object:
    """Hosts, each with its port where one is named."""
    if not isinstance(text, str):
        return text
    found = []
    for part in (part.strip().lower() for part in text.split(",") if part.strip()):
        parts = urlsplit(f"//{part}")
        port = parts.port  # a ValueError when it is no number
        if not parts.hostname or part != parts.netloc or "@" in part:
            raise ValueError
        found.append((parts.hostname.rstrip("."), port))
    return tuple(found)


def begins(*prefixes: str) -> AfterValidator:
    def check(secret: SecretStr) -> SecretStr:
        if not secret.get_secret_value().startswith(prefixes):
            raise ValueError
        return secret

    return AfterValidator(check)


def lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text
