"""YAML as plain parts, each with its line: no aliases, no tags, no doubled keys, no more than a template needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from flows.core.words import Words

MOST = 100_000  # characters: the longest template that comes along has a fifth of it
DEEPEST = 12
YAML = "tag:yaml.org,2002:"
PLAIN = {YAML + kind for kind in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")}

Problems = list[tuple[int, Words]]
"""What is wrong: the line, counted from 1, and what to change there."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of the file under its `key`; in a list, the list's own.

    `line` is the key's, or that of the item. `value` is a text as it was written ("no" stays "no"), a tuple of
    parts, or parts by key.
    """

    line: int
    key: str
    value: str | tuple[Part, ...] | Mapping[str, Part]


def parts_of(text: str) -> tuple[Part | None, Problems]:
    """The whole of a YAML text as one part, with what is wrong in it as YAML; None when it can't be read at all."""
    problems: Problems = []
    if len(text) > MOST:
        return None, [(1, TOO_LONG.fill(n=f"{len(text):,}", most=f"{MOST:,}"))]
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except _Unwanted as unwanted:
        return None, [(unwanted.line, unwanted.words)]
    except yaml.reader.ReaderError as sign:
        return None, [(text.count("\n", 0, sign.position) + 1, BAD_SIGN)]
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        return None, [((mark.line if mark else 0) + 1, _in_words(wrong))]
    except (ValueError, OverflowError):  # an escape such as "\UFFFFFFFF", a %YAML of a thousand digits
        return None, [((loader.get_mark().line if loader else 0) + 1, BAD_SIGN)]
    if node is None:
        return None, [(1, EMPTY)]
    return _part(node, node.start_mark.line + 1, "", problems), problems


class _Unwanted(Exception):
    """Good YAML that no template needs."""

    def __init__(self, line: int, words: Words) -> None:
        super().__init__(words.en)
        self.line, self.words = line, words


class _Loader(yaml.SafeLoader):
    """Stops at the first alias and at depths that only an attack has, before either costs anything."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise _Unwanted(line, ALIAS)
        if self.depth >= DEEPEST:
            raise _Unwanted(line, TOO_DEEP)
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _part(node: yaml.Node, line: int, key: str, problems: Problems) -> Part:
    if isinstance(node, yaml.MappingNode):
        return Part(line, key, _by_key(node, problems))
    if isinstance(node, yaml.SequenceNode):
        items = (_part(item, item.start_mark.line + 1, key, problems) for item in node.value)
        return Part(line, key, tuple(items))
    if node.tag not in PLAIN:
        problems.append((line, TAG.fill(tag=node.tag.replace(YAML, "!!")[:60])))
    empty = node.tag == f"{YAML}null"
    return Part(line, key, "" if empty else str(node.value))


def _by_key(node: yaml.MappingNode, problems: Problems) -> dict[str, Part]:
    found: dict[str, Part] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            problems.append((line, ODD_KEY))
        elif key.value in found:
            problems.append((line, TWICE.fill(key=key.value[:60], line=found[key.value].line)))
        else:
            found[key.value] = _part(value, line, key.value, problems)
    return found


def _in_words(wrong: yaml.MarkedYAMLError) -> Words:
    said = str(wrong.problem or wrong.context or "")
    if "'\\t'" in said:
        return TAB
    if "mapping values are not allowed" in said:
        return COLON
    if "single document" in str(wrong.context):
        return ONE_ONLY
    return NOT_YAML.fill(said=said)


TOO_LONG = Words(
    "The file has {n} characters: a template has at most {most}, so please shorten it.",
    "文件共 {n} 个字符，模板最多 {most} 个，请精简。",
)
BAD_SIGN = Words(
    "There is a sign here that no text can hold: take it out, and save the file as UTF-8.",
    "这里有无法识别的字符：请删除，并将文件保存为 UTF-8 编码。",
)
EMPTY = Words(
    "The file is empty: start from one that `perfloop template show` prints.",
    "文件是空的：可以从 `perfloop template show` 输出的模板开始。",
)
ALIAS = Words(
    "An alias (*) stands here: write out what it stands for; steps of a rating can be named once under `ratings`.",
    "这里使用了别名（*）：请直接写出内容；评分等级可以在 ratings 下统一定义。",
)
TOO_DEEP = Words(
    "This is nested deeper than any template: check the brackets and the indentation.",
    "嵌套层数过多：请检查括号和缩进。",
)
TAG = Words("Take {tag} away: a template has plain values only.", "请去掉 {tag}：模板中只能使用普通的值。")
ODD_KEY = Words(
    "A key is a plain word here: check the brackets and the colon.", "键必须是普通的词：请检查括号和冒号。"
)
TWICE = Words(
    "`{key}` stands here for the second time, after line {line}: keep one of them.",
    "`{key}` 在第 {line} 行已经写过：请只保留一处。",
)
TAB = Words("Indent with spaces here instead of a tab.", "请用空格代替 Tab 缩进。")
COLON = Words(
    "A colon stands here where none is expected: check the indentation, and put a text with a colon into quotes.",
    "此处不应出现冒号：请检查缩进；如果文字里含有冒号，请加上引号。",
)
ONE_ONLY = Words(
    "A second document begins here: take the line --- out and write one template a file.",
    "这里开始了第二个文档：请删除 --- 行，每个文件只写一个模板。",
)
NOT_YAML = Words(
    "This can't be read as YAML ({said}): check the indentation, the colons after keys and the quotes.",
    "无法按 YAML 解析（{said}）：请检查缩进、键后的冒号和引号。",
)
