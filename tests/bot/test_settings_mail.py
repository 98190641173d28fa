import json
from pathlib import Path

import pytest

from aws import mail
from aws.account import Place
from bot.config.mail import Relay, Tls
from tests.bot.configs import LEAST, SCHEDULE, Load, loader, mistakes

FROM = '\n[mail]\nfrom = "toban@example.com"\n'
BY_SMTP, BY_SES = 'smtp = "smtp.example.com"\n', 'ses = "prod/ap-northeast-1"\n'


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def test_without_the_table_nothing_goes_by_mail(config: Load) -> None:
    found = config(LEAST + SCHEDULE)
    assert (found.mail, found.schedules[0].mail) == (None, ())


def test_a_schedule_names_addresses_each_once(config: Load) -> None:
    named = 'mail = ["ops@example.com", "cfo@example.co.jp", "ops@example.com"]\n'
    found = config(LEAST + SCHEDULE + named + FROM + BY_SMTP)
    assert found.schedules[0].mail == ("ops@example.com", "cfo@example.co.jp")
    assert found.mail is not None
    assert found.mail.sender == "toban@example.com"


@pytest.mark.parametrize(
    ("written", "relay"),
    [
        ("smtp.example.com", Relay("smtp.example.com", 587, Tls.STARTTLS)),
        ("smtp.example.com:2525", Relay("smtp.example.com", 2525, Tls.STARTTLS)),
        ("smtps://smtp.example.com", Relay("smtp.example.com", 465, Tls.AT_ONCE)),
        ("smtp://[::1]:99", Relay("::1", 99, Tls.STARTTLS)),
        ("plain://localhost", Relay("localhost", 25, Tls.NONE)),
    ],
)
def test_a_mail_server_is_encrypted_unless_it_is_on_this_machine(
    config: Load, written: str, relay: Relay
) -> None:
    found = config(f'{LEAST}{FROM}smtp = "{written}"\n').mail
    assert found is not None
    assert (found.by, found.login) == (relay, None)


@pytest.mark.parametrize(
    "written",
    ["plain://smtp.example.com", "ftp://x", "a:b:c", "x:99999", "ho st", "", "http://[", "x/y", "a\\nb"],
)
def test_what_is_no_mail_server_is_a_mistake(config: Load, written: str) -> None:
    (found,) = mistakes(config, f'{LEAST}{FROM}smtp = "{written}"\n')
    assert found.startswith("[mail] smtp (in ")
    assert "is no mail server; write smtp.example.com:587" in found


def test_ses_sends_from_an_account_and_region_of_this_file(config: Load) -> None:
    found = config(LEAST + FROM + BY_SES).mail
    assert found is not None
    assert found.by == Place("prod", "ap-northeast-1")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("prd/ap-northeast-1", "there is no account “prd”. Did you mean prod?"),
        ("prod/ap-northeast-3", "the account prod has no region “ap-northeast-3”. Did you mean"),
        ("prod", "“prod” is no account and region; write it like"),
    ],
)
def test_an_account_or_a_region_that_is_not_there_is_a_mistake(config: Load, written: str, why: str) -> None:
    (found,) = mistakes(config, f'{LEAST}{FROM}ses = "{written}"\n')
    assert why in found


@pytest.mark.parametrize("ways", ["", BY_SMTP + BY_SES])
def test_mail_goes_one_way(config: Load, ways: str) -> None:
    (found,) = mistakes(config, LEAST + FROM + ways)
    assert "it needs either smtp or ses" in found


@pytest.mark.parametrize(
    "address",
    [
        *("ops", "ops@example", "ops example.com", "@example.com", "a..b@example.com", ".a@example.com"),
        *("Ops <ops@example.com>", "ops@example.com\\nBcc: x@example.com", "ops@-example.com"),
        *(
            "a@b.co, c@d.co",
            "日本@example.com",
            f"{'x' * 65}@example.com",
            f"a@{'x.' * 80}com",
            "",
            " a@b.co",
        ),
    ],
)
def test_what_is_no_address_is_a_mistake_where_it_stands(config: Load, address: str) -> None:
    text = f'{LEAST}{SCHEDULE}mail = ["ops@example.com", "{address}"]\n{FROM}{BY_SMTP}'
    (found,) = mistakes(config, text)
    assert found.startswith("[schedules.nightly] mail #2 (in ")
    (found,) = mistakes(config, f'{LEAST}\n[mail]\nfrom = "{address}"\n{BY_SMTP}')
    assert found.startswith("[mail] from (in ")


def test_a_schedule_that_names_mail_needs_somebody_who_sends_it(config: Load) -> None:
    (found,) = mistakes(config, LEAST + SCHEDULE + 'mail = ["ops@example.com"]\n')
    assert "nightly names mail, but there is no table [mail]" in found


def test_a_misspelt_key_is_told_as_it_is_written(config: Load) -> None:
    found = mistakes(config, LEAST + FROM.replace("from", "form") + BY_SMTP)
    assert any("Did you mean from?" in line for line in found)


def test_name_and_password_are_of_the_environment_and_in_no_error(config: Load) -> None:
    found = config(LEAST + FROM + BY_SMTP, TOBAN_SMTP_USER="hush-me", TOBAN_SMTP_PASSWORD="hush")
    assert "hush" not in repr(found)
    assert found.mail is not None
    assert found.mail.login is not None
    assert found.mail.login.password.get_secret_value() == "hush"
    for server in ("me:hush@smtp.example.com", "smtps://me:hush@smtp.example.com:465"):
        (told,) = mistakes(config, f'{LEAST}{FROM}smtp = "{server}"\n')
        assert "hush" not in told


@pytest.mark.parametrize("half", ["TOBAN_SMTP_USER", "TOBAN_SMTP_PASSWORD"])
def test_half_a_login_is_a_mistake(config: Load, half: str) -> None:
    (found,) = mistakes(config, LEAST + FROM + BY_SMTP, **{half: "hush"})
    assert found.startswith("TOBAN_SMTP_PASSWORD (environment): ")
    assert "hush" not in found


def test_the_rights_that_ses_needs_stand_in_the_docs() -> None:
    told = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert f'"Action": {json.dumps(list(mail.IAM))}' in told
