"""A form opens at once: it waits for no preview, and asks AWS nothing."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackClientError

from aws.account import AccountConfig
from bot.language import Languages
from bot.slack.form_about import About
from bot.slack.forms import Forms
from bot.slack.organisation import Home
from bot.slack.payload import Where
from bot.slack.voices import Voices
from bot.views.preset import IGNORE
from tests.canned import CannedAccounts
from tests.happened import RULE
from tests.house import CHANNEL, OPERATOR, House, house

ABOUT = About("alarm.acknowledge", CHANNEL, "77.1", IGNORE, {"alarm": "A1"})
WHERE = Where(OPERATOR, "T0TOBAN", CHANNEL)


class Busy(Executor):
    """Everybody works on previews, and AWS does not answer."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        return Future()


class AtOnce(Executor):
    """Somebody is free."""

    def submit(self, do: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(do(*given, **named))
        return done


@pytest.fixture
def there(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path, [AccountConfig("dev", "123456789012", ("ap-northeast-1",))], rules=(RULE,)) as made:
        yield made


def forms(there: House, views_open: Callable[..., Any], language: str = "en") -> Forms:
    path = replace(there.path, aws=CannedAccounts({}, role=None))  # whose AWS knows no answer to anything
    readers: Any = SimpleNamespace(language=lambda _person, _otherwise: language)
    voices = Voices(path, readers, Languages.load(), lambda: Home(frozenset({"T0TOBAN"})))
    client, estate = SimpleNamespace(views_open=views_open), SimpleNamespace()
    return Forms(path, client, estate, Busy(), AtOnce(), voices)  # type: ignore[arg-type]  # twins of two methods


@pytest.mark.parametrize(("language", "title"), [("en", "Ignore with a reason"), ("ja", "理由を付けて無視")])
def test_it_opens_while_everybody_waits_for_aws(there: House, language: str, title: str) -> None:
    opened: list[dict[str, Any]] = []
    forms(there, lambda **what: opened.append(what), language).open(ABOUT, WHERE, "1.2", pytest.fail)
    (one,) = opened
    assert one["trigger_id"] == "1.2"
    assert one["view"]["title"]["text"] == title
    assert one["view"]["private_metadata"] == ABOUT.written()


def test_when_slack_does_not_open_it_somebody_is_told(there: House) -> None:
    def refuses(**_: Any) -> None:
        raise SlackClientError("expired_trigger_id")

    told: list[bool] = []
    forms(there, refuses).open(ABOUT, WHERE, "1.2", lambda: told.append(True))
    assert told == [True]


def test_there_is_no_form_of_a_verb_that_there_is_not(there: House) -> None:
    with pytest.raises(LookupError):
        forms(there, pytest.fail).open(About("alarm.nothing", CHANNEL), WHERE, "1.2", pytest.fail)
