"""The verifier in front of everything: nothing unsigned, outdated or malformed gets any further. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

WINDOW = 300  # seconds, past and future (docs.slack.dev, verifying-requests-from-slack)
LARGEST = 1_048_576  # bytes; Slack's views are at most 250 kB
REASONS = {400: "bad request\n", 401: "unauthorised\n", 413: "too large\n"}


class Unacceptable(Exception):
    """A request that is not taken; `status` is the HTTP status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(REASONS[status])
        self.status = status


def check(headers: Mapping[str, str], body: bytes, secret: bytes, now: datetime) -> None:
    """Raise `Unacceptable(401)` unless Slack signed this body within the last 300 s."""
    stamp, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not re.fullmatch(r"[0-9]{9,11}", stamp) or abs(now.timestamp() - int(stamp)) > WINDOW:
        raise Unacceptable(401)
    base = b"v0:" + stamp.encode() + b":" + body
    expected = "v0=" + hmac.new(secret, base, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogateescape")):
        raise Unacceptable(401)


def parse(content_type: str, body: bytes) -> dict[str, Any]:
    """The payload as a dictionary: an event's JSON, an interaction's `payload`, or a command's fields.

    Raises `Unacceptable(400)` for anything that is not UTF-8, not JSON where JSON is due, or not an object.
    """
    try:
        text = body.decode()
        if content_type.startswith("application/json"):
            found = json.loads(text)
        else:
            form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=200))
            found = json.loads(form["payload"]) if "payload" in form else form
    except (ValueError, RecursionError):
        raise Unacceptable(400) from None
    if not isinstance(found, dict) or not found:
        raise Unacceptable(400)
    return found
