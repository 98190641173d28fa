"""What a mail says: the facts of the message in Slack, as text and as HTML, and nothing that acts."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chart import Chart, Series
from bot.command import Told
from bot.operation import Ask, Asker, Door, Report, State, StepState
from bot.outbox.mime import Head, mail
from bot.plan import File, Offer, Plan, Table
from bot.views.answer import answer
from bot.views.mail import sheet
from bot.views.mail_html import html
from bot.views.mail_text import text
from bot.words import words
from tests.bot.views.reports import NOW, left, operation, report, row, speaker, unread

CHART = Chart(
    words("Costs by day"),
    words("It costs $3 a day."),
    "USD",
    ("2026-11-20",),
    (Series("EC2", (Decimal(3),)),),
)
BILL = Plan(
    words("The bill of yesterday: {amount}", amount="$412.30"),
    left=(left(),),
    unread=(unread(),),
    notes=(words("Month to date: {amount}", amount="$8,400.00"), words("type `/cost about`")),
    table=Table((words("Service"), words("Amount")), (("EC2 & friends", "$400.00"), ("S3 <new>", "$12.30"))),
    chart=CHART,
    offers=(Offer(words("Why?"), "cost why 2026-11-20"),),
)
ASK = Ask("key", Door.CLOCK, Asker("U0SATO", channel="C0OPS"), "cost report", NOW, "bill")
HEAD = Head("toban@example.com", "ops@example.com", "toban.1.2", NOW)


def answered(plan: Plan = BILL) -> Report:
    return Report(operation(State.ANSWERED, plan=plan, ask=ASK), {}, (), {}, ())


def ended(state: State, told: Told | None = None, **changes: object) -> Report:
    made = report(state, ask=ASK, started=NOW, ended=NOW + timedelta(minutes=3), **changes)
    return replace(made, told=told)


def both(one: Report, language: str = "en") -> tuple[str, str]:
    """The text, and what is to be read in the HTML."""
    speak = speaker(language)
    made = sheet(one, speak)
    return text(made, speak), Seen.of(html(made, speak, "p@example.com")).text


class Seen(HTMLParser):
    """What a mail program finds in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.text = ""

    @classmethod
    def of(cls, page: str) -> "Seen":
        made = cls()
        made.feed(page)
        return made

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.rows and self.rows[-1] and self.tags[-1][0] in {"td", "th"}:
            self.rows[-1][-1] += data.strip("\n")


def test_text_and_html_say_what_the_message_in_slack_says() -> None:
    facts = ["The bill of yesterday: $412.30", "$8,400.00", "EC2 & friends", "S3 <new>", "$12.30"]
    facts += ["i-0left", "is stopped already", "prod/ap-northeast-1", "no answer", "/cost why 2026-11-20"]
    in_slack = answer(BILL, speaker(), "cost report").text.replace("&amp;", "&")
    in_slack = in_slack.replace("&lt;", "<").replace("&gt;", ">")
    for said in (*both(answered()), in_slack):
        assert [fact for fact in facts if fact not in said] == []


def test_a_table_is_a_table() -> None:
    speak = speaker()
    seen = Seen.of(html(sheet(answered(), speak), speak))
    assert seen.rows == [["Service", "Amount"], ["EC2 & friends", "$400.00"], ["S3 <new>", "$12.30"]]
    assert "Service        Amount\nEC2 & friends  $400.00\nS3 <new>       $12.30\n" in both(answered())[0]


