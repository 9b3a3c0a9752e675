"""What bad input is made of: texts that try to ping, hide, reorder, overflow or break, and odd JSON."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

TEXTS = (
    "",
    " ",
    "\n\n",
    "<!channel> <!here> <!everyone>",
    "<@U12345678> <#C12345678|general> <!subteam^S1>",
    "<https://evil.example|HR portal>",
    "<!date^1^{date}|now>",
    "https://evil.example/?a=b&c=d",
    "*bold* _it_ ~no~ `code` ```block```\n> quote\n• list",
    "&lt;!channel&gt; &amp;lt;",
    "\u202ereversed\u202c \u2066isolated\u2069",
    "zero\u200bwidth\u2060joined\ufeff",
    "nul\x00bell\x07escape\x1b[31m",
    "half \ud800 and \udfff",
    "👩‍👩‍👧‍👦 e\u0301 ﷽",
    "=cmd|'/c calc'!A1",
    "'; DROP TABLE person; --",
    "{0.__class__} {name} %s %n",
    "一" * 4001,
    "<" * 3000,
    "😀" * 3000,
    "word " * 2400,
)

texts = st.one_of(
    st.integers(0, len(TEXTS) - 1).map(TEXTS.__getitem__),  # by number: a failure would print them all
    st.text(st.characters(codec=None), max_size=60),
    st.builds(
        lambda part, n: part * n,
        st.text(st.characters(codec=None), min_size=1, max_size=3),
        st.integers(1, 4500),
    ),
)

scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12))
anything = st.recursive(
    scalars, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


def damaged(payload: Any, places: list[tuple[Any, ...]], put: Any) -> Any:
    """The payload with `put` at each of the places (paths of keys)."""
    for path in places:
        payload = _put(payload, path, put)
    return payload


def _put(value: Any, path: tuple[Any, ...], put: Any) -> Any:
    if not path:
        return put
    if isinstance(value, dict) and path[0] in value:
        return {**value, path[0]: _put(value[path[0]], path[1:], put)}
    if isinstance(value, list) and isinstance(path[0], int) and path[0] < len(value):
        return [*value[: path[0]], _put(value[path[0]], path[1:], put), *value[path[0] + 1 :]]
    return value


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, as a path of keys."""
    found = [at] if at else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        found += places(part, (*at, key))
    return found
