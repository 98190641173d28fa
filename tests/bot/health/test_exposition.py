"""The page of metrics, read by the rules of its format."""

import re

from aws.told import Became, Request
from bot.health.check import Facts, findings
from bot.health.exposition import Family, text
from bot.health.metrics import families
from bot.health.tally import Tally
from tests.bot.health.test_check import DEAF, HEARS, facts, stored
from tests.docs import ROOT

HEAD = re.compile(r"# (HELP|TYPE) ([a-z_]+) (.+)")
SAMPLE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (-?[0-9.e+-]+)')
Read = dict[str, float]


def read(page: str) -> Read:
    """Every sample; each stands below its own HELP and TYPE, and only once."""
    told: dict[str, set[str]] = {}
    samples: Read = {}
    for line in page.splitlines():
        if head := HEAD.fullmatch(line):
            told.setdefault(head[2], set()).add(head[1])
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample, line
        family = re.sub("_(bucket|sum|count)$", "", sample[1])
        assert told[family] == {"HELP", "TYPE"}
        key = sample[1] + (f"{{{sample[2]}}}" if sample[2] else "")
        assert key not in samples
        samples[key] = float(sample[3])
    assert page.endswith("\n")
    return samples


def page(of: Facts, tally: Tally) -> Read:
    return read(text(families(of, findings(of), tally.counted())))


def test_what_is_asked_of_aws_is_counted_by_what_became_of_it() -> None:
    tally = Tally()
    for became in (Became.OK, Became.OK, Became.THROTTLED):
        tally.request(Request("ec2", "StartInstances", became))
    shown = page(facts(), tally)
    of = 'toban_aws_requests_total{service="ec2",call="StartInstances",became='
    assert (shown[of + '"ok"}'], shown[of + '"throttled"}']) == (2, 1)


def test_acknowledgements_stand_in_buckets_each_with_all_below_it() -> None:
    tally = Tally()
    for seconds in (0.004, 0.03, 0.03, 2.5, 9.0):
        tally.ack(seconds)
    shown = page(facts(), tally)
    buckets = {name: n for name, n in shown.items() if name.startswith("toban_ack_seconds_bucket")}
    assert list(buckets.values()) == [1, 1, 1, 3, 3, 3, 3, 3, 3, 4, 5]
    assert shown['toban_ack_seconds_bucket{le="+Inf"}'] == shown["toban_ack_seconds_count"] == 5
    assert abs(shown["toban_ack_seconds_sum"] - 11.564) < 1e-6


def test_how_old_what_waits_is_and_how_it_stands() -> None:
    shown = page(facts(HEARS, DEAF, of=stored(unsent=90.5, drills=1)), Tally())
    assert shown["toban_outbox_age_seconds"] == 90.5
    assert shown["toban_queue_age_seconds"] == 0
    assert shown["toban_approvals_pending"] == shown['toban_operations{state="waiting"}'] == 2
    assert shown["toban_drills"] == 1
    assert shown['toban_socket_silence_seconds{socket="2"}'] == 41
    checks = {name: value for name, value in shown.items() if name.startswith("toban_check")}
    assert (shown["toban_healthy"], sum(checks.values()), checks['toban_check{check="audit"}']) == (0, 3, 1)
    assert next(value for name, value in shown.items() if name.startswith("toban_build_info{version=")) == 1


def test_while_the_database_is_away_its_metrics_are_not_guessed() -> None:
    shown = page(facts(of="away"), Tally())
    assert shown['toban_check{check="database"}'] == 0
    assert not any(name.startswith(("toban_outbox", "toban_operations", "toban_queue")) for name in shown)


def test_a_clock_that_was_set_back_makes_no_negative_age() -> None:
    shown = page(facts(of=stored(unsent=-3600.0)), Tally())
    assert shown["toban_outbox_age_seconds"] == 0


def test_a_label_is_escaped() -> None:
    family = Family("toban_x", "gauge", "X.", (("", {"of": 'a"b\\c\nd'}, 1.0),))
    assert text([family]).splitlines()[2] == 'toban_x{of="a\\"b\\\\c\\nd"} 1'


def test_the_page_about_it_names_every_metric_and_every_check_and_no_other() -> None:
    told = (ROOT / "docs" / "health.md").read_text(encoding="utf-8")
    shown = {one.name for one in families(facts(), findings(facts()), Tally().counted())}
    assert {re.sub("_bucket$", "", name) for name in re.findall(r"\btoban_[a-z_]+", told)} == shown
    table = re.findall(r"^\| `([a-z]+)` \|", told, re.MULTILINE)
    assert table == [one.check for one in findings(facts())]
    assert {str(one) for one in Became} <= set(re.findall(r"`([a-z]+)`", told))
