"""The markdown block as HTML."""

import pytest

from playground.page.markdown import markdown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("AWS_ABUSE_REPORT and a__b__c", "<p>AWS_ABUSE_REPORT and a__b__c</p>"),
        ("## Plan", '<p class="heading">Plan</p>'),
        (
            "**fat** *thin* ~~gone~~ `x`",
            "<p><strong>fat</strong> <em>thin</em> <s>gone</s> <code>x</code></p>",
        ),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("> said", "<blockquote>said</blockquote>"),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("```sh\nls <dir>\n```", '<pre tabindex="0">ls &lt;dir&gt;</pre>'),
        ("<b>no</b>", "<p>&lt;b&gt;no&lt;/b&gt;</p>"),
        ("[x](javascript:1)", "<p>x</p>"),
    ],
)
def test_markdown_becomes_tags(written: str, shown: str) -> None:
    assert markdown(written) == shown


def test_a_link_leads_out_of_the_page() -> None:
    assert '<a href="https://example.com/a" target="_blank"' in markdown("[there](https://example.com/a)")
