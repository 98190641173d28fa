"""What the config says of the bill: what it means, and every mistake in words, with its place."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.costs import BillRules, LeftOut, Metric
from tests.bot.configs import LEAST, Load, loader, mistakes

TWO = (
    LEAST
    + """
[accounts.shared]
id = "222222222222"
regions = ["us-east-1"]
"""
)
NO_AMOUNT = 'is no amount of money; write it like 100 or "12.50", without a currency.'


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


def test_without_a_word_every_account_is_asked_and_all_is_counted(config: Load) -> None:
    assert config(TWO).bill == BillRules(payers=("prod", "shared"))


def test_all_of_it_can_be_said(config: Load) -> None:
    text = """
[bill]
payers = ["shared"]
metric = "net-amortized"
left_out = ["credits", "refunds"]
tag = "team"
floor = "12.50"
mention = "S0OPS"
mention_above = 250
questions = 5
"""
    assert config(TWO + text).bill == BillRules(
        payers=("shared",),
        metric=Metric.NET_AMORTIZED,
        left_out=(LeftOut.CREDITS, LeftOut.REFUNDS),
        tag="team",
        floor=Decimal("12.50"),
        mention="S0OPS",
        mention_above=Decimal(250),
        posts=2,
        questions=5,
    )


def test_what_is_said_twice_counts_once(config: Load) -> None:
    text = '[bill]\npayers = ["shared", "prod", "shared"]\nleft_out = ["tax", "tax"]\n'
    found = config(TWO + text).bill
    assert (found.payers, found.left_out) == (("shared", "prod"), (LeftOut.TAX,))


def test_no_question_may_be_allowed_at_all(config: Load) -> None:
    assert config(TWO + "[bill]\nquestions = 0\n").bill.questions == 0


@pytest.mark.parametrize(
    ("line", "place", "said"),
    [
        ('payers = "prod"', "[bill] payers", "it must be a list, such as [“a”, “b”]."),
        ('payers = ["prdo"]', "bill", "payers: there is no account “prdo”. Did you mean prod?"),
        ('payers = ["x"]', "bill", "payers: there is no account “x”. Choose from prod, shared."),
        ("payers = [1]", "[bill] payers #1", "it must be text in quotes."),
        (
            'metric = "unblnded"',
            "[bill] metric",
            "there is no metric “unblnded”. Did you mean unblended, net-unblended?",
        ),
        (
            'metric = "NetAmortizedCost"',
            "[bill] metric",
            "there is no metric “NetAmortizedCost”. Did you mean net-amortized, amortized?",
        ),
        (
            'left_out = ["tax", "credit"]',
            "[bill] left_out #2",
            "nothing called “credit” can be left out. Did you mean credits?",
        ),
        (
            'tag = "tag:team"',
            "[bill] tag",
            "“tag:team” is no key of a tag; write it alone, such as team.",
        ),
        ('tag = ""', "[bill] tag", "“” is no key of a tag; write it alone, such as team."),
        ("tag = 1", "[bill] tag", "“1” is no key of a tag; write it alone, such as team."),
        ('floor = "12,5"', "[bill] floor", f"“12,5” {NO_AMOUNT}"),
        ("floor = -1", "[bill] floor", f"“-1” {NO_AMOUNT}"),
        ("floor = 12.5", "[bill] floor", f"“12.5” {NO_AMOUNT}"),  # money is never a float
        ('floor = "NaN"', "[bill] floor", f"“NaN” {NO_AMOUNT}"),
        ('mention_above = "$100"', "[bill] mention_above", f"“$100” {NO_AMOUNT}"),
        ("mention_above = true", "[bill] mention_above", f"“True” {NO_AMOUNT}"),
        (
            'mention = "@ops"',
            "[bill] mention",
            "“@ops” is neither a Slack user id (U…) nor a user group's (S…).",
        ),
        *(
            (
                f"questions = {value}",
                "[bill] questions",
                "it must be a whole number from 0 to 1000, without quotes.",
            )
            for value in ("-1", "1001", '"5"', "true", "2.5")
        ),
        ('payer = ["prod"]', "[bill] payer", "there is no such setting. Did you mean payers?"),
        (
            "posts = 3",  # the post's two requests are a promise, not a setting
            "[bill] posts",
            (
                "there is no such setting. Choose from payers, metric, left_out, tag, floor, mention,"
                " mention_above, questions."
            ),
        ),
    ],
)
def test_a_mistake_says_where_it_is_and_what_would_be_right(
    config: Load, line: str, place: str, said: str, tmp_path: Path
) -> None:
    (found,) = mistakes(config, TWO + f"[bill]\n{line}\n")
    assert found == f"{place} (in {tmp_path / 'toban.toml'}): {said}"


def test_every_mistake_is_told_at_once(config: Load) -> None:
    found = mistakes(config, TWO + '[bill]\nmetric = "cheap"\nfloor = "free"\nmention = "ops"\n')
    assert [one.split(" (in ")[0] for one in found] == ["[bill] metric", "[bill] floor", "[bill] mention"]