def test_figures_stand_to_the_right_with_their_head() -> None:
    speak = speaker()
    sides = [
        attributes["style"].rpartition(":")[2]
        for tag, attributes in Seen.of(html(sheet(answered(), speak), speak)).tags
        if tag in {"td", "th"} and attributes["style"]
    ]
    assert sides == ["left", "right"] * 3


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", "<img src=x onerror=y>", '" onload="x', "&lt;b>"]
)
def test_what_others_named_reads_as_it_is_and_does_nothing(evil: str) -> None:
    table = Table((words("Service"),), ((evil,),))
    notes = (words("about {name}", name=evil),)
    plan = replace(BILL, summary=words("{name}", name=evil), notes=notes, table=table)
    speak = speaker()
    page = html(sheet(answered(plan), speak), speak, "p@example.com")
    seen = Seen.of(page)
    known = {"html", "head", "meta", "title", "body", "h1", "img", "table", "thead", "tbody", "tr", "th"}
    known |= {"td", "p", "b", "ul", "li", "code", "br", "!doctype"}
    assert {tag for tag, _ in seen.tags} <= known
    assert seen.text.count(evil) == 4  # title, heading, table, note


def test_nothing_is_loaded_from_anywhere_and_nothing_says_its_colour() -> None:
    """So that a mail program that is dark shows it dark, and nobody learns that it was read."""
    speak = speaker()
    page = html(sheet(answered(), speak), speak, "p@example.com")
    assert re.findall(r"""(?:src|href|url\()=?["']?([^"')]*)""", page) == ["cid:p@example.com"]
    assert "http" not in page
    assert re.findall(r"[;\"](?:background|color)[\w-]*:", page) == []
    assert '<meta name="color-scheme" content="light dark">' in page


def test_who_does_not_see_the_picture_reads_it() -> None:
    speak = speaker()
    made = sheet(answered(), speak)
    assert "Picture: It costs $3 a day." in text(made, speak)
    ((_, picture),) = [one for one in Seen.of(html(made, speak, "p@x")).tags if one[0] == "img"]
    assert picture["alt"] == "It costs $3 a day."
    assert "It costs $3 a day." in Seen.of(html(made, speak)).text


def test_code_is_code() -> None:
    speak = speaker()
    assert "type <code>/cost about</code>" in html(sheet(answered(), speak), speak)


def test_people_are_named_by_their_ids_and_mentioned_nowhere() -> None:
    table = Table((words("Owner"),), (("<@U0SATO> <@U0ITO>",),))
    for said in both(answered(replace(BILL, table=table))):
        assert "U0SATO U0ITO" in said
        assert "<@" not in said


def test_what_is_not_final_says_that_it_is_corrected_in_slack_only() -> None:
    soon = replace(BILL, again=NOW)
    assert "not by another mail" in both(answered(soon))[0]
    assert "not by another mail" not in both(answered())[0]


def test_it_says_where_it_comes_from() -> None:
    said = "/cost report, asked by the schedule bill; in Slack it is #12"
    assert all(said in one for one in both(answered()))


def test_an_end_is_told_in_its_verbs_words() -> None:
    well = Told(words("41 of 41 backed up"), (words("12 copies"),))
    made = sheet(ended(State.DONE, well), speaker())
    assert made.subject == "41 of 41 backed up"
    said, _ = both(ended(State.DONE, well))
    assert said.startswith("41 of 41 backed up\n✅ #12 · done · took 3 min\n12 copies\n")


def test_what_is_missing_is_seen_in_the_subject() -> None:
    told = Told(words("40 of 41 backed up"), well=False)
    assert sheet(ended(State.DONE, told), speaker()).subject == "🔴 40 of 41 backed up"


def test_an_end_without_such_words_is_told_step_by_step_trouble_first() -> None:
    failed = row(StepState.FAILED, reason=words("it would not"))
    one = ended(State.PARTLY, steps=(failed,), counts={StepState.DONE: 1, StepState.FAILED: 1})
    assert sheet(one, speaker()).subject == "stop the instances of dev – partly done"
    said, seen = both(one)
    assert "1 done · 1 failed = 2 in all" in said
    assert "❌ i-0abc web-1 prod/ap-northeast-1 · state: running → stopped: it would not" in said
    assert "… and 1 more" in said
    assert "it would not" in seen


def test_what_never_began_says_why() -> None:
    one = replace(ended(State.FAILED), counts={}, steps=())
    one = replace(one, operation=replace(one.operation, plan=None, reason=words("no answer")))
    assert sheet(one, speaker()).subject == "/cost report – failed"
    assert "no answer" in both(one)[0]


