"""Whatever a report holds, what is shown is within Slack's limits, in both languages."""

import re
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chart import Chart, Series
from bot.command import Risk, Told
from bot.grammar.help import HelpLine, HelpPage
from bot.operation import Approval, Ask, Asker, Door, Operation, Report, State, StepRow, StepState
from bot.plan import Left, Offer, Plan, Resource, Step, Table, Unread
from bot.views.answer import answer, sentence
from bot.views.card import card
from bot.views.chart import Shown
from bot.views.forms import deny_form
from bot.views.help import help_page
from bot.views.message import Message
from bot.views.plan_text import plan_text
from bot.views.reply import reply
from bot.words import Words, words
from playground.slack.limits.messages import EDITED_TEXT, check_blocks, check_size
from playground.slack.limits.views import check_view
from tests.bot.views.reports import HASH, NOW, speaker

SPEAKERS = {language: speaker(language) for language in ("en", "ja")}
NASTY = (
    "",
    " ",
    "<!channel>",
    "&" * 400,
    "`" * 300,
    "*b* _i_ ~s~",
    "👩‍👩‍👧‍👦" * 300,
    "日本" * 2000,
    "\u202etxt",
    "مرحبا",
)
texts = st.sampled_from(NASTY) | st.text(max_size=20) | st.integers(0, 9000).map("x".__mul__)
said = texts.map(lambda text: words("{it}", it=text)) | texts.map(
    lambda text: Words(re.sub("[{}]", "", text))
)
fields = st.lists(st.tuples(texts, texts), max_size=3).map(tuple)
resources = st.builds(Resource, texts, texts, texts, texts, texts)
steps = st.builds(
    Step, texts, texts, resources, fields, fields, warnings=st.lists(said, max_size=3).map(tuple)
)
rows = st.builds(
    StepRow,
    st.integers(),
    steps,
    st.sampled_from(StepState),
    st.none() | said,
    texts,
    st.none(),
    st.just(0),
    st.just(0),
)
moments = st.integers(-(10**8), 10**8).map(lambda seconds: NOW + timedelta(seconds=seconds))
tables = st.builds(
    lambda head, cell, columns, rows: Table((head,) * columns, ((cell,) * columns,) * rows),
    said,
    texts,
    st.integers(0, 22),
    st.integers(0, 120),
)
amounts = st.none() | st.decimals(-(10**12), 10**12, places=3)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    length = draw(st.integers(0, 30))
    values = st.lists(amounts, min_size=length, max_size=length).map(tuple)
    series = st.lists(st.builds(Series, texts | said, values), max_size=14).map(tuple)
    labels = st.lists(texts, min_size=length, max_size=length).map(tuple)
    provisional = draw(st.integers(0, length))
    return Chart(draw(said), draw(said), draw(texts), draw(labels), draw(series), provisional=provisional)


offers = st.lists(st.builds(Offer, said, texts), max_size=60).map(tuple)
shown = st.builds(Shown, st.booleans(), st.just(""), st.lists(said, max_size=3).map(tuple))
plans = st.builds(
    Plan,
    said,
    st.just(()),
    st.lists(st.builds(Left, resources, said), max_size=6).map(tuple),
    st.lists(st.builds(Unread, resources.map(lambda it: it.place), said), max_size=6).map(tuple),
    st.lists(said, max_size=6).map(tuple),
    st.none() | tables,
    chart=st.none() | charts(),
    offers=offers,
)
people = st.sampled_from(("U0ANNA", "W0BEN", "root", "<@U0EVIL>", ""))
operations = st.builds(
    Operation,
    st.integers(0, 10**9),
    st.builds(
        Ask, texts, st.sampled_from(Door), st.builds(Asker, people), texts, moments, st.sampled_from(NASTY)
    ),
    st.sampled_from(State),
    st.none() | plans,
    st.sampled_from(("", HASH)),
    st.integers(0, 3),
    st.none() | said,
    st.integers(),
    moments,
    st.none() | moments,
    st.none() | moments,
    st.none() | moments,
    people,
    st.lists(people, max_size=30).map(tuple),
)
tellings = st.builds(Told, said, st.lists(said, max_size=9).map(tuple), st.none(), st.booleans())
reports = st.builds(
    Report,
    operations,
    st.dictionaries(st.sampled_from(StepState), st.integers(0, 5000)),
    st.lists(rows, max_size=9).map(tuple),
    st.dictionaries(texts, said, max_size=2),
    st.lists(
        st.builds(Approval, people, st.sampled_from((HASH, "")), st.booleans(), texts, moments), max_size=9
    ).map(tuple),
    st.none() | tellings,
)
languages = st.sampled_from(sorted(SPEAKERS))


def within_limits(message: Message) -> None:
    blocks: list[Any] = list(message.blocks)
    check_blocks(blocks)
    check_size(blocks)
    assert 0 < len(message.text.encode("utf-16-le")) // 2 < EDITED_TEXT
    assert "<!channel>" not in message.text
    assert "<@U0EVIL>" not in message.text
    message.text.encode()


@given(reports, languages, st.sampled_from(Risk), st.integers(0, 10**6))
@settings(max_examples=50, deadline=None)
def test_any_report_makes_a_card(report: Report, language: str, risk: Risk, seconds: int) -> None:
    within_limits(card(report, SPEAKERS[language], NOW + timedelta(seconds=seconds), risk))


@given(reports, languages)
@settings(max_examples=50, deadline=None)
def test_any_report_makes_a_reply_and_a_file(report: Report, language: str) -> None:
    within_limits(reply(report, SPEAKERS[language]))
    plan_text(report, report.steps, SPEAKERS[language]).encode()


@given(plans, texts, languages, shown)
@settings(max_examples=50, deadline=None)
def test_any_plan_makes_an_answer(plan: Plan, line: str, language: str, shown: Shown) -> None:
    within_limits(answer(plan, SPEAKERS[language], line, shown))


@given(said, languages)
@settings(max_examples=50, deadline=None)
def test_any_sentence_can_be_said(it: Words, language: str) -> None:
    within_limits(sentence(it, SPEAKERS[language]))


@given(operations, languages)
@settings(max_examples=50, deadline=None)
def test_any_operation_makes_a_form(operation: Operation, language: str) -> None:
    check_view(deny_form(operation, "{}", SPEAKERS[language]), "modal")


@given(
    st.builds(
        HelpPage,
        said,
        texts,
        st.lists(st.builds(HelpLine, texts, said), max_size=150).map(tuple),
        st.lists(texts, max_size=9).map(tuple),
        st.lists(said, max_size=5).map(tuple),
    ),
    languages,
)
@settings(max_examples=50, deadline=None)
def test_any_page_of_help_can_be_shown(page: HelpPage, language: str) -> None:
    within_limits(help_page(page, SPEAKERS[language]))
