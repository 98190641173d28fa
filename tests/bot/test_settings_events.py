"""[queues] and [rules]: every mistake is a sentence with its place, and found at the start."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config.event_tables import REST
from bot.named import EXAMPLES
from bot.rulebook import rules
from bot.settings import SettingsError
from bot.trouble import AlarmRules, Severity
from tests.bot.configs import LEAST, SCHEDULE, Load, loader, mistakes
from tests.jobs.readings.given import EVERY, reading

URL = "https://sqs.ap-northeast-1.amazonaws.com/111111111111/toban"
QUEUE = f'[queues.main]\naccount = "prod"\nregion = "ap-northeast-1"\nurl = "{URL}"\n'
RULE = '[rules.alarms]\npattern = { source = ["aws.cloudwatch"] }\nchannel = "C0OPS"\n'
TOPIC = "arn:aws:sns:ap-northeast-1:111111111111:on-duty"
REPORTS = 'reports = "C0REPORTS"\n'
GROUPS = '[groups]\noperators = ["U0SATO"]\napprovers = ["U0SUZUKI"]\n'


@pytest.fixture
def config(tmp_path: Path) -> Load:
    return loader(tmp_path)


# -- queues -------------------------------------------------------------------------------------------------


def test_a_queue_is_of_an_account_and_a_region(config: Load) -> None:
    (one,) = config(LEAST + QUEUE + f'dead_letters = "{URL}-dead"\n').queues
    assert (one.name, one.account, one.region, one.url) == ("main", "prod", "ap-northeast-1", URL)
    assert one.dead_letters == f"{URL}-dead"
    assert config(LEAST).queues == ()


def test_a_queue_may_name_topics_of_others_that_it_hears(config: Load) -> None:
    assert config(LEAST + QUEUE + f'topics = ["{TOPIC}"]\n').queues[0].topics == (TOPIC,)
    assert config(LEAST + QUEUE).queues[0].topics == ()
    (found,) = mistakes(config, LEAST + QUEUE + 'topics = ["on-duty"]\n')
    assert "“on-duty” is no ARN of an SNS topic" in found


@pytest.mark.parametrize("url", ["http://localhost:4566/000000000000/toban", f"{URL}.fifo"])
def test_an_emulators_queue_and_a_fifo_are_queues_too(config: Load, url: str) -> None:
    assert config(LEAST + QUEUE.replace(URL, url)).queues[0].url == url


@pytest.mark.parametrize(
    "url", ["", "toban", "sqs://x/111111111111/toban", "https://x/1/toban", URL + "/a b"]
)
@pytest.mark.parametrize("key", ["url", "dead_letters"])
def test_what_is_no_queues_address_is_a_mistake(config: Load, url: str, key: str) -> None:
    text = QUEUE.replace(URL, url) if key == "url" else QUEUE + f'dead_letters = "{url}"\n'
    (found,) = mistakes(config, LEAST + text)
    assert found.startswith(f"[queues.main] {key} (in ")
    assert "is no URL of a queue; one reads https://sqs.REGION.amazonaws.com/ACCOUNT/NAME." in found


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('account = "prod"', 'account = "prdo"', "main: there is no account “prdo”. Did you mean prod?"),
        ('"ap-northeast-1"', '"tokyo"', "tokyo"),
        ('account = "prod"\n', "", "[queues.main] account (in "),
        ("url =", "uri =", "there is no such setting. Did you mean url"),
    ],
)
def test_every_mistake_of_a_queue_says_where_it_is(config: Load, old: str, new: str, why: str) -> None:
    assert any(why in each for each in mistakes(config, LEAST + QUEUE.replace(old, new, 1)))


# -- rules --------------------------------------------------------------------------------------------------


def test_a_rule_says_what_is_done_with_which_events(config: Load) -> None:
    more = f'''severity = "critical"
mention = "S0ONCALL"
buttons = ["ec2 why {{instance}}"]
do = "ec2 stop {{instance}}"
when = "end"
owner = "U0SATO"
reopen = "1h"
after = ["5m", "10m", "15m"]
wider = "U0BOSS"
topic = "{TOPIC}"
'''
    one = config(LEAST + RULE + more).rules[0]
    assert (one.name, one.pattern, one.channel) == ("alarms", {"source": ["aws.cloudwatch"]}, "C0OPS")
    assert (one.severity, one.mention, one.buttons) == (
        Severity.CRITICAL,
        "S0ONCALL",
        ("ec2 why {instance}",),
    )
    assert (one.do, one.when, one.owner) == ("ec2 stop {instance}", "end", "U0SATO")
    assert (one.reopen, [span // timedelta(minutes=1) for span in one.after]) == (
        timedelta(hours=1),
        [5, 10, 15],
    )
    assert (one.wider, one.topic) == ("U0BOSS", TOPIC)


def test_a_pattern_may_be_json(config: Load) -> None:
    pattern = {"source": ["aws.ec2"], "detail": {"state": [{"prefix": "sto"}]}}
    text = f"[rules.x]\npattern = '{json.dumps(pattern)}'\nchannel = \"C0OPS\"\n"
    assert config(LEAST + text).rules[0].pattern == pattern


def test_rules_keep_their_order_and_one_for_all_that_is_left_is_the_last(config: Load) -> None:
    found = config(REPORTS + LEAST + RULE.replace("alarms", "b") + RULE.replace("alarms", "a")).rules
    assert [one.name for one in found] == ["b", "a", REST]
    assert found[-1].channel == "C0REPORTS"


def test_without_a_channel_for_it_there_is_no_rule_for_the_rest(config: Load) -> None:
    assert [one.name for one in config(LEAST + RULE).rules] == ["alarms"]


@pytest.mark.parametrize(
    ("more", "where", "why"),
    [
        ('severity = "bad"', "severity", "it must be one of “info”, “warning”, “critical”."),
        ('when = "never"', "when", "it must be one of “begin”, “end”."),
        ('mention = "sato"', "mention", "sato"),
        ('wider = "everybody"', "wider", "everybody"),
        ('owner = "S0ONCALL"', "owner", "it must be a Slack user id"),
        ('reopen = "soon"', "reopen", "is not a span of time"),
        ('after = "5m"', "after", "it must be a list"),
        ('after = ["5m", "soon"]', "after #2", "is not a span of time"),
        ('after = ["1m", "2m", "3m", "4m"]', "after", "it may not have more than 3 entries."),
        (f"buttons = {['x'] * 16}", "buttons", "it may not have more than 15 entries."),
        ('buttons = ["x", 1]', "buttons #2", ""),
        ('topic = "on-duty"', "topic", "is no ARN of an SNS topic"),
        ('do = "ec2 list"', "", "what it does needs an owner, with whose rights it is asked."),
        ('after = ["1m", "2m"]', "", "its second call needs somebody wider to call."),
        ('after = ["1m", "2m", "3m"]\nwider = "U0BOSS"', "", "its third call needs a topic."),
        (
            f'after = ["1m", "2m", "3m"]\nwider = "U0BOSS"\ntopic = "{TOPIC}"',
            "",
            "its third call needs an owner, with whose rights the topic is told.",
        ),
        ('after = ["9m", "2m"]\nwider = "U0BOSS"', "", "its calls must come one after the other"),
        ('after = ["2m", "2m"]\nwider = "U0BOSS"', "", "its calls must come one after the other"),
        ('chanel = "C0OPS"', "chanel", "there is no such setting. Did you mean channel"),
    ],
)
def test_every_mistake_of_a_rule_says_where_it_is(config: Load, more: str, where: str, why: str) -> None:
    (found,) = mistakes(config, LEAST + RULE + more + "\n")
    assert found.startswith(f"[rules.alarms] {where}" if where else "[rules] alarms")
    assert why in found
    assert not found.endswith("it is not what is expected here.")


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ('"{"', "it is no JSON; a table will do as well."),
        ("'" + "[" * 5000 + "'", "it is nested too deeply."),
        ("7", "an object with at least one field"),
        ("{}", "an object with at least one field"),
        ('{ source = "aws.ec2" }', "source wants a list of values"),
        ("{ source = [] }", "source wants a list of values"),
        ('{ source = [["x"]] }', "source has a list within a list"),
        ('{ source = [{ prefx = "x" }] }', "“prefx” is no comparison"),
        ('{ detail = { n = [{ numeric = ["~", 1] }] } }', "detail.n: “numeric” cannot compare"),
        ("{ source = [{ anything-but = { prefix = [] } }] }", "“anything-but” cannot compare"),
        ("{ detail = { day = [2026-11-30] } }", "detail.day: 2026-11-30 is nothing that an event holds."),
        ('{ "$or" = [{ source = ["x"] }] }', "at least two patterns"),
    ],
)
def test_every_mistake_of_a_pattern_says_where_it_is(config: Load, pattern: str, why: str) -> None:
    text = f'[rules.alarms]\npattern = {pattern}\nchannel = "C0OPS"\n'
    (found,) = mistakes(config, LEAST + text)
    assert found.startswith("[rules.alarms] pattern (in ")
    assert why in found


@pytest.mark.parametrize("missing", ["pattern", "channel"])
def test_what_a_rule_cannot_do_without_is_missed(config: Load, missing: str) -> None:
    text = "".join(f"{line}\n" for line in RULE.splitlines() if not line.startswith(missing))
    (found,) = mistakes(config, LEAST + text)
    assert "is missing." in found


def test_nobody_elses_rule_is_called_as_tobans_own(config: Load) -> None:
    (found,) = mistakes(config, LEAST + RULE.replace("alarms", REST))
    assert "rest is toban's own rule, for what no other fits." in found


# -- lines of rules ---------------------------------------------------------------------------------------


def wrong(config: Load, *lines: str) -> list[str]:
    """What the start says of rules with these lines."""
    with pytest.raises(SettingsError) as refused:
        rules(config(LEAST + GROUPS + "".join(lines)))
    return [str(each) for each in refused.value.mistakes]


def test_lines_that_can_be_read_are_right(config: Load) -> None:
    lines = [
        "ec2 why {instance}",
        "ec2 list --account {account} --region {region}",
        "volume list {volume}",
        "/rds list {database}",
    ]
    more = f'buttons = {lines}\ndo = "ec2 stop {{instance}}"\nowner = "U0SATO"\n'
    assert rules(config(LEAST + GROUPS + RULE + more)).known.verbs


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("ec2 stopp {instance}", "/ec2 has no “stopp”. Did you mean stop?"),
        ("ec2 stop {instnace}", "no event names {instnace}. Did you mean instance?"),
        ("ec2 stop {instance} --nonsense", "--nonsense"),
        ("ec2 stop {volume}", "is a volume"),
        ("ec2", "it asks for nothing."),
        ("help", "it asks for nothing."),
        ("rm -rf /", "There is no command “rm”"),
    ],
)
@pytest.mark.parametrize("key", ["buttons", "do"])
def test_a_line_that_cannot_be_read_is_named_at_the_start(
    config: Load, line: str, why: str, key: str
) -> None:
    written = f'buttons = ["{line}"]\n' if key == "buttons" else f'do = "{line}"\nowner = "U0SATO"\n'
    (found,) = wrong(config, RULE, written)
    assert found.startswith(f"The line “{line}” of rule alarms: ")
    assert why in found


def test_every_wrong_line_of_every_rule_and_schedule_is_named_at_once(config: Load) -> None:
    schedule = SCHEDULE.replace("snapshot create tag:Backup=daily", "nonsense")
    other = RULE.replace("alarms", "x") + 'buttons = ["a"]\n'
    found = wrong(config, schedule, RULE, 'buttons = ["a", "b", "ec2 list"]\n', other)
    assert len(found) == 4


def test_whatever_a_reading_names_has_an_example_here() -> None:
    named = {name for every in EVERY for name in reading(every).names}
    by_alarms = {"balancer", "function", "queue", "cluster", "service"}
    assert named | by_alarms == set(EXAMPLES)


# -- alarms -------------------------------------------------------------------------------------------------


def test_events_are_kept_for_a_quarter_and_pictures_are_cloudwatchs_unless_the_file_says_otherwise(
    config: Load,
) -> None:
    assert config(LEAST).alarms == AlarmRules(aws_pictures=True, keep=timedelta(days=90))
    told = config(LEAST + '[alarms]\npictures = "own"\nkeep_days = 14\n').alarms
    assert told == AlarmRules(aws_pictures=False, keep=timedelta(days=14))


def test_no_event_goes_while_sqs_may_deliver_it_again(config: Load) -> None:
    (found,) = mistakes(config, LEAST + "[alarms]\nkeep_days = 13\n")
    assert found.startswith("[alarms] keep_days (in ")
    assert found.endswith("it may not be below 14.")


def test_a_rule_says_how_often_its_line_is_asked_and_how_long_what_it_tells_stands(config: Load) -> None:
    rule, *_ = config(LEAST + RULE).rules
    assert (rule.at_most, rule.lasts) == (20, None)
    rule, *_ = config(LEAST + RULE + 'at_most = 3\nlasts = "2h"\n').rules
    assert (rule.at_most, rule.lasts) == (3, timedelta(hours=2))
    assert len(mistakes(config, LEAST + RULE + "at_most = 0\n")) == 1
