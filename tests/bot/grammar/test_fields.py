"""A form's fields mean the line that somebody would type."""

from bot.grammar.fields import Composed, Filled
from bot.grammar.grammar import Parsed
from tests.bot.grammar.verbs import BY_ACTION, GRAMMAR


def composed(action: str, filled: Filled) -> Composed:
    return GRAMMAR.compose(BY_ACTION[action], filled)


def canonical(action: str, filled: Filled) -> str:
    made = composed(action, filled)
    assert made.mistakes == {}
    parsed = GRAMMAR.parse(made.line)
    assert isinstance(parsed, Parsed)
    return parsed.line


def test_every_kind_of_field_comes_out_as_typed() -> None:
    assert canonical(
        "ec2.stop",
        {
            "targets": ("i-0abc", "tag:env=dev"),
            "account": ("dev", "prod"),
            "force": ("force",),
            "reason": ("月末の停止 --force",),
        },
    ) == ('ec2 stop i-0abc tag:env=dev --account dev --account prod --force --reason "月末の停止 --force"')
    assert canonical("snapshot.prune", {"targets": ("all",), "keep": ("7",), "older_than": ("7d",)}) == (
        "snapshot prune all --keep 7 --older-than 7d"
    )
    assert canonical(
        "ec2.keep",
        {"state": ("running",), "targets": ("i-0abc",), "until": ("22:00",), "reason": ("on call",)},
    ) == ('ec2 keep running i-0abc --until 22:00 --reason "on call"')
    assert canonical("rds.start", {"database": ("orders",), "hours": ("夜勤",)}) == (
        "rds start orders --hours 夜勤"
    )
    assert canonical("toban.audit", {"person": ("U0SATO",)}) == "toban audit --person <@U0SATO>"


def test_a_field_of_many_words_holds_each_of_them() -> None:
    filled = {"command": ("df -h",), "on": ("i-0abc tag:env=dev",), "given": ('a=1 b="x y" --emergency now',)}
    assert canonical("shell.command", filled) == (
        'shell command "df -h" --on i-0abc tag:env=dev'
        ' --given a=1 --given "b=x y" --given "--emergency" --given now'
    )
    assert canonical("shell.command", {"command": ("df",), "on": ("all",), "given": ('a="x',)}) == (
        r'shell command df --on all --given "a=\"x"'
    )


def test_what_is_left_empty_and_needed_is_named() -> None:
    made = composed("snapshot.prune", {"targets": (" ",), "keep": ()})
    assert made.empty == {"targets", "keep"}
    assert set(made.mistakes) == {"targets", "keep"}


def test_a_mistake_stands_at_its_own_field() -> None:
    made = composed("snapshot.prune", {"targets": ("vol-0abc",), "keep": ("0",), "older_than": ("7",)})
    assert set(made.mistakes) == {"keep", "older_than"}


def test_no_field_can_say_anything_but_its_own() -> None:
    """Options in a field of targets, numbers or words stay values, or are refused."""
    assert "targets" in composed("ec2.stop", {"targets": ("all --account prod",)}).mistakes
    assert "keep" in composed("snapshot.prune", {"targets": ("all",), "keep": ("7 --by day",)}).mistakes
    assert canonical("toban.audit", {"resource": ("i-0abc --limit 9",)}) == (
        'toban audit --resource "i-0abc --limit 9"'
    )
    assert canonical("toban.cancel", {"operation": ("7",), "reason": ("--help",)}) == (
        'toban cancel 7 "--help"'
    )


def test_a_quotation_mark_that_nothing_closes_is_a_mistake_of_its_field() -> None:
    assert set(composed("ec2.stop", {"targets": ('tag:"x',)}).mistakes) == {"targets"}


def test_a_form_is_wanted_for_a_verb_alone_that_needs_more() -> None:
    assert GRAMMAR.wants_form("/ec2 stop") is BY_ACTION["ec2.stop"]
    assert GRAMMAR.wants_form("/ｅｃ２　ｓｔｏｐ") is BY_ACTION["ec2.stop"]
    for typed in (
        "/ec2",
        "/ec2 list",
        "/ec2 stop all",
        "/ec2 help",
        "/nothing stop",
        "/ec2 stop --help",
        '"',
    ):
        assert GRAMMAR.wants_form(typed) is None


def test_a_timetable_and_a_line_are_typed_as_they_are_meant_and_wrong_ones_are_told_at_their_fields() -> None:
    said = {"when": ("平日 9:00",), "line": ('/shell "df -h" --on all',), "name": ("朝",)}
    assert canonical("schedule.add", said) == (
        'schedule add "weekdays 09:00" "/shell command \\"df -h\\" --on all" --name 朝'
    )
    wrong = composed("schedule.add", {"when": ("9:00",), "line": ("/ec2 stpo all",)}).mistakes
    assert "is no timetable" in str(wrong["when"])
    assert str(wrong["line"]) == "/ec2 has no “stpo”. Did you mean stop?"
