import contextlib
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aws.account import AccountConfig
from bot.grammar.grammar import Grammar, Parsed, Vocabulary
from bot.settings import SettingsError, load, load_without_slack
from commands import load as load_verbs
from tests.bot.configs import LEAST, SCHEDULE, TOKENS, Load, loader, mistakes
from tests.by_name import by_name

ROOT = Path(__file__).parents[2]


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def test_the_least_that_must_be_set(config: Load) -> None:
    found = config(LEAST)
    assert found.accounts == (AccountConfig("prod", "111111111111", ("ap-northeast-1",)),)
    assert (found.zone, found.language, found.policy) == (ZoneInfo("Asia/Tokyo"), None, None)
    assert (found.slack_api_url, found.database_url) == (
        "https://slack.com/api/",
        "sqlite:///var/toban.db",
    )
    assert found.audit_key is None
    assert found.audit_key_file == Path("var/toban.audit-key")
    assert (found.limits.approval, found.limits.start) == (timedelta(minutes=30), timedelta(minutes=60))


def test_everything_that_is_missing_is_named_at_once_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        load({"TOBAN_CONFIG": str(tmp_path / "none.toml")})
    bot, app, file = map(str, raised.value.mistakes)
    assert bot.startswith("SLACK_BOT_TOKEN (environment;")
    assert app.startswith("SLACK_APP_TOKEN (environment;")
    assert "none.toml" in file
    assert "TOBAN_CONFIG" in file


def test_the_two_tokens_are_not_taken_for_each_other(config: Load) -> None:
    found = mistakes(config, LEAST, SLACK_BOT_TOKEN="xapp-1-hush", SLACK_APP_TOKEN="xoxb-1-hush")
    assert [line.split()[0] for line in found] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]


def test_the_bots_token_may_stand_in_a_file_that_is_written_anew(config: Load, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("xoxb-1-hush\n", encoding="utf-8")
    found = config(LEAST, SLACK_BOT_TOKEN="", SLACK_BOT_TOKEN_FILE=str(file))
    assert (found.slack_bot_token.get_secret_value(), found.slack_bot_token_file) == ("xoxb-1-hush", file)
    (both,) = mistakes(config, LEAST, SLACK_BOT_TOKEN_FILE=str(file))
    assert "set one of them" in both
    file.write_text("hush hush", encoding="utf-8")
    (wrong,) = mistakes(config, LEAST, SLACK_BOT_TOKEN="", SLACK_BOT_TOKEN_FILE=str(file))
    assert "begins with “xoxb-”" in wrong
    (none,) = mistakes(config, LEAST, SLACK_BOT_TOKEN="", SLACK_BOT_TOKEN_FILE=str(tmp_path / "none"))
    assert "none cannot be read: No such file" in none


@pytest.mark.parametrize("slack", [{}, {"SLACK_BOT_TOKEN": "hush", "SLACK_API_URL": "nowhere"}])
def test_who_speaks_no_slack_is_not_asked_for_its_tokens(tmp_path: Path, slack: dict[str, str]) -> None:
    """A plan in a pipeline has no token, and must not fail because of somebody else's."""
    file = tmp_path / "toban.toml"
    file.write_text(LEAST, encoding="utf-8")
    found = load_without_slack({"TOBAN_CONFIG": str(file), **slack})
    assert (found.slack_bot_token.get_secret_value(), found.slack_app_token.get_secret_value()) == ("", "")
    assert found.accounts[0].name == "prod"


def test_mistakes_in_the_environment_and_in_the_file_come_together(config: Load) -> None:
    found = mistakes(config, 'zone = "Asia/Tokio"\n', SLACK_BOT_TOKEN="")
    assert found[0].startswith("SLACK_BOT_TOKEN")
    assert any("Did you mean Asia/Tokyo" in line for line in found)
    assert any(line.startswith("accounts (in ") and line.endswith("is missing.") for line in found)


SECRETS = {
    "SLACK_BOT_TOKEN": "hush hush",
    "SLACK_APP_TOKEN": "hush hush",
    "TOBAN_AUDIT_KEY": "hush",
    "TOBAN_DATABASE_URL": "postgresql://me:hush@db/toban",
    "SLACK_API_URL": "https://me:hush@slack.com/api",
}


def test_no_secret_is_ever_in_an_error(config: Load) -> None:
    text = LEAST + SCHEDULE + 'grace = "xoxb-hush"\nzone = "postgres://me:hush@db"\n["xoxb-hush"]\n'
    with pytest.raises(SettingsError) as raised:
        config(text, **SECRETS)
    assert len(raised.value.mistakes) == len(SECRETS) + 3
    assert "hush" not in f"{raised.value} {raised.value!r} {raised.value.__cause__!r}"
    assert raised.value.__suppress_context__ or raised.value.__context__ is None


def test_no_secret_is_in_the_settings_as_they_print(config: Load) -> None:
    found = config(LEAST, TOBAN_AUDIT_KEY="hush" * 10)
    assert "hush" not in f"{found} {found!r}"
    assert found.audit_key is not None
    assert found.audit_key.get_secret_value() == "hush" * 10


@pytest.mark.parametrize(
    "url", ["https://slack.com/api", "http://127.0.0.1:8123/api/", "http://[::1]:80/api"]
)
def test_slack_is_spoken_to_over_https_or_on_this_machine(config: Load, url: str) -> None:
    assert config(LEAST, SLACK_API_URL=url).slack_api_url == url.rstrip("/") + "/"


@pytest.mark.parametrize(
    "url",
    ["http://slack.com/api", "http://127.0.0.1.example.com/", "ftp://x", "slack.com", "https://", "http://["],
)
def test_a_token_never_travels_in_the_open(config: Load, url: str) -> None:
    (found,) = mistakes(config, LEAST, SLACK_API_URL=url)
    assert found.startswith("SLACK_API_URL (environment): it must be an https address")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://h/d",
        "postgres://h/d",
        "postgresql+psycopg://h",
        "mysql://h/d",
        "sqlite://",
        "sqlite:///:memory:",
        "toban.db",
        "x:y",
    ],
)
def test_the_state_is_a_file_or_a_database_on_a_server(config: Load, url: str) -> None:
    (found,) = mistakes(config, LEAST, TOBAN_DATABASE_URL=url)
    assert found.startswith("TOBAN_DATABASE_URL (environment): ")


