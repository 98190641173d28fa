"""/run command: one command as root on many instances, and what it printed and returned."""

from datetime import UTC

import pytest
from sqlalchemy import select

from bot.arguments import UsageError
from bot.command import Told
from bot.language import Languages
from bot.operation import State, StepState
from bot.store import tellings
from bot.store.report import report as read_report
from bot.store.schema import asks
from bot.views.card import card
from bot.views.speaker import Speaker
from playground.aws.faults import Fault, Kind
from tests.commands.desk import DEV_ID, TOKYO, Desk, left, targets, unread

LINE = '/run "df -h" on tag:env=dev'


def told(desk: Desk, number: int) -> Told:
    found = desk.house.path.db.read(lambda tx: tellings.of(tx, number))
    assert found is not None
    return found


def test_a_quoted_word_behind_the_noun_is_a_command(desk: Desk) -> None:
    assert desk.parse(LINE).line == 'run command "df -h" --on tag:env=dev'


def test_every_instance_that_can_be_reached_becomes_a_step_and_the_others_are_named(desk: Desk) -> None:
    reached, stopped, bare, silent = desk.run(4, env="dev")
    desk.ec2().stop_instances(InstanceIds=[stopped])
    desk.local.control.without_agent(bare)
    desk.local.control.lose_agent(silent)
    plan = desk.plan(LINE)
    assert targets(plan.steps) == {reached}
    assert left(plan)[stopped] == "it is stopped"
    assert "no agent there" in left(plan)[bare]
    assert "does not answer (ConnectionLost) since" in left(plan)[silent]
    assert str(plan.summary) == "run the command as root on 1 of 4 instances"


def test_windows_is_shown_its_own_document(desk: Desk) -> None:
    (one,) = desk.run(1, env="dev")
    desk.local.backend("ec2", DEV_ID, TOKYO).get_instance(one).platform = "windows"
    assert "/run document AWS-RunPowerShellScript" in left(desk.plan(LINE))[one]


def test_it_runs_on_fifty_instances_with_one_call_and_is_told_of_each(desk: Desk) -> None:
    ids = desk.run(51, env="dev")
    desk.local.control.commands_say("Filesystem  Use%\n/dev/xvda1  42%")
    desk.local.control.commands_say("Filesystem  Use%\n/dev/xvda1  99%", ids[0])
    rows = desk.carry_out(LINE, turns=3)
    assert {row.step.target.id for row in rows if row.state is StepState.DONE} == set(ids)
    assert desk.local.control.count("SendCommand") == 2
    whole = told(desk, 1)
    assert str(whole.summary) == "It returned 0 on all 51 instances."
    assert whole.well
    assert whole.file is not None
    assert [line for line in whole.file.text.splitlines() if "99%" in line] == ["/dev/xvda1  99%"]
    assert whole.file.text.count("/dev/xvda1  42%") == 50


def test_the_first_lines_of_one_instance_are_shown(desk: Desk) -> None:
    (one,) = desk.run(1, env="dev")
    desk.local.control.commands_say("\n".join(f"line {n}" for n in range(100)))
    desk.carry_out(LINE, turns=3)
    assert [str(line) for line in told(desk, 1).lines] == [f"{one} │ line {n}" for n in range(6)]


def test_one_that_fails_keeps_no_other_from_being_done(desk: Desk) -> None:
    bad, good = desk.run(2, env="dev")
    desk.local.control.fail_commands_on(bad)
    desk.local.control.commands_say("df: /data: No such file or directory\n", bad)
    rows = desk.carry_out(LINE, turns=3)
    assert {row.step.target.id: row.state for row in rows} == {bad: StepState.FAILED, good: StepState.DONE}
    whole = told(desk, 1)
    assert str(whole.summary) == "It returned 0 on 1 of 2 instances; 1 failed."
    assert str(whole.lines[0]) == f"{bad}: it returned 1: df: /data: No such file or directory"
    assert [str(line) for line in whole.lines[1:]] == [f"{good}: it returned 0"]
    assert not whole.well


def test_what_takes_longer_than_it_may_is_stopped(desk: Desk) -> None:
    desk.run(1, env="dev")
    desk.local.control.commands_take(600)
    (row,) = desk.carry_out(f"{LINE} --within 1m", turns=5)
    assert (row.state, str(row.reason)) == (StepState.FAILED, "it did not end in time and was stopped")


def test_one_that_is_lost_between_plan_and_call_fails_alone(desk: Desk) -> None:
    bad, *good = desk.run(5, env="dev")
    number = desk.house.asked(LINE)
    desk.local.control.without_agent(bad)
    desk.house.click(number, "U0SUZUKI")
    desk.house.work(passing=5, turns=4)
    states = {row.step.target.id: row.state for row in desk.house.steps(number)}
    assert states == {bad: StepState.FAILED} | dict.fromkeys(good, StepState.DONE)
    assert sorted(one for sent in desk.local.control.commands_sent() for one in sent.instance_ids) == sorted(
        good
    )


