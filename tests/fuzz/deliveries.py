"""What Slack delivered in a story, to be delivered again in every wrong shape."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from slack_bolt import BoltRequest

from bot.slack.connection import Connection
from playground.slack.message import Message
from tests.scenarios.given import APPROVER, ENGLISH, OPERATOR, READER
from tests.scenarios.whole import Whole

Body = dict[str, Any]


@dataclass(repr=False)  # a failing example shows its body; this would bury it
class Deliveries:
    """The bot, the plan that waits, and a delivery of each kind as Slack sends it."""

    whole: Whole
    waiting: int
    slash: Body
    mention: Body
    home: Body
    click: Body
    deny: Body
    form: Body

    @classmethod
    def record(cls, whole: Whole) -> "Deliveries":
        """Ask something that waits, let a reader do what a reader can do, and keep what was sent."""
        waiting = whole.asks("/ec2 stop tag:env=prod")
        card = whole.card(waiting, "waiting")
        whole.until(whole.all_sent)
        slack, reader = whole.slack, whole.slack.as_person(READER)
        slash = reader.types(ENGLISH, "/ec2 stop tag:env=prod").payload
        reader.mentions(ENGLISH, "ec2 stop tag:env=prod", card.ts)
        reader.opens_home()
        events = [json.loads(line.body)["payload"] for line in slack.wire.lines("events_api", way="out")]
        click, deny = (reader.clicks(card, which).payload for which in ("toban.approve", "toban.deny"))
        return cls(whole, waiting, slash, events[0], events[-1], click, deny, _form(whole, card))

    def deliver(self, body: Body) -> int:
        """Hand a body to Bolt as a socket does: 200 answered, 404 nobody's, 500 refused by Bolt."""
        connection = self.whole.front.connection
        assert isinstance(connection, Connection)
        app = connection._app
        try:
            request = BoltRequest(body=body, mode="socket_mode")
        except (AttributeError, LookupError, TypeError):  # Bolt cannot tell whose it is: slack_sdk logs it
            return 500
        status: int = app.dispatch(request).status
        return status

    def done(self) -> dict[str, object]:
        """Everything that anybody could have changed."""
        rows = self.whole.rows
        return {
            "waiting": rows("select state, cancelled_by from operations where id = ?", self.waiting),
            "decisions": rows("select * from approvals"),
            "steps": rows("select count(*) from steps"),
            "calls": rows("select count(*) from batches"),
            "schedules": rows("select * from schedule_approvals"),
            "others": rows("select count(*) from asks where person not in (?, ?)", OPERATOR, READER),
        }


def fresh(body: Body) -> Body:
    """The same as if it happened once more: Slack never uses an id twice."""
    copy: Body = json.loads(json.dumps(body))
    for key in ("trigger_id", "event_id"):
        if key in copy:
            copy[key] = secrets.token_hex(12)
    return copy


def _form(whole: Whole, card: Message) -> Body:
    """What comes when a form is sent; an approver opened it, a reader is said to have sent it."""
    approver = whole.slack.as_person(APPROVER)
    approver.clicks(card, "toban.deny")
    view = whole.slack.views(APPROVER)[-1]
    body: Body = whole.slack.office.common("view_submission", READER)
    body["view"] = view.as_slack(whole.slack.workspace.app, whole.slack.workspace.team.id)
    body["view"]["state"] = {"values": {"reason": {"text": {"type": "plain_text_input", "value": "no"}}}}
    return body | {"response_urls": [], "trigger_id": "1.2.3"}
