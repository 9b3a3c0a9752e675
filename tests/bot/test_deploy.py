"""What docs/deploy says fits the code: names of settings, paths, ports, and that nothing runs with rights it does not need."""

import re
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import yaml

from bot.settings import Settings, names

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
SETTING = re.compile(r"\b((?:PERFLOOP|SLACK)_[A-Z_]+)\b")


def unit() -> ConfigParser:
    class Several(dict[str, Any]):
        """systemd takes a key more than once; of those the values are joined."""

        def __setitem__(self, key: str, value: Any) -> None:
            if isinstance(value, list) and isinstance(self.get(key), list):
                self[key].extend(value)
            else:
                super().__setitem__(key, value)

    parser = ConfigParser(strict=False, interpolation=None, dict_type=Several)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / "perfloop.service", encoding="utf-8")
    return parser


def test_every_setting_that_is_named_is_one() -> None:
    for file in sorted(DEPLOY.iterdir()):
        named = set(SETTING.findall(file.read_text(encoding="utf-8")))
        assert named <= set(names()), file.name


def test_the_image_copies_what_the_bot_is_made_of_and_nothing_else() -> None:
    copied = {
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M)
        for source in line.split()[:-1]
    }
    assert {"bot", "flows", "storage", "manifest.yml", "requirements.txt", "pyproject.toml"} <= copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    assert copied == {line[1:] for line in ignored.splitlines() if line.startswith("!")}


def test_the_image_runs_without_rights_and_installs_only_what_is_locked() -> None:
    assert re.search(r"^USER perfloop$", DOCKERFILE, re.M)
    assert "--require-hashes -r requirements.txt" in DOCKERFILE
    assert "/healthz" in DOCKERFILE
    environment = dict(re.findall(r"(PERFLOOP_[A-Z_]+)=(\S+)", DOCKERFILE))
    settings = Settings.read(environment)
    assert (settings.host, settings.port) == ("0.0.0.0", 3000)  # noqa: S104 (inside the container)
    assert str(settings.keys) == "/data/keys"


def test_everything_of_the_compose_file_is_closed_and_read_only() -> None:
    for name, service in COMPOSE["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == "unless-stopped", name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name
    build = COMPOSE["services"]["perfloop"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).exists()


def test_the_unit_starts_the_bot_as_nobody_in_particular() -> None:
    service = unit()["Service"]
    assert service["ExecStart"].endswith("/.venv/bin/perfloop serve")
    assert service["User"] == "perfloop"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    head = (DEPLOY / "perfloop.service").read_text(encoding="utf-8").partition("[Unit]")[0]
    settings = Settings.read(dict(re.findall(r"(PERFLOOP_[A-Z_]+)=(\S+)", head)))
    database, keys = (f"/var/lib/{name}" for name in service["StateDirectory"].split())
    assert f"{database}/" in settings.database_url
    assert str(settings.keys) == keys  # beside the database whoever copies both could read the answers
    assert f"install -d -o perfloop -g perfloop -m 0700 {database} {keys}" in head


def test_the_commands_beside_the_service_have_its_user_its_settings_and_its_program() -> None:
    service, script = unit()["Service"], (DEPLOY / "perfloop.sh").read_text(encoding="utf-8")
    program = service["ExecStart"].removesuffix(" serve")
    assert f'runuser -u {service["User"]} -- {program} "$@"' in script
    assert f". {service['EnvironmentFile']}\n" in script
    place = "/usr/local/bin/perfloop"
    assert place in (DEPLOY / "perfloop.service").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "backup.md").read_text(encoding="utf-8")
    assert page.count(f"ExecStart={place} backup") == 2
