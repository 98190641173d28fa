import pytest

from bot.views.text import MRKDWN, clipped, code, literal, mention, tame, units


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("short", 5, "short"),
        ("too long", 6, "too…"),  # one place is kept for closing a code span
        ("a &amp; b", 6, "a…"),
        ("for <@U0ANNA> only", 12, "for…"),
        ("a <@U0ANNA>", 12, "a <@U0ANNA>"),
        ("`i-0123456789`", 10, "`i-01234…`"),
        ("ab😀cd", 5, "ab…"),
        ("ab👩‍👩‍👧 and more", 8, "ab…"),
        ("cafe\u0301 au lait", 6, "caf…"),
    ],
)
def test_a_cut_is_visible_and_never_inside_an_escape_a_mention_or_a_letter(
    text: str, most: int, kept: str
) -> None:
    assert clipped(text, most) == kept
    assert units(clipped(text, most)) <= most


def test_a_letter_outside_the_first_plane_counts_twice() -> None:
    assert units("a😀") == 3


@pytest.mark.parametrize("text", ["<!channel>", "<!here|x>", "<@U0EVIL>", "<#C1>", "<https://evil|good>"])
def test_text_of_others_mentions_and_links_nothing(text: str) -> None:
    for shown in (literal(text), code(text), MRKDWN.value("name", text), MRKDWN.frame(text)):
        assert "<" not in shown
        assert ">" not in shown


@pytest.mark.parametrize("text", ["*bold*", "_slanted_", "~struck~", ":boom:"])
def test_text_of_others_is_not_formatted(text: str) -> None:
    """An invisible joiner stands at the marks, so that Slack sees no pair of them."""
    assert literal(text) != text
    assert literal(text).replace("\u2060", "") == text


def test_a_code_of_awss_can_be_copied_as_it_is() -> None:
    assert literal("AWS_ABUSE_REPORT") == "AWS_ABUSE_REPORT"


@pytest.mark.parametrize("text", ["_a_", "a_ _b", "a__b", "値_値_値", "a*b*", "~a~"])
def test_a_mark_that_could_format_is_kept_from_it(text: str) -> None:
    assert literal(text).count("\u2060") == 2 * sum(text.count(mark) for mark in "_*~")


def test_an_arn_stays_as_it_is() -> None:
    arn = "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc"
    assert literal(arn) == arn


def test_a_backtick_cannot_end_code() -> None:
    assert code("a`b") == "`aˋb`"


def test_what_reorders_or_breaks_a_line_is_made_visible() -> None:
    assert tame("a\u202eb\x00c\ud800d") == "a\ufffdb\ufffdc\ufffdd"
    assert tame("one\ntwo\t three\u2028four") == "one two three four"


def test_only_a_slack_user_is_mentioned_and_only_where_a_sentence_names_a_person() -> None:
    assert mention("U0ANNA") == "<@U0ANNA>"
    assert mention("root") == "root"
    assert MRKDWN.value("person", "U0ANNA") == "<@U0ANNA>"
    assert MRKDWN.value("name", "U0ANNA") == "U0ANNA"
