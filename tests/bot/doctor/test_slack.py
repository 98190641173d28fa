"""What the doctor sees of Slack, and what it says to do where something is wrong."""

from dataclasses import replace

import pytest

from bot.doctor import channels, scopes, tokens, user_groups
from bot.doctor.finding import Check, Health
from bot.doctor.side_by_side import findings
from bot.slack.sight import Sight
from playground.slack.people import Channel
from tests.bot.doctor.conftest import Setup, only


def sight(setup: Setup) -> Sight:
    found = setup.patient.slack
    assert found is not None
    return found


def test_a_token_that_was_taken_back_is_replaced_from_the_page_where_it_stands(setup: Setup) -> None:
    setup.environment["SLACK_BOT_TOKEN"] = "xoxb-taken-back"
    bot, app = tokens.look(sight(setup))
    assert (bot.health, app.health) == (Health.FAILED, Health.OK)
    assert "invalid_auth" in bot.what
    assert "OAuth & Permissions" in bot.do


def test_a_token_that_toban_renews_is_renewed_by_starting_it(setup: Setup) -> None:
    setup.environment["SLACK_BOT_TOKEN"] = "xoxe.xoxb-expired"
    setup.environment |= {"SLACK_REFRESH_TOKEN": "xoxe-1-x", "SLACK_CLIENT_ID": "1.2"}
    setup.environment["SLACK_CLIENT_SECRET"] = "s" * 32
    bot, _app = tokens.look(sight(setup), expires=True)
    assert bot.health is Health.FAILED
    assert bot.do.startswith("Start `toban run`, which renews it")


def test_an_apps_token_without_sockets_is_made_anew_with_its_scope(setup: Setup) -> None:
    setup.slack.faults.refuse("apps.connections.open", "missing_scope")
    bot, app = tokens.look(sight(setup))
    assert (bot.health, app.health) == (Health.OK, Health.FAILED)
    assert "missing_scope" in app.what
    assert "connections:write" in app.do


def test_a_slack_that_is_not_reached_is_one_failure_that_says_what_to_open(setup: Setup) -> None:
    setup.environment["SLACK_API_URL"] = "http://127.0.0.1:9/api/"
    found = only(list(tokens.look(sight(setup))), Health.FAILED)
    assert "does not answer" in found.what
    assert "443" in found.do


def test_what_could_not_be_looked_at_says_where_to_begin(setup: Setup) -> None:
    setup.environment["SLACK_BOT_TOKEN"] = "xoxb-taken-back"
    slack = sight(setup)
    found = only(findings([Check(scopes.NAME, lambda: scopes.look(slack))]), Health.WARNING)
    assert "not looked at" in found.what
    assert "slack tokens" in found.do


def test_a_scope_that_was_not_granted_is_named_with_the_way_to_it(setup: Setup) -> None:
    setup.slack.scopes.remove("files:write")
    found = only(list(scopes.look(sight(setup))), Health.FAILED)
    assert found.what == "The bot lacks files:write."
    assert "toban manifest" in found.do
    assert "install the app again" in found.do


def test_a_channel_without_toban_is_named_with_what_to_type_there(setup: Setup) -> None:
    setup.slack.workspace.channels["C0OPS"].members.discard("U0TOBAN")
    patient = setup.patient
    found = only(list(channels.look(sight(setup), patient.settings)), Health.FAILED)
    assert "#ops (C0OPS)" in found.what
    assert found.do == "Type /invite @toban in #ops."


def test_a_channel_that_is_archived_or_not_there_is_told_apart(setup: Setup) -> None:
    known = setup.slack.workspace.channels
    known["C0OPS"] = Channel("C0OPS", "ops", {"U0TOBAN"}, is_archived=True)
    del known["C0BILLING"]
    archived, gone = channels.look(sight(setup), setup.patient.settings)
    assert "archived" in archived.what
    assert "Unarchive" in archived.do
    assert "no channel C0BILLING" in gone.what
    assert "Correct the id" in gone.do


def test_a_private_channel_without_toban_is_to_be_invited_to(setup: Setup) -> None:
    known = setup.slack.workspace.channels["C0OPS"]
    known.is_private = True
    known.members.discard("U0TOBAN")
    found = only(list(channels.look(sight(setup), setup.patient.settings)), Health.FAILED)
    assert "private and toban is not in it" in found.what
    assert "/invite @toban" in found.do


def test_a_config_without_a_channel_is_a_warning(setup: Setup) -> None:
    setup.configure('zone = "UTC"\n[accounts.dev]\nid = "222222222222"\nregions = ["us-east-1"]\n')
    found = only(list(channels.look(sight(setup), setup.patient.settings)), Health.WARNING)
    assert "[channels.C…]" in found.do


def test_a_channel_that_only_a_schedule_reports_to_is_looked_at(setup: Setup) -> None:
    given = setup.patient.settings
    changed = replace(given, schedules=(replace(given.schedules[0], channel="C0RANDOM"),))
    found = only(list(channels.look(sight(setup), changed)), Health.FAILED)
    assert "#random" in found.what


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("no_such_subteam", "Copy group ID"),
        ("no_such_subteam", "Enable it"),
        ("plan_upgrade_required", "one by one"),
        ("missing_scope", "install the app again"),
    ],
)
def test_a_user_group_that_there_is_not_says_why(setup: Setup, code: str, expected: str) -> None:
    setup.slack.faults.refuse("usergroups.users.list", code)
    found = only(list(user_groups.look(sight(setup), setup.patient.settings)), Health.FAILED)
    assert expected in found.do


def test_a_user_group_without_people_is_a_failure(setup: Setup) -> None:
    groups = setup.slack.workspace.groups
    groups["S0APPROVERS"] = replace(groups["S0APPROVERS"], users=())
    found = only(list(user_groups.look(sight(setup), setup.patient.settings)), Health.FAILED)
    assert "Nobody is in the user group S0APPROVERS" in found.what
    assert "Put people into it" in found.do
