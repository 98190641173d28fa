"""What Slack's reference pages say of each method the local Slack offers.

Source: the page "<method> method" of Slack's Web API reference: its required arguments, its typical
success response, its table of errors.  Of the errors, those that every page lists stand in COMMON; those
that need what a local Slack lacks (Slack Connect, Enterprise, other people's apps) are left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

COMMON = frozenset({"not_authed", "invalid_auth", "not_allowed_token_type", "invalid_arguments"})
_CONTENT = {"invalid_blocks", "invalid_blocks_format", "no_text", "too_many_attachments", "msg_too_long"}
_METADATA = {"invalid_metadata_format", "invalid_metadata_schema"}
_TRIGGER = {"exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"}
_VIEW = {"duplicate_external_id", "view_too_large"}
_RANGE = {"invalid_cursor", "invalid_ts_latest", "invalid_ts_oldest"}


@dataclass(frozen=True, slots=True)
class Page:
    """One method's page: required arguments, top-level keys of a success, error codes of its own.

    `without` tells what is answered when an argument, of which a call needs it or another one, is left out.
    """

    needs: frozenset[str] = frozenset()
    gives: Mapping[str, type] = field(default_factory=dict)
    errors: frozenset[str] = frozenset()
    without: Mapping[str, str] = field(default_factory=dict)


def _page(needs: str = "", errors: set[str] | None = None, without: str = "", **gives: type) -> Page:
    answers = dict.fromkeys(needs.split(), "invalid_arguments")
    answers |= dict(each.split("=") for each in without.split())
    return Page(frozenset(needs.split()), gives, frozenset(errors or ()), answers)


PAGES: Mapping[str, Page] = {
    "api.test": _page(args=dict),
    "apps.connections.open": _page(url=str),
    "auth.teams.list": _page("", {"invalid_cursor", "invalid_limit"}, teams=list),
    "auth.test": _page(url=str, team=str, user=str, team_id=str, user_id=str, bot_id=str),
    "blocks.validate": _page(
        "", {"invalid_blocks", "invalid_message", "invalid_view"}, "blocks=invalid_arguments"
    ),
    "chat.delete": _page(
        "channel ts", {"cant_delete_message", "channel_not_found", "message_not_found"}, channel=str, ts=str
    ),
    "chat.getPermalink": _page(
        "channel message_ts", {"channel_not_found", "message_not_found"}, channel=str, permalink=str
    ),
    "chat.postEphemeral": _page(
        "channel user",
        {"channel_not_found", "is_archived", "user_not_in_channel", *_CONTENT},
        "text=no_text",
        message_ts=str,
    ),
    "chat.postMessage": _page(
        "channel",
        {"channel_not_found", "is_archived", "not_in_channel", "msg_blocks_too_long", *_CONTENT, *_METADATA},
        "text=no_text",
        channel=str,
        ts=str,
        message=dict,
    ),
    "chat.update": _page(
        "channel ts",
        {"cant_update_message", "channel_not_found", "edit_window_closed", "invalid_attachments"}
        | {"is_inactive", "message_not_found", *_CONTENT, *_METADATA},
        "text=no_text",
        channel=str,
        ts=str,
        text=str,
        message=dict,
    ),
    "conversations.history": _page(
        "channel",
        {"channel_not_found", "not_in_channel", *_RANGE},
        messages=list,
        has_more=bool,
        pin_count=int,
        response_metadata=dict,
    ),
    "conversations.info": _page("channel", {"channel_not_found"}, channel=dict),
    "conversations.join": _page(
        "channel",
        {"channel_not_found", "is_archived", "method_not_supported_for_channel_type"},
        channel=dict,
    ),
    "conversations.list": _page(
        "", {"invalid_cursor", "invalid_limit", "invalid_types"}, channels=list, response_metadata=dict
    ),
    "conversations.members": _page(
        "channel",
        {"channel_not_found", "invalid_cursor", "invalid_limit"},
        members=list,
        response_metadata=dict,
    ),
    "conversations.open": _page(
        "",
        {"channel_not_found", "user_not_found", "user_disabled", "users_list_not_supplied", "too_many_users"},
        "users=users_list_not_supplied",
        channel=dict,
    ),
    "conversations.replies": _page(
        "channel ts",
        {"channel_not_found", "thread_not_found", *_RANGE},
        messages=list,
        has_more=bool,
        response_metadata=dict,
    ),
    "files.completeUploadExternal": _page(
        "files", {"file_not_found", "invalid_channel", "posting_to_channel_denied"}, files=list
    ),
    "files.getUploadURLExternal": _page(
        "filename length",
        {"missing_argument"},
        "filename=missing_argument length=missing_argument",
        upload_url=str,
        file_id=str,
    ),
    "oauth.v2.access": _page(
        "client_id client_secret",
        {"bad_client_secret", "invalid_client_id", "invalid_grant_type", "invalid_refresh_token"},
        access_token=str,
        refresh_token=str,
        expires_in=int,
        token_type=str,
        bot_user_id=str,
        app_id=str,
        team=dict,
    ),
    "reactions.add": _page(
        "channel name timestamp",
        {"already_reacted", "channel_not_found", "invalid_name", "is_archived", "message_not_found"}
        | {"no_item_specified"},
        "channel=no_item_specified timestamp=no_item_specified name=invalid_name",
    ),
    "reactions.remove": _page(
        "name",
        {"invalid_name", "message_not_found", "no_item_specified", "no_reaction"},
        "channel=no_item_specified timestamp=no_item_specified name=invalid_name",
    ),
    "usergroups.list": _page(usergroups=list),
    "usergroups.users.list": _page("usergroup", {"no_such_subteam"}, users=list),
    "users.info": _page("user", {"user_not_found"}, user=dict),
    "users.list": _page("", {"invalid_cursor"}, members=list, cache_ts=int, response_metadata=dict),
    "views.open": _page("view", {*_TRIGGER, *_VIEW}, "trigger_id=invalid_arguments", view=dict),
    "views.publish": _page("user_id view", {"hash_conflict", *_VIEW}, view=dict),
    "views.push": _page(
        "view",
        {"push_limit_reached", "not_found", *_TRIGGER, *_VIEW},
        "trigger_id=invalid_arguments",
        view=dict,
    ),
    "views.update": _page(
        "view", {"hash_conflict", "not_found", *_VIEW}, "view_id=invalid_arguments", view=dict
    ),
}

SEEN: Mapping[tuple[str, str], str] = {
    ("chat.postMessage", "thread_not_found"): "bolt-js issue 2307, a maintainer's answer",
    ("chat.postMessage", "invalid_attachments"): "java-slack-sdk pull request 416",
    ("chat.postEphemeral", "invalid_attachments"): "as chat.postMessage",
    ("chat.postEphemeral", "msg_blocks_too_long"): "as chat.postMessage",
    ("chat.update", "msg_blocks_too_long"): "as chat.postMessage",
    ("chat.postEphemeral", "not_in_channel"): "ifvictr/prox issue 30",
    ("conversations.replies", "not_in_channel"): "as conversations.history: the scope channels:history",
    ("reactions.add", "not_in_channel"): "HubSpot slack-client pull request 356",
    ("reactions.remove", "not_in_channel"): "as reactions.add",
    ("reactions.remove", "channel_not_found"): "as reactions.add",
}  # what Slack answers although the method's page does not list it, and who has seen it


def allowed(method: str) -> frozenset[str]:
    """Return every code that Slack may give for this method."""
    seen = {code for name, code in SEEN if name == method}
    return COMMON | PAGES[method].errors | seen
