"""Whose people toban listens to: those of its workspace, or of its whole Enterprise organisation.

Sources, all Slack's: "auth.test", "auth.teams.list", "usergroups.users.list"; "Changes to APIs" for
organisation-wide apps; "Understanding Slack Connect".
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.slack.bearer import why

log = logging.getLogger("toban.slack")
PAGE = 200
GONE = "no_such_subteam"
"""A user group that is not there, or disabled ("usergroups.users.list", Slack)."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where toban is installed; nothing while Slack has not said."""

    teams: frozenset[str] = frozenset()  # T… of workspaces; E… of the organisation itself
    enterprise: str = ""  # the organisation's id, where toban is installed for all of it

    def has(self, team: str, enterprise: str = "") -> bool:
        """Whether somebody of this workspace is one of ours; who tells neither is not."""
        return team in self.teams or bool(self.enterprise and enterprise == self.enterprise)


def home(client: WebClient, said: SlackResponse) -> Home:
    """What auth.test said, and more where there are many workspaces.  Raises SlackClientError or OSError."""
    team, enterprise = str(said.get("team_id") or ""), str(said.get("enterprise_id") or "")
    if not said.get("is_enterprise_install"):
        return Home(frozenset({team}) - {""})
    return Home(frozenset({team, enterprise, *_as_far_as_said(client)}) - {""}, enterprise)


def _as_far_as_said(client: WebClient) -> frozenset[str]:
    """The workspaces; none when Slack refuses to say, which is no reason not to start."""
    try:
        return frozenset(workspaces(client))
    except SlackApiError as error:
        note = {"action": "slack.workspaces"}
        log.warning("which workspaces the organisation has is not known: %s", why(error), extra=note)
        return frozenset()


def workspaces(client: WebClient) -> Iterator[str]:
    """The workspaces that an organisation-wide app was let into.  Raises SlackClientError or OSError."""
    cursor = ""
    while True:
        page = client.auth_teams_list(limit=PAGE, cursor=cursor or None)
        yield from (str(one["id"]) for one in page["teams"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def members(client: WebClient, group: str, home: Home) -> tuple[str, ...]:
    """Who is in a user group; of an organisation's, in whichever workspace has it.

    Raises SlackClientError or OSError.
    """
    if not home.enterprise:
        return tuple(client.usergroups_users_list(usergroup=group)["users"])
    return _in_any(client, group, sorted(home.teams))


def _in_any(client: WebClient, group: str, teams: Sequence[str]) -> tuple[str, ...]:
    gone: SlackApiError | None = None
    for team in teams:
        if not team.startswith("T"):
            continue
        try:
            return tuple(client.usergroups_users_list(usergroup=group, team_id=team)["users"])
        except SlackApiError as error:
            if why(error) != GONE:
                raise
            gone = error
    if gone is not None:
        raise gone
    return ()
