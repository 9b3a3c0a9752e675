"""What the operator sets in the environment, read once and checked, with a remedy for whatever is wrong."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.setting_kinds import all_emails, begins, database, emails, hosts, lower, web_address, zone

OURS = "PERFLOOP_"
LEAST_CONNECTIONS = 2  # one for what people do, one for what time brings
WayIn = Literal["http", "socket"]


class BadSettings(Exception):
    """A setting is missing or malformed; one line for each names it and says what it must be."""


class Settings(BaseSettings):
    """Every setting. A description completes "… must be"; the README's table has the same names."""

    model_config = SettingsConfigDict(
        frozen=True,
        case_sensitive=True,
        env_ignore_empty=True,  # `NAME=` in an env file means "not set"
        populate_by_name=True,
        str_strip_whitespace=True,
        hide_input_in_errors=True,
    )

    bot_token: Annotated[SecretStr, begins("xoxb-", "xoxe.xoxb-")] | None = Field(
        None,
        validation_alias="SLACK_BOT_TOKEN",
        description="the bot token, which begins with xoxb- (your Slack app, OAuth & Permissions)",
    )
    signing_secret: SecretStr | None = Field(
        None,
        validation_alias="SLACK_SIGNING_SECRET",
        description="the signing secret (your Slack app, Basic Information)",
    )
    app_token: Annotated[SecretStr, begins("xapp-")] | None = Field(
        None,
        validation_alias="SLACK_APP_TOKEN",
        description="the app-level token, which begins with xapp- (your Slack app, Basic Information)",
    )
    api_url: Annotated[str, AfterValidator(web_address)] = Field(
        "https://slack.com/api/",
        validation_alias="SLACK_API_URL",
        description="the http(s) address of Slack's Web API",
    )
    proxy: Annotated[str, AfterValidator(web_address)] | None = Field(
        None,
        validation_alias="PERFLOOP_PROXY",
        description="the http(s) address of the proxy through which Slack is reached, where there is one",
        repr=False,  # it may hold a password
    )
    database_url: Annotated[str, AfterValidator(database)] = Field(
        "sqlite:///perfloop.db",
        validation_alias="PERFLOOP_DATABASE_URL",
        description="a database address such as sqlite:///perfloop.db or postgresql://user@host/name",
        repr=False,  # it may hold a password
    )
    database_connections: int = Field(
        8,
        validation_alias="PERFLOOP_DATABASE_CONNECTIONS",
        description="how many connections to PostgreSQL one process keeps at most, besides the one it listens on, 2 to 64",
        ge=LEAST_CONNECTIONS,
        le=64,
    )
    keys: Path | None = Field(
        None,
        validation_alias="PERFLOOP_KEYS",
        description="the folder with the keys of anonymous answers, which no backup holds and all replicas share",
    )
    backup_to: str | None = Field(
        None,
        validation_alias="PERFLOOP_BACKUP_TO",
        description="the public key to which backups are encrypted; it begins with age1",
        pattern="^age1",
    )
    hr: Annotated[tuple[str, ...], NoDecode, BeforeValidator(emails), AfterValidator(all_emails)] = Field(
        (),
        validation_alias="PERFLOOP_HR",
        description="the e-mail addresses of HR, separated by commas",
    )
    host: str = Field(
        "127.0.0.1", validation_alias="PERFLOOP_HOST", description="the address to listen on", min_length=1
    )
    port: int = Field(
        3000, validation_alias="PERFLOOP_PORT", description="a port to listen on, 0 to 65535", ge=0, le=65535
    )
    public_url: Annotated[str, AfterValidator(web_address)] | None = Field(
        None,
        validation_alias="PERFLOOP_PUBLIC_URL",
        description="the http(s) address at which people outside reach this bot, for links to external reviewers",
    )
    company_zone: Annotated[str, AfterValidator(zone)] = Field(
        "UTC",
        validation_alias="PERFLOOP_COMPANY_ZONE",
        description="a time zone such as Europe/Berlin, for people whose own is unknown",
    )
    company_language: Annotated[Literal["en", "zh"], BeforeValidator(lower)] = Field(
        "en",
        validation_alias="PERFLOOP_COMPANY_LANGUAGE",
        description="en or zh, for people whose own language is unknown",
    )
    templates: Path | None = Field(
        None,
        validation_alias="PERFLOOP_TEMPLATES",
        description="a folder with cycle templates (*.yml)",
    )
    posts_per_minute: int = Field(
        240,
        validation_alias="PERFLOOP_POSTS_PER_MINUTE",
        description="how many messages a minute the workspace gets at most, 1 or more",
        ge=1,
    )
    settle_seconds: float = Field(
        60,
        validation_alias="PERFLOOP_SETTLE_SECONDS",
        description="how many seconds an unclear delivery rests before it is looked up, 0 or more",
        ge=0,
        allow_inf_nan=False,
    )
    lease_seconds: float = Field(
        120,
        validation_alias="PERFLOOP_LEASE_SECONDS",
        description="how many seconds a message in hand is one replica's, before another takes it for lost, 1 or more",
        ge=1,
        allow_inf_nan=False,
    )
    tick_seconds: float = Field(
        5,
        validation_alias="PERFLOOP_TICK_SECONDS",
        description="how many seconds pass between two looks at what is due, more than 0",
        gt=0,
        allow_inf_nan=False,
    )
    calendar_hosts: Annotated[tuple[tuple[str, int | None], ...], NoDecode, BeforeValidator(hosts)] = Field(
        (),
        validation_alias="PERFLOOP_CALENDAR_HOSTS",
        description="the company's own calendar servers inside its network, as host or host:port, separated by commas",
    )
    metrics_mb: int = Field(
        64,
        validation_alias="PERFLOOP_METRICS_MB",
        description="how many MB one body of metrics may have, 1 to 1024",
        ge=1,
        le=1024,
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(lower)] = Field(
        "info", validation_alias="PERFLOOP_LOG_LEVEL", description="debug, info, warning or error"
    )

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None) -> Self:
        """The settings of `environ`, by default the process's own; BadSettings names what is wrong in it."""
        source = EnvSettingsSource(cls)
        if environ is not None:
            source.env_vars = {name: value for name, value in environ.items() if value}
        values = source()
        try:
            return cls(**values)
        except ValidationError as wrong:
            names = dict.fromkeys(str(error["loc"][0]) for error in wrong.errors())
            raise BadSettings("\n".join(_remedy(name, values) for name in names)) from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (the signature is pydantic's)
        init_settings: PydanticBaseSettingsSource,
        *_: Any,
        **__: Any,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # Only `read` looks at the environment, so that Settings(port=1) in a test means what it says.
        return (init_settings,)

    @property
    def address(self) -> str:
        """Where the bot's own pages are reached, without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    def way_in(self) -> WayIn:
        """How Slack reaches the bot: Socket Mode with an app token, else HTTP with a signing secret.

        With both it is Socket Mode, and HTTP answers health checks only. BadSettings when the bot token is
        missing or both of the others are.
        """
        missing = []
        if self.bot_token is None:
            missing.append(f"SLACK_BOT_TOKEN is missing: set it to {_described('SLACK_BOT_TOKEN')}.")
        if self.app_token is None and self.signing_secret is None:
            missing.append(
                f"SLACK_APP_TOKEN is missing: set it to {_described('SLACK_APP_TOKEN')} for Socket Mode,"
                f" or SLACK_SIGNING_SECRET to {_described('SLACK_SIGNING_SECRET')} for HTTP."
            )
        if missing:
            raise BadSettings("\n".join(missing))
        return "socket" if self.app_token else "http"


def names() -> dict[str, Any]:
    """Every setting's name in the environment, with its field."""
    return {str(field.validation_alias): field for field in Settings.model_fields.values()}


def strangers(environ: Mapping[str, str] | None = None) -> dict[str, str | None]:
    """Names in the environment that look like ours and are none, with the one that was probably meant."""
    known = [name.removeprefix(OURS) for name in names() if name.startswith(OURS)]
    given = sorted(name for name in (os.environ if environ is None else environ) if name.startswith(OURS))
    found = {}
    for name in (name.removeprefix(OURS) for name in given):
        if name not in known:
            meant = get_close_matches(name, known, 1)
            found[OURS + name] = OURS + meant[0] if meant else None
    return found


def _described(name: str) -> str:
    return str(names()[name].description)


def _remedy(name: str, values: Mapping[str, Any]) -> str:
    field = names()[name]
    secret = field.default is None or not field.repr
    shown = "" if secret or name not in values else f" (it is {str(values[name])[:80]!r})"
    return f"{name} must be {field.description}{shown}."