def test_a_cut_answer_runs_nothing_a_second_time(desk: Desk) -> None:
    desk.run(2, env="dev")
    desk.local.control.order(Fault(Kind.CUT_AFTER, action="SendCommand", times=1))
    rows = desk.carry_out(LINE, turns=4)
    assert {row.state for row in rows} == {StepState.UNKNOWN}
    assert len(desk.local.control.commands_sent()) == 1


def test_who_looks_in_aws_finds_the_number_of_the_operation(desk: Desk) -> None:
    desk.run(1, env="dev")
    desk.carry_out(LINE, turns=2)
    (sent,) = desk.local.control.commands_sent()
    assert sent.comment == "toban #1"
    assert sent.parameters == {"commands": ["df -h"], "executionTimeout": ["600"]}


def test_a_long_output_is_fetched_whole_and_says_where_it_was_cut(desk: Desk) -> None:
    desk.run(1, env="dev")
    desk.local.control.commands_say("x" * 23_999 + "END" + "y" * 100)
    desk.carry_out(LINE, turns=3)
    whole = told(desk, 1)
    assert whole.file is not None
    assert "x" * 23_999 + "E\n(cut here" in whole.file.text


def test_what_looks_like_a_secret_in_the_output_reaches_neither_slack_nor_the_database(desk: Desk) -> None:
    desk.run(1, env="dev")
    desk.local.control.commands_say("DB_PASSWORD=hunter2hunter2\nready")
    rows = desk.carry_out(LINE, turns=3)
    whole = told(desk, 1)
    assert whole.file is not None
    assert "DB_PASSWORD=[redacted]" in whole.file.text
    assert "hunter2" not in f"{whole} {rows}"


def test_a_secret_on_the_line_is_refused_before_it_is_stored(desk: Desk) -> None:
    with pytest.raises(UsageError, match="Let the instance fetch it") as refused:
        desk.house.ask('/run "PGPASSWORD=hunter2 pg_dump orders" on tag:env=dev')
    assert "hunter2" not in str(refused.value)
    assert desk.house.path.db.read(lambda tx: tx.execute(select(asks)).all()) == []


def test_a_reference_that_nobody_resolves_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match=r"does not resolve \{\{ssm-secure:…\}\}"):
        desk.parse('/run "pg_dump --password={{ssm-secure:/db/pw}}" on all')


def test_marks_that_no_shell_knows_are_pointed_out(desk: Desk) -> None:
    desk.run(1, env="dev")
    (note,) = desk.plan('/run "echo ‘hello’" on tag:env=dev').notes
    assert "holds ‘’" in str(note)


def test_where_the_agents_cannot_be_read_nothing_is_run(desk: Desk) -> None:
    desk.run(1, env="dev")
    desk.deny("DescribeInstanceInformation", account=DEV_ID)
    plan = desk.plan(LINE)
    assert plan.steps == ()
    assert "ssm:DescribeInstanceInformation" in unread(plan)["dev", TOKYO]


def test_any_command_as_root_needs_somebody_else_to_agree(desk: Desk) -> None:
    desk.run(1, env="dev")
    number = desk.house.asked(LINE)
    desk.house.work(passing=5, turns=2)
    assert desk.house.operation(number).state is State.WAITING
    assert desk.local.control.commands_sent() == ()


def test_nobody_approves_what_the_card_cannot_show(desk: Desk) -> None:
    """The longest command, every character of it written as an escape of five, stands on the card whole."""
    desk.run(1, env="dev")
    longest = "&" * 499 + "Z"
    number = desk.house.asked(f'/run "{longest}" on tag:env=dev')
    report = desk.house.path.db.read(lambda tx: read_report(tx, number))
    assert report is not None
    shown = card(report, Speaker(Languages.load(), "en", UTC), desk.house.path.now())
    assert f"{'&amp;' * 499}Z" in str(shown.blocks)
    with pytest.raises(UsageError, match="could not see all of it"):
        desk.parse(f'/run "{longest}Z" on tag:env=dev')


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_a_command_prints_reads_as_it_was_printed_and_does_nothing(desk: Desk, language: str) -> None:
    (one,) = desk.run(1, env="dev")
    desk.local.control.commands_say("<!channel> *full* <https://example.com|well>")
    desk.carry_out(LINE, turns=3)
    report = desk.house.path.db.read(lambda tx: read_report(tx, 1))
    assert report is not None
    shown = str(card(report, Speaker(Languages.load(), language, UTC), desk.house.path.now()).blocks)
    assert "&lt;!channel&gt;" in shown
    assert "<!channel>" not in shown
    assert one in shown
