"""What a formula may be written with: its words and signs are looked at before Python's grammar sees them."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from difflib import get_close_matches

from flows.core.refusal import Refusal
from flows.core.words import Words, same

LONGEST = 500  # characters
DEEPEST = 20  # brackets
TALLEST = 100  # levels of the tree: a sum of a hundred parts has as many
LARGEST = 10**9
CALLS = ("weighted", "has", "or_else", "min", "max", "round", "clip")
OF_PYTHON = frozenset({"if", "else", "and", "or", "not"})

# As people type them in Chinese, and as they stand in books.
TYPED = str.maketrans("（），。×÷−－＋≥≤＜＞＝", "(),.*/--+≥≤<>=")
TOKEN = re.compile(
    r"(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?![\w.]))|(?P<name>[A-Za-z_]\w*)|(?P<sign><=|>=|==|!=|[-+*/(),<>])"
    r"|(?P<gap>\s+)|(?P<other>\*\*|//|\d[\w.]*|.)",
    re.ASCII | re.DOTALL,
)
POWER = re.compile(r"\*\s*\*|/\s*/")

HOW = Words(
    "A formula is made of numbers, the components' names, + − * / ( ), comparisons, `… if … else …`, and, or, not, "
    "and {calls}.",
    "公式可以包含数字、组成项名称、+ − * / ( )、比较、`… if … else …`、and、or、not，以及 {calls}。",
).fill(calls=", ".join(f"{name}()" for name in CALLS))


def parsed(text: str, names: Collection[str]) -> ast.expr:
    """The formula as a tree of nothing but what is known; a Refusal says what is wrong in it and what to change."""
    plain = text.translate(TYPED).replace("≥", ">=").replace("≤", "<=")
    if len(plain) > LONGEST:
        raise Refusal(
            "The formula has {n} characters: at most {most} can be kept apart by a reader.",
            "公式有 {n} 个字符，最多 {most} 个，请精简。",
            n=len(plain), most=LONGEST,
        )  # fmt: skip
    if not plain.strip():
        raise Refusal(
            "The formula is empty: write it, or take the line out.", "公式为空：请填写，或删除这一行。"
        )
    _look(plain, names)
    try:
        tree = ast.parse(" ".join(plain.split()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Refusal(_unreadable(plain)) from None
    if _deeper_than(tree, TALLEST):
        raise Refusal(TOO_DEEP)
    return tree


TOO_DEEP = Words(
    f"The formula is nested more than {DEEPEST} deep: write it in fewer brackets.",
    f"公式嵌套超过 {DEEPEST} 层：请减少括号。",
)


def _look(text: str, names: Collection[str]) -> None:
    """Word by word: nothing goes on to the grammar that a formula is not made of."""
    if POWER.search(text):
        raise Refusal(
            "`**` and `//` are not known in a formula: write `x * x` for a square, and `/` to divide.",
            "公式不支持 `**` 和 `//`：平方请写 `x * x`，除法请写 `/`。",
        )
    depth = 0
    for token in TOKEN.finditer(text):
        word = token.group()
        if token.lastgroup == "other":
            raise Refusal(_not_known(word))
        if token.lastgroup == "number" and float(word) > LARGEST:
            raise Refusal(
                "{word} is too large: scores are from 0 to some hundred.",
                "{word} 太大：得分一般在 0 到几百之间。",
                word=word[:20],
            )
        if token.lastgroup == "name" and word not in OF_PYTHON:
            called = text[token.end() :].lstrip().startswith("(")
            _is_known(word, called, names)
        depth += {"(": 1, ")": -1}.get(word, 0)
        if depth > DEEPEST:
            raise Refusal(TOO_DEEP)


def _is_known(word: str, called: bool, names: Collection[str]) -> None:
    known: list[str] = list(CALLS) if called else [written(name) for name in names]
    if word in known:
        return
    if not called and word in CALLS:
        raise Refusal("`{word}` needs brackets: `{word}(…)`.", "`{word}` 需要括号：`{word}(…)`。", word=word)
    if called and word in [written(name) for name in names]:
        raise Refusal(
            "`{word}` is a component and can't be called: put `*` between it and the bracket.",
            "`{word}` 是组成项，不能当函数使用：请在它与括号之间加上 `*`。",
            word=word,
        )
    short = word[:40]
    meant = get_close_matches(short.casefold(), known, 1, 0.7)
    meant = meant or [name for name in known if name.startswith(f"{short}_")]  # what stood before a hyphen
    if meant:
        raise Refusal(
            "`{word}` is not known here: did you mean `{right}`?",
            "无法识别 `{word}`：是否想写 `{right}`？",
            word=short,
            right=meant[0],
        )
    if called:
        raise Refusal(
            "`{word}` can't be called in a formula. There are: {known}.", "公式中不能使用 `{word}()`，可用的有：{known}。",
            word=short, known=", ".join(f"{name}()" for name in known),
        )  # fmt: skip
    raise Refusal(
        "`{word}` is not a component of this template. There are: {known}.",
        "`{word}` 不是本模板的组成项，可用的有：{known}。",
        word=short, known=", ".join(known) or "–",
    )  # fmt: skip


def written(name: str) -> str:
    """A component's name as a formula writes it, where a hyphen would be a minus."""
    return name.replace("-", "_")


def _not_known(word: str) -> Words:
    if word == "%":
        return Words("`%` is not known in a formula: write 0.6 for 60 %.", "公式不支持 `%`：60% 请写作 0.6。")
    if word == "=":
        return Words(
            "`=` is not known in a formula: compare with `==`, and write only what the result is.",
            "公式不支持 `=`：比较请用 `==`，并且只写结果的算式。",
        )
    return (
        Words("`{word}` can't stand in a formula. ", "公式中不能出现 `{word}`。").fill(word=word[:20]) + HOW
    )


def _unreadable(text: str) -> Words:
    if text.count("(") != text.count(")"):
        return Words(
            "The brackets don't match: {opened} are opened and {closed} closed.",
            "括号不匹配：左括号 {opened} 个，右括号 {closed} 个。",
        ).fill(opened=text.count("("), closed=text.count(")"))
    return (
        Words(
            "The formula can't be read: something is missing between two of its parts. ",
            "公式无法识别：两个部分之间似乎缺少内容。",
        )
        + HOW
    )


def _deeper_than(tree: ast.AST, most: int) -> bool:
    """Whether the tree has more levels; without recursion, because it is not known yet that it is small."""
    level: list[ast.AST] = [tree]
    for _ in range(most):
        level = [
            child for node in level for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)
        ]
        if not level:
            return False
    return True


def listed(names: Collection[str]) -> Words:
    """Names of components, as a formula writes them."""
    return same(", ".join(f"`{written(name)}`" for name in names))
