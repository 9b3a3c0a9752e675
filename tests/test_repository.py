"""The repository around the code: what it installs, what it says to type, and what stands in no file."""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def texts() -> Iterator[tuple[Path, str]]:
    """Every text file of the repository."""
    for file in sorted(ROOT.rglob("*")):
        parts = file.relative_to(ROOT).parts
        hidden = any((part.startswith(".") and part != ".ci") or part.endswith(".egg-info") for part in parts)
        if file.is_file() and not hidden and file.suffix not in (".png", ".db", ".pyc", ".ttf", ".woff2"):
            yield file.relative_to(ROOT), file.read_text(encoding="utf-8", errors="replace")


def test_nothing_names_a_package_index_or_somebodys_machine() -> None:
    hosts = [
        r"py" r"pi\.org",
        r"python" r"hosted\.org",
        r"npm" r"js\.",
        r"--(extra-)?" r"index-url",
        r"--find" r"-links",
    ]
    places = [r"(?<![\w.])/(work|root|tmp|home)" r"/\w", r"[A-Z]:\\\\?" r"Users"]
    forbidden = re.compile("|".join(hosts + places))
    found = [f"{file}: {hit.group()}" for file, text in texts() for hit in forbidden.finditer(text)]
    assert found == []


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Every locked package, with its version and its number of hashes."""
    entries = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    pins = (re.match(r"([\w.-]+)(?:\[\S+\])?==(\S+)", entry) for entry in entries)
    return {
        canonicalize_name(pin[1]): (pin[2], entry.count("--hash=sha256:"))
        for pin, entry in zip(pins, entries, strict=True)
        if pin
    }


def test_what_is_locked_is_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    run, test = locked("requirements.txt"), locked("requirements-test.txt")
    for wanted, lock in (
        (project["dependencies"] + extras["build"], run),
        (project["dependencies"] + extras["build"] + extras["test"], test),
    ):
        for requirement in map(Requirement, wanted):
            version, _ = lock[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"
        assert [name for name, (_, hashes) in lock.items() if not hashes] == []
    assert {name: test[name] for name in run} == run


def line_after(mark: str) -> str:
    """The command that the README shows under a mark: the one line of the block that follows."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"<!-- {mark} -->\n```sh\n(.*?)\n```", text, re.DOTALL)
    assert "\n" not in block
    return str(block)


@pytest.mark.parametrize(
    ("mark", "lock", "ending"),
    [
        ("try", "requirements.txt", "perfloop try"),
        ("test", "requirements-test.txt", "-m pytest -n auto --dist loadfile"),
    ],
)
def test_the_readme_has_one_line_that_sets_up_and_starts(mark: str, lock: str, ending: str) -> None:
    line = line_after(mark)
    assert f"install -q --require-hashes -r {lock} &&" in line
    assert line.endswith(ending)


def test_ci_runs_the_readmes_test_line() -> None:
    script = ROOT / ".ci" / "run"
    text = script.read_text(encoding="utf-8")
    assert "<!-- test -->" in text
    assert "pytest" not in re.sub("#.*", "", text), "CI has a line of its own"
    assert os.access(script, os.X_OK)


def test_what_the_documentation_links_to_is_there() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    ]
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []
