"""By which way Slack comes: sockets or signed HTTP, one of them, said where both or neither is set."""

from pathlib import Path

import pytest

from bot.config.health import Listen
from bot.config.http import Http
from bot.hush import Hush
from bot.role import Role
from bot.settings import SettingsError, load
from tests.bot.configs import LEAST, TOKENS, Load, loader, mistakes

BY_HTTP = LEAST + '[http]\nurl = "https://toban.example.com"\n'
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
WITHOUT_APP = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET}


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def test_with_the_table_and_the_secret_slack_comes_by_http_to_this_machine_only(config: Load) -> None:
    found = config(BY_HTTP, **WITHOUT_APP)
    assert found.http == Http("https://toban.example.com", Listen("127.0.0.1", 3000))
    assert found.http.request_url == "https://toban.example.com/slack/events"
    assert found.slack_signing_secret.get_secret_value() == SECRET
    assert SECRET not in repr(found)


def test_any_other_address_is_written_explicitly(config: Load) -> None:
    found = config(f'{BY_HTTP}listen = "0.0.0.0:80"\n', **WITHOUT_APP)
    assert found.http is not None
    assert str(found.http.listen) == "0.0.0.0:80"


@pytest.mark.parametrize(
    "url",
    [
        "https://toban.example.com",
        "https://toban.example.com/",
        "https://toban.example.com/slack/events",
        "https://toban.example.com/slack/events/",
    ],
)
def test_the_address_may_be_pasted_whole(config: Load, url: str) -> None:
    found = config(f'{LEAST}[http]\nurl = "{url}"\n', **WITHOUT_APP)
    assert found.http is not None
    assert found.http.url == "https://toban.example.com"


@pytest.mark.parametrize(
    "url",
    [
        "http://toban.example.com",
        "toban.example.com",
        "https://",
        "https://me:x@a.example",
        "https://a/?b=c",
        "",
    ],
)
def test_what_slack_can_not_post_to_is_named(config: Load, url: str) -> None:
    (found,) = mistakes(config, f'{LEAST}[http]\nurl = "{url}"\n', **WITHOUT_APP)
    assert found.startswith("[http] url (in ")
    assert "https://toban.example.com" in found


def test_both_ways_at_once_are_refused_in_one_sentence(config: Load) -> None:
    (found,) = mistakes(config, BY_HTTP, SLACK_SIGNING_SECRET=SECRET)
    assert found.startswith(
        "Slack comes by HTTP, says the table [http], and by sockets, says SLACK_APP_TOKEN"
    )


def test_a_secret_without_the_table_says_what_to_write(config: Load) -> None:
    for app in (TOKENS["SLACK_APP_TOKEN"], ""):
        (found,) = mistakes(config, LEAST, SLACK_SIGNING_SECRET=SECRET, SLACK_APP_TOKEN=app)
        assert found.startswith("SLACK_SIGNING_SECRET (environment;")
        assert "no table [http]" in found


def test_the_table_without_the_secret_says_where_it_is_found(config: Load) -> None:
    (found,) = mistakes(config, BY_HTTP, SLACK_APP_TOKEN="")
    assert found.startswith("SLACK_SIGNING_SECRET (environment; the Signing Secret, from the app's page")


def test_neither_way_names_both(config: Load) -> None:
    (found,) = mistakes(config, LEAST, SLACK_APP_TOKEN="")
    assert found.startswith("SLACK_APP_TOKEN (environment;")
    assert "SLACK_SIGNING_SECRET and the table [http]" in found


@pytest.mark.parametrize("secret", ["xoxb-8f742231b10e8888", "short", "with space in it, long", "ß" * 32])
def test_another_value_in_its_place_is_named_and_not_shown(config: Load, secret: str) -> None:
    (found,) = mistakes(config, BY_HTTP, SLACK_APP_TOKEN="", SLACK_SIGNING_SECRET=secret)
    assert "Signing Secret: letters and digits" in found
    assert secret not in found


def test_a_worker_listens_to_nobody_and_needs_neither(tmp_path: Path) -> None:
    (tmp_path / "toban.toml").write_text(BY_HTTP, encoding="utf-8")
    environ = {
        "SLACK_BOT_TOKEN": TOKENS["SLACK_BOT_TOKEN"],
        "TOBAN_CONFIG": str(tmp_path / "toban.toml"),
        "TOBAN_DATABASE_URL": "postgresql+psycopg://toban:x@db/toban",
        "TOBAN_AUDIT_KEY": "k" * 32,
    }
    assert load(environ, Role.WORKER).http is not None
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET"):
        load(environ, Role.FRONT)


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        (BY_HTTP, {"SLACK_SIGNING_SECRET": SECRET}),
        (BY_HTTP, {"SLACK_APP_TOKEN": ""}),
        (LEAST, {"SLACK_SIGNING_SECRET": SECRET}),
        (LEAST, {"SLACK_APP_TOKEN": ""}),
        (LEAST, {"SLACK_BOT_TOKEN_FILE": "/nowhere"}),
        (LEAST, {"SLACK_BOT_TOKEN": "", "SLACK_BOT_TOKEN_FILE": "/nowhere"}),
        (LEAST, {"SLACK_BOT_TOKEN": "xoxe.xoxb-1-hush"}),
        (LEAST, {"SLACK_REFRESH_TOKEN": "xoxe-1-hush"}),
        (LEAST, {"SLACK_REFRESH_TOKEN": "xoxe-1-hush", "SLACK_BOT_TOKEN": "", "SLACK_BOT_TOKEN_FILE": "/no"}),
    ],
)
def test_no_sentence_looks_as_if_it_held_a_secret(config: Load, text: str, variables: dict[str, str]) -> None:
    """The console blacks out what follows a word such as “token:”, also an innocent one."""
    for found in mistakes(config, text, **variables):
        assert Hush(variables)(found) == found


def test_the_table_that_the_docs_show_is_valid(config: Load) -> None:
    shown = (Path(__file__).parents[2] / "docs" / "http.md").read_text(encoding="utf-8")
    found = config(LEAST + shown.split("```toml\n")[1].split("```")[0], **WITHOUT_APP)
    assert found.http == Http("https://toban.example.com", Listen("127.0.0.1", 3000))
