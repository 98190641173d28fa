"""Every text that comes from AWS, from an event or from a person does nothing wherever it is shown.

Each view is given a report, a trouble, a drill … of which every text is hostile: it would call the whole
channel, mention and link, end the code it stands in, begin a line of its own, turn the reading direction.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from bot.command import Risk, Told
from bot.grammar.grammar import Grammar, HelpWanted
from bot.operation import Approval, State
from bot.plan import File, Table
from bot.views import drill as drill_view
from bot.views import storm as storm_view
from bot.views import trouble as trouble_view
from bot.views.answer import answer, sentence
from bot.views.card import card
from bot.views.chart import Shown
from bot.views.file_text import file_text
from bot.views.form import Form, Preview, form
from bot.views.forms import deny_form
from bot.views.help import help_page
from bot.views.home import home
from bot.views.mail import sheet
from bot.views.mail_text import text as mail_text
from bot.views.message import Message
from bot.views.plan_text import plan_text
from bot.views.reply import reply
from bot.views.speaker import Speaker
from bot.words import Words, words
from tests.bot.views import test_drill, test_home, test_mail, test_storm, test_trouble
from tests.bot.views.reports import HASH, NOW, left, operation, report, row, speaker, step, unread
from tests.bot.views.test_form import SMALL, VERBS
from tests.by_name import by_name

EVIL = (
    "<!channel><!here|x><@U0EVIL><#C0EVIL><!subteam^S0EVIL><https://evil.example/?q=1|Approve>"
    "<script>alert(1)</script> *b* _i_ ~s~ `c` ```d```\r\n> quoted\n# head\n![p](https://evil.example)"
    "\u202e\u2066\u200fgpj\x00\x1b[31m :skull: &lt;!channel&gt; "
)
LONG = EVIL + "長" * 3_100
KEPT = re.compile(r"[UWCGST][A-Z0-9]{4,}|[0-9a-f]{64}|https://example\.slack\.com/.*", re.DOTALL)
ALIVE = re.compile(r"<([^<>]*)>")
OURS = re.compile(
    r"@U0(?!EVIL)[A-Z0-9]+|#C0(?!EVIL)[A-Z0-9]+|!date\^[^|]*\|[^|]*"
    r"|https://[a-z0-9.-]+\.(?:aws\.amazon\.com|slack\.com)/[^|]*\|[^|]*"
)
NEVER = re.compile("[\x00-\x08\x0b-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


OUR_NAMES = frozenset({"action", "key", "kind"})  # fields whose words are of this program


def worse(thing: Any, evil: str) -> Any:
    """The same with every text in it hostile, but for what Slack or toban itself has given a name."""
    made = thing
    match thing:
        case Enum():
            pass
        case str():
            made = thing if KEPT.fullmatch(thing) else evil
        case Words(text, values, many):
            worsened = tuple((name, worse(value, evil)) for name, value in values)
            made = Words(f"{text} {{z}}", (*worsened, ("z", evil)), many and f"{many} {{z}}")
        case tuple() | list():
            made = type(thing)(worse(one, evil) for one in thing)
        case Mapping():
            made = {key: worse(value, evil) for key, value in thing.items()}
        case _ if is_dataclass(thing) and not isinstance(thing, type):
            names = [one.name for one in fields(thing) if one.init and one.name not in OUR_NAMES]
            made = replace(thing, **{name: worse(getattr(thing, name), evil) for name in names})
    return made


REPORTS = {
    state: report(
        state,
        steps=(row(), row(reason=words("because of {it}", it="x"), warnings=(words("beware"),))),
        plan=replace(test_mail.BILL, steps=())
        if state is State.ANSWERED
        else None or replace(test_mail.BILL, table=None, chart=None, offers=()),
        started=NOW,
        reason=words("it went wrong"),
        cancelled_by="root",
        approvals=(Approval("U0ANNA", HASH, False, "no", NOW),),
    )
    for state in State
}
TOLD = Told(words("one of two"), (words("what"),), File("night.txt", "x"), True)


def of_reports(evil: str, speak: Speaker) -> Iterator[object]:
    for state, made in REPORTS.items():
        bad = worse(made, evil)
        yield card(bad, speak, NOW, Risk.DESTROY)
        yield reply(bad, speak)
        yield plan_text(bad, bad.steps, speak)
        if state is State.DONE:
            yield card(replace(bad, told=worse(TOLD, evil)), speak, NOW)
            yield reply(replace(bad, told=worse(TOLD, evil)), speak)


def of_answers(evil: str, speak: Speaker) -> Iterator[object]:
    plan = worse(test_mail.BILL, evil)
    for shown in (Shown(True, "", ()), Shown(False, "", (words("{it}", it=evil),))):
        yield answer(plan, speak, evil, shown)
    yield answer(replace(plan, table=Table((words("{it}", it=evil),) * 4, ((evil,) * 4,) * 3)), speak, evil)
    yield sentence(words("{it} and {person} and {channel}", it=evil, person=evil, channel=evil), speak)
    yield file_text(File("a.md", "\ue0000\ue001", (words("{it}", it=evil),)), speak)


def of_events(evil: str, speak: Speaker) -> Iterator[object]:
    for alarm in (test_trouble.ALARM, test_trouble.OVER, test_trouble.LOOKED_AT):
        yield trouble_view.message(worse(replace(alarm, context=(words("c"),), mention="x"), evil), speak)
    counts = {one.state: 3 for one in (test_trouble.ALARM, test_trouble.OVER)}
    yield storm_view.message(7, evil, NOW, counts, worse(test_storm.MANY, evil), speak)
    for at in (5, 80, 141, 220):
        yield drill_view.message(worse(test_drill.view(at, offers=test_drill.OFFERS), evil), speak)


def of_forms(evil: str, speak: Speaker) -> Iterator[object]:
    grammar = Grammar(by_name(VERBS), SMALL)
    plan = worse(
        replace(test_mail.BILL, steps=(step(warnings=(words("w"),)),), left=(left(),), unread=(unread(),)),
        evil,
    )
    for verb in VERBS[:6]:
        preview = Preview(evil, plan, None, wrong=(words("{it}", it=evil),))
        yield form(Form(verb, grammar.slots(verb), grammar.known, "{}", preview), speak)
    yield deny_form(worse(operation(), evil), "{}", speak)
    yield help_page(grammar.help(HelpWanted("ec2", "stop"), lambda _verb: True), speak)
    yield home(worse(test_home.fullest(), evil), speak, NOW)


def of_mail(evil: str, speak: Speaker) -> Iterator[object]:
    made = sheet(worse(test_mail.answered(), evil), speak)
    yield mail_text(made, speak)


WAYS: Mapping[str, Callable[[str, Speaker], Iterator[object]]] = {
    "reports": of_reports, "answers": of_answers, "events": of_events, "forms": of_forms, "mail": of_mail,
}  # fmt: skip


UNSEEN = frozenset({"type", "value", "action_id", "block_id", "callback_id", "private_metadata"})


def texts(made: object) -> Iterator[tuple[str, str]]:
    """Every text in what a view made, with its kind."""
    match made:
        case Message(text=text, blocks=blocks):
            yield "mrkdwn", text
            yield from texts(list(blocks))
        case {"type": str(kind), "text": str(text)}:
            yield kind, text
        case Mapping():
            for name, one in made.items():
                yield from texts(one) if name not in UNSEEN else ()
        case list() | tuple():
            for one in made:
                yield from texts(one)
        case str():
            yield "plain", made


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("evil", [EVIL, LONG], ids=["short", "long"])
@pytest.mark.parametrize("way", WAYS)
def test_nothing_in_a_hostile_world_calls_links_or_lies(way: str, evil: str, language: str) -> None:
    shown = [each for made in WAYS[way](evil, speaker(language)) for each in texts(made)]
    assert any("evil.example" in text for _kind, text in shown)
    for kind, text in shown:
        assert not NEVER.search(text), repr(text[:300])
        if kind == "mrkdwn":
            assert [one for one in ALIVE.findall(text) if not OURS.fullmatch(one)] == [], repr(text[:600])
            assert text.count("`") % 2 == 0, repr(text[:600])
            assert "\n> quoted" not in text