def test_it_is_said_in_the_channels_language() -> None:
    said, seen = both(ended(State.FAILED), "ja")
    assert "失敗" in said
    assert "失敗" in seen


@pytest.mark.parametrize("summary", ["a\r\nBcc: x@example.com", "a\u2028b", "長" * 500, "", "\u202eabc"])
def test_a_subject_is_one_line_whatever_it_says(summary: str) -> None:
    plan = replace(BILL, summary=words("{what}", what=summary))
    speak = speaker()
    made = mail(HEAD, sheet(answered(plan), speak), speak)
    assert made["Bcc"] is None
    assert "\u202e" not in made["Subject"]
    assert len(made["Subject"]) <= 200


@example(["The bill of 2026-11-29: $257.59, -12 % against 2026-11-22 ($293.35)", "– provisional"])
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["bill", "$257.59,", "–", "請求", "(a)", "±0 %", "a" * 40, "⚠️", "長い" * 20]))
)
def test_a_subject_arrives_as_it_was_written(parts: list[str]) -> None:
    said = " ".join(parts)
    speak = speaker()
    made = mail(HEAD, sheet(answered(replace(BILL, summary=words("{said}", said=said))), speak), speak)
    back = message_from_bytes(made.as_bytes(), policy=default)
    assert back["Subject"] == made["Subject"]
    assert back["Subject"] == said or back["Subject"].endswith("…")


EVIL = "a@example.com\r\nBcc: x@example.com"


@pytest.mark.parametrize(
    "head", [replace(HEAD, to=EVIL), replace(HEAD, sender=EVIL), replace(HEAD, mark=EVIL)]
)
def test_a_header_cannot_begin_another(head: Head) -> None:
    speak = speaker()
    with pytest.raises(ValueError, match=r"\S"):
        mail(head, sheet(answered(), speak), speak)


def test_a_mail_travels_in_seven_bits_and_short_lines() -> None:
    speak = speaker("ja")
    plan = replace(BILL, notes=(words("{long}", long="長い話 " * 400), words("{long}", long="x" * 3000)))
    files = [File("17-表.csv", "a,b\n長,い\n"), File("17-x.json", "{}"), File("17-plan.txt", "…\n")]
    short = mail(HEAD, sheet(answered(Plan(words("長い話"))), speak), speak)
    assert short.as_bytes().isascii()
    raw = mail(HEAD, sheet(answered(plan), speak), speak, files, b"\x89PNG" * 500).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_picture_is_within_and_files_are_behind_it() -> None:
    speak = speaker()
    files = [File("17-bill.csv", "service,amount\nEC2,400\n")]
    made = mail(HEAD, sheet(answered(), speak, files=["17-bill.csv"]), speak, files, b"\x89PNG")
    kinds = [(part.get_content_type(), part.get_content_disposition()) for part in made.walk()]
    assert kinds == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("multipart/related", None),
        ("text/html", None),
        ("image/png", "inline"),
        ("text/csv", "attachment"),
    ]
    (shown,) = re.findall(r'src="cid:([^"]*)"', made.get_body(("html",)).get_content())  # type: ignore[union-attr]
    assert [part["Content-ID"] for part in made.walk() if part["Content-ID"]] == [f"<{shown}>"]
    (file,) = made.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("17-bill.csv", "service,amount\nEC2,400\n")
    assert "all of it is in the file 17-bill.csv" in both(answered())[0] + text(
        sheet(answered(), speak, files=["17-bill.csv"]), speak
    )


def test_its_head_says_who_when_and_that_no_person_wrote_it() -> None:
    speak = speaker("ja")
    made = mail(HEAD, sheet(answered(), speak), speak)
    assert made["From"] == "toban <toban@example.com>"
    assert (made["To"], made["Message-ID"]) == ("ops@example.com", "<toban.1.2@example.com>")
    assert made["Date"].datetime == datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert (made["Auto-Submitted"], made["Content-Language"]) == ("auto-generated", "ja")
