"""What is refused, and the sentence that says what would be right."""

import pytest

from bot.arguments import UsageError
from tests.bot.grammar.verbs import GRAMMAR

I = "ids such as i-0123456789abcdef0, name:web-*, tag:Key=Value, or all."  # noqa: E741 - short, for the table
VOL = I.replace("i-0", "vol-0")

NAMES = [
    ("ec3 list", "There is no command “ec3”. Did you mean ec2?"),
    ("ＥＣ３ list", "There is no command “ＥＣ３”. Did you mean ec2?"),
    ("snapshots", "There is no command “snapshots”. Did you mean snapshot?"),
    ("ec2-stop i-1", "There is no command “ec2-stop”. Did you mean ec2 stop, ec2 list?"),
    (
        "qqqq",
        "There is no command “qqqq”. Choose from ec2, snapshot, rds, toban, schedule, shell.",
    ),
    ("ec2 stpo i-1", "/ec2 has no “stpo”. Did you mean stop?"),
    ("ec2 qqqq", "/ec2 has no “qqqq”. Choose from list, stop, keep."),
    ("ec2 —stop", "/ec2 has no “—stop”. Did you mean stop?"),
    ("help ec3", "There is no command “ec3”. Did you mean ec2?"),
    ("ec2 'df -h'", "/ec2 has no “df -h”. Choose from list, stop, keep."),
    ("shell uptime --on all", "/shell has no “uptime”. Choose from command."),
    ("help ec2 stpo", "/ec2 has no “stpo”. Did you mean stop?"),
]
TARGETS = [
    ("ec2 stop", f"/ec2 stop needs to know on what: {I}"),
    ("ec2 stop --force", f"/ec2 stop needs to know on what: {I}"),
    ("rds failover", "/rds failover needs to know on what: names, name:web-*, tag:Key=Value, or all."),
    ("shell 'df -h'", f"/shell command needs to know on what: {I}"),
    ("shell 'df -h' --on", "--on needs a value: --on TARGET"),
    (
        "shell 'df -h' --on i-1 --given a=1 --on web",
        f"“web” is no target. Did you mean name:web? Targets are {I}",
    ),
    ("ec2 stop vol-0abc", f"vol-0abc is a volume; what is wanted here: {I}"),
    ("ec2 stop i-1 ｓｎａｐ－１２", f"snap-12 is a snapshot; what is wanted here: {I}"),
    ("ec2 stop i-1,ami-2", f"ami-2 is an image; what is wanted here: {I}"),
    ("snapshot prune i-1 --keep 7", f"i-1 is an instance; what is wanted here: {VOL}"),
    (
        "rds failover i-0123456789abcdef0",
        "i-0123456789abcdef0 is an instance; what is wanted here: names, name:web-*, tag:Key=Value, or all.",
    ),
    ("ec2 stop i-xyz", f"“i-xyz” is not an id: {I}"),
    ("ec2 stop i-", f"“i-” is not an id: {I}"),
    ("ec2 stop web-1", f"“web-1” is no target. Did you mean name:web-1? Targets are {I}"),
    ("ec2 stop env=dev", f"“env=dev” is no target. Did you mean tag:env=dev? Targets are {I}"),
    ("ec2 stop tags:env=dev", f"“tags:env=dev” is no target. Did you mean tag:env=dev? Targets are {I}"),
    ("ec2 stop names:web", f"“names:web” is no target. Did you mean name:web? Targets are {I}"),
    ("ec2 stop al", f"“al” is no target. Did you mean all? Targets are {I}"),
    ("ec2 stop ''", f"An empty word is no target. Targets are {I}"),
    ("ec2 stop all i-1", "“all” leaves nothing to add; name either all or some."),
    ("ec2 stop tag:env=dev all", "“all” leaves nothing to add; name either all or some."),
    ("ec2 stop tag:", "A tag's key is missing: tag:Key=Value, or tag:Key for any value."),
    ("ec2 stop tag:=dev", "A tag's key is missing: tag:Key=Value, or tag:Key for any value."),
    ("ec2 stop tag:env=", "A value is missing after “=”; tag:env means any value."),
    ("ec2 stop tag: env=dev", "A tag's key is missing: tag:Key=Value, or tag:Key for any value."),
    ("ec2 stop name:", "A name is missing after name: such as name:web-*."),
    ("ec2 stop -- i-1", f"“--” is no target. Did you mean name:--? Targets are {I}"),
    ("ec2 stop —dev", f"“—dev” is no target. Did you mean name:—dev? Targets are {I}"),
    ('ec2 stop "--force"', f"“--force” is no target. Did you mean name:--force? Targets are {I}"),
]
OPTIONS = [
    ("ec2 list --regoin us-east-1", "/ec2 list has no option --regoin. Did you mean --region?"),
    ("ec2 list —regoin us-east-1", "/ec2 list has no option --regoin. Did you mean --region?"),
    ("ec2 list --reg us-east-1", "/ec2 list has no option --reg. Did you mean --region?"),
    ("ec2 list --qqqq", "/ec2 list has no option --qqqq. Choose from --account, --region."),
    ("toban help --qqqq", "/toban help has no option --qqqq. There are none."),
    (
        "snapshot prune all --keep 7 --older_than 2h",
        "/snapshot prune has no option --older_than. Did you mean --older-than?",
    ),
    (
        "ec2 stop i-1 --reason late --regoin us-east-1",
        "/ec2 stop has no option --regoin. Did you mean --region, --reason?",
    ),
    ("ec2 list --region", "--region needs a value: --region REGION"),
    ("ec2 list --region --account dev", "--region needs a value: --region REGION"),
    ("ec2 list --region —account dev", "--region needs a value: --region REGION"),
    ("ec2 list --region=", "--region needs a value: --region REGION"),
    ("ec2 stop i-1 --force=yes", "--force takes no value."),
    ("ec2 stop i-1 --reason", "--reason needs a value: --reason TEXT"),
    ("ec2 stop i-1 --reason a --reason b", "--reason takes one value."),
    ("ec2 list --region us-east", "--region: “us-east” is not known. Did you mean us-east-1?"),
    (
        "ec2 list --region mars",
        "--region: “mars” is not known. Choose from us-east-1, ap-northeast-1, eu-west-1.",
    ),
    (
        "ec2 list --region us-east-1,mars",
        "--region: “mars” is not known. Choose from us-east-1, ap-northeast-1, eu-west-1.",
    ),
    ("ec2 list --account porod", "--account: “porod” is not known. Did you mean prod?"),
    ("ec2 list --account ''", "--account needs a value: --account ACCOUNT"),
    ("schedule run nigthly", "<name>: “nigthly” is not known. Did you mean nightly?"),
    ("schedule run", "/schedule run needs <name>."),
    ("schedule run nightly nightly", "/schedule run has no place for “nightly”."),
    ("toban help me", "/toban help has no place for “me”."),
]
VALUES = [
    ("snapshot prune all", "/snapshot prune needs --keep."),
    ("snapshot prune all --keep many", "--keep is a number, not “many”."),
    ("snapshot prune all --keep 1.5", "--keep is a number, not “1.5”."),
    ("snapshot prune all --keep 0x10", "--keep is a number, not “0x10”."),
    ("snapshot prune all --keep ٣", "--keep is a number, not “٣”."),
    ("snapshot prune all --keep 0", "--keep is at least 1."),
    ("snapshot prune all --keep -5", "--keep is at least 1."),
    ("snapshot prune all --keep —5", "--keep is at least 1."),
    ("snapshot prune all --keep 501", "--keep is at most 500."),
    ("snapshot prune all --keep 7 --keep 8", "--keep takes one value."),
    ("snapshot prune all --keep 7 8", f"“8” is no target. Did you mean name:8? Targets are {VOL}"),
    ("snapshot create i-1 --within 30s", "--within is at least 1m."),
    ("snapshot prune all --keep 7 --older-than 400d", "--older-than is at most 365d."),
    (
        "snapshot create i-1 --within 90",
        "--within is a time with its unit, such as 30s, 5m, 1h30m or 7d, not “90”.",
    ),
    (
        "snapshot create i-1 --within 1h30",
        "--within is a time with its unit, such as 30s, 5m, 1h30m or 7d, not “1h30”.",
    ),
    (
        "snapshot create i-1 --within 5y",
        "--within is a time with its unit, such as 30s, 5m, 1h30m or 7d, not “5y”.",
    ),
    (
        "snapshot create i-1 --within 999999999d",
        "--within is a time with its unit, such as 30s, 5m, 1h30m or 7d, not “999999999d”.",
    ),
    ("snapshot prune all --keep 7 --by days", "--by: “days” is not known. Did you mean day?"),
    ("toban audit --person ann", "--person is a person, mentioned with @, not “ann”."),
    ("toban audit --person @ann", "--person is a person, mentioned with @, not “@ann”."),
    ("toban audit --person <#C1|general>", "--person is a person, mentioned with @, not “#general”."),
    ("toban cancel", "/toban cancel needs <operation>."),
    ("toban cancel twelve", "<operation> is a number, not “twelve”."),
    (
        "ec2 keep running i-1 until late",
        "--until is a time of day such as 22:00, or one of a date such as 2026-11-22T22:00, not “late”.",
    ),
    (
        "ec2 keep running i-1 until 24:00",
        "--until is a time of day such as 22:00, or one of a date such as 2026-11-22T22:00, not “24:00”.",
    ),
    ("ec2 keep running i-1 until", "--until needs a value: --until HH:MM"),
    (
        "ec2 keep running i-1 for 2h until 22:00",  # it has no --for
        (
            "“for” is no target. Did you mean name:for? "
            "Targets are ids such as i-0123456789abcdef0, name:web-*, tag:Key=Value, or all."
        ),
    ),
]
CHARACTERS = [
    ('ec2 stop tag:Name="web 1', "The quotation mark before “web 1” is not closed."),
    ("ec2 stop “", "The quotation mark before “” is not closed."),
    ("ec2 stop 「web", "The quotation mark before “web” is not closed."),
    ("ec2 stop i-\x00", "The text holds a character that cannot be shown: U+0000."),
    ("ec2 stop name:\x1b[31m", "The text holds a character that cannot be shown: U+001B."),
    ("ec2 stop name:\ud83d", "The text holds a character that cannot be shown: U+D83D."),
    ("ec2 stop name:\u202egnp", "The text holds a character that cannot be shown: U+202E."),
    ("ec2 stop " + "i-1 " * 10_000, "The line is longer than 40000 characters."),
    (
        "x" * 40_000,
        f"There is no command “{'x' * 59}…”. Choose from ec2, snapshot, rds, toban, schedule, shell.",
    ),
    ("ec2 stop \u00ad\u200dx", f"“x” is no target. Did you mean name:x? Targets are {I}"),
]


@pytest.mark.parametrize(("typed", "sentence"), NAMES + TARGETS + OPTIONS + VALUES + CHARACTERS)
def test_a_mistake_is_answered_with_what_would_be_right(typed: str, sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        GRAMMAR.parse(typed)
    assert str(refused.value) == sentence


def test_an_error_repeats_one_shortened_word_and_not_the_line() -> None:
    with pytest.raises(UsageError) as refused:
        GRAMMAR.parse("ec2 stop i-1 " + "secret" * 100 + " hunter2")
    assert len(str(refused.value)) < 300
    assert "hunter2" not in str(refused.value)
