"""A token that expires is renewed in time, once for all processes, and no new pair is lost or shown."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from bot.config.rotation import Rotating
from bot.rotation import AGAIN, BEFORE, CLAIM, READ_EVERY, Rotation, stored
from bot.slack.exchange import Exchange, NotRenewed, Pair
from bot.slack.seal import OtherSecret, Seal
from bot.store import slack_pair
from bot.store.database import Database
from playground.slack.methods.oauth import GOOD_FOR
from playground.slack.server import LocalSlack
from tests.house import Time
from tests.new_database import put_new_database, url_in
from tests.on_both import on_both

pytest_generate_tests = on_both


@dataclass
class There:
    """A workspace whose tokens expire, and processes on one database."""

    slack: LocalSlack
    folder: Path
    time: Time = field(default_factory=Time)
    open: list[Database] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.slack.tokens.rotate()
        self.first = self.now_good

    @property
    def now_good(self) -> Pair:
        return Pair(self.slack.bot_token, self.slack.tokens.refresh)

    def process(self, given: Pair | None = None, *, works: bool = True) -> Rotation:
        db = self.open[-1] if self.open and not self.open[0].is_shared else Database(url_in(self.folder))
        self.open.append(db)
        name, secret = self.slack.tokens.client
        exchange = Exchange(name, secret, self.slack.api_url, 5)
        made = Rotation(db, exchange, Seal(secret), given or self.first, self.time, lambda: works)
        made.begin()
        return made

    def exchanges(self) -> int:
        return len(self.slack.wire.lines("oauth.v2.access", way="in"))

    def kept(self) -> slack_pair.Kept:
        found = self.open[0].read(slack_pair.held)
        assert found is not None
        return found


@pytest.fixture
def there(tmp_path: Path, either: str) -> Iterator[There]:
    put_new_database(tmp_path)
    with LocalSlack() as slack:
        made = There(slack, tmp_path)
        yield made
    for db in dict.fromkeys(made.open):
        db.close()


def test_it_is_renewed_at_once_since_nobody_knows_its_age_and_then_two_hours_before_its_end(
    there: There,
) -> None:
    one = there.process()
    assert one.other("") == there.first.access
    one.keep()
    assert one.other(there.first.access) == there.slack.bot_token != there.first.access
    there.time.at += timedelta(seconds=GOOD_FOR) - BEFORE - timedelta(seconds=1)
    one.keep()
    assert there.exchanges() == 1
    there.time.at += READ_EVERY
    one.keep()
    assert there.exchanges() == 2
    assert one.other("") == there.slack.bot_token
    assert one.trouble() == ""


def test_of_several_processes_one_renews_and_all_have_it(there: There) -> None:
    many = [there.process() for _ in range(3)] + [there.process(works=False)]
    threads = [threading.Thread(target=each.keep) for each in many]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert there.exchanges() == 1
    there.time.at += READ_EVERY
    for one in many:
        one.keep()
    assert there.exchanges() == 1
    assert {one.other("") for one in many} == {there.slack.bot_token}


def test_who_only_listens_renews_nothing_and_hears_of_the_new_one_when_its_own_is_refused(
    there: There,
) -> None:
    front, worker = there.process(works=False), there.process()
    front.keep()
    assert there.exchanges() == 0
    worker.keep()
    assert front.other(there.first.access, urgent=True) == there.slack.bot_token


def test_a_start_with_the_first_pair_goes_on_with_the_stored_one(there: There) -> None:
    there.process().keep()
    again = there.process()
    assert again.other(there.first.access) == there.slack.bot_token
    again.keep()
    assert there.exchanges() == 1


def test_a_pair_that_a_person_gives_anew_goes_before_and_an_old_one_never_comes_back(there: There) -> None:
    old = there.process()
    old.keep()
    there.slack.tokens.rotate()  # the app was installed anew
    given = there.now_good
    fresh = there.process(given)
    assert fresh.other("") == given.access
    again = there.process()  # a replica with the variables of before
    assert again.other("") == given.access
    again.keep()
    assert there.slack.bot_token == again.other("")
    there.time.at += READ_EVERY
    old.keep()
    assert old.other("") == there.slack.bot_token
    assert old.trouble() == ""


def test_a_commit_that_fails_after_the_exchange_is_tried_until_it_does_not(
    there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, store = there.process(), slack_pair.renewed
    monkeypatch.setattr("bot.store.slack_pair.renewed", full)
    one.keep()
    one.keep()
    assert there.exchanges() == 1
    assert one.other("") == there.first.access  # used only once it is stored
    monkeypatch.setattr("bot.store.slack_pair.renewed", store)
    one.keep()
    assert there.exchanges() == 1
    assert one.other("") == there.slack.bot_token
    assert there.process().other("") == there.slack.bot_token


def test_a_database_that_takes_no_writes_is_noticed_before_the_refresh_token_is_used(
    there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = there.process()
    monkeypatch.setattr("bot.store.slack_pair.put", full)
    one.keep()
    assert there.exchanges() == 0


def full(*_: object) -> bool:
    raise OperationalError("", None, Exception("the disk is full"))


def test_who_was_paused_between_its_claim_and_its_question_changes_nothing_newer(there: There) -> None:
    zombie, other = there.process(), there.process()
    ask = zombie.exchange

    def paused(refresh: str) -> tuple[Pair, int]:
        there.time.at += CLAIM + AGAIN
        other.keep()
        return ask(refresh)

    zombie.exchange = paused
    zombie.keep()
    there.time.at += READ_EVERY
    zombie.keep()
    assert zombie.other("") == other.other("") == there.slack.bot_token


def test_a_slack_that_does_not_answer_is_asked_again(there: There) -> None:
    one = there.process()
    there.slack.faults.answer("oauth.v2.access", status=500, times=1)
    one.keep()
    assert one.trouble() == ""
    there.time.at += CLAIM + AGAIN
    one.keep()
    assert one.other("") == there.slack.bot_token


def test_a_pair_that_was_lost_is_said_with_what_to_do_and_a_fresh_one_mends_it(
    there: There, caplog: pytest.LogCaptureFixture
) -> None:
    one = there.process()
    there.slack.tokens.renew(there.first.refresh)  # and killed before the commit
    for _ in range(3):
        one.keep()
        there.time.at += CLAIM + AGAIN
    assert "(invalid_refresh_token)" in one.trouble()
    assert "SLACK_BOT_TOKEN and SLACK_REFRESH_TOKEN" in one.trouble()
    assert len([each for each in caplog.records if each.levelname == "ERROR"]) == 1
    there.slack.tokens.rotate()
    fresh = there.process(there.now_good)
    fresh.keep()
    there.time.at += READ_EVERY
    one.keep()
    assert (one.trouble(), fresh.trouble()) == ("", "")
    assert one.other("") == there.slack.bot_token


def test_neither_the_database_nor_the_log_has_a_token_and_only_the_clients_secret_opens_the_seal(
    there: There, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    one = there.process()
    one.keep()
    shown = f"{there.kept()} {there.first!r} {one!r} {caplog.text}"
    tokens = (there.first.access, there.first.refresh, there.slack.bot_token, there.slack.tokens.refresh)
    assert [each for each in (*tokens, there.slack.tokens.client[1]) if each in shown] == []
    sealed = there.kept().sealed
    assert Seal(there.slack.tokens.client[1]).open(sealed).access == there.slack.bot_token
    with pytest.raises(OtherSecret):
        Seal("another").open(sealed)


def test_another_clients_secret_is_said(there: There) -> None:
    there.process().keep()
    one = replace(there.process(), seal=Seal("another"), _kept=None, _access="")
    one.begin()
    assert "another SLACK_CLIENT_SECRET" in one.trouble()


def test_the_doctor_reads_the_token_that_all_share(there: There) -> None:
    name, secret = there.slack.tokens.client
    given = Rotating(SecretStr(there.first.refresh), name, SecretStr(secret))
    assert stored(url_in(there.folder), given) == ""
    there.process().keep()
    assert stored(url_in(there.folder), given) == there.slack.bot_token
    assert stored(url_in(there.folder), replace(given, client_secret=SecretStr("another"))) == ""


@pytest.mark.parametrize(
    ("spoil", "code"), [(("none", ""), "invalid_client_id"), (("", "none"), "bad_client_secret")]
)
def test_what_slack_says_of_a_wrong_app_is_passed_on(spoil: tuple[str, str], code: str) -> None:
    with LocalSlack() as slack:
        slack.tokens.rotate()
        name, secret = (wrong or right for wrong, right in zip(spoil, slack.tokens.client, strict=True))
        with pytest.raises(NotRenewed, match=code):
            Exchange(name, secret, slack.api_url, 5)(slack.tokens.refresh)
