"""The rules of the house that a program can check: who imports whom, names, what stays out."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ("bot", "storage", "flows")

# What each folder may import of the house and, for the pure one, of the world.
MAY_IMPORT = {"flows": {"flows"}, "storage": {"flows", "storage"}, "bot": set(HOUSE)}
PURE = {
    "dateutil",
    "holidays",
    "simpleeval",
    "yaml",
}  # a text into nodes, nodes into a number: nothing besides

CLOCK = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    *(("time", name) for name in ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter")),
}  # fmt: skip
# Names that say nothing. A manager is a person here, so only classes may not be called so.
EMPTY_NAMES = re.compile(r"(^|_)((handlers?|helpers?|utils?|data|info)(_|$)|process_)", re.IGNORECASE)
EMPTY_CLASSES = re.compile(r"(Manager|Handler|Helper|Utils?|Processor|Data|Info)$")
# Names that SQLAlchemy and Slack gave.
THEIRS = re.compile(r"process_(bind_param|result_value)|(bots|conversations|dnd|files|team|users)_info")
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|PRAGMA|WITH)\s+\w", re.ASCII)

Complaints = Iterator[str]


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def modules(*folders: str) -> list[Path]:
    return [module for folder in folders for module in sorted((ROOT / folder).rglob("*.py"))]


def imported(module: Path) -> Iterator[tuple[str, int]]:
    """Every module that is imported, also inside a function or for types alone, with its line."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative imports hide where a thing comes from"
            yield node.module or "", node.lineno


def calls(module: Path) -> Iterator[tuple[str, str, int]]:
    """Every mention of `left.right`, with its line."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr, node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", name.name, node.lineno) for name in node.names)


def import_direction(module: Path) -> Complaints:
    folder = module.relative_to(ROOT).parts[0]
    for name, line in imported(module):
        top = name.partition(".")[0]
        if top in HOUSE and top not in MAY_IMPORT[folder]:
            yield f"{line}: {folder} imports {name}"
        if folder == "flows" and top not in {"flows", *PURE, *sys.stdlib_module_names}:
            yield f"{line}: flows is pure, but imports {name}"


def purity(module: Path) -> Complaints:
    """Flows reach nothing outside: no network, file, process, thread, chance or log."""
    outside = {
        "asyncio",
        "logging",
        "os",
        "random",
        "secrets",
        "socket",
        "sqlite3",
        "subprocess",
        "threading",
        "urllib",
    }
    if module.relative_to(ROOT).parts[0] == "flows":
        for name, line in imported(module):
            if name.partition(".")[0] in outside and name != "urllib.parse":
                yield f"{line}: flows is pure, but imports {name}"
        for node in ast.walk(tree(module)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("open", "input")
            ):
                yield f"{node.lineno}: flows is pure, but calls {node.func.id}()"


def docstring(module: Path) -> Complaints:
    """A module begins with one sentence, on one line, that says what it is for."""
    first = (ast.get_docstring(tree(module)) or "").partition("\n")[0]
    if tree(module).body and not re.match(r"[A-Z`].+[.!?]( |$)", first):
        yield f"1: does not begin with a sentence: {first!r}"


def length(module: Path) -> Complaints:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    if lines > 250:
        yield f"{lines}: longer than 250 lines"


def clock(module: Path) -> Complaints:
    if module != ROOT / "bot" / "clock.py":
        for left, right, line in calls(module):
            if (left, right) in CLOCK:
                yield f"{line}: {left}.{right} reads the clock, which is bot/clock.py's to do"


def environment(module: Path) -> Complaints:
    if module != ROOT / "bot" / "settings.py":
        for left, right, line in calls(module):
            if left == "os" and right in ("environ", "environb", "getenv", "putenv"):
                yield f"{line}: os.{right} reads the environment, which is bot/settings.py's to do"


def printing(module: Path) -> Complaints:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield f"{node.lineno}: print"


def naming(module: Path) -> Complaints:
    if EMPTY_NAMES.search(module.stem):
        yield f"1: {module.stem} says nothing as a module's name"
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ClassDef) and EMPTY_CLASSES.search(node.name):
            yield f"{node.lineno}: class {node.name}"
        defined = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if defined and EMPTY_NAMES.search(node.name) and not THEIRS.fullmatch(node.name):
            yield f"{node.lineno}: def {node.name}"


def tables_stay_home(module: Path) -> Complaints:
    """Rows and SQL are the storage's own; a bench holds the storage against the bare database, so it knows it, too."""
    if module.relative_to(ROOT).parts[0] != "storage" and module.parent != ROOT / "bot" / "bench":
        for name, line in imported(module):
            if name.partition(".")[0] in ("sqlmodel", "sqlite3", "psycopg", "alembic") or name.startswith(
                "storage.tables"
            ):
                yield f"{line}: imports {name}"
            if name.partition(".")[0] == "sqlalchemy" and name != "sqlalchemy.exc":
                yield f"{line}: imports {name}"
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
                yield f"{node.lineno}: SQL"


def made_up_sql(module: Path) -> Complaints:
    """SQL is never put together from strings: what a person wrote could become a part of it."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            pieces = (ast.JoinedStr, ast.BinOp)
            if name in ("text", "exec_driver_sql") and node.args and isinstance(node.args[0], pieces):
                yield f"{node.lineno}: {name}() of a string that is put together"


def globals_are_constants(module: Path) -> Complaints:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Global):
            yield f"{node.lineno}: global {', '.join(node.names)}"


RULES: list[Callable[[Path], Complaints]] = [
    import_direction, purity, docstring, length, clock, environment, printing, naming, tables_stay_home,
    made_up_sql, globals_are_constants,
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Callable[[Path], Complaints]) -> None:
    looked_at = modules(*HOUSE)
    assert len(looked_at) > 30
    found = [f"{module.relative_to(ROOT)}:{words}" for module in looked_at for words in rule(module)]
    assert not found, "\n".join(["", *found])


BAD = '''import bot.settings
from datetime import datetime
import os
import sqlmodel
def process_data():
    global x
    print(datetime.now(), os.environ, "SELECT 1 FROM people")
    text(f"DELETE FROM {x}")
class RowManager: ...
''' + "\n" * 250  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_would_notice(
    rule: Callable[[Path], Complaints], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "bad.py").write_text(BAD)
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    assert list(rule(tmp_path / "flows" / "bad.py"))


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {module.parent for module in modules(*HOUSE) if "versions" not in module.parts}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


# Chance, waiting, patching and the machine's own time make a test that fails on some days, or never.
DISHONEST = {("mock", "patch"), ("unittest", "mock"), ("time", "sleep"), *CLOCK}


def dishonesty(module: Path) -> Complaints:
    for left, right, line in calls(module):
        if (left, right) in DISHONEST:
            yield f"{line}: {left}.{right}"
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and re.fullmatch(
            r"asyncio\.sleep\((?!0\)).*", ast.unparse(node), re.DOTALL
        ):
            yield f"{node.lineno}: {ast.unparse(node)}"


def test_tests_are_honest() -> None:
    found = [f"{file.relative_to(ROOT)}:{words}" for file in modules("tests") for words in dishonesty(file)]
    assert not found, "\n".join(["", *found])


def test_dishonesty_would_be_noticed(tmp_path: Path) -> None:
    module = tmp_path / "test_bad.py"
    module.write_text(
        "from unittest import mock\nmock.patch('x')\nawait_ = asyncio.sleep(0.1)\nasyncio.sleep(0)\n"
    )
    assert [words.partition(":")[0] for words in dishonesty(module)] == ["1", "2", "3"]
