"""The environment variables toban reads."""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationInfo
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.audit.key import LEAST
from bot.config.mistakes import Mistake
from bot.config.rotation import EXPIRES
from bot.grammar.suggest import nearest
from bot.words import Words, words

OURS = "TOBAN_"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ALIKE = 0.85  # as much as a slip of the finger leaves; TOBAN_PORT may be anybody's


def _bot_token(token: SecretStr) -> SecretStr:
    _begins(SecretStr(token.get_secret_value().removeprefix(EXPIRES)), "xoxb-")
    return token


def _refresh_token(token: SecretStr) -> SecretStr:
    return _begins(token, "xoxe-")


def _app_token(token: SecretStr) -> SecretStr:
    return _begins(token, "xapp-")


def _signing_secret(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if text.startswith(("xoxb-", "xapp-")) or len(text) < 16 or not text.isalnum() or not text.isascii():
        raise Mistake(words("it must be the app's Signing Secret: letters and digits, no token."))
    return secret


def _begins(token: SecretStr, start: str) -> SecretStr:
    text = token.get_secret_value()
    if not text.startswith(start) or len(text) == len(start) or not text.isprintable() or " " in text:
        raise Mistake(words("it must be a token that begins with “{start}”.", start=start))
    return token


def _api_url(url: str) -> str:
    """Slack's, or one on this machine for a local workspace: a token never travels in the open."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not host or not safe or parts.query or parts.fragment or "@" in parts.netloc:
        raise Mistake(words("it must be an https address, or http on this machine (127.0.0.1)."))
    return f"{url.rstrip('/')}/"


def database_url(url: str) -> str:
    """The address of a database, if it can be one.  Raises Mistake."""
    try:
        database = make_url(url)
    except (ArgumentError, ValueError):
        raise Mistake(words("it must be an address such as “sqlite:///var/toban.db”.")) from None
    if database.get_backend_name() in ("postgres", "postgresql"):
        return _server(url, database)
    if database.get_backend_name() != "sqlite":
        raise Mistake(
            words(
                "the state is kept in SQLite, “sqlite:///var/toban.db”, or in PostgreSQL, “{server}”.",
                server=_SERVER,
            )
        )
    if database.database in (None, "", ":memory:"):
        raise Mistake(
            words("the state must outlive the process: name a file, such as “sqlite:///var/toban.db”.")
        )
    return url


_SERVER = "postgresql+psycopg://toban:…@db.example.com/toban"


def _server(url: str, database: URL) -> str:
    if database.drivername != "postgresql+psycopg" or not database.database:
        raise Mistake(words("of a PostgreSQL it must be like “{server}”.", server=_SERVER))
    if find_spec("psycopg") is None:
        raise Mistake(words("the driver for PostgreSQL is not installed: pip install 'toban[postgres]'."))
    return url


def _audit_key(key: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
    if key is None and info.data.get("toban_database_url", "").startswith("postgresql"):
        raise Mistake(
            words("who shares a PostgreSQL shares the key of its audit log: set it, the same everywhere.")
        )
    if key is not None and len(key.get_secret_value().strip().encode()) < LEAST:
        raise Mistake(words("it needs at least {n} characters.", n=LEAST))
    return key


def _typed(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if not text.isascii() or not text.isprintable():  # the protocol has no other letters (RFC 4954)
        raise Mistake(words("it must be of letters, digits and signs of ASCII only."))
    return secret


def _both(password: SecretStr, info: ValidationInfo) -> SecretStr:
    user: SecretStr = info.data.get("toban_smtp_user", SecretStr(""))
    if bool(user.get_secret_value()) != bool(password.get_secret_value()):
        raise Mistake(words("a mail server wants TOBAN_SMTP_USER and TOBAN_SMTP_PASSWORD, or neither."))
    return password


class Environment(BaseModel):
    """What the variables say, handed in by `given`; the field's name in capitals is the variable's."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    slack_bot_token: Annotated[SecretStr, AfterValidator(_bot_token)]
    slack_bot_token_file: Path | None = None
    slack_refresh_token: Annotated[SecretStr, AfterValidator(_refresh_token)] = SecretStr("")
    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    slack_app_token: Annotated[SecretStr, AfterValidator(_app_token)] = SecretStr("")
    slack_signing_secret: Annotated[SecretStr, AfterValidator(_signing_secret)] = SecretStr("")
    slack_api_url: Annotated[str, AfterValidator(_api_url)] = "https://slack.com/api/"
    toban_database_url: Annotated[str, AfterValidator(database_url)] = "sqlite:///var/toban.db"
    toban_config: str = "toban.toml"
    toban_audit_key: Annotated[SecretStr | None, AfterValidator(_audit_key)] = Field(
        None, validate_default=True
    )
    toban_smtp_user: Annotated[SecretStr, AfterValidator(_typed)] = SecretStr("")
    toban_smtp_password: Annotated[SecretStr, AfterValidator(_typed), AfterValidator(_both)] = Field(
        SecretStr(""), validate_default=True
    )


class WithoutSlack(Environment):
    """The same for who only looks, and speaks no Slack: what is said about it is neither needed nor read."""

    slack_bot_token: SecretStr = SecretStr("")


class WithoutSocket(Environment):
    """The same for who speaks to Slack and does not listen: by which way Slack comes does not matter."""


def given(environ: Mapping[str, str], kind: type[Environment] = Environment) -> dict[str, str]:
    """The variables that are ours, by field; an empty one counts as not set."""
    return {
        name: environ[name.upper()].strip()
        for name in kind.model_fields
        if environ.get(name.upper(), "").strip() and not (kind is WithoutSlack and name.startswith("slack_"))
    }


def config_file(environ: Mapping[str, str]) -> Path:
    """Where the config file is, whatever else is wrong."""
    default: str = Environment.model_fields["toban_config"].default
    return Path(environ.get("TOBAN_CONFIG", "").strip() or default)


def place(keys: tuple[str, ...]) -> Words:
    """The variable's name, and where its value comes from."""
    match keys[0]:
        case "slack_bot_token":
            return words(
                "SLACK_BOT_TOKEN (environment; the Bot User OAuth Token,"
                " from the app's page OAuth & Permissions)"
            )
        case "slack_app_token":
            return words(
                "SLACK_APP_TOKEN (environment; an app-level token with connections:write,"
                " from the app's page Basic Information)"
            )
        case "slack_signing_secret":
            return words(
                "SLACK_SIGNING_SECRET (environment; the Signing Secret,"
                " from the app's page Basic Information)"
            )
        case name:
            return words("{name} (environment)", name=name.upper())


def misspelt(environ: Mapping[str, str]) -> Iterator[Words]:
    """Variables that are nearly ours: a slip there would silently mean the default."""
    known = tuple(name.upper() for name in Environment.model_fields)
    for name in sorted(environ):
        if name.startswith((OURS, "SLACK_")) and name not in known:
            for near in nearest(name, known, _ALIKE)[:1]:
                yield words(
                    "{name} (environment) is no setting of toban. Did you mean {near}?", name=name, near=near
                )
