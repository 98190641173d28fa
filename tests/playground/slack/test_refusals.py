"""The refusals that need a story, and that none of them is of the local Slack's own making."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import playground.slack
from playground.slack.server import LocalSlack
from playground.slack.shapes import Json
from tests.playground.slack.conftest import PushedClock
from tests.playground.slack.documented import COMMON, PAGES, SEEN, allowed
from tests.playground.slack.test_conformance import ask
from tests.playground.slack.words import section
from tests.playground.slack.working import FORM, HOME, METADATA, WORKING, Stage

Story = Callable[[Stage], Json]
LARGE = FORM | {"blocks": [section("x" * 3000)] * 90, "submit": None}


def spent(on: Stage) -> str:
    trigger = on.trigger()
    on.slack.workspace.triggers.exchange(trigger)
    return trigger


def full(on: Stage) -> str:
    """Return a trigger id from within the third form."""
    views = on.slack.workspace.views
    return on.trigger(views.push(views.push(on.view(), FORM).id, FORM).id)


def named(on: Stage) -> Json:
    """Let Suzuki have a form with this external id, and return another of that id."""
    form = FORM | {"external_id": "one"}
    on.slack.workspace.views.open("U0SUZUKI", form)
    return form


def published(on: Stage) -> Json:
    on.slack.workspace.views.publish("U0SATO", HOME)
    return {"hash": "1.old"}


STORIES: list[tuple[str, str, Story]] = [
    ("blocks.validate", "invalid_blocks", lambda on: {"blocks": [section("")]}),
    ("blocks.validate", "invalid_message", lambda on: {"blocks": None, "message": {"blocks": [{}]}}),
    ("blocks.validate", "invalid_view", lambda on: {"blocks": None, "view": HOME | {"blocks": []}}),
    ("chat.delete", "cant_delete_message", lambda on: {"ts": on.said(by="U0SATO")}),
    ("chat.delete", "message_not_found", lambda on: {"ts": "1.2"}),
    ("chat.getPermalink", "message_not_found", lambda on: {"message_ts": "1.2"}),
    ("chat.postEphemeral", "user_not_in_channel", lambda on: {"channel": "C0BILLING", "user": "U0ITO"}),
    ("chat.postMessage", "invalid_metadata_format", lambda on: {"metadata": "[{"}),
    ("chat.postMessage", "invalid_metadata_schema", lambda on: {"metadata": METADATA | {"event_type": 7}}),
    ("chat.postMessage", "is_archived", lambda on: {"channel": "C0OLD"}),
    ("chat.postMessage", "msg_blocks_too_long", lambda on: {"blocks": [section("x" * 3000)] * 4}),
    ("chat.postMessage", "not_in_channel", lambda on: {"channel": "C0RANDOM"}),
    ("chat.postMessage", "thread_not_found", lambda on: {"thread_ts": "1.2"}),
    ("chat.postMessage", "too_many_attachments", lambda on: {"attachments": [{"text": "x"}] * 101}),
    ("chat.update", "cant_update_message", lambda on: {"ts": on.said(by="U0SATO")}),
    ("chat.update", "is_inactive", lambda on: {"channel": "C0OLD", "ts": on.said("C0OLD")}),
    ("chat.update", "message_not_found", lambda on: {"ts": "1.2"}),
    ("chat.update", "msg_too_long", lambda on: {"text": "x" * 4001}),
    ("conversations.history", "channel_not_found", lambda on: {"channel": "C0NOWHERE"}),
    ("conversations.history", "invalid_ts_latest", lambda on: {"latest": "noon"}),
    ("conversations.history", "invalid_ts_oldest", lambda on: {"oldest": "noon"}),
    ("conversations.list", "invalid_cursor", lambda on: {"cursor": "abc"}),
    ("conversations.list", "invalid_limit", lambda on: {"limit": 1001}),
    ("conversations.list", "invalid_types", lambda on: {"types": "rooms"}),
    ("conversations.open", "too_many_users", lambda on: {"users": "U0SATO,U0ITO"}),
    ("conversations.open", "user_disabled", lambda on: {"users": "U0KATO"}),
    ("conversations.replies", "thread_not_found", lambda on: {"ts": "1.2"}),
    ("files.completeUploadExternal", "file_not_found", lambda on: {"files": [{"id": "F0NONE"}]}),
    ("files.completeUploadExternal", "invalid_channel", lambda on: {"channel_id": "C0NOWHERE"}),
    ("files.completeUploadExternal", "posting_to_channel_denied", lambda on: {"channel_id": "C0OLD"}),
    ("files.getUploadURLExternal", "missing_argument", lambda on: {"length": 0}),
    ("reactions.add", "already_reacted", lambda on: {"timestamp": on.reacted()}),
    ("reactions.add", "is_archived", lambda on: {"channel": "C0OLD", "timestamp": on.said("C0OLD")}),
    ("reactions.remove", "no_reaction", lambda on: {"timestamp": on.said()}),
    ("usergroups.users.list", "no_such_subteam", lambda on: {"usergroup": "S0NONE"}),
    ("users.info", "user_not_found", lambda on: {"user": "U0NOBODY"}),
    ("views.open", "duplicate_external_id", lambda on: {"view": named(on)}),
    ("views.open", "exchanged_trigger_id", lambda on: {"trigger_id": spent(on)}),
    ("views.open", "invalid_trigger_id", lambda on: {"trigger_id": "1.2.x"}),
    ("views.open", "view_too_large", lambda on: {"view": LARGE}),
    ("views.publish", "hash_conflict", published),
    ("views.push", "not_found", lambda on: {"trigger_id": on.trigger()}),
    ("views.push", "push_limit_reached", lambda on: {"trigger_id": full(on)}),
    ("views.update", "hash_conflict", lambda on: {"hash": "1.old"}),
    ("views.update", "not_found", lambda on: {"view_id": "V0NONE"}),
]


@pytest.mark.parametrize(("method", "code", "story"), STORIES)
def test_a_refusal_has_slacks_own_code(slack: LocalSlack, method: str, code: str, story: Story) -> None:
    on = Stage(slack)
    assert ask(slack, method, WORKING[method](on) | story(on))["error"] == code
    assert code in allowed(method)


def test_a_trigger_is_too_old_after_three_seconds(slack: LocalSlack, clock: PushedClock) -> None:
    args = WORKING["views.open"](Stage(slack))
    clock.push(seconds=4)
    assert ask(slack, "views.open", args)["error"] == "expired_trigger_id"


def test_the_local_slack_knows_no_code_that_no_method_documents() -> None:
    """Read from its source; the codes of response urls and of the endpoint itself are none of a method's."""
    source = "".join(each.read_text() for each in Path(playground.slack.__path__[0]).rglob("*.py"))
    known = set(re.findall(r"(?:Refusal\(|archived=|refused=|bad_limit=)\"(\w+)\"", source))
    listed = COMMON.union(*(page.errors for page in PAGES.values())) | {code for _, code in SEEN}
    assert len(known) > 40
    assert known - listed == {"expired_url", "used_url", "unknown_method"}