def test_who_shares_a_database_shares_the_key_of_its_audit_log(config: Load) -> None:
    url = "postgresql+psycopg://toban:secret@db/toban"
    (found,) = mistakes(config, LEAST, TOBAN_DATABASE_URL=url)
    assert found.startswith("TOBAN_AUDIT_KEY (environment): who shares a PostgreSQL")
    settings = config(LEAST, TOBAN_DATABASE_URL=url, TOBAN_AUDIT_KEY="k" * 32)
    assert (settings.database_url, settings.database_file) == (url, Path("var/toban.db"))


def test_a_misspelt_variable_is_not_silently_the_default(config: Load) -> None:
    (found,) = mistakes(config, LEAST, TOBAN_DATABASE_ULR="sqlite:///x.db")
    assert found.endswith("Did you mean TOBAN_DATABASE_URL?")
    assert config(LEAST, TOBAN_PORT="tcp://10.0.0.1:80").accounts


@pytest.mark.parametrize("content", [b"zone = ", b"\xff\xfe", b"[" * 5000, b"a = 1\na = 2"])
def test_a_file_that_is_not_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"x\.toml is not"):
        load({**TOKENS, "TOBAN_CONFIG": str(tmp_path / "x.toml")})


def test_a_folder_is_no_config_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load({**TOKENS, "TOBAN_CONFIG": str(tmp_path)})


KEYS = st.sampled_from(
    ["zone", "accounts", "groups", "limits", "schedules", "channels", "policy", "line", "id", "x"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["daily", "01:00", "U0SATO"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def toml(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{toml(str(key))} = {toml(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case _:
            return '"' + "".join(f"\\U{ord(letter):08X}" for letter in str(value)) + '"'


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_whatever_a_config_says_it_is_settings_or_mistakes(config: Load, content: dict[str, object]) -> None:
    text = "\n".join(f"{key} = {toml(value)}" for key, value in content.items())
    with contextlib.suppress(SettingsError):
        assert config(text).accounts


def test_the_playgrounds_config_is_valid_and_its_lines_can_be_read() -> None:
    found = load({**TOKENS, "TOBAN_CONFIG": str(ROOT / "playground" / "toban.toml")})
    regions = sorted({region for account in found.accounts for region in account.regions})
    names = tuple(schedule.name for schedule in found.schedules)
    accounts = tuple(account.name for account in found.accounts)
    words = Vocabulary(accounts, tuple(regions), names, tuple(found.hours))
    grammar = Grammar(by_name(load_verbs()), words)
    assert all(isinstance(grammar.parse(schedule.line), Parsed) for schedule in found.schedules)
    assert names == ("bill", "nightly-backup", "morning-report", "office-hours", "dev-off")


def test_the_config_shown_in_the_docs_is_valid(config: Load, tmp_path: Path) -> None:
    shown = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    (tmp_path / "policy.cedar").touch()
    found = config(shown.split("```toml\n")[1].split("```")[0])
    assert [schedule.name for schedule in found.schedules] == ["nightly-backup", "morning-report"]
    assert set(found.probes) == {"shop"}
