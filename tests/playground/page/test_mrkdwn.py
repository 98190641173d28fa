"""mrkdwn as HTML."""

import pytest

from playground.page.drawing import Drawing
from playground.page.mrkdwn import mrkdwn, plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*fat* _thin_ ~gone~ `code`", "<strong>fat</strong> <em>thin</em> <s>gone</s> <code>code</code>"),
        ("2 * 3 * 4, snake_case_name, a~b~c", "2 * 3 * 4, snake_case_name, a~b~c"),
        ("`*not fat*`", "<code>*not fat*</code>"),
        ("one\ntwo", "one<br>two"),
        ("```\na < b\n  c\n```", '<pre tabindex="0">a &lt; b\n  c</pre>'),
        ("&gt; said\n> again\nmine", "<blockquote>said<br>again</blockquote>mine"),
        ("a &lt; b &amp;&amp; c", "a &lt; b &amp;&amp; c"),
        ("&amp;lt;", "&amp;lt;"),
        (":white_check_mark: :no_such_thing:", "✅ :no_such_thing:"),
        ("<@U0SUZUKI>", '<span class="mention">@鈴木 健一</span>'),
        ("<@U0SATO>", '<span class="mention me">@佐藤 美咲</span>'),
        ("<@U0NOBODY>", '<span class="mention">@U0NOBODY</span>'),
        ("<#C0OPS|ops>", '<span class="mention">#ops</span>'),
        ("<!here>", '<span class="mention">@here</span>'),
        ("<!subteam^S0OPERATORS>", '<span class="mention">@operators</span>'),
        ("*<@U0SUZUKI>*", '<strong><span class="mention">@鈴木 健一</span></strong>'),
    ],
)
def test_marks_become_tags(draw: Drawing, written: str, shown: str) -> None:
    assert mrkdwn(written, draw.reader) == shown


def test_a_link_leads_out_of_the_page(draw: Drawing) -> None:
    shown = mrkdwn("<https://example.com/?a=1&amp;b=2|Console>", draw.reader)
    assert 'href="https://example.com/?a=1&amp;b=2"' in shown
    assert 'rel="noreferrer noopener">Console</a>' in shown


def test_only_web_and_mail_are_links(draw: Drawing) -> None:
    assert "<a" not in mrkdwn("<javascript:alert(1)|click>", draw.reader)


def test_a_date_is_told_by_the_readers_clock(draw: Drawing) -> None:
    assert mrkdwn("<!date^1700000000^{date_num} {time}|then>", draw.reader) == "<time>2023-11-15 7:13</time>"


def test_a_date_that_cannot_be_told_falls_back(draw: Drawing) -> None:
    assert mrkdwn("<!date^soon^{date}|then>", draw.reader) == "<time>then</time>"
    assert mrkdwn("<!date^1700000000^{moon}|then>", draw.reader) == "<time>then</time>"


@pytest.mark.parametrize(
    "written", ["<script>alert(1)</script>", "*<img src=x onerror=a>*", "`<b>`", "```<i>```"]
)
def test_nothing_written_becomes_a_tag(draw: Drawing, written: str) -> None:
    shown = mrkdwn(written, draw.reader)
    for tag in ("<script", "<img", "<b>", "<i>"):
        assert tag not in shown


def test_plain_text_is_as_it_is_written() -> None:
    assert plain("*a* <b>\nc") == "*a* &lt;b&gt;<br>c"
