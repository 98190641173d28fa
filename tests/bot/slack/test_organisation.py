"""Whose people toban listens to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from bot.slack import organisation, payload
from bot.slack.groups import UserGroups
from bot.slack.organisation import Home
from playground.slack.server import LocalSlack


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as made:
        yield made


def client(slack: LocalSlack) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])


def grid(slack: LocalSlack, *, org_wide: bool) -> Home:
    """The workspace is one of two of an organisation."""
    there = slack.workspace
    there.team = replace(there.team, enterprise="E0ASAGAO", siblings=("T0OSAKA",))
    there.app = replace(there.app, org_wide=org_wide)
    return organisation.home(client(slack), client(slack).auth_test())


def test_a_workspace_is_its_own_home(slack: LocalSlack) -> None:
    home = organisation.home(client(slack), client(slack).auth_test())
    assert home == Home(frozenset({"T0ASAGAO"}))


def test_an_app_of_one_workspace_of_an_organisation_listens_to_that_one(slack: LocalSlack) -> None:
    home = grid(slack, org_wide=False)
    assert home == Home(frozenset({"T0ASAGAO"}))
    assert not home.has("T0OSAKA", "E0ASAGAO")


def test_an_app_of_the_organisation_listens_to_all_of_its_workspaces(slack: LocalSlack) -> None:
    home = grid(slack, org_wide=True)
    assert all(home.has(team) for team in ("T0ASAGAO", "T0OSAKA", "E0ASAGAO"))
    assert home.has("T0NEW", "E0ASAGAO")  # let in since, and a command says whose it is
    assert not any(home.has(*whose) for whose in (("T0STRANGER",), ("",), ("T0STRANGER", "E0STRANGER")))


def test_where_slack_does_not_name_the_workspaces_a_command_still_says_whose_it_is(slack: LocalSlack) -> None:
    slack.faults.refuse("auth.teams.list", "not_allowed_token_type")
    home = grid(slack, org_wide=True)
    assert home.has("T0OSAKA", "E0ASAGAO")
    assert not home.has("T0OSAKA")


def test_a_user_group_is_found_in_whichever_workspace_has_it(slack: LocalSlack) -> None:
    home = grid(slack, org_wide=True)
    (group, *_) = slack.workspace.groups.values()
    assert organisation.members(client(slack), group.id, home) == group.users


def test_a_user_group_that_is_disabled_has_nobody_in_it_at_once(slack: LocalSlack) -> None:
    (group, *_) = slack.workspace.groups.values()
    known = UserGroups(client(slack), lambda: datetime(2026, 12, 1, tzinfo=UTC))
    known.refresh((group.id,))
    assert known.members(group.id) == group.users
    del slack.workspace.groups[group.id]
    known.refresh((group.id,))
    assert known.members(group.id) == ()


def test_a_user_group_that_grows_is_known_as_it_is_next(slack: LocalSlack) -> None:
    (group, *_) = slack.workspace.groups.values()
    known = UserGroups(client(slack), lambda: datetime(2026, 12, 1, tzinfo=UTC))
    known.refresh((group.id,))
    slack.workspace.groups[group.id] = replace(group, users=(*group.users, "W0NEW"))
    known.refresh((group.id,))
    assert known.members(group.id) == (*group.users, "W0NEW")


def test_a_missing_scope_is_said_by_slacks_word_for_it(
    slack: LocalSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.faults.refuse("usergroups.users.list", "missing_scope")
    known = UserGroups(client(slack), lambda: datetime(2026, 12, 1, tzinfo=UTC))
    known.refresh(("S0OPS",))
    assert "missing_scope" in caplog.text
    assert known.members("S0OPS") is None


def test_who_mentions_toban_in_a_shared_channel_is_of_their_own_workspace() -> None:
    event = {"type": "app_mention", "user": "W0STRANGER", "channel": "C0OPS", "ts": "1.2", "team": "T0HERE"}
    event["text"] = "<@W0TOBAN> ec2 list"
    body = {"team_id": "T0HERE", "event_id": "Ev1", "event": event | {"user_team": "T0THEIRS"}}
    line = payload.mention(body)
    assert line is not None
    assert (line.where.team, line.text.strip()) == ("T0THEIRS", "ec2 list")
